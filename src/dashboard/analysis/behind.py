"""Measures whose rows choose their quotes by more than the names of their keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from dashboard.analysis import (
    agreement,
    guide,
    interviews,
    mix,
    needs,
    overview,
    questions,
    saturation,
    scores,
    trend,
    words,
)
from dashboard.evidence.tables import Evidence, Frame

BEHIND: dict[str, Callable[[Evidence, Mapping[str, Any]], Frame]] = {
    "scores": scores.behind,
    "needs": needs.behind,
    "mix": mix.behind,
    "saturation": saturation.behind,
    "words": words.behind,
    "agreement": agreement.behind,
    "overview": overview.behind,
    "answers": guide.behind,
    "trend": trend.behind,
}
"""Measure → the passages behind the row with these keys, its source kind and group aside; unsorted."""

SAID_BY: dict[str, Callable[[Evidence, Mapping[str, Any]], tuple[str, dict[str, Any]]]] = {"overview": overview.said_by}
"""Measure whose rows say rows of other tables → the measure and the keys of the row that is said, whose quotes open."""

TURNS: dict[str, Callable[[Evidence, Mapping[str, Any]], pd.DataFrame]] = {
    "interviews": interviews.behind,
    "questions": questions.behind,
}
"""Measure that counts turns → the turns of interviewers behind the row with these keys, in order."""
