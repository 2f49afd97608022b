"""What cannot be read is not read again; what was stopped is, where somebody asks for it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dashboard.errors import EngineError, NotFound, UnreadableFile
from dashboard.evidence import refusals
from dashboard.evidence.parts import Parts
from dashboard.evidence.reading import read_source, summary_of
from dashboard.intake.isolated import USUAL, Limits, Stopped
from dashboard.study import Correction

SMALL = Limits(memory_mb=40)
LONG = b"id,why\n" + b"".join(
    b"%d,It was late and nobody could say why it was so %d.\n" % (n, n) for n in range(400_000)
)
NOISE = bytes(range(256)) * 40


def gone() -> bytes:
    raise NotFound("The file is not kept any more.")


def read(data: Callable[[], bytes], parts: Parts, *, limits: Limits = USUAL, afresh: bool = False, name: str = "x.csv"):  # type: ignore[no-untyped-def]
    return read_source(
        data, name, digest="d", source="s", correction=Correction(), interviewers=(), parts=parts, limits=limits,
        afresh=afresh,
    )  # fmt: skip


def test_what_a_reader_refuses_is_refused_again_unread_in_any_process(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile) as first:
        read(lambda: NOISE, Parts(tmp_path))
    assert [path.name.split("-")[0] for path in tmp_path.iterdir()] == ["refused"]
    refusals._stopped.clear()
    for afresh in (False, True):
        with pytest.raises(UnreadableFile) as again:
            read(gone, Parts(tmp_path), afresh=afresh)
        assert str(again.value) == str(first.value)
    with pytest.raises(NotFound):  # another name has another sentence
        read(gone, Parts(tmp_path), name="y.csv")


def test_what_was_stopped_leaves_no_part_and_is_tried_once_more_where_it_is_asked_for(tmp_path: Path) -> None:
    parts = Parts(tmp_path)
    with pytest.raises(Stopped) as first:
        read(lambda: LONG, parts, limits=SMALL)
    assert not list(tmp_path.iterdir())
    with pytest.raises(Stopped) as again:
        read(gone, parts, limits=SMALL)
    assert str(again.value) == str(first.value)
    with pytest.raises(NotFound):  # other limits are another question
        read(gone, parts, limits=Limits(memory_mb=41))
    assert summary_of(read(lambda: b"id,why\n1,It was late and slow.\n", parts, limits=SMALL, afresh=True), parts).turns


def test_bytes_that_cannot_be_fetched_are_asked_for_again(tmp_path: Path) -> None:
    for _ in range(2):
        with pytest.raises(NotFound):
            read(gone, Parts(tmp_path))
    assert summary_of(read(lambda: b"id,why\n1,It was late and slow.\n", Parts(tmp_path)), Parts(tmp_path)).turns


def test_a_disk_that_takes_no_part_still_says_why_the_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    parts = Parts(tmp_path / "file" / "parts")
    with pytest.raises(UnreadableFile):
        read(lambda: NOISE, parts)
    with pytest.raises(EngineError):
        read(lambda: b"id,why\n1,It was late and slow.\n", parts)


def test_only_so_many_are_remembered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refusals, "_MOST", 2)
    parts = Parts(tmp_path)
    for n in range(4):
        refusals.remember(parts, [n], USUAL, Stopped(f"“{n}” takes too long."))
    refusals.check(parts, [1], USUAL)
    for n in (2, 3):
        with pytest.raises(Stopped, match=f"“{n}”"):
            refusals.check(parts, [n], USUAL)
