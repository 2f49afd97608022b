"""Measures whose rows choose their quotes by more than the names of their keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from dashboard.analysis import mix, needs, scores
from dashboard.evidence.tables import Evidence, Frame

BEHIND: dict[str, Callable[[Evidence, Mapping[str, Any]], Frame]] = {
    "scores": scores.behind,
    "needs": needs.behind,
    "mix": mix.behind,
}
"""Measure → the passages behind the row with these keys, as far as the filters leave them; unsorted."""
