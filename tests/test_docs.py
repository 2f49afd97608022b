"""Documents and code say the same."""

from __future__ import annotations

import argparse
import re
import runpy
import shlex
from pathlib import Path

import pytest
from shell import run

from dashboard.charts.measures import MEASURES
from dashboard.cli import parser
from dashboard.errors import DashboardError
from dashboard.settings import VARIABLES

ROOT = Path(__file__).resolve().parents[1]
GENERATE = runpy.run_path(str(ROOT / "docs" / "generate.py"))
README = (ROOT / "README.md").read_text(encoding="utf-8")
ARCHITECTURE = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")


def commands() -> dict[str, argparse.ArgumentParser]:
    (action,) = (each for each in parser()._actions if isinstance(each, argparse._SubParsersAction))
    return dict(action.choices)


def test_readme_lists_exactly_the_commands() -> None:
    listed = re.findall(r"^\| `python -m dashboard ([a-z-]+)", README, flags=re.MULTILINE)
    assert sorted(listed) == sorted(commands())


def test_readme_lists_exactly_the_settings() -> None:
    listed = dict(re.findall(r"^\| `([A-Z_]+)` \| (.+?) \|$", README, flags=re.MULTILINE))
    assert listed == dict(VARIABLES.values())


def test_readme_lists_exactly_the_measures() -> None:
    (line,) = re.findall(r"^Measures: (.+)\.$", README, flags=re.MULTILINE)
    assert re.findall(r"`(\w+)`", line) == list(MEASURES)


@pytest.mark.slow
@pytest.mark.parametrize(
    "line", re.findall(r"^\.venv/bin/python (-m dashboard (?:inspect|analyse).+)$", README, re.MULTILINE)
)
def test_the_commands_of_readme_run(line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    ran = run(*shlex.split(line)[2:])
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout


def test_every_layer_of_the_house_is_described() -> None:
    layers = {path.name for path in (ROOT / "src" / "dashboard").iterdir() if (path / "__init__.py").exists()}
    for layer in layers:
        assert f"`{layer}`" in ARCHITECTURE, layer


def test_names_that_architecture_follows_exist() -> None:
    for module, name in re.findall(r"`(?:dashboard\.)?((?:\w+\.)+)(\w+)`", ARCHITECTURE):
        path = ROOT / "src" / "dashboard" / module.rstrip(".").replace(".", "/")
        known = path.with_suffix(".py") if path.with_suffix(".py").exists() else path / "__init__.py"
        if name in ("py", "toml", "yaml", "vtt") or module.startswith(("tests", "tool")):
            continue
        text = known.read_text(encoding="utf-8") if known.exists() else ""
        assert re.search(rf"\b{name}\b", text) or (path / f"{name}.py").exists(), f"{module}{name}"


def test_the_changelog_has_something_unreleased() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(r"^## Unreleased\n+- ", text, flags=re.MULTILINE)


def test_pages_made_from_the_code_are_as_the_code_makes_them() -> None:
    made = GENERATE["pages"]()
    assert len(made) == len(MEASURES) + 3
    for path, text in made.items():
        assert (ROOT / "docs" / path).read_text(encoding="utf-8") == text, f"{path}: run python docs/generate.py"
    assert {path.stem for path in (ROOT / "docs" / "measures").iterdir()} == set(MEASURES)


def test_links_between_documents_lead_somewhere() -> None:
    for page in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name} → {target}"


def test_every_kind_of_error_explains_itself() -> None:
    for kind in DashboardError.__subclasses__():
        assert kind.__doc__, kind
