"""Who is who, in words and in order."""

import pytest

from dashboard.intake.people import Match, Mention
from dashboard.ui.people_matches import how_sure, people_of, place, said, unmatched

SPEAKER = Mention("speaker 1/Speaker 2", "1", "speaker", label="Speaker 2", file="p07.vtt")
ROW = Mention("row 2/7", "2", "row", "P07", "Ann Lee", file="people.csv", sheet=True)
ALONE = Mention("row 2/8", "2", "row", "P08", file="people.csv", sheet=True)
ANSWER = Mention("row 3/1", "3", "row", "R1", file="nps.csv")
ALL = [SPEAKER, ROW, ALONE, ANSWER]


def test_mentions_are_gathered_by_participant() -> None:
    people = people_of(ALL, {SPEAKER.key: "P07", ROW.key: "P07", ALONE.key: "P08", ANSWER.key: "R1"})
    assert [(person.participant, len(person.keys)) for person in people] == [("P07", 2), ("P08", 1), ("R1", 1)]


def test_people_of_interviews_and_sheets_who_stand_alone_are_listed_respondents_are_not() -> None:
    people = people_of(ALL, {SPEAKER.key: "Speaker 2", ROW.key: "P07", ALONE.key: "P08", ANSWER.key: "R1"})
    assert [person.participant for person in unmatched(people)] == ["Speaker 2", "P07", "P08"]


def test_a_place_without_a_label_or_a_name_is_still_said() -> None:
    assert place(Mention("speaker 1/", "1", "speaker", file="a.txt")) == "a speaker without a name in a.txt"
    assert (
        place(Mention("speaker 1/Ann", "1", "speaker", "P07", label="Ann", file="P07.txt")) == "“Ann” (P07) in P07.txt"
    )
    assert place(Mention("row 3/1", "3", "row", file="nps.csv")) == "row 1 of nps.csv"


@pytest.mark.parametrize(("score", "words"), [(0.95, "very likely"), (0.7, "likely"), (0.4, "possible")])
def test_likeness_is_said_in_words(score: float, words: str) -> None:
    assert how_sure(Match(("a", "b"), "P1", False, score, "")) == words
    assert how_sure(Match(("a", "b"), "P1", True, score, "")) == "sure"


def test_how_things_stand_is_one_sentence_or_two() -> None:
    people = people_of(ALL, {})
    assert (
        said(people, doubtful=2, sure=1) == "4 people in all. 2 questions are open; nothing is merged until you say so."
    )
    assert said(people, doubtful=0, sure=0) == "4 people in all. No question is open."
    assert "can be confirmed" in said(people, doubtful=0, sure=3)
