"""The lists of names hold names alone, and none that is an English word."""

from __future__ import annotations

from dashboard.sharing.gazetteer import AMBIGUOUS, GIVEN, NOT_NAMES, SURNAMES, long_list
from dashboard.sharing.ordinary import is_english


def test_short_lists_do_not_contradict_each_other() -> None:
    assert not GIVEN & NOT_NAMES
    assert not GIVEN & AMBIGUOUS
    assert not SURNAMES & NOT_NAMES


def test_the_long_list_is_in_small_letters_and_without_english_words() -> None:
    names = long_list("given") | long_list("surname")
    assert len(names) > 20_000
    assert all(name == name.casefold() and len(name) >= 3 for name in names)
    assert not [name for name in sorted(names)[::50] if is_english(name)]
