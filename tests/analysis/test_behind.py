"""Measures that choose their own quotes exist."""

from __future__ import annotations

from dashboard.analysis.behind import BEHIND, SAID_BY, TURNS
from dashboard.charts.measures import MEASURES


def test_only_measures_have_quotes_behind_them() -> None:
    assert {*BEHIND, *SAID_BY} - {"answers"} <= set(MEASURES)  # answers are a page's alone


def test_measures_of_turns_open_into_turns() -> None:
    assert set(TURNS) == {name for name, measure in MEASURES.items() if measure.unit == "turns"}
