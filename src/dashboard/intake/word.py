"""DOCX → lines: paragraphs, line breaks, bold starts and tables, read from the document's own XML.

Read directly, because tables without a grid, deleted text and runs without a space between trip general readers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from dashboard.errors import UnreadableFile
from dashboard.intake import container, grid
from dashboard.intake.heads import Line
from dashboard.intake.times import STAMP

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_LOOSE = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SKIPPED = frozenset({f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", f"{_W}delText", f"{_W}pPr", f"{_W}rPr", _FALLBACK})
_ALONE_STAMP = re.compile(rf"{STAMP}|:\d{{2}}")
_OFF = frozenset({"0", "false", "off", "none"})
Piece = tuple[str, bool, bytes]
"""Text of a run, whether it is bold, and its formatting: runs of the same formatting are one."""


def lines(data: bytes, name: str) -> list[Line]:
    """The lines of a DOCX, numbered by paragraph. Raises UnreadableFile."""
    content = container.part(data, "word/document.xml", name=name)
    if content is None:
        raise UnreadableFile(f"“{name}” is a DOCX without a text; save it again from its program.")
    root = container.xml(content.replace(_STRICT, _LOOSE), name=name)
    styles = container.part(data, "word/styles.xml", name=name)
    bold, headings = (
        _styles(container.xml(styles.replace(_STRICT, _LOOSE), name=name)) if styles else (frozenset(), frozenset())
    )
    body = root.find(f"{_W}body")
    reader = _Reader(bold, headings)
    return list(reader.blocks(body)) if body is not None else []


def _styles(root: Element) -> tuple[frozenset[str], frozenset[str]]:
    """Ids of the styles that are bold, and of those that are headings."""
    bold, headings = set(), set()
    for style in root.iter(f"{_W}style"):
        key = style.get(f"{_W}styleId", "")
        name = style.find(f"{_W}name")
        title = name.get(f"{_W}val", "") if name is not None else ""
        if title.casefold().startswith(("heading", "title", "überschrift", "titre", "título")):
            headings.add(key)
        properties = style.find(f"{_W}rPr")
        if properties is not None and _is_on(properties.find(f"{_W}b")):
            bold.add(key)
    return frozenset(bold), frozenset(headings)


def _is_on(mark: Element | None) -> bool:
    return mark is not None and mark.get(f"{_W}val", "1") not in _OFF


class _Reader:
    """Walks a document's blocks and counts its paragraphs."""

    def __init__(self, bold: frozenset[str], headings: frozenset[str]) -> None:
        self.bold, self.headings = bold, headings
        self.number = 0

    def blocks(self, parent: Element) -> Iterator[Line]:
        for child in parent:
            if child.tag == f"{_W}p":
                yield from self.paragraph(child)
            elif child.tag == f"{_W}tbl":
                rows = [
                    [list(self.blocks(cell)) for cell in row.iter(f"{_W}tc")] for row in child.iter(f"{_W}tr")
                ]  # fmt: skip
                yield from grid.lines(rows)
            elif child.tag not in _SKIPPED:  # sdt, sdtContent, ins, smartTag, customXml …
                yield from self.blocks(child)

    def paragraph(self, paragraph: Element) -> Iterator[Line]:
        self.number += 1
        properties = paragraph.find(f"{_W}pPr")
        style, numbered = "", False
        if properties is not None:
            named = properties.find(f"{_W}pStyle")
            style = named.get(f"{_W}val", "") if named is not None else ""
            numbered = properties.find(f"{_W}numPr") is not None
        pieces = _apart(list(self.runs(paragraph, style in self.bold)))
        gap = True
        for text, bold in _split(pieces):
            if text.strip():
                yield Line(
                    text, self.number, bold=bold, gap=gap, heading=style in self.headings, numbered=numbered and gap
                )
                gap = False

    def runs(self, parent: Element, bold: bool) -> Iterator[Piece]:
        for child in parent:
            if child.tag in _SKIPPED:
                continue
            if child.tag == f"{_W}r":
                yield from self.run(child, bold)
            elif child.tag == f"{_W}p":  # a text box inside the paragraph
                yield "\n", False, b""
                yield from self.runs(child, bold)
            else:
                yield from self.runs(child, bold)

    def run(self, run: Element, bold: bool) -> Iterator[Piece]:
        properties = run.find(f"{_W}rPr")
        key = b""
        if properties is not None:
            key = "|".join(f"{mark.tag}{sorted(mark.attrib.items())}" for mark in properties).encode()
            mark = properties.find(f"{_W}b")
            named = properties.find(f"{_W}rStyle")
            if mark is not None:
                bold = _is_on(mark)
            elif named is not None and named.get(f"{_W}val", "") in self.bold:
                bold = True
        for child in run:
            if child.tag == f"{_W}t":
                yield child.text or "", bold, key
            elif child.tag in (f"{_W}br", f"{_W}cr"):
                yield "\n", bold, key
            elif child.tag == f"{_W}tab":
                yield "\t", bold, key
            elif child.tag == f"{_W}noBreakHyphen":
                yield "-", bold, key
            elif child.tag not in _SKIPPED and len(child):
                yield from self.runs(child, bold)


def _apart(pieces: list[Piece]) -> list[tuple[str, bool]]:
    """The pieces, with a gap before a time that follows a name without one (``P7`` ``3:37``)."""
    grouped: list[tuple[str, bool, bytes]] = []
    for text, bold, key in pieces:
        if grouped and text != "\n" and grouped[-1][0] != "\n" and grouped[-1][2] == key and grouped[-1][1] == bold:
            grouped[-1] = (grouped[-1][0] + text, bold, key)
        else:
            grouped.append((text, bold, key))
    result: list[tuple[str, bool]] = []
    for text, bold, _ in grouped:
        before = result[-1][0] if result else ""
        if before and not before[-1].isspace() and _ALONE_STAMP.fullmatch(text.strip()):
            result.append(("  ", bold))
        result.append((text, bold))
    return result


def _split(pieces: list[tuple[str, bool]]) -> Iterator[tuple[str, int]]:
    """The lines of a paragraph, each with the number of bold characters at its start."""
    text, leading, still = "", 0, True
    for piece, bold in pieces:
        parts = piece.split("\n")
        for at, part in enumerate(parts):
            if at:
                yield text, leading
                text, leading, still = "", 0, True
            text += part
            if still and (bold or not part.strip()):
                leading = len(text.rstrip()) if bold else leading
            elif part.strip():
                still = False
    yield text, leading
