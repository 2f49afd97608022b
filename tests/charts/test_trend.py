"""Themes over time as small panels."""

from __future__ import annotations

from dataclasses import replace

import pytest
from analysis.evidence_fixture import STUDY, made

from dashboard.analysis.trend import trend
from dashboard.charts.trend import MOST, themes_drawn, trend_chart
from dashboard.study import Theme

pytestmark = pytest.mark.filterwarnings("ignore:Found complex group-by expression")
DAYS = ("2026-03-02", "2026-04-11", "2026-05-31")


def test_forty_themes_are_twelve_panels_whose_points_open() -> None:
    study = replace(STUDY, codebook=tuple(Theme(f"Theme {number:02d}") for number in range(40)))
    table = trend(made("duckdb", people=40, seed=3, study=study, days=DAYS))
    figure = trend_chart(table, title="t")
    points = [trace for trace in figure.data if trace.customdata is not None]
    keys = [dict(zip(table.keys, each, strict=True)) for trace in points for each in trace.customdata]
    assert len({each["theme"] for each in keys}) == MOST
    assert all(table.find(each) is not None for each in keys)
    assert len(keys) == len({tuple(each.values()) for each in keys})
    for trace in points:
        for share, each in zip(trace.y, trace.customdata, strict=True):
            position = table.find(dict(zip(table.keys, each, strict=True)))
            assert position is not None
            assert table.rows["share"].iloc[position] == share


def test_the_clearest_change_comes_first_then_the_most_common() -> None:
    rows = [
        {"theme": "common", "verdict": "could be chance", "p": 0.5, "n": 20, "share": 0.9},
        {"theme": "rare", "verdict": "could be chance", "p": 0.1, "n": 20, "share": 0.1},
        {"theme": "changed", "verdict": "clear difference", "p": 0.001, "n": 20, "share": 0.2},
        {"theme": "small", "verdict": "too few people (3)", "p": None, "n": 3, "share": 1.0},
    ]
    assert themes_drawn(rows) == ["changed", "common", "rare", "small"]


def test_one_period_and_nobody_are_drawn_too() -> None:
    assert trend_chart(trend(made("duckdb", people=9, seed=1))).layout.height
    assert not trend_chart(trend(made("duckdb", people=0))).data
