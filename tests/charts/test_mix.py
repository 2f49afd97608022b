"""The bars of whom we heard, and the outlines of whom the plan asks for."""

from __future__ import annotations

from analysis.evidence_fixture import evidence, made, with_study
from analysis.small import codings, passages, persons

from dashboard.analysis.mix import mix as measure
from dashboard.charts.mix import mix


def test_each_mark_opens_its_row_and_an_empty_cell_is_named() -> None:
    given = evidence("pandas", persons(), passages(), codings())
    table = measure(with_study(given, plan={"plan": {"pro": 5, "free": 6, "team": 3}}))
    figure = mix(table)
    planned, heard, said = figure.data
    assert list(planned.x) == [1, 5 / 6, 0, 0.5, 0]
    assert list(heard.x) == [5 / 6, 5 / 6, 0, 0, 1]
    assert "nobody yet, 3 planned" in said.text
    for trace in figure.data:
        assert [list(keys) for keys in trace.customdata] == [
            list(table.keys_of(position).values()) for position in range(len(table.rows))
        ]
    assert figure.layout.yaxis.ticktext[:2] == ("<b>Interviews</b>", "plan · free")


def test_nobody() -> None:
    assert len(mix(measure(made("duckdb", people=0))).data) == 3
