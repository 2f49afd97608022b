"""Spans of passages: trimmed, in order, apart, and nothing that was said left out."""

from __future__ import annotations

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.coding.passages import MOST, WHOLE, cut, words

PIECES = [
    "word",
    "Setup took a week.",
    " ",
    "\n",
    "\t",
    "…",
    "Dr. Who",
    "3.5",
    "?!",
    "。",
    "請求書",
    ",",
    "a",
    '"',
    "…)",
]
TEXTS = st.one_of(st.text(max_size=300), st.lists(st.sampled_from(PIECES), max_size=400).map("".join))


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_spans_are_trimmed_ordered_apart_and_cover_what_was_said(text: str) -> None:
    end_before = 0
    covered = set()
    for start, end in cut(text):
        assert end_before <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        covered |= set(range(start, end))
        end_before = end
    assert all(position in covered for position, character in enumerate(text) if not character.isspace())


def test_a_short_answer_is_one_passage() -> None:
    text = "  Too dear. The app is slow, and nobody answers. I left. "
    assert cut(text) == [(2, len(text) - 1)]
    assert cut("") == cut(" \n ") == []


def test_a_long_turn_is_cut_at_the_ends_of_sentences() -> None:
    text = " ".join(["We moved the books over in March and it took Dr. Hale three days."] * 20)
    passages = [text[start:end] for start, end in cut(text)]
    assert len(passages) > 3
    assert all(passage.startswith("We") and passage.endswith("days.") for passage in passages)
    assert all(words(passage) <= WHOLE for passage in passages)


def test_text_without_any_mark_is_cut_between_words_in_linear_time() -> None:
    text = "and then we waited " * 110_000
    start = time.perf_counter()
    spans = cut(text)
    assert time.perf_counter() - start < 20
    assert len(text) > 2_000_000
    assert all(words(text[a:b]) <= MOST for a, b in spans[:200])


def test_the_worst_characters_take_no_longer() -> None:
    start = time.perf_counter()
    for text in ("." * 500_000, "a." * 250_000, '!"' * 250_000, "\n" * 500_000, "。" * 200_000):
        cut(text)
    assert time.perf_counter() - start < 20


def test_scripts_without_spaces_are_cut_too() -> None:
    text = "請求書が二回来て、誰も返事をくれませんでした。" * 30
    passages = [text[start:end] for start, end in cut(text)]
    assert len(passages) > 3
    assert all(passage.endswith("。") for passage in passages)
    assert max(map(words, passages)) <= MOST
