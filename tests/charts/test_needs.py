"""Bars of unmet needs."""

from __future__ import annotations

from analysis.evidence_fixture import made

from dashboard.analysis.needs import needs as measure
from dashboard.charts.needs import MOST, most_stated, needs


def test_the_most_stated_needs_are_drawn_and_each_mark_opens_its_row() -> None:
    table = measure(made("duckdb", people=60, seed=4))
    shown = most_stated(table)
    assert len(shown.rows[["theme", "stage"]].drop_duplicates()) == MOST
    assert len(table.rows) > len(shown.rows)
    figure = needs(table)
    for trace in figure.data:
        if trace.customdata is not None:
            found = [dict(zip(table.keys, keys, strict=True)) for keys in trace.customdata]
            assert all(table.find(keys) is not None for keys in found)


def test_nobody() -> None:
    assert needs(measure(made("duckdb", people=0))).data
