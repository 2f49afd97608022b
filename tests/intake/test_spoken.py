import pytest

from dashboard.intake import read


def test_time_speaker_and_words() -> None:
    data = b"timestamp,speaker,words\n00:00:01,Ann,Why did you leave?\n00:00:04,Bo,It was slow\n00:00:06,Bo,and dear\n"
    parsed = read(data, "talk.csv")
    assert parsed.kind == "transcript"
    assert [(turn.speaker, turn.text, turn.start) for turn in parsed.turns] == [
        ("Ann", "Why did you leave?", 1.0),
        ("Bo", "It was slow and dear", 4.0),
    ]


def test_whisper_in_milliseconds() -> None:
    parsed = read(b"start\tend\ttext\n0\t7680\thello and welcome\n7680\t15920\tto the talk\n", "talk.tsv")
    assert parsed.format == "TSV, Whisper"
    assert parsed.turns[1].start == 7.68
    assert parsed.turns[1].end == 15.92
    assert all(speaker.name is None for speaker in parsed.speakers)


def test_whisper_in_seconds() -> None:
    parsed = read(b"start,end,text\n0.0,7.7,hello and welcome\n7.7,15.9,to the talk\n", "talk.csv")
    assert parsed.turns[1].start == 7.7


def test_a_translation_beside_the_text_is_told() -> None:
    rows = ("0:01,0:04,A,لماذا غادرت؟,Why did you leave?", "0:05,0:09,B,كان بطيئا,It was slow")
    data = "\n".join(("start,stop,speaker,text,translation", *rows)).encode()
    parsed = read(data, "talk.csv")
    assert [turn.text for turn in parsed.turns] == ["لماذا غادرت؟", "كان بطيئا"]
    assert parsed.turns[0].end == 4.0
    assert any("translation" in warning for warning in parsed.warnings)


def test_rows_without_a_header() -> None:
    data = (
        b"00:00:01,Ann,Why did you leave us so soon?\n00:00:04,Bo,It was far too slow for me\n"
        b"00:00:09,Ann,And what else was there?\n"
    )
    parsed = read(data, "talk.csv")
    assert [speaker.name for speaker in parsed.speakers] == ["Ann", "Bo"]


@pytest.mark.parametrize(
    "data",
    [
        b"Timestamp,text,name\n1/2/2026 10:00:00,It is slow when I open it,Ann\n1/3/2026 10:00:00,I want an undo,Bo\n",
        b"participant,text\nP1,It is slow when I open it\nP2,I would like to have an undo\n",
    ],
)
def test_surveys_are_no_transcripts(data: bytes) -> None:
    assert read(data, "x.csv").kind == "survey"
