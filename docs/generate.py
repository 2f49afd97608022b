"""Writes the pages that are made from the code: one a measure, the command line, the settings.

python docs/generate.py
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from dashboard.charts.computed import COMPUTED
from dashboard.charts.explained import EXPLAINED
from dashboard.charts.measures import MEASURES, Measure
from dashboard.cli import parser
from dashboard.settings import VARIABLES

FOLDER = Path(__file__).parent
MADE = "Made from the code by `python docs/generate.py`."
_SPLIT = {"never": "It is not split by groups.", "may": "It can be split by an attribute or by named segments.",
          "must": "It is always split by an attribute or by named segments."}  # fmt: skip


def pages() -> dict[str, str]:
    """Path under ``docs`` → text."""
    made = {f"measures/{name}.md": _measure(measure) for name, measure in MEASURES.items()}
    return made | {"measures.md": _measures(), "command-line.md": _command_line(), "settings.md": _settings()}


def _measure(measure: Measure) -> str:
    explained = EXPLAINED[measure.name]
    return (
        f"# {measure.name}\n\n**{measure.question}**\n\nCounts {measure.unit}. {_SPLIT[measure.by]}\n\n"
        f"## How it is computed\n\n{COMPUTED[measure.name]}\n\n## How to read it\n\n{explained.read}\n\n"
        f"## What it does not say\n\n{explained.not_said}\n\n## In a shell\n\n```sh\n"
        f"python -m dashboard analyse --study data/sample --measure {measure.name}"
        f"{' --by status' if measure.by == 'must' else ''}\n```\n\n{MADE}\n"
    )


def _measures() -> str:
    rows = [f"| [{name}](measures/{name}.md) | {each.question} | {each.unit} |" for name, each in MEASURES.items()]
    return "# Measures\n\n| measure | question | counts |\n|---|---|---|\n" + "\n".join(rows) + f"\n\n{MADE}\n"


def _commands() -> Iterator[tuple[str, argparse.ArgumentParser]]:
    for action in parser()._actions:
        if isinstance(action, argparse._SubParsersAction):
            yield from action.choices.items()


def _command_line() -> str:
    parts = [
        "# Command line",
        "",
        "Everything the pages do to data, a shell can do. A problem is one sentence and exit status 1, wrong usage 2.",
        "",
    ]
    for name, command in _commands():
        parts += [f"## python -m dashboard {name}", "", str(command.description), ""]
        parts += ["| option | what it takes |", "|---|---|"]
        for option in command._actions:
            if option.dest == "help":
                continue
            written = ", ".join(f"`{each}`" for each in option.option_strings) or f"`{option.metavar or option.dest}`"
            value = f" {option.metavar}" if option.option_strings and option.metavar else ""
            needed = " (required)" if option.required and option.option_strings else ""
            parts.append(f"| {written}{value} | {option.help or ''}{needed} |")
        parts.append("")
    return "\n".join([*parts, MADE, ""])


def _settings() -> str:
    rows = [f"| `{variable}` | {what} |" for variable, what in VARIABLES.values()]
    return (
        "# Settings\n\nAll settings are environment variables; a wrong one is refused at start in one sentence.\n\n"
        "| variable | what it takes |\n|---|---|\n" + "\n".join(rows) + f"\n\n{MADE}\n"
    )


if __name__ == "__main__":
    for path, text in pages().items():
        (FOLDER / path).parent.mkdir(exist_ok=True)
        (FOLDER / path).write_text(text, encoding="utf-8")
