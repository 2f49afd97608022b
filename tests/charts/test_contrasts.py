"""Differences as marks left and right of the rest."""

from __future__ import annotations

from analysis.evidence_fixture import made

from dashboard.analysis.differences import differences
from dashboard.analysis.in_words import CLEAR, LOOK
from dashboard.charts.contrasts import contrasts
from dashboard.charts.style import BLUE, GREY, ORANGE


def test_colour_form_and_words_say_the_same() -> None:
    table = differences(made("pandas", people=60, seed=0), "plan")
    figure = contrasts(table)
    marks = next(trace for trace in figure.data if trace.name == "difference")
    words = next(trace for trace in figure.data if trace.name == "verdict")
    seen = set()
    for keys, x, colour, symbol, said in zip(
        marks.customdata, marks.x, marks.marker.color, marks.marker.symbol, words.text, strict=True
    ):
        row = table.rows.iloc[table.find(dict(zip(table.keys, keys, strict=True)))]
        assert row["difference"] == x
        assert row["verdict"] in said
        claims = row["verdict"] in (CLEAR, LOOK)
        assert colour == ((BLUE if x > 0 else ORANGE) if claims else GREY)
        assert symbol.startswith("triangle") == claims
        seen.add(row["verdict"])
    assert len(seen) >= 2


def test_nobody_to_compare_with_is_no_mark() -> None:
    table = differences(made("pandas", people=1), "plan")
    marks = next(trace for trace in contrasts(table).data if trace.name == "difference")
    assert not len(marks.x)
