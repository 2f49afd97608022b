"""Bytes by digest: whole or not there, private, and checked when they are read."""

from __future__ import annotations

import hashlib
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.errors import ConfigurationError, EngineError, NotFound
from dashboard.records.files import Files


def test_what_was_put_is_got(tmp_path: Path) -> None:
    files = Files(tmp_path / "sources")
    digest = files.put(b"WEBVTT")
    assert digest == hashlib.sha256(b"WEBVTT").hexdigest()
    assert files.get(digest) == b"WEBVTT"
    assert files.exists(digest)
    assert (tmp_path / "sources" / digest[:2] / digest).read_bytes() == b"WEBVTT"


def test_putting_twice_keeps_one_file_and_leaves_nothing_else(tmp_path: Path) -> None:
    files = Files(tmp_path)
    assert files.put(b"same") == files.put(b"same")
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1


def test_nobody_else_can_look_inside(tmp_path: Path) -> None:
    files = Files(tmp_path / "sources")
    digest = files.put(b"confidential")
    for folder in (tmp_path / "sources", tmp_path / "sources" / digest[:2]):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "sources" / digest[:2] / digest).stat().st_mode) == 0o600


def test_damage_is_seen_and_mended_by_giving_the_file_again(tmp_path: Path) -> None:
    files = Files(tmp_path)
    digest = files.put(b"the right bytes")
    (tmp_path / digest[:2] / digest).write_bytes(b"the wrong bytes")
    with pytest.raises(EngineError, match="damaged"):
        files.get(digest)
    files.put(b"the right bytes")
    assert files.get(digest) == b"the right bytes"


@pytest.mark.parametrize("digest", ["", "ab", "../../etc/passwd", "A" * 64, "0" * 64, "0" * 64 + "\n"])
def test_what_is_not_kept_is_not_found(digest: str, tmp_path: Path) -> None:
    files = Files(tmp_path)
    assert not files.exists(digest)
    with pytest.raises(NotFound):
        files.get(digest)


def test_a_folder_that_cannot_be_written_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(ConfigurationError, match="cannot be kept"):
        Files(tmp_path / "taken").put(b"x")


def test_a_digest_that_is_a_folder_is_no_file(tmp_path: Path) -> None:
    digest = hashlib.sha256(b"x").hexdigest()
    (tmp_path / digest[:2] / digest).mkdir(parents=True)
    assert not Files(tmp_path).exists(digest)
    with pytest.raises(ConfigurationError):
        Files(tmp_path).put(b"x")


@given(st.binary(max_size=2_000))
def test_any_bytes_come_back(data: bytes) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        files = Files(Path(folder))
        assert files.get(files.put(data)) == data
