"""MEASURES holds together."""

from __future__ import annotations

import pytest
from analysis.evidence_fixture import made

from dashboard.charts.measures import MEASURES, alternative


@pytest.mark.parametrize("name", MEASURES)
def test_each_measure_is_whole(name: str) -> None:
    measure = MEASURES[name]
    assert measure.name == name
    assert measure.question.endswith("?")
    table = measure.function(made("duckdb", people=30), "plan" if measure.by == "must" else None)
    assert table.measure == name
    assert table.unit == measure.unit
    assert measure.headline(table).endswith(".")
    if measure.chart:
        figure = measure.chart(table)
        assert figure.layout.meta["title"] == measure.headline(table)
        assert figure.layout.meta["alternative"] == alternative(table)
        assert figure.layout.meta["subtitle"] == f"Of {table.denominator}"
        assert measure.headline(table) in alternative(table)
        assert figure.layout.dragmode is False
