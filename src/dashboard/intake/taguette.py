"""Taguette's own files: an SQLite database with documents, tags and highlights."""

from __future__ import annotations

import bisect
import sqlite3
from collections import defaultdict
from html.parser import HTMLParser
from typing import Any

from dashboard.errors import UnreadableFile
from dashboard.intake.coded_text import CodedText, Stretch, project
from dashboard.intake.given import Given
from dashboard.intake.parsed import ParsedSource
from dashboard.intake.wording import words
from dashboard.study import Correction, Theme

_MAGIC = b"SQLite format 3\0"
_TABLES = ("documents", "highlights", "tags", "highlight_tags")
_MOST_STEPS = 200_000_000
_BLOCKS = words("p div h1 h2 h3 h4 h5 h6 li tr br blockquote pre ul ol table section article hr")


def sniff(given: Given) -> float:
    """Certain for a database that has Taguette's tables."""
    return 0.98 if given.data.startswith(_MAGIC) and b"highlight_tags" in given.data else 0.0


def read(given: Given, correction: Correction) -> ParsedSource:
    """The documents, tags and highlights of a Taguette project. Raises UnreadableFile.

    The database is untrusted: it is opened in memory, and only tables (no views, no triggers) are read.
    """
    try:
        rows = _rows(given)
    except (sqlite3.Error, UnicodeDecodeError, OverflowError, MemoryError) as problem:  # names of columns decode, too
        raise UnreadableFile(
            f"“{given.name}” is a damaged database; export the project from Taguette again."
        ) from problem
    themes: dict[int, Theme] = {}
    for number, path, description in rows["tags"]:
        themes[_int(number)] = Theme(str(path or "unnamed").strip(), " ".join(str(description or "").split()))
    tags: dict[int, list[str]] = defaultdict(list)
    for highlight, tag in rows["highlight_tags"]:
        if _int(tag) in themes:
            tags[_int(highlight)].append(themes[_int(tag)].name)
    marks: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for number, document, start, end in rows["highlights"]:
        marks[_int(document)].append((_int(start), _int(end), _int(number)))
    documents = []
    for number, name, contents in rows["documents"]:
        flat, shown = _text_of(str(contents or ""))
        stretches = []
        for start, end, highlight in sorted(marks[_int(number)]):
            begin, stop = (_shown_at(flat, shown, at) for at in (start, end))
            stretches += [Stretch(begin, stop, theme) for theme in tags[highlight]]
        documents.append(CodedText(str(name or f"document {number}"), shown.text, tuple(stretches)))
    untagged = sum(not tags[highlight] for own in marks.values() for _, _, highlight in own)
    left_out = (f"Highlights without a tag, which were not taken: {untagged}.",) if untagged else ()
    return project(documents, format="Taguette project", themes=tuple(themes.values()), left_out=left_out)


def _int(value: Any) -> int:
    return value if isinstance(value, int) else -1


def _rows(given: Given) -> dict[str, list[tuple[Any, ...]]]:
    connection = sqlite3.connect(":memory:")
    try:
        data = bytearray(given.data)
        if len(data) > 100:
            data[18] = data[19] = 1  # a write-ahead log is a second file, which is not there
        connection.deserialize(bytes(data))
        connection.execute("PRAGMA trusted_schema=OFF")
        connection.execute("PRAGMA query_only=ON")
        connection.text_factory = lambda raw: raw.decode("utf-8", errors="replace")
        steps = [0]

        def too_long() -> int:
            steps[0] += 100_000
            return int(steps[0] > _MOST_STEPS)

        connection.set_progress_handler(too_long, 100_000)
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if not tables.issuperset(_TABLES):
            raise UnreadableFile(f"“{given.name}” is a database, but not one of Taguette; export what it holds as CSV.")
        return {
            "tags": connection.execute("SELECT id, path, description FROM tags ORDER BY id").fetchall(),
            "highlight_tags": connection.execute(
                "SELECT highlight_id, tag_id FROM highlight_tags ORDER BY highlight_id, tag_id"
            ).fetchall(),
            "highlights": connection.execute(
                "SELECT id, document_id, start_offset, end_offset FROM highlights ORDER BY id"
            ).fetchall(),
            "documents": connection.execute("SELECT id, name, contents FROM documents ORDER BY id").fetchall(),
        }
    finally:
        connection.close()


class _Shown(HTMLParser):
    """The text of a page: as Taguette counts it (text alone), and as people read it (a line end at each block)."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.flat: list[str] = []
        self.lines: list[str] = []
        self.starts: list[tuple[int, int]] = []  # code point in the flat text → code point in the shown text
        self._flat = self._shown = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._block(tag)

    def handle_endtag(self, tag: str) -> None:
        self._block(tag)

    def _block(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.lines.append("\n")
            self._shown += 1

    def handle_data(self, data: str) -> None:
        self.starts.append((self._flat, self._shown))
        self.flat.append(data)
        self.lines.append(data)
        self._flat += len(data)
        self._shown += len(data)

    @property
    def text(self) -> str:
        return "".join(self.lines)


def _text_of(contents: str) -> tuple[bytes, _Shown]:
    shown = _Shown()
    shown.feed(contents)
    shown.close()
    return "".join(shown.flat).encode("utf-8", errors="replace"), shown


def _shown_at(flat: bytes, shown: _Shown, offset: int) -> int:
    """A byte offset of the flat text → a code point of the shown text."""
    point = len(flat[: max(0, offset)].decode("utf-8", errors="ignore"))
    at = max(0, bisect.bisect_right(shown.starts, (point, 1 << 60)) - 1)
    if not shown.starts:
        return 0
    begin, where = shown.starts[at]
    return where + point - begin
