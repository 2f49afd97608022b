"""The curve of themes so far."""

from __future__ import annotations

from analysis.evidence_fixture import made

from dashboard.analysis.saturation import saturation as measure
from dashboard.charts.saturation import saturation


def test_each_interview_is_a_mark_that_opens_its_row() -> None:
    table = measure(made("duckdb", people=20, seed=2))
    figure = saturation(table, title="It grows.")
    (marks,) = (trace for trace in figure.data if trace.customdata is not None)
    assert [keys[0] for keys in marks.customdata] == table.rows["source"].tolist()
    assert list(marks.y) == table.rows["themes"].tolist()
    assert figure.layout.meta["title"] == "It grows."
    assert figure.layout.annotations[0].text == "dotted: expected in any order"


def test_many_interviews_have_no_words_at_their_marks_and_nobody_has_no_mark() -> None:
    many = saturation(measure(made("duckdb", people=60, passages_each=2.0, checked=0.0)))
    assert "text" not in many.data[-1].mode
    none = saturation(measure(made("duckdb", people=0)))
    assert not none.data[-1].x
