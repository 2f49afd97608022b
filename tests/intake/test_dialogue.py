"""Every way of writing a dialogue as text that was met, in fixtures of our own."""

# ruff: noqa: E501

from __future__ import annotations

import pytest

from dashboard.intake import dialogue, text
from dashboard.intake.parsed import ParsedSource
from dashboard.intake.registry import NO_CORRECTION
from dashboard.intake.text import lines_of


def said(source: str) -> list[tuple[str | None, str]]:
    """Label and text of each turn."""
    return [(turn.speaker, turn.text) for turn in text.parsed(source, form="text").turns]


def starts(source: str) -> list[float | None]:
    return [turn.start for turn in text.parsed(source, form="text").turns]


def parsed(source: str) -> ParsedSource:
    return text.parsed(source, form="text")


TALK: list[tuple[str | None, str]] = [
    ("Mara Lind", "How did you choose the kettle?"),
    ("Tom Okafor", "By price: the cheap one. Note: I regret it."),
    ("Mara Lind", "At 17:30 you called us, why?"),
    ("Tom Okafor", "It leaked."),
]
STARTS = [1.0, 5.0, 62.0, 3_605.0]
CLOCKS = ["0:01", "0:05", "1:02", "1:00:05"]
FULL = ["00:00:01", "00:00:05", "00:01:02", "01:00:05"]

DIALECTS = {
    "otter": "\n\n".join(f"{who}  {c}  \n{what}" for (who, what), c in zip(TALK, CLOCKS, strict=True)),
    "otter, single space": "\n\n".join(f"{who} {c}\n{what}" for (who, what), c in zip(TALK, CLOCKS, strict=True)),
    "otter, bold": "\n\n".join(f"**{who}**  {c}  \n{what}" for (who, what), c in zip(TALK, CLOCKS, strict=True)),
    "bold and bracket": "\n\n".join(f"**{who}** [{c}] {what}" for (who, what), c in zip(TALK, FULL, strict=True)),
    "bold, colon and bracket": "\n\n".join(
        f"**{who}:** [{c}] {what}" for (who, what), c in zip(TALK, FULL, strict=True)
    ),
    "bold, colon outside": "\n\n".join(f"**{who}**: [{c}] {what}" for (who, what), c in zip(TALK, FULL, strict=True)),
    "stamp, name, colon": "\n".join(f"[{c}] {who}: {what}" for (who, what), c in zip(TALK, FULL, strict=True)),
    "bare stamp, name, colon": "\n".join(f"{c} {who}: {what}" for (who, what), c in zip(TALK, FULL, strict=True)),
    "stamp, name": "\n".join(f"{c} {who} {what}" for (who, what), c in zip(TALK, FULL, strict=True)),
    "round stamp above": "\n\n".join(f"{who} ({c})\n{what}" for (who, what), c in zip(TALK, CLOCKS, strict=True)),
    "round stamp, colon": "\n".join(f"{who} ({c}): {what}" for (who, what), c in zip(TALK, CLOCKS, strict=True)),
    "stamp above with name": "\n".join(f"{c} {who}\n{what}" for (who, what), c in zip(TALK, FULL, strict=True)),
    "stamp on a line of its own": "\n".join(f"[{c}]\n{who}: {what}" for (who, what), c in zip(TALK, FULL, strict=True)),
    "saved captions": "\n".join(f"[{who}] {c}\n{what}" for (who, what), c in zip(TALK, FULL, strict=True)),
    "label below stamp": "\n\n".join(f"{who}: ({c})\n{what}" for (who, what), c in zip(TALK, CLOCKS, strict=True)),
    "time below the name": "\n\n".join(f"{who}\n{c}\n{what}" for (who, what), c in zip(TALK, CLOCKS, strict=True)),
    "tab": "\n".join(f"{c}\t{who}\t{what}" for (who, what), c in zip(TALK, FULL, strict=True)),
}


@pytest.mark.parametrize("dialect", DIALECTS)
def test_each_dialect_gives_the_same_turns(dialect: str) -> None:
    assert said(DIALECTS[dialect]) == TALK
    assert starts(DIALECTS[dialect]) == STARTS


