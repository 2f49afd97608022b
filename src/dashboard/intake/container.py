"""Parts of an office document: read with limits, and parsed as XML that can neither grow nor reach elsewhere."""

from __future__ import annotations

import io
import zipfile
from xml.etree.ElementTree import Element, ParseError

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from dashboard.errors import UnreadableFile
from dashboard.intake.unpack import DAMAGED

_MAX_PART = 200_000_000
_MAX_RATIO = 500
_RATIO_FROM = 5_000_000


def names(data: bytes) -> frozenset[str]:
    """Names of the parts of a ZIP; empty where it is none."""
    if not data.startswith(b"PK"):
        return frozenset()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return frozenset(archive.namelist())
    except DAMAGED:
        return frozenset()


def part(data: bytes, path: str, *, name: str) -> bytes | None:
    """The bytes of one part, None where the document has no such part. Raises UnreadableFile."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if path not in archive.namelist():
                return None
            entry = archive.getinfo(path)
            if entry.flag_bits & 0x1:
                raise UnreadableFile(f"“{name}” is protected by a password; save it without one and drop it again.")
            tight = entry.file_size > _RATIO_FROM and entry.file_size > _MAX_RATIO * max(1, entry.compress_size)
            if entry.file_size > _MAX_PART or tight:
                raise UnreadableFile(
                    f"“{name}” would unpack to far more than a document holds; save it again from its program."
                )
            with archive.open(entry) as stream:
                content = stream.read(entry.file_size + 1)
    except DAMAGED as problem:
        raise UnreadableFile(f"“{name}” is a damaged document; save or export it again.") from problem
    if len(content) > entry.file_size:
        raise UnreadableFile(
            f"“{name}” would unpack to far more than a document holds; save it again from its program."
        )
    return content


def xml(content: bytes, *, name: str) -> Element:
    """The root of an XML part; entities and references to elsewhere are refused. Raises UnreadableFile."""
    try:
        root: Element = ElementTree.fromstring(content)
    except DefusedXmlException as problem:
        raise UnreadableFile(
            f"“{name}” defines XML entities, which no document needs and which can do harm; save it again."
        ) from problem
    except (ParseError, ValueError, LookupError) as problem:
        raise UnreadableFile(f"“{name}” is a damaged document: its text is not valid XML; save it again.") from problem
    return root
