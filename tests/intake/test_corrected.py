"""Corrections laid over what was read: turns, words, what is left out, speakers."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.intake import read
from dashboard.intake.corrected import corrected, pattern_of, who_interviews
from dashboard.intake.parsed import ParsedSource
from dashboard.intake.turns import NO_INTERVIEWER
from dashboard.study import Correction, Piece, SpeakerCorrection, TurnCorrection, WordCorrection

TALK = b"""WEBVTT

00:00:01.000 --> 00:00:04.000
Ines: How did you set it up, and who helped?

00:00:05.000 --> 00:00:15.000
Omar: The teem site was slow. And then what? I gave up.

00:00:16.000 --> 00:00:18.000
Ines: Why was that?

00:00:19.000 --> 00:00:24.000
Omar: Nobody in my teem answered.

00:00:25.000 --> 00:00:27.000
omar k: And the price doubled.
"""
LONG = "The teem site was slow. And then what? I gave up."


@pytest.fixture(scope="module")
def talk() -> ParsedSource:
    return read(TALK, "talk.vtt")


def said(parsed: ParsedSource) -> list[tuple[str | None, str, str]]:
    return [(turn.speaker, turn.role, turn.text) for turn in parsed.turns]


def test_nothing_corrected_is_what_was_read(talk: ParsedSource) -> None:
    found = corrected(talk, Correction())
    assert found.parsed == talk
    assert found.origins == tuple((turn.index,) for turn in talk.turns)


def test_a_turn_is_split_between_two_speakers_and_the_question_follows(talk: ParsedSource) -> None:
    pieces = (Piece("The teem site was slow."), Piece("And then what?", "Ines"), Piece("I gave up."))
    found = corrected(talk, Correction(turns=(TurnCorrection(1, LONG, pieces),)))
    assert [(t.speaker, t.role) for t in found.parsed.turns[1:4]] == [
        ("Omar", "participant"), ("Ines", "interviewer"), ("Omar", "participant"),
    ]  # fmt: skip
    assert found.parsed.turns[3].question == "And then what?"
    assert found.origins[:5] == ((0,), (1,), (1,), (1,), (2,))
    assert [t.index for t in found.parsed.turns] == list(range(len(found.parsed.turns)))
    starts = [t.start for t in found.parsed.turns[1:4]]
    assert starts == sorted(starts, key=lambda start: start or 0)
    assert starts[0] == 5.0
    words = {speaker.name: speaker.turns for speaker in found.parsed.speakers}
    assert words["Ines"] == 3


def test_a_turn_is_joined_with_the_one_before(talk: ParsedSource) -> None:
    found = corrected(talk, Correction(turns=(TurnCorrection(4, "And the price doubled.", joined=True),)))
    assert found.parsed.turns[-1].text == "Nobody in my teem answered. And the price doubled."
    assert (found.parsed.turns[-1].end, found.origins[-1]) == (27.0, (3, 4))


def test_a_correction_is_found_again_by_its_text_and_else_said(talk: ParsedSource) -> None:
    moved = replace(talk, turns=tuple(replace(turn, index=n) for n, turn in enumerate(talk.turns[2:])))
    edit = TurnCorrection(3, "Nobody in  my teem answered.", (Piece("Nobody answered."),))
    assert corrected(moved, Correction(turns=(edit,))).parsed.turns[1].text == "Nobody answered."
    lost = TurnCorrection(3, "Something that is gone.", (Piece("x"),))
    found = corrected(talk, Correction(turns=(lost,))).parsed
    assert said(found) == said(talk)
    assert "turn 4 (“Something that is gone.”) fits nowhere" in found.warnings[-1]


def test_a_misheard_word_is_put_right_everywhere_as_a_whole_word(talk: ParsedSource) -> None:
    found = corrected(talk, Correction(words=(WordCorrection("TEEM", r"team \1 $x"), WordCorrection("site", ""))))
    assert found.parsed.turns[1].text.startswith(r"The team \1 $x  was slow.")
    assert "teem" not in " ".join(turn.text for turn in found.parsed.turns)
    assert corrected(talk, Correction(words=(WordCorrection("tee", "x"),))).parsed.turns == talk.turns


def test_a_stretch_is_left_out_and_said(talk: ParsedSource) -> None:
    found = corrected(talk, Correction(left_out=((0.0, 16.0),))).parsed
    assert found.turns[0].text == "Why was that?"
    assert found.left_out[-1] == "From 00:00 to 00:16: 2 turns left out, as a person asked."
    everything = corrected(talk, Correction(left_out=((0.0, 100.0),))).parsed
    assert (everything.turns, everything.speakers) == ((), ())


def test_two_labels_of_one_name_are_one_speaker(talk: ParsedSource) -> None:
    merged = Correction(speakers={"omar k": SpeakerCorrection(name="Omar")})
    found = corrected(talk, merged).parsed
    assert [(s.name, s.role, s.turns) for s in found.speakers] == [
        ("Ines", "interviewer", 2),
        ("Omar", "participant", 3),
    ]
    assert {turn.speaker for turn in found.turns} == {"Ines", "Omar"}
    both = {"omar k": SpeakerCorrection(name="Omar"), "Omar": SpeakerCorrection(role="observer")}
    assert {s.name: s.role for s in corrected(talk, Correction(speakers=both)).parsed.speakers}["Omar"] == "observer"


def test_who_interviews_is_asked_only_where_it_would_change_something(talk: ParsedSource) -> None:
    assert who_interviews(talk, Correction(), ["Ines"]) == ()
    assert who_interviews(talk, Correction(), ["omar", "Somebody"]) == ("omar",)
    said_so = Correction(speakers={"Omar": SpeakerCorrection(role="participant")})
    assert who_interviews(talk, said_so, ["Omar"]) == ()
    assert {s.name: s.role for s in corrected(talk, Correction(), interviewers=["Omar"]).parsed.speakers}[
        "Omar"
    ] == "interviewer"


def test_the_doubt_about_the_interviewer_goes_when_somebody_has_spoken() -> None:
    parsed = read(b"Ann: It was fine for me.\nBob: It was slow for us.\nAnn: Yes.\nBob: Sure.\n", "two.txt")
    assert NO_INTERVIEWER in parsed.warnings
    spoken = Correction(speakers={"Ann": SpeakerCorrection(role="interviewer")})
    assert NO_INTERVIEWER not in corrected(parsed, spoken).parsed.warnings


TURN = st.builds(
    TurnCorrection,
    st.integers(0, 6),
    st.sampled_from([LONG, "Why was that?", "Nobody in my teem answered.", "gone"]),
    st.lists(
        st.builds(Piece, st.sampled_from(["one", "two words"]), st.sampled_from([None, "Ines", "New"])), max_size=3
    ).map(tuple),
    st.booleans(),
)


@given(
    st.lists(TURN, max_size=3).map(tuple), st.lists(st.tuples(st.just(0.0), st.floats(1, 30)), max_size=1).map(tuple)
)
def test_any_correction_gives_numbered_turns_of_known_origin(
    turns: tuple[TurnCorrection, ...], left_out: tuple[tuple[float, float], ...]
) -> None:
    parsed = read(TALK, "talk.vtt")
    found = corrected(parsed, Correction(turns=turns, left_out=left_out))
    assert [turn.index for turn in found.parsed.turns] == list(range(len(found.origins)))
    assert all(numbers and set(numbers) <= {t.index for t in parsed.turns} for numbers in found.origins)
    assert all(turn.text.strip() for turn in found.parsed.turns)
    assert corrected(parsed, Correction(turns=turns, left_out=left_out)) == found


@given(st.text(max_size=20))
def test_any_words_can_be_looked_for(heard: str) -> None:
    assert pattern_of(heard).search("") is None
    if heard.split():
        assert pattern_of(heard).search(heard) is not None
