"""Every measure says how it is computed."""

from __future__ import annotations

from dashboard.charts.computed import COMPUTED
from dashboard.charts.measures import MEASURES


def test_every_measure_says_how_it_is_computed_and_nothing_else_does() -> None:
    assert list(COMPUTED) == list(MEASURES)
    assert all(text.endswith(".") and len(text) < 900 for text in COMPUTED.values())
