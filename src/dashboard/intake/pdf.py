"""PDF → lines of its text layer, without what browsers and printers put around it."""

from __future__ import annotations

import io
import re
import struct
import zlib
from collections import Counter
from collections.abc import Sequence

from dashboard.errors import UnreadableFile
from dashboard.intake.heads import Line
from dashboard.intake.labels import is_role_word

_MAX_PAGES = 3_000
_EDGE = 3  # lines at the top and at the bottom of a page that may be furniture
_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad]")
_DIGITS = re.compile(r"\d+")
_FURNITURE = re.compile(
    r"(?:page|seite|página|pagina)? ?\d{1,4}(?: ?(?:/|of|von|de|di|sur) ?\d{1,4})?"
    r"|(?:https?://|www\.|file:///)\S{1,500}(?: \d{1,4}/\d{1,4})?",
    re.IGNORECASE,
)
_F4 = re.compile(r"#\d{1,2}:\d{2}:\d{2}-\d#")
_LABEL = re.compile(r"(?:(?<=\s)|^)([^\W\d_][\w.-]{0,20}(?: ?\d{1,3})?):(?=\s|$)")


def lines(data: bytes, name: str) -> list[Line]:
    """The lines of a PDF, numbered through. Raises UnreadableFile: locked, damaged, or only pictures of pages."""
    pages = [_lines_of(page) for page in _pages(data, name)]
    body = _without_furniture(pages)
    if not body:
        raise UnreadableFile(
            f"“{name}” holds no text, only pictures of pages; run text recognition over it, or drop its source."
        )
    words = sum(len(line.split()) for line in body)
    if len(body) > 40 and words < 1.6 * len(body):
        body = _reflowed(" ".join(body))
    else:
        body = [part for line in body for part in _after_stamps(line)]
    return [Line(line, number) for number, line in enumerate(body, start=1)]


def _pages(data: bytes, name: str) -> list[str]:
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, FileNotDecryptedError, PyPdfError

    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableFile(f"“{name}” is protected by a password; print it to a PDF without one and drop that.")
        if len(reader.pages) > _MAX_PAGES:
            raise UnreadableFile(f"“{name}” has more than {_MAX_PAGES} pages; split it.")
        return [page.extract_text() or "" for page in reader.pages]
    except (FileNotDecryptedError, DependencyError) as problem:
        raise UnreadableFile(
            f"“{name}” is protected by a password; print it to a PDF without one and drop that."
        ) from problem
    except (
        PyPdfError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError, AssertionError,
        NotImplementedError, RecursionError, OSError, EOFError, zlib.error, struct.error,
    ) as problem:  # fmt: skip
        raise UnreadableFile(
            f"“{name}” is a damaged PDF; export it again, or drop the text as DOCX or TXT."
        ) from problem


def _lines_of(page: str) -> list[str]:
    text = _INVISIBLE.sub(" " if page.count("\u200b") > page.count(" ") else "", page).replace("\xa0", " ")
    return [line.strip() for line in text.split("\n") if line.strip()]


def _without_furniture(pages: Sequence[Sequence[str]]) -> list[str]:
    """The lines without page numbers, addresses and what stands at the top or the bottom of most pages."""
    same: Counter[str] = Counter()
    alike: Counter[str] = Counter()
    for page in pages:
        edge = (*page[:_EDGE], *page[-_EDGE:])
        same.update(set(edge))
        alike.update({_shape(line) for line in edge})
    least = max(3.0, 0.6 * len(pages))

    def furniture(line: str) -> bool:
        if _FURNITURE.fullmatch(line) or same[line] >= least:
            return True
        # Turns of one speaker may differ by a number alone.
        return alike[_shape(line)] >= least and _LABEL.match(line) is None and not _F4.search(line)

    body: list[str] = []
    for page in pages:
        start, stop = 0, len(page)
        while start < min(_EDGE, stop) and furniture(page[start]):
            start += 1
        while stop > max(start, len(page) - _EDGE) and furniture(page[stop - 1]):
            stop -= 1
        body.extend(page[start:stop])
    return body


def _shape(line: str) -> str:
    return _DIGITS.sub("0", line)[:200]


def _after_stamps(line: str) -> list[str]:
    """A line parted after each time of the form ``#00:01:12-3#`` that does not stand at its end."""
    if "#" not in line:
        return [line]
    parts, start = [], 0
    for match in _F4.finditer(line):
        if line[match.end() :].strip():
            parts.append(line[start : match.end()].strip())
            start = match.end()
    return [*parts, line[start:].strip()]


def _reflowed(text: str) -> list[str]:
    """Lines of a text that came one word a line: a new one before each label that is a role or comes often."""
    counts = Counter(match.group(1) for match in _LABEL.finditer(text))
    labels = {
        label for label, n in counts.items() if (is_role_word(label) and n >= 2) or (n >= 4 and label[0].isupper())
    }
    result, start = [], 0
    for match in _LABEL.finditer(text):
        if match.group(1) in labels and match.start() > start:
            result.append(text[start : match.start()].strip())
            start = match.start()
    result.append(text[start:].strip())
    return [part for line in result if line for part in _after_stamps(line)]
