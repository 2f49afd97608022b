"""ZIPs: their files, and what is refused."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest
from hypothesis import given as everywhere
from hypothesis import strategies as st

from dashboard.errors import UnreadableFile
from dashboard.intake import unpack


def packed(members: dict[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return target.getvalue()


def test_files_and_folders() -> None:
    data = packed(
        {
            "a.txt": b"A",
            "p/b.vtt": b"B",
            "study.yaml": b"name: x",
            "__MACOSX/._a.txt": b"x",
            ".DS_Store": b"x",
            "p/.hidden": b"x",
            "Thumbs.db": b"x",
            "~$a.docx": b"x",
        }
    )
    assert unpack(data, "z.zip") == [("z.zip/a.txt", b"A"), ("z.zip/p/b.vtt", b"B"), ("z.zip/study.yaml", b"name: x")]


def test_other_files_are_themselves() -> None:
    assert unpack(b"hello", "a.txt") == [("a.txt", b"hello")]
    office = packed({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<x/>"})
    assert unpack(office, "a.docx") == [("a.docx", office)]
    project = packed({"project.qde": b"<x/>", "sources/a.txt": b"x"})
    assert unpack(project, "a.qdpx") == [("a.qdpx", project)]


def test_zip_in_a_zip_once() -> None:
    inner = packed({"b.txt": b"B"})
    assert unpack(packed({"i.zip": inner, "c.docx": packed({"[Content_Types].xml": b""})}), "z.zip")[0] == (
        "z.zip/i.zip/b.txt",
        b"B",
    )
    with pytest.raises(UnreadableFile, match="ZIP in a ZIP in a ZIP"):
        unpack(packed({"j.zip": packed({"i.zip": inner})}), "z.zip")


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("../../etc/passwd", "passwd"),
        ("/root/x.txt", "x.txt"),
        ("C:\\x\\y.txt", "y.txt"),
        ("./a/./b.txt", "a/b.txt"),
        ("..", "file"),
    ],
)
def test_paths_that_lead_elsewhere(path: str, expected: str) -> None:
    assert [name for name, _ in unpack(packed({path: b"x"}), "z.zip")] == [f"z.zip/{expected}"]


def test_the_same_name_twice() -> None:
    assert [name for name, _ in unpack(packed({"../a.txt": b"1", "a.txt": b"2"}), "z.zip")] == [
        "z.zip/a.txt",
        "z.zip/a (2).txt",
    ]


def test_names_in_utf_8_without_a_flag() -> None:
    data = packed({"ä.txt": b"x"})
    at = data.find("ä.txt".encode())
    assert at > 0
    unflagged = data.replace(struct.pack("<HH", 20, 0x800), struct.pack("<HH", 20, 0))
    assert [name for name, _ in unpack(unflagged, "z.zip")] == ["z.zip/ä.txt"]


def test_limits() -> None:
    with pytest.raises(UnreadableFile, match="more than the 2 "):
        unpack(packed({f"{n}.txt": b"x" for n in range(3)}), "z.zip", max_files=2)
    with pytest.raises(UnreadableFile, match="more than 1 MB"):
        unpack(packed({"a.txt": bytes(1_000_001)}), "z.zip", max_mb=1)
    with pytest.raises(UnreadableFile, match="too tightly"):
        unpack(packed({"a.txt": bytes(20_000_000)}), "z.zip")
    nested = packed({f"{n}.zip": packed({"a.txt": bytes(400_000)}) for n in range(5)})
    with pytest.raises(UnreadableFile, match="more than 1 MB"):
        unpack(nested, "z.zip", max_mb=1)


def test_a_size_that_lies() -> None:
    data = bytearray(packed({"a.txt": bytes(3_000_000)}))
    for signature, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        at = data.find(signature) + offset
        data[at : at + 4] = struct.pack("<I", 100)
    with pytest.raises(UnreadableFile):
        unpack(bytes(data), "z.zip", max_mb=1)


def test_empty_encrypted_and_broken() -> None:
    with pytest.raises(UnreadableFile, match="without a file"):
        unpack(packed({}), "z.zip")
    locked = packed({"a.txt": b"secret"})
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = locked.find(signature) + offset
        locked = locked[:at] + struct.pack("<H", 1) + locked[at + 2 :]
    with pytest.raises(UnreadableFile, match="password"):
        unpack(locked, "z.zip")
    whole = packed({"a.txt": b"some text " * 50})
    for cut in (4, 30, len(whole) // 2, len(whole) - 5):
        with pytest.raises(UnreadableFile, match="damaged"):
            unpack(whole[:cut], "z.zip")


@everywhere(st.binary(max_size=60), st.integers(0, 400), st.integers(0, 255))
def test_any_change_is_read_or_refused(noise: bytes, at: int, value: int) -> None:
    data = bytearray(packed({"a.txt": b"Some text", "b/c.txt": b"more"}, method=zipfile.ZIP_STORED))
    data[at % len(data)] = value
    try:
        said = [name for name, _ in unpack(bytes(data) + noise, "z.zip")]
    except UnreadableFile as refusal:
        said = [str(refusal)]
    assert all("z.zip" in name and ".." not in name.split("/") for name in said)


def test_a_member_without_a_name_is_damage() -> None:
    whole = packed({"a": b"A"}, method=zipfile.ZIP_STORED)
    nameless = _without_names(whole)
    with pytest.raises(UnreadableFile, match="damaged or incomplete ZIP"):
        unpack(nameless, "z.zip")


def _without_names(data: bytes) -> bytes:
    """The same ZIP whose directory says that its one member has a name of no letters."""
    at = data.index(b"PK\x01\x02")
    length = struct.unpack_from("<H", data, at + 28)[0]
    cut = data[: at + 28] + struct.pack("<H", 0) + data[at + 30 : at + 46] + data[at + 46 + length :]
    end = cut.index(b"PK\x05\x06")
    size = struct.unpack_from("<I", cut, end + 12)[0]
    return cut[: end + 12] + struct.pack("<I", size - length) + cut[end + 16 :]
