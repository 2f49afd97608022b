"""Bars: marks that open their rows, intervals, counts."""

from __future__ import annotations

from dataclasses import replace

import pytest
from analysis.evidence_fixture import made, with_study

from dashboard.analysis.prevalence import prevalence
from dashboard.analysis.table import Table
from dashboard.charts.bars import bars
from dashboard.charts.style import GREY


def by_name(figure, name: str):
    return [trace for trace in figure.data if trace.name == name]


def keys(trace, table: Table) -> list[dict[str, object]]:
    return [dict(zip(table.keys, each, strict=True)) for each in trace.customdata]


@pytest.mark.parametrize("by", [None, "plan", "segment"])
def test_every_mark_carries_the_keys_of_its_row(by: str | None) -> None:
    table = prevalence(made("pandas", people=50), by)
    figure = bars(table)
    bar, count = by_name(figure, "share")[0], by_name(figure, "count")[0]
    for trace in (bar, count):
        assert [table.find(each) for each in keys(trace, table)] == list(range(len(table.rows)))
    assert list(bar.x) == list(table.rows["share"])
    assert all(trace.hoverinfo == "skip" for trace in figure.data if trace.customdata is None)


def test_small_groups_are_grey_and_say_so() -> None:
    table = prevalence(made("pandas", people=9), "plan")
    figure = bars(table)
    small = table.rows["n"] < 5
    assert small.any()
    for colour, said, few in zip(
        by_name(figure, "share")[0].marker.color, by_name(figure, "count")[0].text, small, strict=True
    ):
        assert (colour == GREY) == few
        assert ("too few people" in said) == few


def test_unchecked_shares_have_dashed_intervals() -> None:
    checked = bars(prevalence(made("pandas", people=50, checked=1.0)))
    unchecked = bars(prevalence(made("pandas", people=50, checked=0.0)))
    assert {trace.line.dash for trace in by_name(checked, "interval")} == {"solid"}
    assert {trace.line.dash for trace in by_name(unchecked, "interval")} == {"3px,3px"}


def test_no_interval_where_people_were_recruited_to_a_plan() -> None:
    table = prevalence(with_study(made("pandas", people=50), plan={"status": {"loyal": 25}}))
    assert not by_name(bars(table), "interval")


def test_sorted_by_share_by_name_or_as_given() -> None:
    table = prevalence(made("pandas", people=50), pool=True)
    most = bars(table, sort="share").layout.yaxis.ticktext
    assert list(most) == list(table.rows.sort_values("share", ascending=False, kind="stable")["theme"])
    assert list(bars(table, sort="name").layout.yaxis.ticktext) == sorted(table.rows["theme"])
    assert list(bars(table, sort="given").layout.yaxis.ticktext) == list(table.rows["theme"])


def test_names_cannot_come_alive() -> None:
    table = prevalence(made("pandas", people=20), pool=True)
    evil = replace(table, rows=table.rows.replace({"theme": {"Pricing": "<a href='javascript:1'>![x](y)</a>"}}))
    assert "<a" not in bars(evil).to_json().replace("<a href='javascript:1'>![x](y)</a>", "", 2)
    assert any("&lt;a" in label for label in bars(evil).layout.yaxis.ticktext)


def test_height_follows_the_lines() -> None:
    few, many = (bars(prevalence(made("pandas", people=50), by)).layout.height for by in (None, "plan"))
    assert many > few
