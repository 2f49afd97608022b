"""Measures that choose their own quotes exist."""

from __future__ import annotations

from dashboard.analysis.behind import BEHIND, TURNS
from dashboard.charts.measures import MEASURES

NOT_YET = {"scores"}  # it is whole, and waits for its page


def test_only_measures_have_quotes_behind_them() -> None:
    assert set(BEHIND) - NOT_YET - {"answers"} <= set(MEASURES)  # answers are a page's alone


def test_measures_of_turns_open_into_turns() -> None:
    assert set(TURNS) == {name for name, measure in MEASURES.items() if measure.unit == "turns"}
