"""One file → the surest reader → contents with corrections, roles, language and date."""

# ruff: noqa: E501

from __future__ import annotations

import json

import pytest

from dashboard.errors import UnreadableFile
from dashboard.intake import read
from dashboard.intake.encoding import given
from dashboard.intake.registry import READERS, surest
from dashboard.study import Correction, SpeakerCorrection

TALK = "Mara: How was it for you?\nTom: It was fine, and I would do it again.\nMara: And why is that?\nTom: Because they were so kind to me.\n"


def test_names_of_readers_are_unique() -> None:
    assert len({reader.name for reader in READERS}) == len(READERS)


@pytest.mark.parametrize(
    ("data", "name", "reader"),
    [
        (b"WEBVTT\n\n00:01.000 --> 00:02.000\nHi\n", "a.csv", "captions"),
        (b"1\n00:00:01,000 --> 00:00:02,000\nHi\n", "a.txt", "captions"),
        (TALK.encode(), "a.vtt", "text"),
        (b'{"monologues": []}', "a.txt", "speech"),
        (b"{\\rtf1 I: a}", "a.doc", "rtf"),
        (b"<html><p>a</p></html>", "a.txt", "html"),
        (b"Some notes.", "a.md", "text"),
    ],
)
def test_content_decides(data: bytes, name: str, reader: str) -> None:
    found = surest(given(data, name))
    assert found is not None
    assert found.name == reader


def test_roles_language_and_date() -> None:
    result = read(TALK.encode(), "talks/p07 2026-05-04.txt")
    assert [(speaker.name, speaker.role) for speaker in result.speakers] == [
        ("Mara", "interviewer"),
        ("Tom", "participant"),
    ]
    assert (result.language, result.date) == ("en", "2026-05-04")
    assert result.turns[3].question == "And why is that?"


def test_what_a_person_says_of_speakers_and_dates_is_not_the_readers_to_lay_over() -> None:
    said = Correction(
        speakers={"Tom": SpeakerCorrection(role="observer")}, date="2020-01-02", recording="https://x.org"
    )
    assert read(TALK.encode(), "p07.txt", correction=said) == read(TALK.encode(), "p07.txt")


def test_two_equals_leave_a_doubt() -> None:
    equal = "Ann: I like it.\nBen: Me too.\nAnn: So good.\nBen: It is.\n"
    assert any("recognised as the interviewer" in warning for warning in read(equal.encode(), "a.txt").warnings)


def test_what_nothing_can_keep_is_marked() -> None:
    said = [
        {"speaker": "A\0", "start": 0, "end": 1, "text": "so\0 it was"},
        {"speaker": "B", "start": 1, "text": "\ud83d ?"},
    ]
    turns = read(json.dumps({"segments": said}).encode(), "a.json").turns
    assert [(turn.speaker, turn.text) for turn in turns] == [("A�", "so� it was"), ("B", "� ?")]


def test_a_guessed_encoding_is_said_and_can_be_corrected() -> None:
    data = "Mara: Où ?\nTom: Là-bas, près du café.\nMara: Ah.\nTom: Voilà.\n".encode("cp1252")
    result = read(data, "a.txt")
    assert any("cp1252" in warning for warning in result.warnings)
    assert not any(
        "cp1252" in warning for warning in read(data, "a.txt", correction=Correction(encoding="cp1252")).warnings
    )
    assert result.turns[1].text == "Là-bas, près du café."


@pytest.mark.parametrize("data", [b"", b"   \n"])
def test_nothing(data: bytes) -> None:
    with pytest.raises(UnreadableFile):
        read(data, "a.vtt")


def test_the_same_bytes_give_the_same_contents() -> None:
    assert read(TALK.encode(), "a.txt") == read(TALK.encode(), "a.txt")
