"""What can be a label, and what labels say."""

from __future__ import annotations

import pytest
from hypothesis import given as everywhere
from hypothesis import strategies as st

from dashboard.intake.labels import (
    accepted,
    can_be_label,
    is_interviewer,
    is_observer,
    is_participant,
    is_role_word,
    misspelt,
    name_like,
    plain,
)


@pytest.mark.parametrize(
    "label",
    [
        "Ann",
        "Ann Lee",
        "Lee, Ann",
        "Dr. Ann O'Neil-Lee",
        "Ann (she/her)",
        "Ann Lee (Ext)",
        "P7",
        "id1",
        "spk_0",
        "SPEAKER_00",
        "Speaker 1",
        "DB",
        "I",
        "R",
        "Interviewer1",
        "Interviewer 1",
        "Paticipant",
        "ANN",
        "Anna von der Heide",
        "司会",
        "דנה כהן",
        "Участник 3",
        "Q",
        "0",
        "Unknown Speaker",
        "F2-B",
        "Mr. X",
    ],
)
def test_labels(label: str) -> None:
    assert can_be_label(label)
    assert name_like(label)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "17",
        "Note",
        "http",
        "Date",
        "He said",
        "for example",
        "I think that it was",
        "Why?",
        "“No”",
        "x" * 70,
        "one two three four five six seven eight nine",
        "---",
        "Pros",
        "www",
    ],
)
def test_no_labels(text: str) -> None:
    assert not (can_be_label(text) and name_like(text)) or text == "17"


@pytest.mark.parametrize(
    "label",
    [
        "Interviewer",
        "INTERVIEWER 2",
        "I",
        "Q",
        "Moderator",
        "Mod",
        "Researcher",
        "Facilitator",
        "Host",
        "Interviewer (Ann)",
        "[I]",
        "Moderatorin",
        "司会",
    ],
)
def test_who_asks(label: str) -> None:
    assert is_interviewer(label)
    assert is_role_word(label)


@pytest.mark.parametrize(
    "label", ["Interviewee", "Participant 12", "P3", "R", "B", "A", "Answer", "Befragte", "Respondent"]
)
def test_who_answers(label: str) -> None:
    assert is_participant(label)
    assert not is_interviewer(label)


@pytest.mark.parametrize("label", ["Observer", "Note taker", "Notetaker 2", "NOTE-TAKER"])
def test_who_watches(label: str) -> None:
    assert is_observer(label)


def test_researcher_or_respondent() -> None:
    assert is_interviewer("R", beside={"r", "p"})
    assert not is_interviewer("R", beside={"r", "i"})
    assert not is_interviewer("R", beside={"r", "i", "p"})


@pytest.mark.parametrize(
    ("candidates", "expected"),
    [
        (["Ann", "Ben", "Ann", "Ben"], {"Ann", "Ben"}),
        (["I", "R"], {"I", "R"}),
        (["anna", "ben"] * 3, {"anna", "ben"}),
        (["Note", "Date"], set()),
        (["Ann"], set()),
        (["Ann Lee", "Ben Ost"], set()),
        (["Ann Lee", "Ben Ost", "Ann Lee"], {"Ann Lee", "Ben Ost"}),
        (["Speaker 1", "Speaker 2"], {"Speaker 1", "Speaker 2"}),
        (["DB", "KL", "DB", "XY"], {"DB", "KL", "XY"}),
        ([], set()),
        (["I", "R", "Monday"], {"I", "R"}),
    ],
)
def test_accepted(candidates: list[str], expected: set[str]) -> None:
    assert accepted(candidates) == expected


def test_misspelt() -> None:
    assert misspelt({"Participant": 9, "Particpant": 1}) == [("Particpant", "Participant")]
    assert misspelt({"P1": 4, "P2": 4, "Ann": 9, "Anna": 2, "Speaker 1": 3, "Speaker 12": 1}) == []


@everywhere(st.text(max_size=80))
def test_any_text_is_judged(text: str) -> None:
    assert can_be_label(text) in (True, False)
    assert name_like(text) in (True, False)
    assert plain(plain(text)) == plain(text)


@everywhere(st.lists(st.text(max_size=12), max_size=20))
def test_accepted_are_candidates(candidates: list[str]) -> None:
    assert accepted(candidates) <= set(candidates)
