"""What a reader hands back: the contents of one file, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from dashboard.study import Role, Stage, Status, Theme, Turn

Kind = Literal["transcript", "survey", "participants", "codebook", "codings", "project"]


@dataclass(frozen=True)
class Speaker:
    """One label of a transcript, as written: turns it has, words it says, the role proposed or corrected."""

    name: str | None
    role: Role
    turns: int
    words: int


@dataclass(frozen=True)
class Column:
    """One column of a table: its header in full, unique within the table (``Comments``, ``Comments#2``), and its role.

    best: "high" or "low" where a scale's direction is known, "" where it is not a scale or must be asked.
    examples: up to three non-empty values, for the preview.
    """

    name: str
    role: str
    best: str = ""
    examples: tuple[str, ...] = ()


@dataclass(frozen=True)
class Row:
    """One person of a survey or of a participant sheet.

    number: 1-based, over the rows that hold data. id, name, email: as given, "" where not.
    attributes: header → value, both as text, without empty values. scores: header → number. date: ISO or "".
    """

    number: int
    id: str = ""
    name: str = ""
    email: str = ""
    date: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    scores: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class QuotedCoding:
    """One coding that came with a file: anchored by its text, and by position where the file gives one.

    document: the document or file that it quotes, "" where not said. start, end: code points into the document's text
    (the turns' texts joined by a newline), None where not given.
    """

    text: str
    theme: str
    document: str = ""
    participant: str = ""
    status: Status = "confirmed"
    coder: str = ""
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True)
class ParsedSource:
    """The contents of one file.

    format: the dialect, in a few words ("WebVTT, Teams"). turns: of every document, numbered through; for a survey,
    one turn an answer to an open question, ``speaker`` = the row's number as text and ``question`` = its column.
    respondents: rows with at least one answer. warnings: one sentence each, with the place.
    left_out: what was not taken and why, as sentences. date: ISO date the file itself gives, or "".
    """

    kind: Kind
    format: str
    turns: tuple[Turn, ...] = ()
    speakers: tuple[Speaker, ...] = ()
    rows: tuple[Row, ...] = ()
    respondents: int = 0
    columns: tuple[Column, ...] = ()
    score_kinds: Mapping[str, str] = field(default_factory=dict)  # header → nps, csat, ces or rating
    themes: tuple[Theme, ...] = ()
    journey: tuple[Stage, ...] = ()
    codings: tuple[QuotedCoding, ...] = ()
    documents: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    language: str = ""
    date: str = ""

    @property
    def responses(self) -> int:
        """Answers to open questions."""
        return len(self.turns) if self.kind == "survey" else 0
