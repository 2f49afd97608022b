"""What a file holds without one person."""

from dashboard.intake import read
from dashboard.intake.parsed import ParsedSource, QuotedCoding
from dashboard.intake.taken_out import taken_out
from dashboard.intake.traces import Traces, runs_of

FOCUS = "\n".join(
    f"{who}: {what}"
    for who, what in (
        ("Moderator", "Bo, what did you think of the first week?"),
        ("Bo Fenn", "It was confusing and nobody at all helped me."),
        ("Cy Marlow", "I agree with Bo Fenn there."),
        ("Moderator", "And the price?"),
        ("Bo Fenn", "Dear."),
        ("Cy Marlow", "Fair enough, I would say."),
    )
)
BO = Traces(("Bo Fenn",), ("Bo", "Fenn"), runs_of(["It was confusing and nobody at all helped me.", "Dear."]))


def test_turns_of_one_person_go_and_the_others_are_numbered_through() -> None:
    left = taken_out(read(FOCUS.encode(), "focus.txt"), BO, labels=["Bo Fenn"], numbers=[], ids=["P1"])
    assert [turn.speaker for turn in left.parsed.turns] == ["Moderator", "Cy Marlow", "Moderator", "Cy Marlow"]
    assert [turn.index for turn in left.parsed.turns] == [0, 1, 2, 3]
    assert left.moved == {0: 0, 2: 1, 3: 2, 5: 3}
    assert left.parsed.turns[1].text == "I agree with [removed] there."
    assert left.parsed.turns[1].question == "[removed], what did you think of the first week?"
    assert {speaker.name for speaker in left.parsed.speakers} == {"Moderator", "Cy Marlow"}
    assert (left.turns, left.rows, left.empty) == (2, 0, False)
    assert left.marks == {0: ((0, 2),), 2: ((13, 20),)}


def test_a_file_in_which_nobody_else_is_heard_is_empty() -> None:
    alone = "\n".join(line for line in FOCUS.splitlines() if not line.startswith("Cy"))
    assert taken_out(read(alone.encode(), "a.txt"), BO, labels=["Bo Fenn"], numbers=[], ids=[]).empty


def test_rows_go_and_the_others_keep_their_numbers() -> None:
    head = b"id,How likely are you to recommend us? (0-10),Why did you give this score?\n"
    survey = head + b"a,3,dear to me\nb,9,ask Bo Fenn\nc,8,fine\n"
    left = taken_out(read(survey, "nps.csv"), BO, labels=[], numbers=[1], ids=[])
    assert [row.number for row in left.parsed.rows] == [2, 3]
    assert [(turn.index, turn.speaker, turn.text) for turn in left.parsed.turns] == [
        (0, "2", "ask [removed]"),
        (1, "3", "fine"),
    ]
    assert left.parsed.respondents == 2
    assert not any("dear to me" in column.examples for column in left.parsed.columns)


def test_coded_quotes_of_theirs_go_by_id_and_by_words() -> None:
    codings = (
        QuotedCoding("so slow", "Speed", participant="p 7"),
        QuotedCoding("confusing and nobody at all helped me", "Help"),
        QuotedCoding("quick", "Speed", participant="P08"),
    )
    left = taken_out(ParsedSource("codings", "CSV", codings=codings), BO, labels=[], numbers=[], ids=["P07"])
    assert [coding.text for coding in left.parsed.codings] == ["quick"]
    assert left.codings == 2
