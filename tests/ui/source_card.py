"""Small sources for tests, as the workspace hands them out."""

from __future__ import annotations

from datetime import UTC, datetime

from dashboard.evidence.reading import Summary
from dashboard.intake.parsed import Column, ParsedSource, Speaker
from dashboard.study import Correction, Role, Turn
from dashboard.workspace.sources import SourceCard

ADDED = datetime(2026, 3, 4, 9, 5, tzinfo=UTC)


def transcript(*speakers: tuple[str | None, Role], warnings: tuple[str, ...] = ()) -> ParsedSource:
    """A transcript of these speakers, with ten turns and a hundred words each."""
    return ParsedSource(
        "transcript",
        "WebVTT, Zoom",
        speakers=tuple(Speaker(name, role, 10, 100) for name, role in speakers),
        documents=("one",),
        warnings=warnings,
    )


def survey(*columns: tuple[str, str]) -> ParsedSource:
    """A survey with these columns (header, role)."""
    return ParsedSource(
        "survey",
        "CSV, survey",
        respondents=4,
        columns=tuple(Column(name, role, examples=("one", "two")) for name, role in columns),
    )


def card(
    id: str, parsed: ParsedSource | None, *, turns: int = 20, people: int = 0, error: str = "", size: int = 900
) -> SourceCard:
    """The card of one source; its name is its id with the ending ``.txt``."""
    ends = (Turn(0, "Ana", "Hello there."), Turn(turns - 1, "Bo", "Goodbye."))
    summary = None if parsed is None else Summary(parsed, turns, people, ends, "")
    return SourceCard(id, f"{id}.txt", size, summary, error, Correction(), ADDED)
