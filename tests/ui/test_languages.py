"""Languages, and what suggestions in them are worth."""

from ui.source_card import card, transcript

from dashboard.intake.parsed import ParsedSource
from dashboard.ui import languages, source_words


def test_a_language_that_the_model_does_not_know_is_said_on_the_card() -> None:
    german = ParsedSource(**{**vars(transcript(("Ana", "participant"))), "language": "de"})
    assert source_words.doubts(card("a", german)) == (languages.doubt("de"),)
    assert "German" in languages.doubt("de")
    english = ParsedSource(**{**vars(transcript(("Ana", "participant"))), "language": "en"})
    assert source_words.doubts(card("a", english)) == ()


def test_a_language_that_was_not_recognised_is_asked_for_and_not_doubted() -> None:
    assert languages.doubt("") == ""
    assert "not recognised" in languages.in_words("")


def test_the_caveat_of_a_study_counts_sources() -> None:
    assert languages.caveat_of(["en", "", "en"]) == ""
    assert languages.caveat_of(["ar", "en"]).startswith("1 of 2 sources is in Arabic, which")
    assert "or another language" in languages.caveat_of(["ar", "de", "ja", "ko"])
