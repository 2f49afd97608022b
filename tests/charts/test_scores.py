"""Differences of scores, the split of an NPS, and how many gave each value."""

from __future__ import annotations

import pytest
from analysis.evidence_fixture import made

from dashboard.analysis.in_words import CLEAR, LOOK
from dashboard.analysis.scores import distribution, scores
from dashboard.charts.scores import differences_of_scores, nps_split
from dashboard.charts.scores import distribution as drawn
from dashboard.charts.style import BLUE, GREY, ORANGE

pytestmark = pytest.mark.filterwarnings("ignore:Found complex group-by expression")


def test_colour_form_and_words_say_the_same() -> None:
    table = scores(made("pandas", people=60, seed=4, scored=True))
    figure = differences_of_scores(table)
    marks = next(trace for trace in figure.data if trace.name == "difference")
    words = next(trace for trace in figure.data if trace.name == "words")
    assert len(marks.x) == len(table.rows)
    for keys, x, colour, symbol, said in zip(
        marks.customdata, marks.x, marks.marker.color, marks.marker.symbol, words.text, strict=True
    ):
        row = table.records()[table.find(dict(zip(table.keys, keys, strict=True))) or 0]
        assert row["difference"] == x
        assert row["verdict"] in said
        claims = row["verdict"] in (CLEAR, LOOK)
        assert colour == ((BLUE if x > 0 else ORANGE) if claims else GREY)
        assert symbol.startswith("triangle") == claims
    assert figure.layout.xaxis.range[1] > max(x for x in marks.x)


def test_bars_of_a_theme_are_all_who_gave_the_score() -> None:
    table = scores(made("pandas", people=60, seed=4, scored=True))
    figure = nps_split(table)
    bars = [trace for trace in figure.data if trace.type == "bar"]
    assert [bar.name for bar in bars] == ["detractors", "passives", "promoters"]
    assert len(bars[0].x)
    for shares in zip(*(bar.x for bar in bars), strict=True):
        assert sum(shares) == pytest.approx(1)
    assert {keys[0] for bar in bars for keys in bar.customdata} == {"Recommend"}
    assert all(table.find(dict(zip(table.keys, keys, strict=True))) is not None for keys in bars[0].customdata)


def test_every_value_is_a_bar_that_opens() -> None:
    table = distribution(made("duckdb", people=60, seed=4, scored=True), "Recommend")
    bar = drawn(table).data[0]
    assert list(bar.y) == table.rows["k"].tolist()
    assert len(bar.x) == 11
    assert list(bar.marker.color) == [ORANGE] * 7 + [GREY] * 2 + [BLUE] * 2
    assert [table.find(dict(zip(table.keys, keys, strict=True))) for keys in bar.customdata] == list(range(11))


def test_of_nobody_there_is_an_empty_figure() -> None:
    table = scores(made("duckdb", people=0))
    assert not len(differences_of_scores(table).data[1].x)
    assert not len(nps_split(table).data[0].x)
