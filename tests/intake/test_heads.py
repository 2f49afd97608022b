"""One line → the head of a turn that it may be."""

from __future__ import annotations

import pytest
from hypothesis import given as everywhere
from hypothesis import strategies as st

from dashboard.intake.heads import Line, end_stamp, parse, time_alone, undecorated


@pytest.mark.parametrize(
    ("line", "form", "label", "text", "start"),
    [
        ("Ann: Hi", "prefix", "Ann", "Hi", None),
        ("Ann:", "below", "Ann", "", None),
        ("Ann", "alone", "Ann", "", None),
        ("Ann  0:21", "stamped", "Ann", "", 21.0),
        ("Ann 1:00:21", "stamped", "Ann", "", 3621.0),
        ("Ann (0:21)", "stamped", "Ann", "", 21.0),
        ("Ann [00:00:21]: Hi", "prefix", "Ann", "Hi", 21.0),
        ("[00:21] Ann: Hi", "prefix", "Ann", "Hi", 21.0),
        ("00:00:21 Ann", "stamped", "Ann", "", 21.0),
        ("[0:21]", "time", "", "", 21.0),
        ("0:21 and so on", "time", "", "and so on", 21.0),
        ("[id1] Hi", "bracket", "id1", "Hi", None),
        ("Ann\tHi", "tab", "Ann", "Hi", None),
        ("Ann:\tHi", "prefix", "Ann", "Hi", None),
        ("0:01 --> 0:05", "range", "", "", 1.0),
        ("17:30 is late", "time", "", "is late", 1050.0),
        ("We met at 17:30", "", "", "We met at 17:30", None),
        ("See http://example.org", "", "", "See http://example.org", None),
        ("Note: it rained", "", "", "Note: it rained", None),
        ("Ann   :28", "stamped", "Ann", "", None),
        ("司会：はい", "prefix", "司会", "はい", None),
        ("Interviewer - Why?", "prefix", "Interviewer", "Why?", None),
        ("", "", "", "", None),
        ("00:00:01 - 00:00:05 Ann: Hi", "prefix", "Ann", "Hi", 1.0),
        ("Ann: 0:21", "stamped", "Ann", "", 21.0),
        ("Yes, I was there.", "", "", "Yes, I was there.", None),
    ],
)
def test_forms(line: str, form: str, label: str, text: str, start: float | None) -> None:
    head = parse(undecorated(Line(line, 1)))
    assert (head.form, head.label, head.start) == (form, label, start)
    if form not in ("alone",):
        assert head.text == text


@pytest.mark.parametrize(
    ("line", "text", "bold"),
    [
        ("**Ann:** Hi", "Ann: Hi", 4),
        ("**Ann**: Hi", "Ann: Hi", 3),
        ("__Ann__ Hi", "Ann Hi", 3),
        ("*Ann:* Hi", "Ann: Hi", 4),
        ("> Ann: Hi", "Ann: Hi", 0),
        ("### Ann", "Ann", 0),
        ("- **Ann**: Hi", "Ann: Hi", 3),
        ("* Ann: Hi", "Ann: Hi", 0),
        ("  Ann: Hi  ", "Ann: Hi", 0),
        ("\u200eAnn\u00a0B: Hi", "Ann B: Hi", 0),
        ("**", "**", 0),
        ("1\\. Ann", "1. Ann", 0),
    ],
)
def test_undecorated(line: str, text: str, bold: int) -> None:
    clean = undecorated(Line(line, 1))
    assert (clean.text, clean.bold) == (text, bold)


def test_times_at_the_end() -> None:
    assert end_stamp("Yes. #00:00:12-5#") == ("Yes.", 12.5)
    assert end_stamp("x" * 300 + " #00:00:12-5#") == ("x" * 300, 12.5)
    assert end_stamp("C# is #1") == ("C# is #1", None)
    assert time_alone(Line("0:05 --> 0:07 so", 1)).end == 7.0


@everywhere(st.text(max_size=120))
def test_any_line_has_a_head(text: str) -> None:
    head = parse(undecorated(Line(text, 1)))
    assert len(head.label) <= 60
    assert head.start is None or head.start >= 0
