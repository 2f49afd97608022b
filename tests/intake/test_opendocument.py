"""ODT transcripts."""

# ruff: noqa: E501

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

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


def opendocument(body: str, styles: str = "") -> bytes:
    spaces = " ".join(
        f'xmlns:{key}="urn:oasis:names:tc:opendocument:xmlns:{value}:1.0"'
        for key, value in (
            ("office", "office"),
            ("text", "text"),
            ("style", "style"),
            ("fo", "xsl-fo-compatible"),
            ("table", "table"),
        )
    )
    content = (
        f'<?xml version="1.0"?><office:document-content {spaces}><office:automatic-styles>{styles}</office:automatic-styles>'
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    return target.getvalue()


def test_odt() -> None:
    body = "<text:h>Talk three</text:h>" + "".join(
        f'<text:p><text:s text:c="4"/><text:tab/>{escape(who)}: <text:span>{escape(what[:4])}</text:span>{escape(what[4:])}</text:p>'
        for who, what in TALK
    )
    result = read(opendocument(body), "p3.odt")
    assert turns(result) == TALK
    assert result.format.startswith("ODT")


def test_odt_bold_questions_lists_and_notes() -> None:
    styles = '<style:style style:name="B"><style:text-properties fo:font-weight="bold"/></style:style>'
    body = "".join(
        f'<text:p text:style-name="B">{ask}</text:p><text:list><text:list-item><text:p>{answer}<text:note>aside</text:note></text:p></text:list-item></text:list>'
        for ask, answer in (("What for?", "Tea."), ("Why red", "Chance."), ("Where from?", "A shop."))
    )
    result = read(opendocument(body, styles), "a.odt")
    assert [(turn.role[0], turn.text) for turn in result.turns][:2] == [("i", "What for?"), ("p", "Tea.")]
    assert [turn.role[0] for turn in result.turns] == list("ipipip")


def test_odt_table() -> None:
    rows = "".join(
        f"<table:table-row><table:table-cell><text:p>{escape(who)}</text:p></table:table-cell><table:table-cell><text:p>{escape(what)}</text:p></table:table-cell></table:table-row>"
        for who, what in TALK
    )
    assert turns(read(opendocument(f"<table:table>{rows}</table:table>"), "a.odt")) == TALK
