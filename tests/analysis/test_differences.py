"""Differences: the rest, the family, the verdict."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from analysis.evidence_fixture import ENGINES, STUDY, evidence, made, with_study
from statsmodels.stats.multitest import multipletests

from dashboard.analysis.differences import differences
from dashboard.analysis.in_words import CHANCE, CLEAR, LOOK, NOBODY_ELSE, NOT_TESTED
from dashboard.analysis.statistics import fisher_mid_p
from dashboard.errors import InvalidFilter
from dashboard.evidence.tables import Evidence
from dashboard.filters import Filters
from dashboard.study import AttributeRule

PLAIN = replace(STUDY, objectives=(), segments=())


def two_groups(engine: str, *, yes: int, of: int, rest_yes: int, rest_of: int, checked: bool, **study) -> Evidence:
    """Pricing is said by ``yes`` of ``of`` people who churned, and by ``rest_yes`` of ``rest_of`` loyal ones."""
    status = ["churned"] * of + ["loyal"] * rest_of
    says = [i < yes for i in range(of)] + [i < rest_yes for i in range(rest_of)]
    people = [f"P{number:03}" for number in range(of + rest_of)]
    persons = pd.DataFrame({"participant": people, "status": status})
    passages = pd.DataFrame(
        {"passage": [f"q-{name}" for name in people], "participant": people, "source_kind": "interview"}
    )
    rows = [
        (f"q-{name}", "Pricing", "machine", "suggested", 0.9) for name, said in zip(people, says, strict=True) if said
    ]
    if checked:
        rows += [(passage, theme, "ada", "confirmed", np.nan) for passage, theme, *_ in rows]
    codings = pd.DataFrame(rows, columns=["passage", "theme", "by", "status", "confidence"])
    return evidence(engine, persons, passages, codings, study=replace(PLAIN, **study))


def first(table, theme="Pricing", group="churned"):
    column = table.keys[-1]
    return table.rows[(table.rows["theme"] == theme) & (table.rows[column] == group)].iloc[0]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_group_against_everybody_else(engine: str) -> None:
    table = differences(two_groups(engine, yes=11, of=12, rest_yes=2, rest_of=15, checked=True), "status")
    row = first(table)
    assert (row.k, row.n, row.rest_k, row.rest_n) == (11, 12, 2, 15)
    assert row.difference == pytest.approx(11 / 12 - 2 / 15)
    assert row.p == pytest.approx(float(fisher_mid_p(11, 12, 2, 15)))
    assert row.verdict == CLEAR
    # five themes, two groups that are each other's rest: five comparisons
    assert row.comparisons == 5
    assert row.q == pytest.approx(row.p * 5)
    assert first(table, group="loyal").q == row.q


@pytest.mark.parametrize("engine", ENGINES)
def test_unchecked_suggestions_are_never_clear(engine: str) -> None:
    table = differences(two_groups(engine, yes=11, of=12, rest_yes=2, rest_of=15, checked=False), "status")
    assert first(table).q < 0.05
    assert first(table).verdict == LOOK
    assert any("no person has checked" in note for note in table.notes)


def test_too_few_and_nobody_else() -> None:
    small = differences(two_groups("duckdb", yes=4, of=4, rest_yes=0, rest_of=15, checked=True), "status")
    assert first(small).verdict == "too few people to compare (4)"
    assert np.isnan(first(small).q)
    alone = differences(two_groups("duckdb", yes=4, of=9, rest_yes=0, rest_of=0, checked=True), "status")
    assert first(alone).verdict == NOBODY_ELSE
    assert np.isnan(first(alone).difference)


def test_under_a_filter_nothing_is_clear() -> None:
    whole = two_groups("duckdb", yes=11, of=12, rest_yes=2, rest_of=15, checked=True)
    table = differences(whole.where(Filters(source_kinds=("interview",))), "status")
    assert table.rows["q"].isna().all()
    assert first(table).verdict == LOOK
    assert set(table.rows["verdict"]) <= {LOOK, CHANCE}


@pytest.mark.parametrize("engine", ENGINES)
def test_the_family_is_all_themes_and_attributes_of_a_source_kind(engine: str) -> None:
    given = with_study(made(engine, people=90, seed=4), objectives=())
    tables = {by: differences(given, by).rows for by in given.attributes}
    rows = pd.concat(
        [table.rename(columns={f"attr:{by}": "group"}).assign(by=by) for by, table in tables.items()], ignore_index=True
    )
    for _, kind in rows.groupby("source_kind"):
        # "status" has two groups: one of them counts
        family = kind[kind["p"].notna() & ~((kind["by"] == "status") & (kind["group"] == "churned"))]
        assert (kind.loc[kind["p"].notna(), "comparisons"] == len(family)).all()
        assert np.allclose(family["q"], multipletests(family["p"], method="fdr_bh")[1])
    enough = (rows["n"] >= 5) & (rows["rest_n"] >= 5)
    assert (rows["q"].notna() == enough).all()


def test_declared_comparisons_are_a_family_of_their_own() -> None:
    rows = differences(made("duckdb", people=90, seed=4), "status").rows
    declared = rows[rows["declared"]]
    assert set(declared["theme"]) == {"Onboarding"}
    assert (declared["comparisons"] == 1).all()
    assert np.allclose(declared["q"], declared["p"])
    assert (rows.loc[~rows["declared"], "comparisons"] > 1).all()


def test_clusters_and_single_people_are_not_tested() -> None:
    clustered = two_groups(
        "duckdb",
        yes=11,
        of=12,
        rest_yes=2,
        rest_of=15,
        checked=True,
        attributes=(AttributeRule("status", cluster=True),),
    )
    table = differences(clustered, "status")
    assert set(table.rows["verdict"]) == {NOT_TESTED}
    assert any("not independent" in note for note in table.notes)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_caution_where_a_group_said_much_more(engine: str) -> None:
    persons = pd.DataFrame({"participant": [f"P{i}" for i in range(12)], "status": ["churned", "loyal"] * 6})
    spoken = [(f"P{i}", turn) for i in range(12) for turn in range(9 if i % 2 == 0 else 3)]
    passages = pd.DataFrame(
        {
            "passage": [f"{name}.{turn}" for name, turn in spoken],
            "participant": [name for name, _ in spoken],
            "source_kind": "interview",
        }
    )
    codings = pd.DataFrame(
        {"passage": ["P0.1"], "theme": "Pricing", "by": "machine", "status": "suggested", "confidence": 0.9}
    )
    table = differences(evidence(engine, persons, passages, codings, study=PLAIN), "status")
    assert first(table).passages_each == 9
    assert first(table).rest_passages_each == 3
    assert sum("that alone can make a difference" in note for note in table.notes) == 2


def test_there_must_be_groups() -> None:
    with pytest.raises(InvalidFilter, match="choose an attribute"):
        differences(made("pandas", people=5))


def test_segments_are_compared_with_those_who_are_in_none() -> None:
    table = differences(made("duckdb", people=60, seed=1), "segment", pool=True)
    everybody = table.rows["n"] + table.rows["rest_n"]
    assert everybody.nunique() == 1
    assert table.keys == ("theme", "segment")
