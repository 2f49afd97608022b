"""What the page of interviews says in words."""

from __future__ import annotations

from analysis.talks import talk_evidence

from dashboard.ui.interviews import SIGNS, lead, shortened


def test_the_first_sentence_holds_both_figures() -> None:
    said = lead(talk_evidence())
    assert said.startswith("Interviewers spoke ")
    assert said.endswith(" % of the words; 1 of 4 questions leads.")


def test_every_sign_names_flags() -> None:
    assert all(SIGNS.values())


def test_a_text_is_cut_between_words() -> None:
    assert shortened("one two three", most=8) == "one two …"
    assert shortened("one", most=8) == "one"
