"""Unmet needs, against counting person by person."""

from __future__ import annotations

import pandas as pd
import pytest
from analysis.evidence_fixture import ENGINES, evidence, made, random_study

from dashboard.analysis.needs import NO_THEME, behind, needs
from dashboard.analysis.quotes import quotes
from dashboard.analysis.statistics import wilson
from dashboard.evidence.tables import NO_STAGE
from dashboard.filters import NO_FILTERS, Filters

pytestmark = pytest.mark.filterwarnings("ignore:Found complex group-by expression")


def frame(lazy: object) -> pd.DataFrame:
    return lazy.collect("pandas").to_pandas()  # type: ignore[attr-defined]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("pool", [False, True])
@pytest.mark.parametrize("by", [None, "plan"])
@pytest.mark.parametrize("filters", [NO_FILTERS, Filters(stages=("Set up", NO_STAGE)), Filters(themes=("Pricing",))])
def test_rows_open_into_exactly_their_people(engine: str, pool: bool, by: str | None, filters: Filters) -> None:
    given = made(engine, people=40, seed=8).where(filters)
    table = needs(given, by, pool=pool)
    assert not table.rows[list(table.keys)].duplicated().any()
    assert len(table.rows)
    for position in range(0, len(table.rows), 7):
        found = quotes(given, table.keys_of(position), measure="needs", limit=1)
        assert found.totals["participants"] == table.rows.iloc[position]["k"]


@pytest.mark.parametrize("engine", ENGINES)
def test_every_need_stands_in_a_row(engine: str) -> None:
    given = made(engine, people=40, seed=8)
    table = needs(given, pool=True)
    passages = frame(given.passages())
    stating = set(passages.loc[passages["need"] & passages["codable"], "passage"])
    found = [set(frame(behind(given, table.keys_of(position)))["passage"]) for position in range(len(table.rows))]
    assert set().union(*found) == stating
    assert NO_THEME in set(table.rows["theme"])
    assert (table.rows["k"] >= 1).all()
    said = frame(given.said())
    assert set(table.rows["n"]) == {said.loc[said["passages"] > 0, "participant"].nunique()}
    low, _ = wilson(table.rows["k"], table.rows["n"])
    assert table.rows["low"].tolist() == low.tolist()
    assert table.rows["k"].is_monotonic_decreasing


@pytest.mark.parametrize("engine", ENGINES)
def test_by_hand(engine: str) -> None:
    persons = pd.DataFrame({"participant": ["P1", "P2", "P3"]}).assign(plan="pro")
    passages = pd.DataFrame(
        {
            "passage": ["a", "b", "c", "d"], "participant": ["P1", "P1", "P2", "P3"], "source_kind": "interview",
            "stage": ["Pay", "Pay", "Pay", NO_STAGE], "need": [True, True, True, True],
            "need_status": ["confirmed", "suggested", "suggested", "suggested"],
        }
    )  # fmt: skip
    codings = pd.DataFrame(
        [(one, "Pricing", "machine", "suggested", 0.9) for one in "abc"],
        columns=["passage", "theme", "by", "status", "confidence"],
    )
    table = needs(evidence(engine, persons, passages, codings))
    columns = ["theme", "stage", "k", "n", "checked"]
    assert table.rows[columns].to_numpy().tolist() == [["Pricing", "Pay", 2, 3, 1], [NO_THEME, NO_STAGE, 1, 3, 0]]


def test_engines_agree_and_nobody_is_an_empty_table() -> None:
    for people in (0, 1, 40):
        one, other = (needs(made(engine, people=people, seed=8), "segment") for engine in ENGINES)
        pd.testing.assert_frame_equal(one.rows, other.rows)
    persons, passages, codings = random_study(people=12, seed=1)
    table = needs(evidence("duckdb", persons, passages.assign(need=False), codings))
    assert table.notes == ("Nobody here states an unmet need.",)
