"""Why a source cannot be read, remembered: what is refused is not read again at every look and every build.

What a reader refuses is a part like any other, named by what was read. What was stopped (by time, by memory, by a
crash) may get through on a calmer machine, so that is remembered until this process ends and no longer.
"""

from __future__ import annotations

import contextlib
from typing import Any

import pyarrow as pa

from dashboard.errors import EngineError, UnreadableFile
from dashboard.evidence.parts import Parts, name_of
from dashboard.intake.isolated import Limits, Stopped

_MOST = 2_000
_NOTHING = pa.table({"nothing": pa.array([], pa.int8())})
_stopped: dict[tuple[Parts, str, Limits], str] = {}


def check(parts: Parts, about: list[Any], limits: Limits) -> None:
    """Raise what was raised when this was read the last time. about: what the part is named by that it would become."""
    refused = name_of("refused", *about)
    if parts.has(refused):
        raise UnreadableFile(parts.note(refused))
    if said := _stopped.get((parts, refused, limits)):
        raise Stopped(said)


def remember(parts: Parts, about: list[Any], limits: Limits, problem: UnreadableFile) -> None:
    """Keep why this was not read."""
    refused = name_of("refused", *about)
    if isinstance(problem, Stopped):
        while len(_stopped) >= _MOST:
            _stopped.pop(next(iter(_stopped)), None)
        _stopped[parts, refused, limits] = str(problem)
        return
    with contextlib.suppress(EngineError):  # a disk that is full forgets, and the sentence is said all the same
        parts.write(refused, _NOTHING, note=str(problem))


def forget(parts: Parts, about: list[Any], limits: Limits) -> None:
    """Let what was stopped be tried once more."""
    _stopped.pop((parts, name_of("refused", *about), limits), None)
