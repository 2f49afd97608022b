"""Likeness in meaning: the same whatever else is asked, and highest for the same text."""

from __future__ import annotations

from dashboard.evidence.likeness import likeness


def test_the_same_question_is_most_alike_whatever_stands_beside_it() -> None:
    alone = likeness(["How was signing up?"], ["How was signing up?"])
    both = likeness(["How was signing up?", "Why?"], ["What did you pay?", "How was signing up?"])
    assert alone[0, 0] == both[0, 1] == 1.0
    assert both[0, 0] < 0.6


def test_of_nothing_there_is_nothing() -> None:
    assert likeness(["a"], []).shape == (1, 0)
