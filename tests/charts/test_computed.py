"""Every measure says how it is computed, how to read it, and what it does not say."""

from __future__ import annotations

from dashboard.charts.computed import COMPUTED
from dashboard.charts.explained import EXPLAINED
from dashboard.charts.measures import MEASURES


def test_every_measure_says_how_it_is_computed_and_nothing_else_does() -> None:
    assert list(COMPUTED) == list(MEASURES)
    assert all(text.endswith(".") and len(text) < 900 for text in COMPUTED.values())


def test_every_measure_says_how_to_read_it_and_what_it_does_not_say() -> None:
    assert list(EXPLAINED) == list(MEASURES)
    assert all(text.endswith(".") and len(text) < 400 for each in EXPLAINED.values() for text in each)
