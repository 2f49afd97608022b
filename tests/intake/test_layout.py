"""Documents without speakers: paragraphs, questions and answers, tasks."""

from __future__ import annotations

from dashboard.intake.heads import Line, parse, time_alone
from dashboard.intake.layout import paragraphs, questions, think_aloud, unlabelled


def lines(*texts: str) -> list[Line]:
    return [Line(text, number, gap=True) for number, text in enumerate(texts, start=1)]


def test_numbered_requests_count_as_questions() -> None:
    asked = lines(
        "1. Tell me about the kettle.",
        "It leaks.",
        "2. And the lid?",
        "Fine.",
        "3. Describe the shop.",
        "Small.",
        "Dark.",
    )
    assert questions(asked) == {0, 2, 4}


def test_a_list_of_questions_is_no_interview() -> None:
    assert questions(lines("1. Why?", "2. How?", "3. When?", "4. Where?")) == frozenset()
    assert (
        questions(
            lines(
                "We left.",
                "It was late.",
                "Why did we leave?",
                "No idea.",
                "So be it.",
                "Bye.",
                "And on.",
                "And on.",
                "And off.",
            )
        )
        == frozenset()
    )


def test_automatic_numbers_and_bold() -> None:
    numbered = [
        Line("Use of it?", 1, numbered=True),
        Line("Tea.", 2),
        Line("The lid?", 3, numbered=True),
        Line("No.", 4),
        Line("Shop?", 5, numbered=True),
        Line("Far.", 6),
    ]
    assert questions(numbered) == {0, 2, 4}
    bold = [
        Line("Use?", 1, bold=4),
        Line("Tea. Why?", 2),
        Line("Lid?", 3, bold=4),
        Line("No. Why?", 4),
        Line("Shop", 5, bold=4),
        Line("Far?", 6),
    ]
    assert questions(bold) == {0, 2, 4}


def test_a_clock_in_a_note_is_text_and_times_are_times() -> None:
    assert [said.text for said in unlabelled(lines("17:30 we left.", "It rained."), place="line")] == [
        "17:30 we left.",
        "It rained.",
    ]
    timed = unlabelled(lines("[00:01] a b", "[00:02] c d", "[00:03] e f"), place="line")
    assert [(said.text, said.start, said.place) for said in timed] == [
        ("a b", 1.0, "line 1"),
        ("c d", 2.0, "line 2"),
        ("e f", 3.0, "line 3"),
    ]


def test_wrapped_lines_are_one_paragraph() -> None:
    wrapped = [
        Line("This is a line that was broken by the width of its page and", 1),
        Line("goes on here.", 2),
        Line("New one.", 3),
    ]
    heads = [time_alone(line) for line in wrapped]
    assert [text for _, _, text in paragraphs(wrapped, heads)] == [f"{wrapped[0].text} goes on here.", "New one."]
    alone = [Line("00:05", 1), Line("Late.", 2)]
    assert paragraphs(alone, [time_alone(line) for line in alone]) == [(1, 5.0, "Late.")]


def test_tasks_are_asked() -> None:
    session = lines(
        "1 Open it.",
        "Okay.",
        "MODERATOR: Go on, please.",
        "Yes.",
        "1.a Is it clear?",
        "No.",
        "c.i Third",
        "Hm.",
        "2 Close it.",
        "Done.",
    )
    heads = [parse(line) for line in session]
    said = think_aloud(session, heads, [head.label == "MODERATOR" for head in heads], place="line")
    assert [(utterance.speaker, utterance.role) for utterance in said] == [
        (None, "interviewer"),
        (None, "participant"),
        ("MODERATOR", None),
        (None, "participant"),
        (None, "interviewer"),
        (None, "participant"),
        (None, "interviewer"),
        (None, "participant"),
        (None, "interviewer"),
        (None, "participant"),
    ]
