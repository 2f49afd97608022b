"""One document in every format is the same conversation."""

from __future__ import annotations

import io

import docx
import pytest

from dashboard.errors import UnreadableFile
from dashboard.intake import documents, read
from dashboard.intake.heads import Line

SAID = ["Interviewer: How was it?", "P3: Fine.", "Interviewer: Only fine?", "P3: Yes."]


def as_docx(lines: list[str]) -> bytes:
    made = docx.Document()
    for line in lines:
        made.add_paragraph(line)
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


@pytest.mark.parametrize(
    ("data", "form"),
    [
        (as_docx(SAID), "DOCX"),
        (("{\\rtf1 " + "\\par ".join(SAID) + "}").encode(), "RTF"),
        (("<html><body>" + "".join(f"<p>{line}</p>" for line in SAID)).encode(), "HTML"),
        ("\n".join(SAID).encode(), "text"),
    ],
)
@pytest.mark.parametrize("name", ["a.docx", "a.txt", "a.bin", "no extension"])
def test_the_content_decides_not_the_name(data: bytes, form: str, name: str) -> None:
    result = read(data, name)
    assert result.format == f"{form}, labels before the text"
    assert [f"{turn.speaker}: {turn.text}" for turn in result.turns] == SAID


def test_captions_inside_a_document() -> None:
    lines = ["0:0:0.0 --> 0:0:3.60", "Mara Lind", "How was it?", "0:0:3.61 --> 0:0:5.0", "Tom Okafor", "Fine."]
    result = read(as_docx(lines), "a.docx")
    assert [(turn.speaker, turn.start) for turn in result.turns] == [("Mara Lind", 0.0), ("Tom Okafor", 3.61)]
    assert result.format.startswith("DOCX of captions")


def test_no_lines() -> None:
    with pytest.raises(UnreadableFile, match="holds no text"):
        documents.parsed([], form="DOCX", place="paragraph", name="a.docx")
    assert documents.parsed([Line("A: x", 1)], form="DOCX", place="paragraph", name="a.docx").turns
