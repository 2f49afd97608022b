"""Pairs of themes, against counting person by person."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import combinations

import pytest
from analysis.evidence_fixture import ENGINES, made, with_study

from dashboard.analysis.cooccurrence import cooccurrence
from dashboard.analysis.statistics import fisher_mid_p
from dashboard.filters import Filters

# views narrowed by what was said are rolled up by an expression that is slow in pandas alone
pytestmark = pytest.mark.filterwarnings("ignore:Found complex group-by expression")


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("pool", [False, True])
def test_pairs_are_counted_in_people(engine: str, pool: bool) -> None:
    given = made(engine, people=40, seed=6)
    table = cooccurrence(given, pool=pool)
    voiced = given.voiced().collect("pandas").to_pandas()
    said = given.said().collect("pandas").to_pandas()
    for row in table.records():
        of_kind, heard = voiced, said[said["passages"] > 0]
        if not pool:
            of_kind = of_kind[of_kind["source_kind"] == row["source_kind"]]
            heard = heard[heard["source_kind"] == row["source_kind"]]
        first, second = (set(of_kind.loc[of_kind["theme"] == row[name], "participant"]) for name in ("theme", "other"))
        n = heard["participant"].nunique()
        assert (row["k"], row["theme_k"], row["other_k"], row["n"]) == (len(first & second), len(first), len(second), n)
        if first and second:
            assert row["lift"] == pytest.approx(len(first & second) * n / len(first) / len(second))
        if row["p"] is not None:
            both = len(first & second)
            expected = float(fisher_mid_p(both, len(first), len(second) - both, n - len(first)))
            assert row["p"] == pytest.approx(expected)


@pytest.mark.parametrize("engine", ENGINES)
def test_each_pair_stands_once(engine: str) -> None:
    given = made(engine, people=30)
    rows = cooccurrence(given, pool=True).rows
    assert list(zip(rows["theme"], rows["other"], strict=True)) == list(combinations(given.study.themes, 2))


def test_a_theme_and_its_parent_are_no_pair() -> None:
    given = made("duckdb", people=9)
    first, second, *rest = given.study.codebook
    family = with_study(given, codebook=(first, replace(second, parent=first.name), *rest))
    rows = cooccurrence(family, pool=True).rows
    assert (first.name, second.name) not in set(zip(rows["theme"], rows["other"], strict=True))
    assert len(rows) == 9


def test_under_a_filter_q_is_null() -> None:
    table = cooccurrence(made("duckdb", people=40).where(Filters(source_kinds=("interview",))))
    assert all(row["q"] is None for row in table.records())


@pytest.mark.parametrize("engine", ENGINES)
def test_one_theme_makes_no_pair(engine: str) -> None:
    given = made(engine, people=9)
    assert not len(cooccurrence(with_study(given, codebook=given.study.codebook[:1])).rows)
    assert not len(cooccurrence(made(engine, people=0)).rows)


def test_a_pair_with_a_theme_nobody_voices_has_no_lift() -> None:
    given = made("duckdb", people=20).where(Filters(text="no such word anywhere"))
    rows = cooccurrence(given).rows
    assert (rows["k"] == 0).all()
    assert all(math.isnan(lift) for lift in rows["lift"])
