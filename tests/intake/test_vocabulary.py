"""The words by which labels are told."""

from __future__ import annotations

from dashboard.intake import vocabulary


def test_who_asks_and_who_answers_share_no_word() -> None:
    assert not vocabulary.INTERVIEWERS & vocabulary.PARTICIPANTS
    assert not (vocabulary.INTERVIEWERS | vocabulary.PARTICIPANTS | vocabulary.OBSERVERS) & vocabulary.NOT_LABELS


def test_all_words_are_in_small_letters() -> None:
    for name in ("INTERVIEWERS", "PARTICIPANTS", "OBSERVERS", "NOT_LABELS", "PARTICLES", "BACKCHANNELS"):
        assert all(word == word.casefold() for word in getattr(vocabulary, name)), name