WITHOUT_TIMES = {
    "prefix": "\n".join(f"{who}: {what}" for who, what in TALK),
    "prefix, blank lines": "\n\n".join(f"{who}: {what}" for who, what in TALK),
    "prefix, bold": "\n\n".join(f"**{who}:** {what}" for who, what in TALK),
    "prefix, starred list": "\n".join(f"* **{who}**: {what}" for who, what in TALK),
    "label alone": "\n\n".join(f"{who}:\n{what}" for who, what in TALK),
    "name alone": "\n\n".join(f"{who}  \n{what}" for who, what in TALK),
    "name as heading": "\n\n".join(f"### {who}\n\n{what}" for who, what in TALK),
    "brackets": "\n".join(f"[{who}] {what}" for who, what in TALK),
    "bold start": "\n\n".join(f"**{who}** {what}" for who, what in TALK),
    "tab without colon": "\n".join(f"{who}\t{what}" for who, what in TALK),
    "upper case": "\n".join(f"{who}: {what}" for who, what in TALK),
}


@pytest.mark.parametrize("dialect", WITHOUT_TIMES)
def test_each_dialect_without_times(dialect: str) -> None:
    assert said(WITHOUT_TIMES[dialect]) == TALK
    assert starts(WITHOUT_TIMES[dialect]) == [None] * 4


@pytest.mark.parametrize(
    ("asks", "answers"),
    [
        ("I", "R"),
        ("Q", "A"),
        ("Interviewer", "Interviewee"),
        ("Int", "P3"),
        ("R", "P"),
        ("MOD", "F2"),
        ("I", "B"),
        ("DB", "KL"),
        ("[Interviewer]", "[id1]"),
        ("Interviewer 1", "Participant 12"),
        ("Moderatorin", "Teilnehmer 1"),
        ("Entrevistadora", "Marta"),
    ],
)
def test_short_labels(asks: str, answers: str) -> None:
    source = f"{asks}: Why did you call?\n{answers}: It broke.\nAgain, I mean.\n\n{asks}: And then?\n{answers}: Nothing at all."
    a, b = asks.strip("[]"), answers.strip("[]")
    assert said(source) == [
        (a, "Why did you call?"),
        (b, "It broke.\nAgain, I mean."),
        (a, "And then?"),
        (b, "Nothing at all."),
    ]
    result = parsed(source)
    assert [speaker.role for speaker in result.speakers] == ["interviewer", "participant"]
    assert result.turns[3].question == "And then?"


def test_letters_with_a_full_stop() -> None:
    assert said("Q. Where were you?\nA. At home.\nQ. When?\nA. On Friday.\n")[:2] == [
        ("Q", "Where were you?"),
        ("A", "At home."),
    ]
    assert {who for who, _ in said("A. One thing.\nB. Another.\nA. A third.\n")} == {None}


def test_numbers_of_lines() -> None:
    source = "1 I: How was it?\n2 R: It was fine\n3 and so on.\n4 I: Why?\n5 R: Because.\n"
    assert said(source) == [("I", "How was it?"), ("R", "It was fine\nand so on."), ("I", "Why?"), ("R", "Because.")]


def test_drift_of_a_label_counts_as_written() -> None:
    source = "Interviewer1: One?\nParticipant: Yes.\nInterviewer 1: Two?\nPaticipant: No.\nInterviewer1: Three?\nParticipant: So.\n"
    assert [who for who, _ in said(source)] == [
        "Interviewer1",
        "Participant",
        "Interviewer 1",
        "Paticipant",
        "Interviewer1",
        "Participant",
    ]
    roles = {speaker.name: speaker.role for speaker in parsed(source).speakers}
    assert roles["Interviewer 1"] == roles["Interviewer1"] == "interviewer"
    assert roles["Paticipant"] == "participant"


