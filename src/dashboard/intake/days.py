"""Dates as tables write them → ISO days."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

import pandas as pd

from dashboard.intake.times import found_date

_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})[-/.](\d{4}|\d{2})(?!\d)")
_SERIAL = re.compile(r"\d{5}(?:[.,]\d{1,15})?")
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})(?:\d{4,6})?")
_EPOCH = re.compile(r"1\d{9}(?:\d{3})?")


def days_of(body: pd.DataFrame, places: Sequence[int]) -> tuple[list[str], tuple[str, ...]]:
    """ISO days of the first of the columns, "" where there is none, and a warning where they could be read two ways."""
    if not places:
        return [""] * len(body), ()
    cells = [str(cell) for cell in body[places[0]].tolist()]
    parts = {cell: cell.replace("T", " ").split(" ")[0] if cell[:1].isdecimal() else cell for cell in set(cells)}
    day_first, sure = _order(parts.values())
    known = {cell: iso_day(cell, day_first=day_first) for cell in parts}
    doubt = ""
    if not sure:
        example = next(cell for cell in cells if _YEAR_LAST.match(cell))
        order = "day/month" if day_first else "month/day"
        doubt = f"Dates such as {example} could be read two ways; they were read as {order}/year."
    return [known[cell] for cell in cells], (doubt,) if doubt else ()


def iso_day(text: str, *, day_first: bool = False) -> str:
    """The day that a cell gives, as ISO text, "" where it gives none.

    >>> iso_day("3/24/2026 11:55:50"), iso_day("24.3.2026", day_first=True), iso_day("2024/03/21 12:05:19 PM AST"), iso_day("43290.53")
    ('2026-03-24', '2026-03-24', '2024-03-21', '2018-07-09')
    """  # noqa: E501
    text = text.strip()
    if match := _YEAR_FIRST.match(text):
        return _iso(match[1], match[2], match[3])
    if match := _YEAR_LAST.match(text):
        one, two = (match[3], match[1]) if day_first else (match[1], match[3])
        year = match[4] if len(match[4]) == 4 else f"20{match[4]}"
        return _iso(year, one, two) or _iso(year, two, one)
    if _SERIAL.fullmatch(text) and 20_000 < float(text.replace(",", ".")) < 60_000:
        return (date(1899, 12, 30) + timedelta(days=int(float(text.replace(",", "."))))).isoformat()
    if match := _COMPACT.fullmatch(text):
        return _iso(match[1], match[2], match[3])
    if _EPOCH.fullmatch(text):
        return (date(1970, 1, 1) + timedelta(seconds=int(text[:10]))).isoformat()
    return found_date(text[:60])


def _order(parts: Iterable[str]) -> tuple[bool, bool]:
    """Whether the day stands before the month, and whether that is sure."""
    day_first = month_first = dotted = slashed = 0
    for part in parts:
        if match := _YEAR_LAST.match(part):
            one, two = int(match[1]), int(match[3])
            day_first += one > 12
            month_first += two > 12
            dotted += match[2] == "."
            slashed += 1
    if not slashed:
        return False, True
    if day_first or month_first:
        return day_first > month_first, True
    return dotted > 0, dotted > 0


def _iso(year: str, month: str, day: str) -> str:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""
