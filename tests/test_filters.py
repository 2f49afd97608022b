"""Filters: one value that a link, a shell and words say alike."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.errors import InvalidFilter
from dashboard.filters import NO_FILTERS, Filters, from_query, from_where

TEXT = st.text(min_size=1, max_size=10)
VALUES = st.lists(TEXT, unique=True, max_size=3).map(tuple)
FILTERS = st.builds(
    Filters,
    attributes=st.dictionaries(TEXT, st.lists(TEXT, unique=True, min_size=1, max_size=3).map(tuple), max_size=3).map(
        lambda chosen: tuple(sorted(chosen.items()))
    ),
    segments=VALUES,
    source_kinds=VALUES,
    stages=VALUES,
    themes=VALUES,
    text=st.text(max_size=10).map(str.strip),
)


@given(FILTERS)
def test_a_link_restores_the_view(filters: Filters) -> None:
    assert from_query(filters.to_query()) == filters


@given(FILTERS)
def test_filters_are_values(filters: Filters) -> None:
    assert hash(filters) == hash(from_query(filters.to_query()))
    assert bool(filters) is (filters != NO_FILTERS)
    assert (filters.to_words() == "") is (filters == NO_FILTERS)


def test_parameters_that_are_no_filters_are_ignored() -> None:
    assert from_query({"page": ["2"], "attr:plan": [], "theme": ["A", "A"], "text": [" x "]}) == Filters(
        themes=("A",), text="x"
    )
    assert from_query({}) == NO_FILTERS


def test_an_attribute_may_be_called_anything() -> None:
    filters = NO_FILTERS.with_attribute("theme", ["a"]).with_attribute("attr:x", ["b"])
    assert from_query(filters.to_query()) == filters
    assert filters.themes == ()


def test_no_values_free_an_attribute() -> None:
    filters = NO_FILTERS.with_attribute("plan", ["pro", "pro"]).with_attribute("age", ["old"])
    assert filters.attributes == (("age", ("old",)), ("plan", ("pro",)))
    assert filters.with_attribute("plan", []).with_attribute("age", ()) == NO_FILTERS


def test_people_and_passages_are_narrowed_by_different_things() -> None:
    for people in (Filters(segments=("S",)), Filters(source_kinds=("survey",)), NO_FILTERS.with_attribute("a", ["b"])):
        assert (people.narrows_people, people.narrows_passages) == (True, False)
    for passages in (Filters(stages=("S",)), Filters(themes=("T",)), Filters(text="x")):
        assert (passages.narrows_people, passages.narrows_passages) == (False, True)


def test_conditions_of_the_shell() -> None:
    filters = from_where(
        ["plan = pro", "plan=free", "attr:theme=x", "theme=T", "segment=S", "text=a=b", "source_kind=survey"]
    )
    assert filters == Filters(
        attributes=(("plan", ("pro", "free")), ("theme", ("x",))),
        segments=("S",),
        source_kinds=("survey",),
        themes=("T",),
        text="a=b",
    )
    assert from_where([]) == NO_FILTERS


@pytest.mark.parametrize("condition", ["plan", "=pro", "  = x", ""])
def test_a_condition_needs_a_name_and_an_equals_sign(condition: str) -> None:
    with pytest.raises(InvalidFilter, match="name=value"):
        from_where([condition])


def test_words_say_everything() -> None:
    filters = Filters(
        segments=("Gave up",), source_kinds=("interview",), stages=("Plant", "Water"), themes=("Tools",), text="rake"
    ).with_attribute("plan", ["free", "pro"])
    said = filters.to_words()
    for word in ("plan free or pro", "Gave up", "interviews only", "stage Plant or Water", "theme Tools", "“rake”"):
        assert word in said