def test_title_and_details_are_no_turns() -> None:
    source = (
        "Participant 12:\n\nInterviewer: Mara Lind\nInterviewee: P12\nDate: 3 May 2024\nDuration: 40 min\n\n"
        "I: How was it?\nP: Fine.\nI: Just fine?\nP: Note: it was late. http://example.org is slow. I left at 17:30.\n"
    )
    result = parsed(source)
    assert [turn.speaker for turn in result.turns] == ["I", "P", "I", "P"]
    assert result.date == "2024-05-03"
    assert len(result.left_out) == 1


def test_otter_title_footer_and_unknown_speaker() -> None:
    source = (
        "# Kettle talk\n\nSat, May 4, 2024 10:30AM • 42:10\n\nSUMMARY KEYWORDS\nkettle, price\n\nSPEAKERS\nMara Lind, Speaker 1\n\n"
        "Mara Lind  0:01  \nHi there.\n\nSpeaker 1  0:04  \nHello.\nA second paragraph.\n\nUnknown Speaker  59:59  \nBye.\n\n"
        "Mara Lind  1:00:02  \nBye now.\n\nTranscribed by https://otter.example\n"
    )
    assert said(source) == [
        ("Mara Lind", "Hi there."),
        ("Speaker 1", "Hello.\nA second paragraph."),
        ("Unknown Speaker", "Bye."),
        ("Mara Lind", "Bye now."),
    ]
    result = parsed(source)
    assert [turn.start for turn in result.turns] == [1.0, 4.0, 3599.0, 3602.0]
    assert result.date == "2024-05-04"


def test_times_at_the_end_are_ends() -> None:
    source = "I: How was it? #00:00:04-2#\nB: Well, good. #00:00:09-0#\nI: And? #00:00:11-5#\nB: Nothing. #00:00:13-0#"
    result = parsed(source)
    assert said(source) == [("I", "How was it?"), ("B", "Well, good."), ("I", "And?"), ("B", "Nothing.")]
    assert [(turn.start, turn.end) for turn in result.turns] == [(0.0, 4.2), (4.2, 9.0), (9.0, 11.5), (11.5, 13.0)]


def test_neighbours_of_one_label_are_one_turn() -> None:
    source = "A: One.\nA: Two.\nB: Three.\nB: Four.\nA: Five."
    assert said(source) == [("A", "One.\nTwo."), ("B", "Three.\nFour."), ("A", "Five.")]


def test_times_inside_a_turn_are_taken_out() -> None:
    source = "Ann: [00:00:01] Well.\n[00:01:00] And so on.\nBen: [00:02:00] Yes.\n[00:03:00] No.\nAnn: [00:04:00] Oh.\n[00:05:00] Ah.\nBen: [00:06:00] Mm."
    assert said(source)[0] == ("Ann", "Well.\nAnd so on.")


def test_wrapped_lines_are_joined_and_paragraphs_kept() -> None:
    source = (
        "Q: Why did you decide to leave after so many years of being\nwith us?\n\n"
        "A: Because the price went up every single year and nobody ever\ntold us why.\n\nThat was it.\n\nQ: Sure?\n\nA: Sure."
    )
    assert said(source)[1] == (
        "A",
        "Because the price went up every single year and nobody ever told us why.\nThat was it.",
    )


@pytest.mark.parametrize(
    "source",
    [
        "We met on Monday.\n\nPrice: too high. Support: slow.\n\nAnother paragraph of notes.\n",
        "Dear all: here is what I think.\n\nSecond: nothing.\n\nThird: even less.",
        "Yeah\n\nIt was fine I guess\n\nYeah\n\nThen we left\n\nOkay\n\nAnd came back\n\nYeah\n\nDone",
        "# Notes\n\n- pricing page is hard to find\n- asked for invoices\n\n## Next steps\n\n- call again at 17:30\n",
        "[laughs] That was it.\n[music]\nMore of it.\n[laughs] Really.\n",
        "Ta en kopp te.\n- Det är inte varmt.\n- Jo.\n",
    ],
)
def test_no_speaker_is_invented(source: str) -> None:
    result = parsed(source)
    assert {turn.speaker for turn in result.turns} == {None}
    assert {turn.role for turn in result.turns} == {"participant"}
    assert any("No speakers" in warning for warning in result.warnings)


