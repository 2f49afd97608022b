"""DOCX as Teams, Word's own transcription and people write it."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

import docx
import pytest

from dashboard.errors import UnreadableFile
from dashboard.intake import read, word
from dashboard.intake.parsed import ParsedSource

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def document(body: str, *, namespace: str = W) -> bytes:
    """A DOCX with this body."""
    xml = (
        f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{namespace}"><w:body>{body}</w:body></w:document>'
    )
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", xml)
    return target.getvalue()


def run(text: str, *, bold: bool = False, colour: str = "") -> str:
    marks = "<w:b/>" if bold else ""
    marks += f'<w:color w:val="{colour}"/>' if colour else ""
    return f'<w:r><w:rPr>{marks}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(*runs: str) -> str:
    return f"<w:p>{''.join(runs)}</w:p>"


BREAK = "<w:r><w:br/></w:r>"


def turns(source: ParsedSource) -> list[tuple[str | None, str]]:
    return [(turn.speaker, turn.text) for turn in source.turns]


def test_teams_name_and_time_without_a_space() -> None:
    body = paragraph(run("Kettle talk-20240504_101500")) + paragraph(
        run("Mara Lind", bold=True), run(" started transcription")
    )
    for who, when, what in (
        ("P7", "3:37", "Yes."),
        ("Mara Lind", "3:40", "Why: tell me?"),
        ("P7", "1:00:01", "It leaked."),
        ("Mara Lind", ":28", "Oh."),
    ):
        picture = "<w:r><w:drawing/></w:r>"
        body += paragraph(picture, run(who, bold=True), run(when, colour="888888"), BREAK, run(what))
    body += paragraph(run("Mara Lind", bold=True), run(" stopped transcription"))
    result = read(document(body), "a.docx")
    assert turns(result) == [("P7", "Yes."), ("Mara Lind", "Why: tell me?"), ("P7", "It leaked."), ("Mara Lind", "Oh.")]
    assert [turn.start for turn in result.turns] == [217.0, 220.0, 3601.0, None]
    assert result.date == "2024-05-04"


def test_word_transcribe() -> None:
    lines = [
        "Audio file",
        "talk.mp3",
        "Transcript",
        "00:00:05 Speaker 1",
        "Hello.",
        "00:00:09 Speaker 2",
        "Hi.",
        "00:00:12 Speaker 2",
        "And more.",
    ]
    lines += ["00:00:20 Speaker 3", "He says yes.", "00:00:29 Speaker 1", "Good."]
    result = read(document("".join(paragraph(run(line)) for line in lines)), "a.docx")
    assert turns(result) == [
        ("Speaker 1", "Hello."),
        ("Speaker 2", "Hi.\nAnd more."),
        ("Speaker 3", "He says yes."),
        ("Speaker 1", "Good."),
    ]
    assert result.turns[1].start == 9.0


def test_two_speakers_in_one_paragraph() -> None:
    body = paragraph(run("I: Why?"), BREAK, run("R: Because."), BREAK, run("It was late.")) + paragraph(
        run("I: And?"), BREAK, run("R: Nothing.")
    )
    assert turns(read(document(body), "a.docx")) == [
        ("I", "Why?"),
        ("R", "Because.\nIt was late."),
        ("I", "And?"),
        ("R", "Nothing."),
    ]


def cell(*paragraphs: str) -> str:
    return f"<w:tc>{''.join(paragraph(run(text)) for text in paragraphs)}</w:tc>"


@pytest.mark.parametrize("grid", ["", "<w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid>"])
@pytest.mark.parametrize("header", [True, False])
def test_table_of_speaker_and_text(grid: str, header: bool) -> None:
    talk = [
        ("Interviewer", ["What did you buy?"]),
        ("P4", ["A kettle.", "A red one."]),
        ("Interviewer", ["Why red?"]),
        ("P4", ["It was there: on sale."]),
    ]
    rows = f"<w:tr>{cell('Speaker')}{cell('Text')}</w:tr>" if header else ""
    rows += "".join(f"<w:tr>{cell(who)}{cell(*what)}</w:tr>" for who, what in talk)
    result = read(document(paragraph(run("Talk four")) + f"<w:tbl>{grid}{rows}</w:tbl>"), "a.docx")
    assert turns(result) == [(who, "\n".join(what)) for who, what in talk]


def test_table_with_times() -> None:
    rows = "".join(
        f"<w:tr>{cell(when)}{cell(who)}{cell(what)}</w:tr>"
        for when, who, what in (
            ("00:01", "Mara", "What was it you bought?"),
            ("00:05", "Tom", "A kettle, in red."),
            ("00:09", "Mara", "And why was it red?"),
            ("00:12", "Tom", "By chance, I think."),
        )
    )
    result = read(document(f"<w:tbl>{rows}</w:tbl>"), "a.docx")
    assert [(turn.speaker, turn.start) for turn in result.turns] == [
        ("Mara", 1.0),
        ("Tom", 5.0),
        ("Mara", 9.0),
        ("Tom", 12.0),
    ]


def test_questions_in_bold_without_labels() -> None:
    body = ""
    for ask, answer in (
        ("What do you use it for", "For tea. Why not?"),
        ("Who bought it?", "Me."),
        ("Where from?", "A shop."),
    ):
        body += paragraph(run(ask, bold=True)) + paragraph(run(answer)) + paragraph(run("And so on."))
    result = read(document(body), "a.docx")
    assert [turn.role[0] for turn in result.turns] == list("ippippipp")
    assert result.turns[2].question == "What do you use it for"


def test_bold_labels_without_colon() -> None:
    body = "".join(
        paragraph(run(who, bold=True), run(f" {what}"))
        for who, what in (("Mara", "Why?"), ("Tom", "So."), ("Mara", "Really?"), ("Tom", "Yes."))
    )
    assert turns(read(document(body), "a.docx")) == [
        ("Mara", "Why?"),
        ("Tom", "So."),
        ("Mara", "Really?"),
        ("Tom", "Yes."),
    ]


def test_written_by_a_library() -> None:
    made = docx.Document()
    made.add_heading("Talk", 1)
    for line in ("Interviewer: How was it?", "Interviewee: Fine.", "Interviewer: Only fine?", "Interviewee: Yes."):
        who, what = line.split(":", 1)
        added = made.add_paragraph()
        added.add_run(f"{who}:").bold = True
        added.add_run(what)
    target = io.BytesIO()
    made.save(target)
    result = read(target.getvalue(), "a.docx")
    assert turns(result)[0] == ("Interviewer", "How was it?")
    assert len(result.turns) == 4
    assert [speaker.role for speaker in result.speakers] == ["interviewer", "participant"]


def test_deleted_text_and_text_boxes() -> None:
    deleted = "<w:del><w:r><w:delText>secret</w:delText></w:r></w:del><w:ins><w:r><w:t>new</w:t></w:r></w:ins>"
    lines = word.lines(document(paragraph(run("A: "), deleted)), "a.docx")
    assert [line.text for line in lines] == ["A: new"]


def test_strict_namespace() -> None:
    data = document(paragraph(run("A: Hi.")), namespace="http://purl.oclc.org/ooxml/wordprocessingml/main")
    assert [line.text for line in word.lines(data, "a.docx")] == ["A: Hi."]


@pytest.mark.parametrize("body", ["", paragraph(run("  "))])
def test_empty(body: str) -> None:
    with pytest.raises(UnreadableFile, match="holds no text"):
        read(document(body), "a.docx")
