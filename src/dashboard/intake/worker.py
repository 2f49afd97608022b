"""The process in which files are read: it is asked over its standard input, answers over its standard output.

A question is a length and a pickle (written by the product itself); an answer is one letter, a length and bytes that
``isolated`` opens without trusting them. Memory and processor time are limited for each file, where the system can.
"""

from __future__ import annotations

import gc
import json
import os
import pickle
import struct
import sys
import threading
import traceback
from typing import Any, BinaryIO

from dashboard.errors import UnreadableFile
from dashboard.intake import parcel
from dashboard.intake.registry import read
from dashboard.intake.unpack import unpack

READY, READ, UNPACKED, REFUSED, TOO_LARGE, BROKEN = b"Y", b"R", b"U", b"E", b"M", b"B"
"""The letters an answer begins with."""
LENGTH = struct.Struct(">Q")
_NO_MEMORY = ("ArrowException", "ArrowMemoryError")
"""What a library says where the system gives it no memory for a thread."""
_IDLE = 60.0
"""Seconds without a question after which the process ends by itself."""


def serve() -> None:
    """Answer until nobody asks any more."""
    questions, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)  # what a library prints must not get between the answers
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    gc.set_threshold(100_000, 20, 100)  # many small values are made, none in circles
    _send(answers, READY, b"")
    while (question := _next(questions)) is not None:
        _limit(question["memory"], question["seconds"])
        letter, content = answer(question)
        _send(answers, letter, content)
        if letter in (TOO_LARGE, BROKEN):
            return  # begin afresh, with a memory in order


def answer(question: dict[str, Any]) -> tuple[bytes, bytes]:
    """What is said of one file: the letter and the bytes that go with it."""
    name, data, options = question["name"], question["data"], question["options"]
    try:
        if question["task"] == "unpack":
            return UNPACKED, _bundle(unpack(data, name, **options))
        return READ, parcel.packed(read(data, name, **options))
    except UnreadableFile as problem:
        return REFUSED, str(problem).encode("utf-8", "replace")
    except MemoryError:
        return TOO_LARGE, b""
    except Exception as bug:  # noqa: BLE001 -- the end of this process's world: the other side says and logs it
        if type(bug).__name__ in _NO_MEMORY or "new thread" in str(bug):
            return TOO_LARGE, b""
        frames = traceback.extract_tb(bug.__traceback__)
        where = "; ".join(f"{os.path.basename(frame.filename)}:{frame.lineno}" for frame in frames[-6:])
        return BROKEN, f"{type(bug).__name__} at {where}".encode("utf-8", "replace")


def _bundle(files: list[tuple[str, bytes]]) -> bytes:
    """A table of names and lengths, and then the files, one after the other."""
    head = json.dumps([[name, len(content)] for name, content in files]).encode("ascii")
    return b"".join([LENGTH.pack(len(head)), head, *(content for _, content in files)])


def _next(questions: BinaryIO) -> dict[str, Any] | None:
    leave = threading.Timer(_IDLE, os._exit, (0,))
    leave.daemon = True
    leave.start()
    size = questions.read(LENGTH.size)
    leave.cancel()
    if len(size) < LENGTH.size:
        return None
    wanted = LENGTH.unpack(size)[0]
    content = questions.read(wanted)
    if len(content) < wanted:
        return None
    question: dict[str, Any] = pickle.loads(content)
    return question


def _send(answers: BinaryIO, letter: bytes, content: bytes) -> None:
    answers.write(letter + LENGTH.pack(len(content)))
    answers.write(content)
    answers.flush()


def _limit(memory: int, seconds: float) -> None:
    """Allow this process so much memory (bytes) more than it has, and, should nobody watch it, so much time."""
    try:
        import resource
    except ImportError:  # not on Windows: there the time alone is limited, by who asks
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    spent = int(used.ru_utime + used.ru_stime)
    for kind, most in ((resource.RLIMIT_AS, _size() + memory), (resource.RLIMIT_CPU, spent + int(4 * seconds) + 10)):
        _, hard = resource.getrlimit(kind)
        try:
            resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(hard, most), hard))
        except (ValueError, OSError):  # macOS knows the limit and does not let it be set
            continue


def _size() -> int:
    """Bytes of address space this process has now; a guess where the system does not say."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            return int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 2_000_000_000
