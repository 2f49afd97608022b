"""Pairs of themes: few of them, each with all that is said of it elsewhere."""

from __future__ import annotations

import pytest
from analysis.evidence_fixture import made

from dashboard.analysis.cooccurrence import cooccurrence
from dashboard.charts.pairs import MOST, pairs

pytestmark = pytest.mark.filterwarnings("ignore:Found complex group-by expression")


def test_a_pair_that_is_shown_is_shown_for_each_source_kind() -> None:
    table = cooccurrence(made("duckdb", people=60, seed=3))
    bar = next(trace for trace in pairs(table).data if trace.type == "bar")
    keys = [tuple(key) for key in bar.customdata]
    assert len({key[:2] for key in keys}) <= MOST * table.rows["source_kind"].nunique()
    assert {table.find(dict(zip(table.keys, key, strict=True))) for key in keys} <= set(range(len(table.rows)))
    for theme, other, _ in keys:
        assert {key[2] for key in keys if key[:2] == (theme, other)} == set(table.rows["source_kind"])


def test_nobody_and_pooled() -> None:
    assert not pairs(cooccurrence(made("duckdb", people=0))).data[0].x
    assert pairs(cooccurrence(made("duckdb", people=12), pool=True)).layout.height
