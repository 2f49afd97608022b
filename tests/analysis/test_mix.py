"""Whom we heard against the plan, counted by hand."""

from __future__ import annotations

import pandas as pd
import pytest
from analysis.evidence_fixture import ENGINES, evidence, made, with_study
from analysis.small import codings, passages, persons

from dashboard.analysis.mix import behind, mix
from dashboard.errors import InvalidFilter
from dashboard.evidence.tables import Evidence
from dashboard.filters import NO_FILTERS, Filters


def small(engine: str) -> Evidence:
    given = evidence(engine, persons(), passages(), codings())
    return with_study(given, plan={"plan": {"Pro": 5, "free": 6, "team": 3}, "region": {"north": 2}})


@pytest.mark.parametrize("engine", ENGINES)
def test_by_hand(engine: str) -> None:
    table = mix(small(engine))
    columns = ["value", "source_kind", "n", "planned", "missing", "not_heard"]
    assert [[row[name] for name in columns] for row in table.records()] == [
        ["free", "interview", 5, 6, 1, 0],
        ["pro", "interview", 5, 5, 0, 0],
        ["not given", "interview", 0, None, None, 1],
        ["team", "interview", 0, 3, 3, 0],
        ["pro", "survey", 1, None, None, 0],
    ]
    assert table.notes == (
        "The plan is for the interviews.",
        "Not heard as planned: plan free (5 of 6), plan team (0 of 3).",
        "The plan names “region”, which no sheet or survey holds.",
        "1 person known to the study said nothing that could be coded.",
    )


@pytest.mark.parametrize("engine", ENGINES)
def test_pooled_a_person_counts_once(engine: str) -> None:
    table = mix(small(engine), pool=True)
    assert table.keys == ("attribute", "value")
    assert table.rows["n"].tolist() == [5, 5, 0, 0]
    assert table.rows["missing"].tolist()[:2] == [1, 0]


def test_where_nobody_was_interviewed_the_plan_is_for_the_survey() -> None:
    rows = passages().assign(source_kind="survey")
    given = with_study(evidence("duckdb", persons(), rows, codings()), plan={"plan": {"team": 3}})
    table = mix(given)
    assert set(table.rows["source_kind"]) == {"survey"}
    assert table.rows.set_index("value")["missing"]["team"] == 3
    hidden = mix(given.where(Filters(source_kinds=("interview",))))
    assert not hidden.rows["planned"].notna().any()


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("pool", [False, True])
@pytest.mark.parametrize("by", [None, "plan", "segment"])
@pytest.mark.parametrize(
    "filters", [NO_FILTERS, Filters(source_kinds=("survey",)), Filters(text="bank"), Filters(segments=("paying",))]
)
def test_rows_open_into_exactly_their_people(engine: str, pool: bool, by: str | None, filters: Filters) -> None:
    given = made(engine, people=40, seed=8).where(filters)
    table = mix(given, by, pool=pool)
    assert len(table.rows)
    for position in range(len(table.rows)):
        keys = table.keys_of(position)
        found = behind(given, keys).collect("pandas").to_pandas()
        found = found if pool else found[found["source_kind"] == keys["source_kind"]]
        assert found["participant"].nunique() == table.rows.iloc[position]["n"]


def test_engines_agree_also_about_nobody() -> None:
    for people in (0, 1, 40):
        one, other = (mix(made(engine, people=people, seed=8)) for engine in ENGINES)
        pd.testing.assert_frame_equal(one.rows, other.rows)
        assert one.notes == other.notes


def test_an_attribute_that_is_not_there_is_named() -> None:
    with pytest.raises(InvalidFilter, match="no attribute “age”"):
        mix(small("pandas"), "age")
