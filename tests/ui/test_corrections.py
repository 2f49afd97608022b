"""Corrections made one by one on the Sources page."""

import pytest
from ui.source_card import card, transcript

from dashboard.errors import InvalidStudy
from dashboard.study import Correction, SpeakerCorrection
from dashboard.ui.corrections import everywhere, with_column, with_detail, with_role

BLANK = Correction()


def test_a_role_is_kept_beside_what_else_was_said_of_the_label() -> None:
    before = Correction(speakers={"Ana": SpeakerCorrection(name="Ana Ruiz"), "Bo": SpeakerCorrection("observer")})
    after = with_role(before, "Ana", "interviewer")
    assert after.speakers == {
        "Ana": SpeakerCorrection("interviewer", name="Ana Ruiz"),
        "Bo": SpeakerCorrection("observer"),
    }
    assert before.speakers["Ana"].role is None


def test_a_column_is_given_another_role() -> None:
    after = with_column(Correction(columns={"A": "open"}), "B", "nps")
    assert after.columns == {"A": "open", "B": "nps"}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda: with_role(BLANK, "Ana", "moderator"), "cannot be “moderator”"),
        (lambda: with_column(BLANK, "A", "essay"), "cannot be “essay”"),
        (lambda: with_detail(BLANK, "date", "31.3.2026"), "“31.3.2026” is no date"),
        (lambda: with_detail(BLANK, "date", "2026-02-30"), "is no date"),
        (lambda: with_detail(BLANK, "recording", "javascript:alert(1)"), "is no address"),
        (lambda: with_detail(BLANK, "header_row", "0"), "row “0”"),
        (lambda: with_detail(BLANK, "header_row", "two"), "row “two”"),
        (lambda: with_detail(BLANK, "mood", "fine"), "nothing called “mood”"),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(change, said) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(InvalidStudy, match=said):
        change()


@pytest.mark.parametrize(
    ("name", "value", "kept"),
    [
        ("date", " 2026-03-31 ", "2026-03-31"),
        ("recording", "https://example.com/r/1", "https://example.com/r/1"),
        ("header_row", "3", 3),
        ("sheet", "Answers", "Answers"),
        ("encoding", "cp1252", "cp1252"),
    ],
)
def test_a_detail_is_kept_and_taken_back_by_an_empty_field(name: str, value: str, kept: object) -> None:
    after = with_detail(BLANK, name, value)
    assert getattr(after, name) == kept
    assert with_detail(after, name, "  ") == BLANK


def test_a_role_goes_to_every_file_with_the_label_where_it_is_another_one() -> None:
    cards = [
        card("a", transcript(("Ana", "participant"), ("Bo", "participant"))),
        card("b", transcript(("Ana", "interviewer"), ("Cy", "participant"))),
        card("c", transcript(("Ana", "observer"))),
        card("d", None, error="“d” cannot be read."),
    ]
    found = dict(everywhere(cards, "Ana", "interviewer"))
    assert list(found) == ["a", "c"]
    assert found["a"].speakers == {"Ana": SpeakerCorrection("interviewer")}
