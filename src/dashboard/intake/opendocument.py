"""ODT → lines: paragraphs, headings, lists and tables, read from the document's own XML."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from dashboard.errors import UnreadableFile
from dashboard.intake import container, grid
from dashboard.intake.heads import Line

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_SKIPPED = frozenset({f"{_TEXT}tracked-changes", f"{_TEXT}note", f"{_OFFICE}annotation", f"{_TEXT}table-of-content", f"{_TEXT}sequence-decls"})  # fmt: skip  # noqa: E501


def lines(data: bytes, name: str) -> list[Line]:
    """The lines of an ODT, numbered by paragraph. Raises UnreadableFile."""
    manifest = container.part(data, "META-INF/manifest.xml", name=name)
    if manifest is not None and b"encryption-data" in manifest:
        raise UnreadableFile(f"“{name}” is protected by a password; save it without one and drop it again.")
    content = container.part(data, "content.xml", name=name)
    if content is None:
        raise UnreadableFile(f"“{name}” is an ODT without a text; save it again from its program.")
    root = container.xml(content, name=name)
    bold = set()
    for style in root.iter(f"{_STYLE}style"):
        properties = style.find(f"{_STYLE}text-properties")
        if properties is not None and properties.get(f"{_FO}font-weight") == "bold":
            bold.add(style.get(f"{_STYLE}name", ""))
    body = root.find(f"{_OFFICE}body/{_OFFICE}text")
    reader = _Reader(frozenset(bold))
    return list(reader.blocks(body, numbered=False)) if body is not None else []


class _Reader:
    """Walks a document's blocks and counts its paragraphs."""

    def __init__(self, bold: frozenset[str]) -> None:
        self.bold = bold
        self.number = 0

    def blocks(self, parent: Element, *, numbered: bool) -> Iterator[Line]:
        for child in parent:
            if child.tag in (f"{_TEXT}p", f"{_TEXT}h"):
                yield from self.paragraph(child, numbered=numbered)
            elif child.tag == f"{_TABLE}table":
                rows = [
                    [list(self.blocks(cell, numbered=False)) for cell in row.iter(f"{_TABLE}table-cell")]
                    for row in child.iter(f"{_TABLE}table-row")
                ]
                yield from grid.lines(rows)
            elif child.tag not in _SKIPPED:
                yield from self.blocks(child, numbered=numbered or child.tag == f"{_TEXT}list-item")

    def paragraph(self, paragraph: Element, *, numbered: bool) -> Iterator[Line]:
        self.number += 1
        text, leading, still, gap = "", 0, True, True
        for piece, bold in [
            *self.pieces(paragraph, paragraph.get(f"{_TEXT}style-name", "") in self.bold),
            ("\n", False),
        ]:
            if piece == "\n":
                if text.strip():
                    heading = paragraph.tag == f"{_TEXT}h"
                    yield Line(text, self.number, bold=leading, gap=gap, heading=heading, numbered=numbered and gap)
                    gap = False
                text, leading, still = "", 0, True
                continue
            text += piece
            if still and bold:
                leading = len(text.rstrip())
            elif piece.strip():
                still = False

    def pieces(self, parent: Element, bold: bool) -> Iterator[tuple[str, bool]]:
        if parent.text:
            yield _flat(parent.text), bold
        for child in parent:
            if child.tag == f"{_TEXT}s":
                count = child.get(f"{_TEXT}c", "1")
                yield " " * (min(int(count), 1_000) if count.isdecimal() else 1), bold
            elif child.tag == f"{_TEXT}tab":
                yield "\t", bold
            elif child.tag == f"{_TEXT}line-break":
                yield "\n", bold
            elif child.tag not in _SKIPPED:
                yield from self.pieces(child, bold or child.get(f"{_TEXT}style-name", "") in self.bold)
            if child.tail:
                yield _flat(child.tail), bold


def _flat(text: str) -> str:
    """Line ends in the XML are spaces; breaks are elements of their own."""
    return text.replace("\r", " ").replace("\n", " ").replace("\t", " ")
