"""Corrections as they stand in a study file: times, turns, words, and what cannot be one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.errors import InvalidStudy
from dashboard.study import Correction, WordCorrection
from dashboard.study_corrections import clock_of, correction_from_mapping, correction_to_mapping, seconds_of


@given(st.integers(0, 3_000_000).map(lambda thousandths: thousandths / 1000))
def test_a_time_comes_back_from_the_clock(seconds: float) -> None:
    assert seconds_of(clock_of(seconds)) == pytest.approx(seconds, abs=0.0005)


@pytest.mark.parametrize(
    "text", ["", "ten", "1", "1:2:3:4", "1:61", "00:60:00", "-1:00", "1.5:00", "1:..", "9" * 9 + ":00"]
)
def test_what_is_no_time_is_none(text: str) -> None:
    assert seconds_of(text) is None


@pytest.mark.parametrize(
    ("mapping", "said"),
    [
        ({"leave_out": [{"from": "03:10", "to": "00:00"}]}, "nothing lies between"),
        ({"leave_out": [{"from": "soon", "to": "03:10"}]}, "“soon” is no time"),
        ({"leave_out": [{"from": "00:00"}]}, "“to” is missing"),
        ({"language": "German!"}, "is no language"),
        ({"turns": [{"turn": -1, "text": "x"}]}, "must be a number of at least 0"),
        ({"turns": [{"turn": 1}]}, "“text” is missing"),
        ({"turns": [{"turn": 1, "text": "x", "becomes": [{"speaker": "A"}]}]}, "“text” is missing"),
        ({"words": [{"meant": "Teams"}]}, "“heard” is missing"),
        ({"recording": "javascript:alert(1)"}, "no web address"),
    ],
)
def test_what_cannot_be_is_said_in_one_sentence(mapping: dict[str, object], said: str) -> None:
    with pytest.raises(InvalidStudy, match=said):
        correction_from_mapping(mapping)


def test_a_word_may_be_taken_away() -> None:
    correction = Correction(words=(WordCorrection("uh", ""),))
    assert correction_from_mapping(correction_to_mapping(correction)) == correction
