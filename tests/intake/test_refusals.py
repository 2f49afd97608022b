"""Files that are no transcript and no table: one sentence that says what they are, and what to do."""

from __future__ import annotations

import io
import zipfile

import pytest

from dashboard.errors import UnreadableFile
from dashboard.intake import read, refusals


def refused(data: bytes, name: str) -> str:
    with pytest.raises(UnreadableFile) as caught:
        read(data, name)
    sentence = str(caught.value)
    assert name in sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return sentence


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "empty"),
        (b" \r\n\t ", "blanks"),
        (b"\xef\xbb\xbf", "blanks"),
        (b"\x89PNG\r\n\x1a\n" + bytes(40), "PNG"),
        (b"\xff\xd8\xff\xe0" + bytes(40), "JPEG"),
        (b"GIF89a" + bytes(40), "GIF"),
        (b"\0\0\0\x20ftypisom" + bytes(90), "video"),
        (b"\0\0\0\x20ftypM4A " + bytes(90), "sound"),
        (b"RIFF\0\0\0\0WAVEfmt " + bytes(90), "sound"),
        (b"ID3\x04" + bytes(90), "sound"),
        (b"\x1f\x8b\x08" + bytes(90), "gzip"),
        (b"7z\xbc\xaf\x27\x1c" + bytes(90), "7-Zip"),
        (b"Rar!\x1a\x07" + bytes(90), "RAR"),
        (b"MZ\x90\0" + bytes(90), "program"),
        (bytes(range(256)) * 8, "neither"),
        (b"PK\x03\x04" + bytes(90), "damaged"),
        (b"%PDF-1.7\n" + bytes(90), "PDF"),
    ],
)
@pytest.mark.parametrize("name", ["x.vtt", "x.docx", "x"])
def test_what_is_no_transcript(data: bytes, word: str, name: str) -> None:
    assert word in refused(data, name)


@pytest.mark.parametrize(
    ("inside", "word"),
    [
        ("EncryptedPackage", "password"),
        ("WordDocument", "old Word"),
        ("__substg1.0_", "Outlook"),
        ("Unknown", "old Office"),
    ],
)
def test_old_and_locked_office_files(inside: str, word: str) -> None:
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + inside.encode("utf-16-le") + bytes(600)
    assert word in refused(data, "x.docx")


def test_zips_that_are_no_document() -> None:
    for member, word in (("ppt/presentation.xml", "presentation"), ("a.txt", "ZIP")):
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w") as archive:
            archive.writestr(member, "x")
        assert word in str(refusals.other(target.getvalue(), "x.zip"))


def test_old_excel_is_left_to_tables() -> None:
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "Workbook".encode("utf-16-le")
    assert refusals.is_old_excel(data)
    assert not refusals.is_old_excel(data + "EncryptedPackage".encode("utf-16-le"))
