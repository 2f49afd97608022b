"""The first sentences of scores, of churn and of time are never stronger than their figures."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from dashboard.analysis.in_words import CHANCE, CLEAR, LOOK
from dashboard.analysis.table import Table
from dashboard.charts.headlines import NO_THEMES, TOO_FEW
from dashboard.charts.score_headlines import NO_SCORES, of_scores, of_trend, overall

SCORED: dict[str, Any] = {
    "score": "CSAT", "theme": "Onboarding", "kind": "rating", "k": 14, "n": 60, "difference": -2.13, "p": 0.001,
    "q": 0.01, "verdict": CLEAR, "mean": 3.24, "mean_low": 3.0, "mean_high": 3.5, "nps": None,
}  # fmt: skip
TIMED: dict[str, Any] = {
    "theme": "Pricing", "source_kind": "survey", "k": 4, "n": 20, "share": 0.2, "change": 0.6, "p": 0.001, "q": 0.01,
}  # fmt: skip


def of_rows(*rows: dict[str, Any], keys: tuple[str, ...], **options: Any) -> Table:
    return Table("m", pd.DataFrame(rows), keys, "k", "participants", **options)


def scored(*changes: dict[str, Any], looks: int = 20) -> str:
    rows = [SCORED | change for change in changes]
    return of_scores(of_rows(*rows, keys=("score", "theme"), totals={"comparisons": looks}))


def test_what_lowers_a_score_is_said_first_and_is_no_cause() -> None:
    said = scored({}, {"theme": "Support", "difference": 3.0, "p": 1e-9})
    assert said == (
        "The 14 who spoke of “Onboarding” gave 2.1 points less than the other 46: a clear difference. "
        "Nothing here is a cause."
    )
    assert "among 20 comparisons it could be chance" in scored({"verdict": LOOK, "q": 0.2})
    assert "once a person has checked" in scored({"verdict": LOOK})
    assert scored({"verdict": CHANCE}) == (
        "With none of the 20 comparisons does the score go up or down by more than chance could."
    )
    assert scored({"verdict": "too few people to compare (2)", "p": None}) == TOO_FEW


def test_a_segment_is_named_and_whoever_is_not_known_comes_last() -> None:
    segment = of_rows(
        SCORED | {"segment": "paying"}, keys=("score", "theme", "segment"), totals={"comparisons": 9}, by="segment"
    )
    assert "spoke of “Onboarding” (“paying”) gave" in of_scores(segment)
    rows = [SCORED | {"attr:plan": plan, "p": p} for plan, p in (("not given", 1e-9), ("pro", 0.01))]
    by_plan = of_rows(*rows, keys=("score", "theme", "attr:plan"), totals={"comparisons": 9}, by="plan")
    assert "(plan pro)" in of_scores(by_plan)


@pytest.mark.parametrize(
    ("order", "said"), [({"score": ("CSAT",), "theme": ()}, NO_THEMES), ({"theme": ("Pricing",)}, NO_SCORES)]
)
def test_of_nothing_it_says_what_is_missing(order: dict[str, tuple[str, ...]], said: str) -> None:
    assert of_scores(Table("scores", pd.DataFrame({"score": []}), ("score",), "k", "participants", order=order)) == said


def test_a_score_of_all_has_its_interval_and_its_people() -> None:
    assert overall(SCORED) == "On average 3.2 (95 % interval 3.0 to 3.5), of 60 people who also told us something."
    nps = SCORED | {"kind": "nps", "nps": -13.2, "nps_low": -26.0, "nps_high": 0.2}
    assert overall(nps).startswith("NPS −13 (95 % interval −26 to 0), of 60 people")
    assert overall(SCORED | {"n": 3}).startswith("Too few people (3)")


def test_nothing_is_said_to_change_without_a_test_that_says_so() -> None:
    def timed(verdict: str, **changes: Any) -> str:
        rows = [
            TIMED | {"period": "2026-03", "verdict": verdict} | changes,
            TIMED | {"period": "2026-06", "verdict": verdict, "k": 16, "share": 0.8} | changes,
        ]
        return of_trend(of_rows(*rows, keys=("theme", "period", "source_kind")))

    assert timed(CLEAR) == (
        "“Pricing” is said more often over time in the survey: 4 of 20 (20 %) in 2026-03, 16 of 20 (80 %) in 2026-06: "
        "a clear change."
    )
    assert "once a person has checked" in timed(LOOK)
    assert "less often" in timed(CLEAR, change=-0.1)
    assert timed(CHANCE) == "“Pricing” changes over time by no more than chance could."
    assert "too few people in too few periods" in timed("not tested")
    assert timed("too few people (3)", n=3) == TOO_FEW
