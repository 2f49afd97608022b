"""Turns, who interviews, what each answers."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given as everywhere
from hypothesis import strategies as st

from dashboard.intake.turns import (
    NO_SPEAKERS,
    QUESTION_LIMIT,
    Utterance,
    assign,
    backward_times,
    merge,
    roles,
    speakers,
    transcript,
)
from dashboard.study import SpeakerCorrection, Turn


def talk(*pairs: tuple[str | None, str]) -> tuple[Turn, ...]:
    return merge([Utterance(who, what) for who, what in pairs])


def test_questions_are_the_interviewers_last_turn() -> None:
    turns = assign(talk(("I", "One?"), ("R", "Yes."), ("X", "Me too."), ("I", "x" * 900), ("R", "Oh.")))
    assert [turn.question for turn in turns] == ["", "One?", "One?", "", "x" * QUESTION_LIMIT]


def test_who_asks_most_and_says_less_interviews() -> None:
    pairs = [
        ("Mara", "How was it?"),
        ("Tom", "It was a long day, really."),
        ("Mara", "And why?"),
        ("Tom", "Because of the kettle that leaked."),
    ]
    assert roles(talk(*pairs)) == {"Mara": "interviewer", "Tom": "participant"}
    assert roles(talk(*[("A" if who == "Mara" else "B", what) for who, what in pairs]))["A"] == "interviewer"


def test_nobody_is_guessed_among_equals() -> None:
    pairs = [("Ann", "I like it."), ("Ben", "Me too."), ("Ann", "Really?"), ("Ben", "Sure. And you?")]
    assert set(roles(talk(*pairs)).values()) == {"participant"}


def test_study_and_corrections_come_first() -> None:
    turns = talk(("I", "Why?"), ("R", "So."), ("Obs", "Noted."))
    assert roles(turns, interviewers=["r"])["R"] == "interviewer"
    corrected = {
        "I": SpeakerCorrection(role="participant"),
        "Obs": SpeakerCorrection(role="observer", name="Watcher"),
        "Nobody": SpeakerCorrection(role="observer"),
    }
    assert roles(turns, corrections=corrected, interviewers=["R"]) == {
        "I": "participant",
        "R": "interviewer",
        "Obs": "observer",
    }
    shown = speakers(assign(turns, corrections=corrected))
    assert [(speaker.name, speaker.role) for speaker in shown] == [
        ("I", "participant"),
        ("R", "participant"),
        ("Obs", "observer"),
    ]
    assert assign(turns, corrections=corrected)[2].speaker == "Obs"


def test_a_speaker_is_counted_over_all_turns() -> None:
    shown = speakers(talk(("Participant", "a b"), ("I", "c"), ("Participant", "d")))
    assert [(speaker.name, speaker.turns, speaker.words) for speaker in shown] == [("Participant", 2, 3), ("I", 1, 1)]


def test_warnings() -> None:
    said = [
        Utterance("A", "x", 5.0, place="line 1"),
        Utterance(None, "y", 2.0, place="line 2"),
        Utterance("B", "z", 9.0, place="line 3"),
    ]
    result = transcript(said, format="text")
    assert result.warnings == (
        "line 2: a time that runs backwards (0:02 after 0:05).",
        "1 part of the text has no speaker, the first at line 2.",
    )
    assert NO_SPEAKERS in transcript([Utterance(None, "x")], format="text").warnings
    assert transcript([], format="text").warnings == ("The file holds no text that was said.",)
    many = [Utterance("A", "x", float(30 - 2 * at), place=f"line {at}") for at in range(12)]
    assert backward_times(many)[-1] == "… and 6 more times that run backwards."


def test_documents_are_kept_apart() -> None:
    said = [
        Utterance("I", "One?", 9.0, document="a"),
        Utterance("R", "x", document="b"),
        Utterance("R", "y", 1.0, document="b"),
    ]
    turns = assign(merge(said))
    assert [turn.question for turn in turns] == ["", ""]
    assert backward_times(said) == []


labels = st.one_of(st.none(), st.sampled_from(["Ann", "Ben", "I", ""]))


@everywhere(st.lists(st.tuples(labels, st.text(max_size=20))))
def test_merging_keeps_all_that_was_said(pairs: list[tuple[str | None, str]]) -> None:
    turns = merge([Utterance(who, what) for who, what in pairs])
    assert [turn.index for turn in turns] == list(range(len(turns)))
    assert "".join("".join(turn.text.split()) for turn in turns) == "".join("".join(what.split()) for _, what in pairs)
    assert all(a.speaker is None or a.speaker != b.speaker for a, b in pairwise(turns))
    assert sum(speaker.turns for speaker in speakers(turns)) == len(turns)
