"""Cues: what they find, what they do not, and how long it takes."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.coding.cues import compile_cues, find, tokens


def found(cue: str, text: str) -> bool:
    return bool(find([tokens(text)], compile_cues([[cue]])))


@pytest.mark.parametrize(
    ("cue", "text"),
    [
        ("invoice", "The INVOICE came"), ("invoice", "two invoices"), ("box", "boxes"), ("delivery", "late deliveries"),
        ("cost*", "it costs"), ("cost*", "costly"), ("un*able", "an unusable app"), ("direct debit", "Direct  debits"),
        ("set up", "the setup took days"), ("$", "it is $5"), ("can't", "I can’t find it"), ("請求", "この請求書は"),
        ("follow-up", "no follow-up"), ("24/7", "help 24/7 please"),
    ],
)  # fmt: skip
def test_found(cue: str, text: str) -> None:
    assert found(cue, text)


@pytest.mark.parametrize(
    ("cue", "text"),
    [
        ("price", "priceless"), ("art", "start"), ("direct debit", "direct the debit"), ("debit card", "debit"),
        ("$", "5"),
        ("un*able", "table"), ("*", "anything"), ("", "anything"), ("* *", "two words"), ("請求", "請い求める"),
    ],
)  # fmt: skip
def test_not_found(cue: str, text: str) -> None:
    assert not found(cue, text)


@pytest.mark.parametrize(
    ("text", "negated"),
    [("not a good price", True), ("no, the price is high", False), ("It is not slow but the price is high", False),
     ("price, not speed", False), ("no price and then a price", False), ("never mentioned any price", True)],
)  # fmt: skip
def test_negation_reaches_three_words_within_a_clause(text: str, negated: bool) -> None:
    assert [hit.negated for hit in find([tokens(text)], compile_cues([["price"]]))] == [negated]


def test_a_cue_is_numbered_and_owned() -> None:
    cues = compile_cues([["price", "price", " "], ["price", "fee"]])
    assert cues.texts == ("price", "price", "fee")
    assert cues.owners == (0, 1, 1)
    assert [(hit.text, hit.cue) for hit in find([tokens("a fee"), tokens("the price")], cues)] == [
        (0, 2),
        (1, 0),
        (1, 1),
    ]


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=40), st.text(max_size=80))
def test_any_cue_and_any_text_are_taken(cue: str, text: str) -> None:
    find([tokens(text)], compile_cues([[cue]]))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.from_regex(r"[a-z]{3,8}", fullmatch=True), min_size=1, max_size=5))
def test_a_cue_of_plain_words_is_found_in_itself(words: list[str]) -> None:
    assert found(" ".join(words), "so " + " ".join(words) + " it was")


def test_the_worst_characters_take_no_longer() -> None:
    cues = compile_cues([["a*a*a*a*b", "*a*a*a*", "a a a a b", "$$$$"]])
    start = time.perf_counter()
    for text in ("a" * 1_000_000, "a " * 200_000, "$" * 200_000, "'" * 200_000, "a'" * 200_000, "請" * 200_000):
        find([tokens(text)], cues)
    assert time.perf_counter() - start < 20
