"""What leavers say more often: the same figures as the differences of the attribute that says who left."""

from __future__ import annotations

import pandas as pd
import pytest
from analysis.evidence_fixture import ENGINES, evidence, made
from analysis.small import codings, passages, persons

from dashboard.analysis.churn import churn
from dashboard.analysis.differences import differences
from dashboard.analysis.quotes import quotes
from dashboard.errors import InvalidFilter
from dashboard.filters import Filters


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("pool", [False, True])
def test_leavers_are_the_churned_rows_of_differences(engine: str, pool: bool) -> None:
    given = made(engine, people=40, seed=2)
    table, whole = churn(given, pool=pool), differences(given, "status", pool=pool)
    expected = whole.rows[whole.rows["attr:status"] == "churned"].reset_index(drop=True)
    pd.testing.assert_frame_equal(table.rows, expected)
    assert (table.measure, table.by, table.keys) == ("churn", "status", whole.keys)
    for position in range(len(table.rows)):
        found = quotes(given, table.keys_of(position), measure="churn")
        assert found.rows["participant"].nunique() == table.rows.iloc[position]["k"]


@pytest.mark.parametrize("engine", ENGINES)
def test_by_hand(engine: str) -> None:
    given = evidence(engine, persons(), passages(), codings())
    row = churn(given, pool=True).records()[1]
    # three of three who left speak of onboarding, none of seven who stayed
    assert row["theme"] == "Onboarding"
    assert (row["k"], row["n"], row["rest_k"], row["rest_n"]) == (3, 3, 0, 7)


@pytest.mark.parametrize("value", ["Churned", "LEFT", "cancelled", "Gekündigt", " lost "])
def test_the_value_is_found_however_it_is_written(value: str) -> None:
    people = persons().replace("churned", value).rename(columns={"status": "outcome"})
    assert churn(evidence("pandas", people, passages(), codings())).rows["attr:outcome"].unique().tolist() == [value]


def test_those_of_whom_it_is_not_known_are_named() -> None:
    people = persons().rename(columns={"status": "outcome"})
    people.loc[10, "outcome"] = "not given"
    assert (
        "People whose outcome is not given are counted with those who stayed."
        in churn(evidence("duckdb", people, passages(), codings())).notes
    )


def test_without_anybody_who_left_there_is_a_sentence() -> None:
    given = evidence("pandas", persons().replace("churned", "new").assign(status="new"), passages(), codings())
    with pytest.raises(InvalidFilter, match="No attribute of the study says who left"):
        churn(given)
    with pytest.raises(InvalidFilter, match="No value of “plan” says that somebody left"):
        churn(given, "plan")
    with pytest.raises(InvalidFilter, match="no attribute “age”"):
        churn(given, "age")


def test_a_filter_makes_it_exploratory() -> None:
    given = made("duckdb", people=40).where(Filters(source_kinds=("interview",)))
    assert churn(given).rows["q"].isna().all()
