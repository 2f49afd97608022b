"""The journey's two figures."""

from __future__ import annotations

from analysis.evidence_fixture import STAGES, made

from dashboard.analysis.feeling import feeling
from dashboard.analysis.friction import friction
from dashboard.charts.journey import along, journey
from dashboard.charts.style import GREY


def by_name(figure, name: str):
    return next(trace for trace in figure.data if trace.name == name)


def _keys(table, trace, position: int) -> dict[str, object]:
    return dict(zip(table.keys, trace.customdata[position], strict=True))


def test_stages_stand_in_their_order_and_a_silent_one_says_so() -> None:
    figure = journey(friction(made("pandas", people=60)))
    assert tuple(figure.layout.yaxis.ticktext) == STAGES
    silent = by_name(figure, "silent")
    assert (list(silent.y), list(silent.text)) == ([4], ["nobody talks about it"])


def test_reach_intensity_and_index_stand_together() -> None:
    table = friction(made("pandas", people=60))
    words = by_name(journey(table), "count")
    claims = [i for i, said in enumerate(words.text) if any(how in said for how in ("mildly", "noticeably"))]
    assert claims
    assert all(" of " in words.text[i] and "index" not in words.text[i] for i in claims)
    for name in ("count", "share"):  # an index is for those who ask: hovering says it, and the table
        hover = by_name(journey(table), name).hovertext
        for i in claims:
            index = table.rows["index"].iloc[table.find(_keys(table, words, i))]
            assert f"index {index:.0f} of 100" in hover[i]


def test_the_worst_first_on_request() -> None:
    table = friction(made("pandas", people=60), pool=True)
    figure = journey(table, sort="worst")
    assert list(figure.layout.yaxis.ticktext) == list(table.rows["stage"])


def test_marks_carry_keys_whatever_the_order() -> None:
    for by in (None, "plan", "theme", "segment"):
        table = friction(made("pandas", people=60), by)
        bar = by_name(journey(table), "share")
        for x, keys in zip(bar.x, bar.customdata, strict=True):
            row = table.rows.iloc[table.find(dict(zip(table.keys, keys, strict=True)))]
            assert row["reach"] == x


def test_themes_within_a_stage_only_where_somebody_struggles() -> None:
    table = friction(made("pandas", people=30), "theme")
    bar = by_name(journey(table), "share")
    assert len(bar.x) == int((table.rows["k"] > 0).sum())


def test_feeling_along_the_way() -> None:
    table = feeling(made("pandas", people=60))
    figure = along(table)
    interviews = by_name(figure, "interviews")
    of_interviews = table.rows[table.rows["source_kind"] == "interview"]
    assert list(interviews.x) == list(of_interviews["sentiment"])
    assert [table.find(dict(zip(table.keys, each, strict=True))) for each in interviews.customdata] == list(
        of_interviews.index
    )
    survey, few = by_name(figure, "survey"), table.rows[table.rows["source_kind"] == "survey"]["n"] < 5
    assert all(colour == GREY for colour, small in zip(survey.marker.color, few, strict=True) if small)
