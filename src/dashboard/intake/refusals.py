"""What a file is when it is none that can be read: one sentence that says so, and what to do."""

from __future__ import annotations

import io
import zipfile

from dashboard.errors import UnreadableFile

_OTHER = "export the transcript as WebVTT, text or DOCX and drop that"
_SIGNATURES: tuple[tuple[int, bytes, str, str], ...] = (
    (0, b"\x89PNG\r\n\x1a\n", "a PNG picture, not a transcript", _OTHER),
    (0, b"\xff\xd8\xff", "a JPEG picture, not a transcript", _OTHER),
    (0, b"GIF8", "a GIF picture, not a transcript", _OTHER),
    (0, b"BM\x00", "a bitmap picture, not a transcript", _OTHER),
    (0, b"II*\x00", "a TIFF picture, not a transcript", _OTHER),
    (0, b"MM\x00*", "a TIFF picture, not a transcript", _OTHER),
    (4, b"ftypheic", "an HEIC picture, not a transcript", _OTHER),
    (8, b"WEBP", "a WebP picture, not a transcript", _OTHER),
    (8, b"AVI ", "a video, not a transcript", _OTHER),
    (8, b"WAVE", "a sound recording, not a transcript", _OTHER),
    (4, b"ftypM4A", "a sound recording, not a transcript", _OTHER),
    (4, b"ftyp", "a video, not a transcript", _OTHER),
    (4, b"moov", "a video, not a transcript", _OTHER),
    (0, b"\x1aE\xdf\xa3", "a video, not a transcript", _OTHER),
    (0, b"0&\xb2u\x8ef\xcf\x11", "a Windows recording, not a transcript", _OTHER),
    (0, b"OggS", "a sound recording, not a transcript", _OTHER),
    (0, b"ID3", "a sound recording, not a transcript", _OTHER),
    (0, b"\xff\xfb", "a sound recording, not a transcript", _OTHER),
    (0, b"\xff\xf3", "a sound recording, not a transcript", _OTHER),
    (0, b"fLaC", "a sound recording, not a transcript", _OTHER),
    (0, b"#!AMR", "a sound recording, not a transcript", _OTHER),
    (0, b"\x1f\x8b", "a gzip archive", "unpack it and drop the files in it, or make a ZIP of them"),
    (0, b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", "unpack it and drop the files in it, or make a ZIP of them"),
    (0, b"Rar!", "a RAR archive", "unpack it and drop the files in it, or make a ZIP of them"),
    (0, b"MZ", "a Windows program", "drop a transcript or a table"),
    (0, b"\x7fELF", "a program", "drop a transcript or a table"),
    (0, b"%!PS", "a PostScript print", _OTHER),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def empty(data: bytes, name: str) -> None:
    """Refuse a file without a byte, or of blanks alone. Raises UnreadableFile."""
    if not data:
        raise UnreadableFile(f"“{name}” is empty; export it again and drop it once it holds something.")
    if not data.strip(b" \t\r\n\0\xef\xbb\xbf\xff\xfe"):
        raise UnreadableFile(f"“{name}” holds nothing but blanks; export it again and drop it once it holds something.")


def known(data: bytes, name: str) -> None:
    """Refuse what its first bytes show to be a picture, a recording, an archive or locked. Raises UnreadableFile."""
    if data.startswith(_OLE):
        raise _ole(data, name)
    head = data[:64]
    for at, signature, what, advice in _SIGNATURES:
        if head.startswith(signature, at):
            raise UnreadableFile(f"“{name}” is {what}; {advice}.")
    if head.lstrip().startswith((b"<?xml", b"<svg")) and b"<svg" in data[:2_000]:
        raise UnreadableFile(f"“{name}” is an SVG picture, not a transcript; {_OTHER}.")


def _ole(data: bytes, name: str) -> UnreadableFile:
    def has(*words: str) -> bool:
        return any(word.encode("utf-16-le") in data[:4_000_000] for word in words)

    if has("EncryptedPackage", "EncryptionInfo"):
        return UnreadableFile(f"“{name}” is protected by a password; save it without one and drop it again.")
    if has("WordDocument"):
        return UnreadableFile(f"“{name}” is in the old Word format; open it and save it as DOCX, then drop that.")
    if has("__substg1.0_"):
        return UnreadableFile(f"“{name}” is an Outlook message; save its attachment and drop that.")
    return UnreadableFile(f"“{name}” is in an old Office format; save it as DOCX, XLSX or CSV and drop that.")


def is_old_excel(data: bytes) -> bool:
    """Whether the bytes are an old Excel workbook (.xls) that is not locked: tables may be able to read it."""
    return (
        data.startswith(_OLE)
        and any(word.encode("utf-16-le") in data[:4_000_000] for word in ("Workbook", "Book"))
        and "EncryptedPackage".encode("utf-16-le") not in data[:4_000_000]
    )


def other(data: bytes, name: str) -> UnreadableFile:
    """What to say of a file that no reader knows."""
    if data.startswith(b"PK"):
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                names = archive.namelist()
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError):
            return UnreadableFile(f"“{name}” is a damaged ZIP or Office file; save or export it again.")
        if any(member.startswith("ppt/") for member in names):
            return UnreadableFile(f"“{name}” is a presentation, not a transcript or a table; {_OTHER}.")
        return UnreadableFile(
            f"“{name}” is a ZIP of a kind that is not known here; unpack it and drop the transcripts and tables in it."
        )
    return UnreadableFile(
        f"“{name}” is neither a transcript nor a table that is known here; export it as WebVTT, text, DOCX or CSV."
    )
