"""Turns of interviewers: read once, chosen by keys and filters, and drawn where there are too many."""

from __future__ import annotations

import pytest
from analysis.talks import talk_evidence

from dashboard.analysis import question_turns
from dashboard.analysis.question_turns import chosen, groups, talks
from dashboard.errors import InvalidFilter
from dashboard.filters import NO_FILTERS, Filters


def test_observers_count_nowhere() -> None:
    found = talks(talk_evidence())
    assert set(found.turns["speaker"]) == {"Ada", "Cy"}
    assert found.interviews["turns"].tolist() == [6, 4]
    assert "great" not in " ".join(found.turns["text"])


def test_it_is_read_once_whatever_the_filters() -> None:
    evidence = talk_evidence()
    assert talks(evidence) is talks(evidence.where(Filters(text="fee")))


def test_filters_on_people_choose_interviews() -> None:
    evidence = talk_evidence()
    assert groups(evidence.where(NO_FILTERS.with_attribute("plan", ["pro"])), None)["source"].tolist() == ["b"]
    assert groups(evidence.where(Filters(source_kinds=("survey",))), None).empty
    assert groups(evidence, "plan").to_numpy().tolist() == [["a", "free"], ["b", "pro"]]


def test_keys_choose_turns_and_others_are_refused() -> None:
    evidence = talk_evidence()
    assert chosen(evidence, {"kind": "leading"})["source"].tolist() == ["a"]
    assert len(chosen(evidence, {"interview": "b.vtt"})) == 2
    assert len(chosen(evidence.where(Filters(text="FEE")), {})) == 2
    for keys in ({"theme": "Pricing"}, {"kind": "rude"}):
        with pytest.raises(InvalidFilter):
            chosen(evidence, keys)


def test_of_too_many_some_are_drawn_and_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(question_turns, "MOST_TURNS", 3)
    found = talks(talk_evidence())
    assert (len(found.interviews), found.left_out) == (1, 1)
