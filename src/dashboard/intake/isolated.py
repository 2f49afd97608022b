"""Reading files in processes of their own: what is hostile or broken takes neither the product's time nor its memory.

C libraries cannot be stopped from within, so the process that reads is stopped from without. It is started once and
reads many files (``worker``); what it answers is checked before it is believed (``parcel``).
"""

from __future__ import annotations

import atexit
import contextlib
import json
import logging
import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from dashboard.errors import ConfigurationError, UnreadableFile
from dashboard.intake import parcel
from dashboard.intake.parsed import ParsedSource
from dashboard.intake.registry import NO_CORRECTION
from dashboard.intake.worker import BROKEN, LENGTH, READ, READY, REFUSED, TOO_LARGE, UNPACKED
from dashboard.settings import READ_MEMORY_MB, READ_SECONDS, Settings
from dashboard.study import Correction

_START_SECONDS = 120.0
_FILES_EACH = 400
"""Files one process reads before the next takes its place: what a library leaks is given back."""
_MOST_BYTES = 4_000_000_000
_MOST_AT_ONCE = max(2, os.cpu_count() or 1)
ENVIRONMENT = (
    "PATH", "HOME", "TMPDIR", "TMP", "TEMP", "TZ", "LANG", "LC_ALL", "LC_CTYPE", "PYTHONPATH", "PYTHONHOME",
    "VIRTUAL_ENV", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "USERPROFILE",
)  # fmt: skip
_BEGIN = "import sys; sys.path.insert(0, sys.argv[1]); from dashboard.intake.worker import serve; serve()"
T = TypeVar("T")
_log = logging.getLogger("dashboard")


@dataclass(frozen=True)
class Limits:
    """What reading one file may take: seconds, and megabytes of memory."""

    seconds: float = READ_SECONDS
    memory_mb: int = READ_MEMORY_MB


USUAL = Limits()


class Stopped(UnreadableFile):
    """No reader refused the file: time, memory or a crash ended the reading, which another time may get through."""


def limits_of(settings: Settings) -> Limits:
    """What this installation allows."""
    return Limits(settings.read_seconds, settings.read_memory_mb)


def read(data: bytes, name: str, *, limits: Limits = USUAL, correction: Correction = NO_CORRECTION) -> ParsedSource:
    """What ``intake.read`` says of one file, read elsewhere. Raises UnreadableFile, also where a limit is reached."""
    return _asked("read", data, name, {"correction": correction}, limits, READ, parcel.opened)


def unpack(
    data: bytes, name: str, *, limits: Limits = USUAL, max_mb: int = 500, max_files: int = 1_000
) -> list[tuple[str, bytes]]:
    """What ``intake.unpack`` says of one file, unpacked elsewhere. Raises UnreadableFile."""
    if not data.startswith(b"PK"):
        return [(name, data)]
    options = {"max_mb": max_mb, "max_files": max_files}
    return _asked("unpack", data, name, options, limits, UNPACKED, _unbundled)


def question_of(task: str, data: bytes, name: str, options: dict[str, Any], limits: Limits) -> bytes:
    """What a reading process is asked."""
    memory = limits.memory_mb * 1_000_000
    about = {"task": task, "name": name, "data": data, "options": options}
    return pickle.dumps({**about, "seconds": limits.seconds, "memory": memory}, protocol=5)


def _asked(
    task: str,
    data: bytes,
    name: str,
    options: dict[str, Any],
    limits: Limits,
    good: bytes,
    opened: Callable[[bytes], T],
) -> T:
    question = question_of(task, data, name, options, limits)
    letter, content = _POOL.ask(question, limits.seconds)
    if letter == good:
        try:
            return opened(content)
        except ValueError:
            letter, content = b"", b"an answer that is none"
    if letter == REFUSED:
        raise UnreadableFile(content.decode("utf-8", "replace"))
    if letter == LATE:
        raise Stopped(
            f"“{name}” takes longer to read than the {limits.seconds:g} seconds that one file may take; "
            "export it in a simpler form, split it, or raise DASHBOARD_READ_SECONDS."
        )
    if letter == TOO_LARGE:
        raise Stopped(
            f"“{name}” needs more than the {limits.memory_mb} MB of memory that reading one file may take; "
            "split it, or raise DASHBOARD_READ_MEMORY_MB."
        )
    if letter == BROKEN:
        _log.error("reading failed: %s", content.decode("utf-8", "replace")[:500])
        raise Stopped(
            f"“{name}” is of a form that the reader does not get through, which is a mistake of the reader; "
            "export it in another form, and report it."
        )
    _log.error("a reading process ended: %s", content.decode("utf-8", "replace"))
    raise Stopped(
        f"“{name}” is damaged in a way that stops its reader, or needs more than the {limits.memory_mb} MB of memory "
        "that reading one file may take; save or export it again."
    )