def test_automatic_transcript_with_times_and_no_speakers() -> None:
    source = (
        "[00:00:01] so we went there\n[00:00:07] and it was closed\n[00:00:15] Monday Morning\n[00:00:19] of course\n"
    )
    assert said(source) == [
        (None, "so we went there"),
        (None, "and it was closed"),
        (None, "Monday Morning"),
        (None, "of course"),
    ]
    assert starts(source) == [1.0, 7.0, 15.0, 19.0]


def test_questions_without_labels() -> None:
    source = "1. What do you use it for?\n\nFor tea.\n\nAnd soup.\n\n2. What would you change?\n\nThe lid.\n\n3. Anything else?\n\nNo.\n"
    result = parsed(source)
    assert [turn.role[0] for turn in result.turns] == ["i", "p", "p", "i", "p", "i", "p"]
    assert result.turns[2].question == "1. What do you use it for?"
    assert {turn.speaker for turn in result.turns} == {None}


def test_questions_numbered_with_a_letter() -> None:
    source = "Q1: What do you use it for?\nFor tea.\n\nQ2: Who bought it?\nMe.\n\nQ3: Where?\nOnline.\n"
    result = parsed(source)
    assert [(turn.speaker, turn.role[0]) for turn in result.turns] == [(None, role) for role in "ipipip"]


def test_bold_questions_without_labels() -> None:
    source = (
        "**What do you use it for**\n\nFor tea. Why not?\n\n**Who bought it?**\n\nMe.\n\n**And where?**\n\nOnline.\n"
    )
    assert [turn.role[0] for turn in parsed(source).turns] == ["i", "p", "i", "p", "i", "p"]


def test_think_aloud_with_the_moderator_labelled() -> None:
    source = (
        "1 Open the home page.\n\n\tOkay, here it is.\n\n\tMODERATOR: Please read it aloud.\n\n\tIt says welcome.\n\n"
        "1.a Is it clear?\n\n\tYes.\n\n2 Search for a kettle.\n\n\tI cannot find it.\n\n\tWhere is it?\n"
    )
    result = parsed(source)
    assert [(turn.speaker, turn.role[0]) for turn in result.turns] == [
        (None, "i"),
        (None, "p"),
        ("MODERATOR", "i"),
        (None, "p"),
        (None, "i"),
        (None, "p"),
        (None, "i"),
        (None, "p"),
        (None, "p"),
    ]
    assert result.turns[-1].question == "2 Search for a kettle."


def test_backward_time_is_said_with_its_place() -> None:
    source = "Ann  0:10  \nHi.\n\nBen  0:20  \nHi.\n\nAnn  0:12  \nWell.\n\nBen  0:40  \nBye.\n"
    assert "line 7: a time that runs backwards (0:12 after 0:20)." in parsed(source).warnings


def test_who_interviews_is_read_from_the_details() -> None:
    source = "Interview with Tom. The interviewer is Mara.\n\nTom: I talk. What a day.\nMara: Yes.\nTom: And more.\nMara: No.\n"
    assert {s.name: s.role for s in parsed(source).speakers} == {"Tom": "participant", "Mara": "interviewer"}


def test_front_matter_is_no_talk() -> None:
    from dashboard.intake.given import Given

    source = "---\ntitle: Talk\ndate: 2024-05-04\n---\n\nAnn: Hi.\nBen: Hello.\nAnn: Bye.\nBen: Bye.\n"
    result = text.read(Given(source.encode(), "a.md", source, "utf-8"), NO_CORRECTION)
    assert len(result.turns) == 4
    assert result.date == "2024-05-04"
    assert result.turns[0].speaker == "Ann"


def test_lines_keep_their_numbers() -> None:
    assert [line.number for line in lines_of("a\n\n\nb")] == [1, 4]
    assert dialogue.utterances(lines_of("")).utterances == ()
