"""Ordinary words are told from what is no English word."""

from __future__ import annotations

import pytest

from dashboard.sharing.ordinary import is_english


@pytest.mark.parametrize("word", ["Refunding", "unhappily", "don't", "They're", "E-mail", "cancellations", "invoices"])
def test_ordinary_words(word: str) -> None:
    assert is_english(word)


@pytest.mark.parametrize("word", ["Wibblethorp", "Okonjo-Zarbel", "Tarvo"])
def test_names_that_no_english_word_is(word: str) -> None:
    assert not is_english(word)
