"""What was understood of one source, field by field."""

from ui.source_card import card, survey, transcript

from dashboard.ui.source_fields import column_lines, detail_lines, speaker_lines

HERE = card("a", transcript(("Ana", "participant"), ("Maya", "interviewer"), (None, "participant")))
THERE = card("b", transcript(("Maya", "participant"), ("Cy", "participant")))


def test_a_speaker_has_role_participant_and_the_offer_to_correct_every_file() -> None:
    lines = speaker_lines(HERE, [HERE, THERE], {"speaker a/Ana": "P07"})
    assert [line.cells["role"] for line in lines] == ["participant", "interviewer", "participant"]
    assert [line.cells["participant"] for line in lines] == ["P07", "", ""]
    assert [line.cells["everywhere"] for line in lines] == ["", "Same role in 1 other file", ""]
    assert lines[2].name == "no name"
    assert lines[0].cells["said"] == "10 turns, 100 words"


def test_a_column_is_shown_with_examples() -> None:
    (line,) = column_lines(card("s", survey(("Why?", "open"))))
    assert line.cells == {"name": "Why?", "role": "open", "examples": "one · two"}


def test_the_fields_of_a_file_are_those_of_its_kind() -> None:
    assert [line.id for line in detail_lines(HERE)] == ["date", "recording", "left_out", "language", "encoding"]
    answers = detail_lines(card("s", survey()))
    assert [line.id for line in answers] == ["date", "language", "sheet", "header_row", "encoding"]
    assert [line.id for line in detail_lines(card("x", None))] == ["date", "sheet", "header_row", "encoding"]
