"""PDF transcripts."""

# ruff: noqa: E501

from __future__ import annotations

import pytest

from dashboard.errors import UnreadableFile
from dashboard.intake import read


def pdf(pages: list[list[str]]) -> bytes:
    """A small PDF with these lines of text on its pages."""
    objects: list[bytes] = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    kids = []
    for lines in pages:
        stream = b"BT /F1 11 Tf 14 TL 50 780 Td "
        for line in lines:
            text = line.encode("cp1252", "replace").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
            stream += b"(" + text + b") Tj T* "
        stream += b"ET"
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Resources << /Font << /F1 3 0 R >> >> >>"
            % len(objects)
        )
        kids.append(len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(b"%d 0 R" % kid for kid in kids), len(kids))
    out = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)


def test_pdf_with_times_at_the_end_and_page_furniture() -> None:
    pages = []
    for number in range(1, 5):
        pages.append(
            [
                "Talk three",
                f"I: Question number {number} of this talk, which goes on over the",
                f"end of the line? #00:0{number}:00-0#",
                f"B: Answer number {number}. #00:0{number}:30-5#",
                f"Page {number} of 4",
                "https://example.org/talk/3 1/4",
            ]
        )
    result = read(pdf(pages), "a.pdf")
    assert [turn.speaker for turn in result.turns] == ["I", "B"] * 4
    assert result.turns[0].text == "Question number 1 of this talk, which goes on over the end of the line?"
    assert (result.turns[1].start, result.turns[1].end) == (60.0, 90.5)


def test_pdf_with_one_word_a_line() -> None:
    words = " ".join(
        f"I: Was it good number {n}? #00:00:{n:02}-0# B: It was, I would say so. #00:00:{n:02}-5#"
        for n in range(10, 18)
    ).split()
    result = read(pdf([words[at : at + 40] for at in range(0, len(words), 40)]), "a.pdf")
    assert [turn.speaker for turn in result.turns] == ["I", "B"] * 8
    assert result.turns[1].text == "It was, I would say so."


def test_pdf_of_pictures_says_so() -> None:
    with pytest.raises(UnreadableFile, match="holds no text"):
        read(pdf([[], []]), "scan.pdf")


@pytest.mark.parametrize("cut", [20, 200, 500])
def test_damaged_pdf(cut: int) -> None:
    with pytest.raises(UnreadableFile):
        read(pdf([["I: Hi."]])[:cut], "a.pdf")
