"""Bars of who spoke how much: both parts of a bar open the same turns."""

from __future__ import annotations

from analysis.talks import talk_evidence

from dashboard.analysis.interviews import interviews
from dashboard.analysis.questions import questions
from dashboard.charts.interviews import kinds, talk
from dashboard.filters import Filters


def test_each_part_of_a_bar_carries_its_interview_and_the_most_comes_first() -> None:
    table = interviews(talk_evidence())
    figure = talk(table)
    own, rest = figure.data[:2]
    assert list(own.x) == sorted(table.rows["talk_share"], reverse=True)
    assert [one + other for one, other in zip(own.x, rest.x, strict=True)] == [1.0, 1.0]
    assert list(own.customdata) == list(rest.customdata)
    assert figure.data[-1].text[0].endswith("interviewer")


def test_kinds_stand_in_their_own_order() -> None:
    figure = kinds(questions(talk_evidence()))
    assert [keys[0] for keys in figure.data[0].customdata] == ["open", "closed", "leading", "double-barrelled"]


def test_nothing_is_an_empty_figure() -> None:
    assert not talk(interviews(talk_evidence().where(Filters(source_kinds=("survey",))))).data[0].x
