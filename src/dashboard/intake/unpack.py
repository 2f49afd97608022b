"""A ZIP → the files in it, with limits; anything else is itself."""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib

from dashboard.errors import UnreadableFile

_MEGABYTE = 1_000_000
_RATIO = 200  # no transcript, table or office file shrinks to less than a two-hundredth
_RATIO_FROM = 5 * _MEGABYTE  # below this size a high ratio does no harm
_HIDDEN = ("__macosx", ".ds_store", "thumbs.db", "desktop.ini")
_OF_A_DOCUMENT = ("[Content_Types].xml", "mimetype", "project.qde", "META-INF/manifest.xml")

DAMAGED = (
    zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, ValueError, OSError, EOFError,
    KeyError, IndexError, struct.error, zlib.error, lzma.LZMAError,
)  # fmt: skip
"""What ``zipfile`` raises on an archive that is broken or made by somebody who wishes harm."""


def unpack(data: bytes, name: str, *, max_mb: int = 500, max_files: int = 1_000) -> list[tuple[str, bytes]]:
    """The files of a ZIP as (``a.zip/b.vtt``, bytes); any other file (office documents too) as itself.

    A ZIP inside a ZIP is unpacked once. max_mb: largest total unpacked, in megabytes. Raises UnreadableFile.

    >>> unpack(b"I: Why?", "p1.txt")
    [('p1.txt', b'I: Why?')]
    """
    if not data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return [(name, data)]
    left = [max_mb * _MEGABYTE]
    files = _members(data, name, depth=0, left=left, max_mb=max_mb, max_files=max_files)
    if files is None:
        return [(name, data)]
    if not files:
        raise UnreadableFile(f"“{name}” is a ZIP without a file in it; pack it again and drop it.")
    return files


def _members(
    data: bytes, name: str, *, depth: int, left: list[int], max_mb: int, max_files: int
) -> list[tuple[str, bytes]] | None:
    """The members of a ZIP, None where it is a document of its own. ``left`` holds the bytes that may still come."""
    result: list[tuple[str, bytes]] = []
    used: set[str] = set()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if _is_document(archive):
                return None
            if depth > 1:
                raise UnreadableFile(f"“{name}” is a ZIP in a ZIP in a ZIP; unpack it and drop the files in it.")
            entries = [entry for entry in archive.infolist() if not entry.is_dir() and not _hidden(entry.filename)]
            if len(entries) > max_files:
                raise UnreadableFile(
                    f"“{name}” holds {len(entries)} files, more than the {max_files} that are taken at once; split it."
                )
            if sum(entry.file_size for entry in entries) > left[0]:
                raise UnreadableFile(f"“{name}” would unpack to more than {max_mb} MB; split it into smaller ones.")
            for entry in entries:
                content = _content(archive, entry, name, left=left, max_mb=max_mb)
                member = f"{name}/{_harmless(entry, used)}"
                inner = None
                if content.startswith(b"PK\x03\x04"):
                    inner = _members(content, member, depth=depth + 1, left=left, max_mb=max_mb, max_files=max_files)
                result.extend([(member, content)] if inner is None else inner)
                if len(result) > max_files:
                    raise UnreadableFile(
                        f"“{name}” holds more than the {max_files} files that are taken at once; split it."
                    )
    except DAMAGED as problem:
        if depth == 0:
            raise UnreadableFile(f"“{name}” is a damaged or incomplete ZIP; pack it again and drop it.") from problem
        return None  # its own reader says what is wrong with it
    return result


def _is_document(archive: zipfile.ZipFile) -> bool:
    """Whether the ZIP is one document: an office file, an e-book, a coded project."""
    names = set(archive.namelist())
    return any(mark in names for mark in _OF_A_DOCUMENT)


def _hidden(path: str) -> bool:
    parts = [part for part in path.replace("\\", "/").split("/") if part]
    return not parts or any(
        part.casefold() in _HIDDEN or (part.startswith((".", "~$")) and part not in (".", "..")) for part in parts
    )


def _harmless(entry: zipfile.ZipInfo, used: set[str]) -> str:
    """The member's path without anything that leads elsewhere; a name that comes twice gets a number."""
    path = _file_name(entry).replace("\\", "/")
    parts = [part for part in path.split("/") if part not in ("", ".")]
    if ".." in parts or path.startswith("/") or (parts and parts[0].endswith(":")):
        parts = [part for part in parts[-1:] if part != ".."] or ["file"]
    clean = "".join(character if character.isprintable() else "_" for character in "/".join(parts))
    unique, number = clean, 2
    while unique in used:
        stem, dot, extension = clean.rpartition(".")
        unique = f"{stem} ({number}).{extension}" if dot and "/" not in extension else f"{clean} ({number})"
        number += 1
    used.add(unique)
    return unique


def _file_name(entry: zipfile.ZipInfo) -> str:
    """The name as its maker wrote it: old archivers write UTF-8 without saying so."""
    if entry.flag_bits & 0x800:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return entry.filename


def _content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, *, left: list[int], max_mb: int) -> bytes:
    if entry.flag_bits & 0x1:
        raise UnreadableFile(f"“{name}” is protected by a password; pack it without one and drop it again.")
    if entry.file_size > _RATIO_FROM and entry.file_size > _RATIO * max(1, entry.compress_size):
        raise UnreadableFile(
            f"“{name}” holds “{entry.filename}”, which is packed far too tightly to be a document; remove it."
        )
    # What the directory declares may be a lie, so no more than that is read.
    with archive.open(entry) as stream:
        content = stream.read(min(left[0], entry.file_size) + 1)
    if len(content) > left[0] or len(content) > entry.file_size:
        raise UnreadableFile(f"“{name}” would unpack to more than {max_mb} MB; split it into smaller ones.")
    left[0] -= len(content)
    return content
