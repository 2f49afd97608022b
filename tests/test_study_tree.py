"""The tree beneath a study file: places, lines, and text as it was written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.errors import InvalidStudy
from dashboard.study_tree import Book, Node, from_text


def test_scalars_stay_text_and_only_a_bare_nothing_is_none() -> None:
    tree = from_text("a: no\nb: 007\nc: ~\nd: '~'\ne: ''\nf:\ng: 2026-01-01\nh: !!null x", "t.yaml").value
    assert tree == {"a": "no", "b": "007", "c": None, "d": "~", "e": "", "f": None, "g": "2026-01-01", "h": "x"}


def test_every_place_has_its_line() -> None:
    root = from_text("a: 1\nb:\n  - x\n  - y: 2\n    z: 3\n", "t.yaml")
    assert root.book.lines["b", 1, "z"] == 5
    assert str(root.book.problem(("b", 1, "z"), "said.")) == "t.yaml, line 5, b[2].z: said."
    assert str(root.book.problem(("b", 1, "new"), "said.")) == "t.yaml, line 4, b[2].new: said."
    assert str(Book("t.yaml").problem((), "said.")) == "t.yaml: said."


def test_long_values_are_shortened_in_errors() -> None:
    with pytest.raises(InvalidStudy) as caught:
        Node("x" * 5_000, Book("t.yaml"), ("a",)).number()
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize(
    ("given", "expected"), [("true", True), ("Yes", True), (True, True), ("no", False), (False, False)]
)
def test_flags(given: object, expected: bool) -> None:
    if given is False:
        given = "false"
    assert Node(given, Book("t.yaml"), ("a",)).flag() is expected


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_numbers_come_as_text_or_as_numbers(number: float) -> None:
    assert Node(repr(number), Book("t")).number() == Node(number, Book("t")).number() == number


@given(st.integers(0, 10**9))
def test_whole_numbers(number: int) -> None:
    assert Node(str(number), Book("t")).whole(0) == number


@pytest.mark.parametrize("kept", [{"a": "so \ud800"}, {"\udfff": "so"}])
def test_half_of_a_character_is_refused_in_values_and_in_names(kept: dict[str, str]) -> None:
    with pytest.raises(InvalidStudy, match=r"cannot be kept; take it out") as refused:
        [node.text() for node in Node(kept, Book("the correction")).entries().values()]
    assert str(refused.value).isprintable()
