"""Sources in words."""

from dataclasses import replace

import pytest
from ui.source_card import card, survey, transcript

from dashboard.intake.parsed import ParsedSource, QuotedCoding, Row
from dashboard.study import Theme, Turn
from dashboard.ui import source_words

INTERVIEW = card("p1", transcript(("Ana", "participant"), ("Maya", "interviewer"), (None, "participant")))
SURVEY = card("nps", survey(("Why?", "open"), ("Plan", "attribute")), turns=1234)
BROKEN = card("bad", None, error="“bad.txt” holds no text; export it again.")


@pytest.mark.parametrize(
    ("parsed", "amount"),
    [
        (transcript(("Ana", "participant")), "20 turns"),
        (survey(("Why?", "open")), "4 respondents, 20 open answers"),
        (ParsedSource("participants", "CSV"), "3 people"),
        (ParsedSource("codebook", "CSV", themes=(Theme("A"),)), "1 theme"),
        (
            ParsedSource("codings", "CSV", themes=(Theme("A"), Theme("B")), codings=(QuotedCoding("x", "A"),)),
            "1 coding of 2 themes",
        ),
        (
            ParsedSource("project", "REFI-QDA", documents=("a", "b"), codings=(QuotedCoding("x", "A"),) * 2),
            "2 documents, 20 turns, 2 codings",
        ),
    ],
)
def test_how_much_a_source_holds_is_said_in_the_units_of_its_kind(parsed: ParsedSource, amount: str) -> None:
    assert source_words.amount(card("x", parsed, people=3)) == amount


def test_people_are_named_participants_first_and_few() -> None:
    assert INTERVIEW.summary is not None
    assert source_words.people(INTERVIEW.summary.parsed.speakers) == "Ana, Maya (interviews)"
    many = transcript(*((f"S{n}", "participant") for n in range(5)))
    assert source_words.people(many.speakers) == "S0, S1, S2 and 2 more"


def test_a_row_says_kind_amount_people_and_what_to_look_at() -> None:
    row = source_words.row_of(card("p2", transcript(("Ana", "participant"), warnings=("Line 3 has no speaker.",))))
    assert row.lines == ("Interview · 20 turns", "Ana")
    assert [(tag.text, tag.tone) for tag in row.tags] == [("1 to look at", "caution")]
    assert [tag.text for tag in source_words.row_of(BROKEN).tags] == ["cannot be read"]


def test_what_would_count_nowhere_is_a_doubt() -> None:
    silent = transcript(("Maya", "interviewer"), ("Tom", "observer"))
    assert "Nobody here is a participant" in source_words.unheard(silent)[0]
    assert "No column is an open answer" in source_words.unheard(survey(("Plan", "attribute")))[0]
    assert source_words.doubts(INTERVIEW) == ()
    assert source_words.doubts(BROKEN) == (BROKEN.error,)


def test_all_sources_are_summed_up_in_one_sentence() -> None:
    assert source_words.summary([INTERVIEW]) == "1 interview was understood."
    said = source_words.summary([INTERVIEW, INTERVIEW, SURVEY, BROKEN, card("s", survey(("Plan", "attribute")))])
    assert said == "2 interviews, 2 surveys and 1 that cannot be read were understood. 1 has something to look at."


def test_a_turn_is_shown_with_who_and_when_and_shortened_at_a_word() -> None:
    assert source_words.turn_words(Turn(0, None, "Hello.", start=65.0)) == ("no name, 1:05", "Hello.")
    who, text = source_words.turn_words(Turn(0, "3", "one two three", question="Why?"), survey=True, most=8)
    assert (who, text) == ("row 3, Why?", "one two …")


def test_every_kind_and_role_has_its_words() -> None:
    from dashboard.study import COLUMN_ROLES, ROLES

    assert tuple(source_words.COLUMN_WORDS) == COLUMN_ROLES
    assert tuple(source_words.ROLE_WORDS) == ROLES


def test_the_first_and_the_last_of_every_kind_are_shown() -> None:
    sheet = card("s", ParsedSource("participants", "CSV, participants"))
    assert sheet.summary is not None
    rows = (Row(1, "P1", "Ann Lee", attributes={"plan": "pro"}, scores={"NPS": 9}), Row(2))
    shown = replace(sheet, summary=replace(sheet.summary, people_ends=rows))
    assert source_words.ends(shown) == (
        "First and last person",
        [("row 1: P1, Ann Lee", "plan pro, NPS 9"), ("row 2: nobody named", "nothing more is said of this person")],
    )
    quotes = (QuotedCoding("Too dear.", "Pricing", coder="Ida"), QuotedCoding("Slow.", "Import"))
    title, lines = source_words.ends(card("c", ParsedSource("codings", "CSV", codings=quotes)))
    assert (title, lines) == (
        "First and last quote",
        [("Pricing, Ida", "Too dear."), ("Import, no coder named", "Slow.")],
    )
    assert source_words.ends(card("x", None)) == ("", [])
    assert source_words.ends(card("t", transcript(("Ana", "participant"))))[0] == "First and last words"
