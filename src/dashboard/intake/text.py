"""Plain text and Markdown transcripts."""

from __future__ import annotations

import re
from dataclasses import replace

from dashboard.intake import dialogue
from dashboard.intake.given import Given, Reader
from dashboard.intake.heads import Line, parse, undecorated
from dashboard.intake.parsed import ParsedSource
from dashboard.intake.times import found_date
from dashboard.intake.turns import transcript
from dashboard.study import Correction

_SNIFFED = 400
_ENTITY = re.compile(r"&(?:#\d{1,6}|#x[0-9a-f]{1,5}|amp|lt|gt|quot|apos|nbsp|[lr][sd]quo|hellip|[mn]dash);", re.I)


def lines_of(text: str, *, first: int = 1) -> list[Line]:
    """The lines that hold something, with their numbers; a gap where a blank line stands before.

    >>> lines_of("Ann:\\n\\nHello")
    [Line(text='Ann:', number=1, bold=0, gap=True, heading=False, numbered=False, broken=False), Line(text='Hello', number=3, bold=0, gap=True, heading=False, numbered=False, broken=False)]
    """  # noqa: E501
    result = []
    gap = True
    for number, line in enumerate(text.split("\n"), start=first):
        if not line.strip():
            gap = True
            continue
        result.append(Line(line, number, gap=gap, broken=line.endswith(("  ", "\\"))))
        gap = False
    return result


def sniff(given: Given) -> float:
    """Low for any text, high where lines begin with speakers or times."""
    if given.text is None or not given.text.strip():
        return 0.0
    sample = lines_of(given.text[:60_000])[:_SNIFFED]
    found = dialogue.utterances(sample)
    if found.heads >= 2 and found.heads >= 0.02 * len(sample):
        return 0.75
    timed = sum(parse(undecorated(line)).form == "time" for line in sample)
    return 0.6 if timed >= 3 and timed >= 0.3 * len(sample) else 0.3


def read(given: Given, correction: Correction) -> ParsedSource:
    """The transcript that a text holds."""
    text = given.text or ""
    body, front, first = _front_matter(text)
    result = parsed(body, form="text", first=first, date=found_date(front))
    code = _ENTITY.search(body[:200_000])
    if code is None:
        return result
    doubt = f"The text holds HTML codes such as {code.group()}; they are kept as written."
    return replace(result, warnings=(*result.warnings, doubt))


def parsed(text: str, *, form: str, first: int = 1, date: str = "") -> ParsedSource:
    """The transcript that plain lines hold; ``form`` begins the name of its format."""
    found = dialogue.utterances(lines_of(text, first=first))
    return transcript(
        found.utterances,
        format=f"{form}, {found.dialect or 'no speakers'}",
        warnings=found.warnings,
        left_out=found.left_out,
        date=date or found.date,
    )


def _front_matter(text: str) -> tuple[str, str, int]:
    """A text without the block between ``---`` lines at its start; that block; the number of its first line left."""
    if not text.startswith("---\n"):
        return text, "", 1
    end = text.find("\n---", 3, 20_000)
    if end < 0:
        return text, "", 1
    stop = text.find("\n", end + 4)
    front = text[: stop if stop > 0 else len(text)]
    if "-->" in front or not all(
        ":" in line or line.startswith((" ", "-", "#")) or not line for line in front.split("\n")[1:-1]
    ):
        return text, "", 1
    return text[len(front) :].lstrip("\n"), front, front.count("\n") + 2


READERS: tuple[Reader, ...] = (Reader("text", sniff, read),)
