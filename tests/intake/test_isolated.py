"""Files read in processes of their own: the same as here, within limits; what happens there does not reach here."""

from __future__ import annotations

import io
import os
import signal
import threading
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from dashboard import intake
from dashboard.errors import UnreadableFile
from dashboard.intake import isolated
from dashboard.intake.isolated import Limits
from dashboard.settings import Settings
from dashboard.study import Correction

VTT = b"WEBVTT\n\n00:01.000 --> 00:02.000\n<v Mara Lind>Why \xe2\x80\x93 now?\n\n00:02.000 --> 00:03.000\n<v Jo>So.\n"
CSV = b"id,nps,why\n1,9,It was late and nobody knew.\n2,3,The price went up again.\n"


@pytest.mark.parametrize(("data", "name"), [(VTT, "a.vtt"), (CSV, "b.csv"), (b"I: Why?\nR: So.\n", "c.txt")])
def test_a_file_is_read_the_same_as_here(data: bytes, name: str) -> None:
    assert isolated.read(data, name) == intake.read(data, name)


def test_corrections_go_along() -> None:
    correction = Correction(columns={"why": "ignored"})
    assert isolated.read(CSV, "b.csv", correction=correction) == intake.read(CSV, "b.csv", correction=correction)


def test_what_cannot_be_read_is_said_in_the_same_words() -> None:
    with pytest.raises(UnreadableFile) as here:
        intake.read(b"", "x.vtt")
    with pytest.raises(UnreadableFile) as there:
        isolated.read(b"", "x.vtt")
    assert str(here.value) == str(there.value)


def test_a_zip_is_unpacked_the_same_as_here() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("é.vtt", VTT)
        archive.writestr("b.csv", CSV)
    data = target.getvalue()
    assert isolated.unpack(data, "a.zip") == intake.unpack(data, "a.zip")
    assert isolated.unpack(VTT, "a.vtt") == [("a.vtt", VTT)]
    with pytest.raises(UnreadableFile, match="more than the 1 "):
        isolated.unpack(data, "a.zip", max_files=1)


def large(rows: int) -> bytes:
    return b"id,why\n" + b"".join(
        b"%d,It was late and nobody could say why it was so %d.\n" % (n, n) for n in range(rows)
    )


def test_what_takes_too_long_is_stopped_and_the_limit_is_named() -> None:
    with pytest.raises(UnreadableFile, match=r"0\.05 seconds.*DASHBOARD_READ_SECONDS"):
        isolated.read(large(200_000), "x.csv", limits=Limits(seconds=0.05))
    assert isolated.read(VTT, "a.vtt").turns


def test_what_takes_too_much_memory_is_stopped_and_the_limit_is_named() -> None:
    before = isolated.read(VTT, "a.vtt")
    with pytest.raises(UnreadableFile, match="20 MB of memory"):
        isolated.read(large(400_000), "x.csv", limits=Limits(memory_mb=20))
    assert isolated.read(VTT, "a.vtt") == before


def test_a_process_that_dies_takes_one_file_with_it() -> None:
    process = isolated._Process()
    killer = threading.Timer(0.3, lambda: os.kill(process._process.pid, signal.SIGKILL))
    killer.start()
    question = isolated.question_of("read", large(400_000), "x.csv", {}, Limits())
    assert process.ask(question, 60.0)[0] == isolated.DEAD
    killer.join()
    assert process._process.poll() is not None


def test_a_process_that_left_by_itself_is_replaced() -> None:
    isolated.read(VTT, "a.vtt")
    for process in isolated._POOL._idle:
        assert process._process.stdin is not None
        process._process.stdin.close()
        process._process.wait(timeout=30)
    assert isolated.read(VTT, "a.vtt").turns


def test_many_threads_are_served() -> None:
    with ThreadPoolExecutor(6) as threads:
        found = list(threads.map(lambda n: isolated.read(VTT, f"{n}.vtt"), range(30)))
    assert all(parsed == found[0] for parsed in found)


def test_no_secret_of_the_environment_goes_along() -> None:
    found = isolated.environment_of({"DATABASE_URL": "postgresql://secret", "PATH": "/bin", "API_TOKEN": "secret"})
    assert found == {"PATH": "/bin", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


@pytest.mark.parametrize("content", [b"", b"1", b"\0" * 20, b"\0\0\0\0\0\0\0\x02{}", b'\0\0\0\0\0\0\0\x0a[["a", 99]]'])
def test_a_bundle_that_is_none_is_not_believed(content: bytes) -> None:
    with pytest.raises(ValueError, match=r".*"):
        isolated._unbundled(content)


def test_limits_come_from_the_settings(tmp_path: Path) -> None:
    assert isolated.limits_of(Settings(data_dir=tmp_path, read_seconds=5, read_memory_mb=70)) == Limits(5, 70)


def test_names_that_are_no_unicode_come_through() -> None:
    with pytest.raises(UnreadableFile, match="empty"):
        isolated.read(b"", "a\udcff.vtt")
