"""RTF transcripts."""

# ruff: noqa: E501

from __future__ import annotations

import pytest

from dashboard.intake import read
from dashboard.intake.parsed import ParsedSource

TALK = [
    ("Interviewer", "How was the café?"),
    ("P3", "Fine: “good”, I’d say."),
    ("Interviewer", "Only good?"),
    ("P3", "Yes – very."),
]


def turns(source: ParsedSource) -> list[tuple[str | None, str]]:
    return [(turn.speaker, turn.text) for turn in source.turns]


def rich(text: str, page: str) -> str:
    out = ""
    for character in text:
        if character in "\\{}":
            out += f"\\{character}"
        elif character < "\x80":
            out += character
        else:
            try:
                out += f"\\'{character.encode(page)[0]:02x}"
            except UnicodeError:
                out += f"\\u{ord(character) - (65_536 if ord(character) > 32_767 else 0)} ?"
    return out


@pytest.mark.parametrize(
    ("head", "page", "end"),
    [
        (
            "{\\rtf1\\ansi\\ansicpg1252\\cocoartf2639{\\fonttbl\\f0\\fswiss\\fcharset0 Helvetica;}{\\colortbl;\\red255\\green255\\blue255;}\n\\f0\\fs24 ",
            "cp1252",
            "\\\n",
        ),
        (
            "{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0\\fnil Calibri;}}{\\*\\generator Riched20;}\\uc1\\pard ",
            "cp1252",
            "\\par\r\n",
        ),
        ("{\\rtf1\\mac\\deff0\\pard ", "mac_roman", "\\par "),
        ("{\\rtf1\\ansi\\pard ", "ascii", "\\par\n"),
    ],
)
def test_rtf(head: str, page: str, end: str) -> None:
    source = head + end.join(f"{{\\b {who}:}} {rich(what, page)}" for who, what in TALK) + "}"
    result = read(source.encode("ascii"), "a.rtf")
    assert turns(result) == TALK
    assert result.format.startswith("RTF")


def test_rtf_pictures_fields_and_fonts_of_another_script() -> None:
    source = (
        "{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0\\fcharset0 A;}{\\f1\\fcharset204 B;}}{\\pict 89504e47}"
        "A: \\f1 \\'e4\\'e0\\f0\\par B: {\\field{\\*\\fldinst HYPERLINK \"x\"}{\\fldrslt link}}\\line more\\par A: \\u-10179 ?\\u-8704 ?\\par B: \\'93q\\'94}"
    )
    assert turns(read(source.encode(), "a.rtf")) == [("A", "да"), ("B", "link\nmore"), ("A", "😀"), ("B", "“q”")]
