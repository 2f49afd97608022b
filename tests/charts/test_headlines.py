"""What is said first is never stronger than the figures."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from analysis.evidence_fixture import made, with_study

from dashboard.analysis.cooccurrence import cooccurrence
from dashboard.analysis.differences import differences
from dashboard.analysis.feeling import feeling
from dashboard.analysis.friction import friction
from dashboard.analysis.in_words import CHANCE, CLEAR, LOOK
from dashboard.analysis.prevalence import prevalence
from dashboard.analysis.table import Table
from dashboard.charts.headlines import (
    NO_THEMES,
    NOTHING_SAID,
    TOO_FEW,
    of_cooccurrence,
    of_differences,
    of_feeling,
    of_friction,
    of_prevalence,
)
from dashboard.filters import Filters


def compared(verdict: str, *, comparisons: int = 45, q: float = 0.3) -> Table:
    row = {
        "theme": "Onboarding", "source_kind": "interview", "attr:status": "churned", "k": 7, "n": 9, "rest_k": 3,
        "rest_n": 15, "share": 7 / 9, "rest_share": 0.2, "difference": 7 / 9 - 0.2, "p": 0.006, "q": q,
        "verdict": verdict, "comparisons": comparisons,
    }  # fmt: skip
    return Table(
        "differences", pd.DataFrame([row]), ("theme", "source_kind", "attr:status"), "k", "participants", "status"
    )


def test_a_difference_is_as_clear_as_its_verdict() -> None:
    said = "Status churned: 7 of 9 speak of “Onboarding” (78 %), of the others 3 of 15 (20 %): "
    assert of_differences(compared(CLEAR)) == said + "a clear difference."
    assert of_differences(compared(LOOK)) == said + "worth a look, though among 45 comparisons it could be chance."
    assert of_differences(compared(LOOK, comparisons=0)) == said + "worth a look, though it could be chance."
    unchecked = of_differences(compared(LOOK, q=0.01))
    assert unchecked == said + "worth a look, once a person has checked the suggestions it stands on."
    assert "none" in of_differences(compared(CHANCE)).lower()
    assert "could be chance" in of_differences(compared(CHANCE))


def test_what_comes_up_most() -> None:
    table = prevalence(made("duckdb", people=60), pool=True)
    top = table.rows.loc[table.rows["share"].idxmax()]
    assert f"“{top['theme']}” comes up most among all: " in of_prevalence(table)
    assert "unchecked" in of_prevalence(prevalence(made("duckdb", people=60, checked=0.0)))


def test_a_tie_is_no_winner() -> None:
    table = prevalence(made("duckdb", people=60), pool=True)
    tied = replace(table, rows=table.rows.assign(share=0.5))
    assert "comes up as often as any" in of_prevalence(tied)


@pytest.mark.parametrize("by", [None, "plan", "segment"])
def test_empty_and_small_studies_claim_nothing(by: str | None) -> None:
    nobody, one = made("duckdb", people=0), made("duckdb", people=1)
    for function, headline in (
        (prevalence, of_prevalence), (friction, of_friction), (feeling, of_feeling), (cooccurrence, of_cooccurrence),
    ):  # fmt: skip
        assert headline(function(nobody, by)).startswith("Nobody")
        assert headline(function(one, by)) in (
            TOO_FEW,
            NOTHING_SAID,
            "Nobody has talked about a stage of the journey yet.",
        )
    if by:
        assert of_differences(differences(nobody, by)) == NOTHING_SAID


def test_of_pairs_that_were_not_tested_nothing_is_said_of_chance() -> None:
    seen = made("duckdb", people=60)
    assert "chance" in of_cooccurrence(cooccurrence(seen))
    said = of_cooccurrence(cooccurrence(seen.where(Filters(source_kinds=("interview",)))))
    assert "come up together most often" in said
    assert "chance" not in said


def test_without_themes() -> None:
    assert of_prevalence(prevalence(with_study(made("duckdb", people=9), codebook=()))) == NO_THEMES


def test_groups_of_whom_nothing_is_known_are_not_spoken_of_first() -> None:
    for function, headline in ((prevalence, of_prevalence), (friction, of_friction), (feeling, of_feeling)):
        assert "not given" not in headline(function(made("duckdb", people=60), "plan"))
