"""A file as it was given, decoded once, and the shape of a reader."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from dashboard.intake.parsed import ParsedSource
from dashboard.study import Correction


@dataclass(frozen=True)
class Given:
    """One file: its bytes, its name, and its text (None: binary; line ends ``\\n``, no BOM)."""

    data: bytes
    name: str
    text: str | None
    encoding: str = ""


class Reader(NamedTuple):
    """One format family: how sure it is that a file is its own (0 … 1, by content), and how it reads it.

    ``read`` raises UnreadableFile and nothing else.
    """

    name: str
    sniff: Callable[[Given], float]
    read: Callable[[Given, Correction], ParsedSource]