def _unbundled(content: bytes) -> list[tuple[str, bytes]]:
    """The files of a bundle. Raises ValueError where it is none."""
    if len(content) < LENGTH.size:
        raise ValueError("no bundle")
    begin = LENGTH.size + LENGTH.unpack(content[: LENGTH.size])[0]
    found = []
    files = json.loads(content[LENGTH.size : begin])
    if type(files) is not list:
        raise ValueError("no bundle")
    for each in files:
        if type(each) is not list or list(map(type, each)) != [str, int] or not 0 <= each[1] <= len(content) - begin:
            raise ValueError("no bundle")
        found.append((each[0], content[begin : begin + each[1]]))
        begin += each[1]
    return found


# ---------------------------------------------------------------- processes

LATE, DEAD = b"L", b"D"


def environment_of(given: Mapping[str, str]) -> dict[str, str]:
    """All that a reading process learns of the environment: no address of a database, no secret."""
    kept = {name: given[name] for name in ENVIRONMENT if name in given}
    return {**kept, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


class _Process:
    """One reading process: ready once it is made. Raises ConfigurationError where it cannot be started."""

    def __init__(self) -> None:
        root = str(Path(__file__).resolve().parents[2])
        self.files = 0
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-c", _BEGIN, root],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=environment_of(os.environ),
                start_new_session=True,
            )
        except OSError as problem:
            raise ConfigurationError(
                f"The process that reads files cannot be started ({problem.strerror}); free memory or processes, "
                "and drop the files again."
            ) from problem
        if self._exchange(None, _START_SECONDS)[0] != READY:
            self.close()
            raise ConfigurationError(
                "The process that reads files does not start; set the dashboard up again, and drop the files again."
            )

    def ask(self, question: bytes, seconds: float) -> tuple[bytes, bytes]:
        """The answer: its letter and its bytes; ``LATE`` where time was up, ``DEAD`` where the process died."""
        self.files += 1
        letter, content = self._exchange(question, seconds)
        if letter in (LATE, DEAD, TOO_LARGE, BROKEN):
            self.close()
            self.files = _FILES_EACH
        return letter, content

    @property
    def left_by_itself(self) -> bool:
        """Whether it has ended because nobody asked."""
        return self._process.poll() == 0

    def _exchange(self, question: bytes | None, seconds: float) -> tuple[bytes, bytes]:
        late = threading.Event()

        def stop() -> None:
            late.set()
            self._kill()

        watch = threading.Timer(seconds, stop)
        watch.daemon = True
        watch.start()
        try:
            found = self._answer(question)
        except (OSError, ValueError):
            found = None
        except BaseException:  # the person pressed Ctrl-C: leave no process behind
            self.close()
            raise
        finally:
            watch.cancel()
        if found is None:
            return (LATE, b"") if late.is_set() else (DEAD, b"status %d" % (self._ended()))
        return found

    def _answer(self, question: bytes | None) -> tuple[bytes, bytes] | None:
        asked, told = self._process.stdin, self._process.stdout
        if asked is None or told is None:
            return None
        if question is not None:
            asked.write(LENGTH.pack(len(question)))
            asked.write(question)
            asked.flush()
        head = told.read(1 + LENGTH.size)
        if len(head) < 1 + LENGTH.size:
            return None
        size = LENGTH.unpack(head[1:])[0]
        if size > _MOST_BYTES:
            return None
        content = told.read(size)
        return (head[:1], content) if len(content) == size else None

    def _ended(self) -> int:
        try:
            return self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            return 0

    def _kill(self) -> None:
        """End the process, and what it started."""
        if self._process.poll() is not None:  # its number may be another's by now
            return
        with contextlib.suppress(OSError):
            if hasattr(os, "killpg"):
                os.killpg(self._process.pid, signal.SIGKILL)
            else:
                self._process.kill()

    def close(self) -> None:
        """End the process and wait for its end."""
        if self._process.poll() is None:
            self._kill()
        for stream in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                if stream is not None:
                    stream.close()
        self._process.wait()


class _Pool:
    """The processes that wait for a question; at most as many work at once as there are cores."""

    def __init__(self) -> None:
        self._idle: list[_Process] = []
        self._lock = threading.Lock()
        self._places = threading.BoundedSemaphore(_MOST_AT_ONCE)
        self._owner = os.getpid()

    def ask(self, question: bytes, seconds: float) -> tuple[bytes, bytes]:
        """The answer of one of the processes; a new one is started where none waits."""
        with self._places:
            process = self._taken()
            letter, content = process.ask(question, seconds)
            if letter == DEAD and process.left_by_itself:
                process = _Process()
                letter, content = process.ask(question, seconds)
            if process.files >= _FILES_EACH:
                process.close()
            else:
                with self._lock:
                    self._idle.append(process)
        return letter, content

    def _taken(self) -> _Process:
        with self._lock:
            if os.getpid() != self._owner:  # after a fork they answer to the parent
                self._idle, self._owner = [], os.getpid()
            while self._idle:
                process = self._idle.pop()
                if not process.left_by_itself:
                    return process
                process.close()
        return _Process()

    def close(self) -> None:
        """End all processes that wait."""
        with self._lock:
            idle, self._idle = (self._idle, []) if os.getpid() == self._owner else ([], [])
        for process in idle:
            process.close()


_POOL = _Pool()
atexit.register(_POOL.close)
