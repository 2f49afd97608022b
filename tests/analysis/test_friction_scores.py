"""Scores beside friction, against counting person by person."""

from __future__ import annotations

import pandas as pd
import pytest
from analysis.evidence_fixture import ENGINES, made

from dashboard.analysis.friction import friction
from dashboard.analysis.friction_scores import stages_of
from dashboard.filters import Filters

pytestmark = pytest.mark.filterwarnings("ignore:Found complex group-by expression")


def frame(lazy: object) -> pd.DataFrame:
    return lazy.collect("pandas").to_pandas()  # type: ignore[attr-defined]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("pool", [False, True])
def test_means_are_those_of_the_people_one_by_one(engine: str, pool: bool) -> None:
    given = made(engine, people=60, seed=4, scored=True)
    latest = frame(given.scores()).sort_values("date").groupby(["score", "participant"])["value"].last()
    placed = frame(given.placed())
    placed = placed[placed["codable"]]
    told = 0
    for row in friction(given, pool=pool).records():
        here = placed[placed["stage"] == row["stage"]]
        if not pool:
            here = here[here["source_kind"] == row["source_kind"]]
        struggling = set(here.loc[here["struggle"], "participant"])
        others = set(here["participant"]) - struggling
        for score in ("Recommend", "Ease"):
            for side, people in (("struggling", struggling), ("others", others)):
                values = latest[score][latest[score].index.isin(people)]
                assert row[f"{score}, {side} n"] == len(values)
                if len(values) < 5:
                    assert row[f"{score}, {side}"] is None
                else:
                    assert row[f"{score}, {side}"] == pytest.approx(values.mean())
                    told += 1
    assert told


@pytest.mark.parametrize("by", [None, "theme", "plan", "segment"])
def test_the_columns_before_stay_and_none_is_added_without_scores(by: str | None) -> None:
    with_them = friction(made("duckdb", people=40, seed=4, scored=True), by)
    without = friction(made("duckdb", people=40, seed=4), by)
    pd.testing.assert_frame_equal(with_them.rows[list(without.rows)], without.rows)
    assert len(with_them.rows.columns) == len(without.rows.columns) + (0 if by == "theme" else 8)


def test_a_filter_narrows_who_struggles_and_not_who_talks() -> None:
    given = made("duckdb", people=60, seed=4, scored=True)
    whole, seen = friction(given).rows, friction(given.where(Filters(themes=("Pricing",)))).rows
    columns = ["Recommend, struggling n", "Recommend, others n"]
    assert (
        whole.set_index(["stage", "source_kind"])[columns].sum(axis=1).sort_index()
        == seen.set_index(["stage", "source_kind"])[columns].sum(axis=1).sort_index()
    ).all()


def test_a_score_that_names_a_stage_is_asked_about_it() -> None:
    assert stages_of("How easy was it to set up?", ("Use", "Set up")) == ("Set up",)
    assert stages_of("Reuse", ("Use", "Set up")) == ("Use", "Set up")
