"""Anchors: found again after a file was read anew, never on other words, never by nearness alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.errors import NotFound
from dashboard.records.anchors import CONTEXT, applies, attach, make
from dashboard.study import Anchor, Span

LONG = "We looked at three tools before we chose this one, and honestly the price was what decided it for our team."


def test_an_anchor_keeps_forty_characters_on_each_side() -> None:
    start = LONG.index("the price")
    anchor = make("s1", 4, LONG, start, start + len("the price"))
    assert anchor.text == "the price"
    assert anchor.before == LONG[start - CONTEXT : start]
    assert anchor.after == LONG[start + 9 : start + 9 + CONTEXT]
    assert anchor.span == Span("s1", 4, start, start + 9)


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (3, 3), (4, 2), (0, 999)])
def test_there_is_no_anchor_on_nothing(start: int, end: int) -> None:
    with pytest.raises(NotFound):
        make("s1", 0, LONG, start, end)


def test_by_position_if_the_text_agrees() -> None:
    anchor = Anchor("s1", 1, 0, 3, "yes")
    assert attach(anchor, {0: "yes", 1: "yes", 2: "yes"}) == Span("s1", 1, 0, 3)


def test_within_the_turn_else_within_the_source() -> None:
    anchor = make("s1", 0, "It was cheap.", 7, 12)
    assert attach(anchor, {0: "Well. It was cheap.", 1: "Not cheap for me."}) == Span("s1", 0, 13, 18)
    assert attach(anchor, {0: "Well.", 1: "It was cheap."}) == Span("s1", 1, 7, 12)


def test_several_places_are_told_apart_by_their_surroundings() -> None:
    anchor = make("s1", 5, "The second time the delivery was late again.", 16, 28)
    assert anchor.text == "the delivery"
    turns = {0: "In the end the delivery was fine.", 9: "So. The second time the delivery was late again."}
    assert attach(anchor, turns) == Span("s1", 9, 20, 32)


def test_surroundings_outweigh_a_position_that_agrees_by_chance() -> None:
    anchor = make("s1", 1, "Yes. The invoice was wrong twice.", 0, 4)
    turns = {0: "Hello.", 1: "Yes. I am ready.", 2: "Yes. The invoice was wrong twice."}
    assert attach(anchor, turns) == Span("s1", 2, 0, 4)


def test_what_nothing_tells_apart_is_detached_even_where_one_is_nearer() -> None:
    anchor = Anchor("s1", 5, 0, 5, "It is")
    assert attach(anchor, {4: "Well. It is", 9: "So. It is"}) is None


def test_what_is_gone_is_detached() -> None:
    anchor = make("s1", 0, LONG, 0, 20)
    assert attach(anchor, {0: "Something else.", 1: ""}) is None
    assert attach(anchor, {}) is None
    assert attach(Anchor("s1", 0, 0, 0, ""), {0: "text"}) is None
    assert attach(Anchor("s1", -1, 0, 0, "an imported quote"), {0: "text"}) is None


def test_an_imported_quote_without_a_position_finds_its_place() -> None:
    anchor = Anchor("s1", -1, 0, 0, "price was what decided")
    start = LONG.index(anchor.text)
    assert attach(anchor, {0: "Hello.", 3: LONG}) == Span("s1", 3, start, start + len(anchor.text))


def test_white_space_may_differ_as_a_last_resort() -> None:
    anchor = Anchor("s1", 0, 3, 19, "too expensive\nfor us")
    turns = {0: "  it was\u00a0too   expensive \t for us, really", 1: "nothing"}
    span = attach(anchor, turns)
    assert span is not None
    assert turns[0][span.start : span.end] == "too   expensive \t for us"


def test_a_very_common_word_takes_no_time_and_no_place() -> None:
    assert attach(Anchor("s1", 3, 0, 1, "a"), {0: "a" * 200_000}) is None
    assert attach(Anchor("s1", 0, 5, 6, "a"), {0: "a" * 200_000}) == Span("s1", 0, 5, 6)


def test_half_of_the_shorter_decides() -> None:
    passage = Span("s1", 2, 10, 20)
    assert applies(Span("s1", 2, 0, 15), passage)
    assert not applies(Span("s1", 2, 0, 14), passage)
    assert applies(Span("s1", 2, 12, 14), passage)
    assert applies(Span("s1", 2, 0, 100), passage)
    assert not applies(Span("s1", 2, 20, 30), passage)
    assert not applies(Span("s1", 3, 10, 20), passage)
    assert not applies(Span("s2", 2, 10, 20), passage)


WORDS = st.text(alphabet="abcd .\n", min_size=1, max_size=30)
TURNS = st.lists(WORDS, min_size=1, max_size=5)


@given(TURNS, st.data())
def test_it_never_attaches_to_other_words(turns: list[str], data: st.DataObject) -> None:
    turn = data.draw(st.integers(0, len(turns) - 1))
    start = data.draw(st.integers(0, len(turns[turn]) - 1))
    end = data.draw(st.integers(start + 1, len(turns[turn])))
    anchor = make("s1", turn, turns[turn], start, end)
    later = dict(enumerate(data.draw(TURNS)))
    span = attach(anchor, later)
    if span is not None:
        found = later[span.turn][span.start : span.end]
        assert found.split() == anchor.text.split()
        assert 0 <= span.start < span.end <= len(later[span.turn])


@given(TURNS, st.data())
def test_an_unchanged_reading_keeps_the_position(turns: list[str], data: st.DataObject) -> None:
    turn = data.draw(st.integers(0, len(turns) - 1))
    start = data.draw(st.integers(0, len(turns[turn]) - 1))
    end = data.draw(st.integers(start + 1, len(turns[turn])))
    anchor = make("s1", turn, turns[turn], start, end)
    assert attach(anchor, dict(enumerate(turns))) == (anchor.span if anchor.text.strip() else None)


@given(TURNS, WORDS, st.data())
def test_text_inserted_elsewhere_keeps_the_attachment(turns: list[str], inserted: str, data: st.DataObject) -> None:
    marked = "«the marked words»"
    turn = data.draw(st.integers(0, len(turns) - 1))
    cut = data.draw(st.integers(0, len(turns[turn])))
    turns[turn] = turns[turn][:cut] + marked + turns[turn][cut:]
    anchor = make("s1", turn, turns[turn], cut, cut + len(marked))
    if data.draw(st.booleans()):  # a new turn somewhere
        turns.insert(data.draw(st.integers(0, len(turns))), inserted)
    else:  # or words in a turn, outside of the marked ones
        other = data.draw(st.integers(0, len(turns) - 1))
        at = data.draw(st.integers(0, len(turns[other])))
        at = cut if other == turn and cut < at < cut + len(marked) else at
        turns[other] = turns[other][:at] + inserted + turns[other][at:]
    span = attach(anchor, dict(enumerate(turns)))
    assert span is not None
    assert turns[span.turn][span.start : span.end] == marked
