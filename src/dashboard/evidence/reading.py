"""Sources → what was read of them: two parts a source (turns, rows), with everything else in the note of the first."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyarrow as pa

from dashboard.errors import UnreadableFile
from dashboard.evidence import refusals
from dashboard.evidence.parts import Parts, name_of
from dashboard.intake import isolated
from dashboard.intake.corrected import corrected, says_something, who_interviews
from dashboard.intake.parsed import Column, ParsedSource, QuotedCoding, Row, Speaker
from dashboard.study import Correction, SourceKind, Stage, Study, Theme, Turn

READ_VERSION = 2
"""Raised whenever a reader may understand a file differently: every source is then read again."""
CORRECT_VERSION = 1
"""Raised whenever a correction is laid over what was read in another way."""

TURNS = pa.schema(
    [
        ("turn", pa.int32()),
        ("document", pa.string()),
        ("speaker", pa.string()),
        ("role", pa.string()),
        ("text", pa.string()),
        ("start", pa.float64()),
        ("end", pa.float64()),
        ("question", pa.string()),
    ]
)
ROWS = pa.schema(
    [
        ("number", pa.int32()),
        ("id", pa.string()),
        ("name", pa.string()),
        ("email", pa.string()),
        ("date", pa.string()),
        ("attributes", pa.string()),
        ("scores", pa.string()),
    ]
)
SURVEY_KINDS = ("survey",)
NOBODY_IN_PARTICULAR = frozenset(
    (
        "speaker",
        "participant",
        "interviewee",
        "respondent",
        "customer",
        "user",
        "guest",
        "unknown",
        "p",
        "r",
        "a",
        "b",
        "s",
    )
)
"""Labels that, with or without a number, mean somebody else in each file."""


@dataclass(frozen=True)
class Reading:
    """Where the parts of one source stand."""

    source: str
    name: str
    turns: str
    rows: str


def source_kind(parsed: ParsedSource) -> SourceKind:
    """Whether what a source holds counts as interview or as survey."""
    return "survey" if parsed.kind in SURVEY_KINDS else "interview"


def correction_of(study: Study, name: str, source: str, own: Correction) -> Correction:
    """The corrections of one source: those of study.yaml (by file name or source id), and a person's own over them."""
    written = study.corrections.get(source) or study.corrections.get(name) or Correction()
    return Correction(
        speakers={**written.speakers, **own.speakers},
        columns={**written.columns, **own.columns},
        date=own.date or written.date,
        recording=own.recording or written.recording,
        sheet=own.sheet or written.sheet,
        header_row=own.header_row or written.header_row,
        encoding=own.encoding or written.encoding,
        language=own.language or written.language,
        turns=tuple({(each.turn, each.text): each for each in (*written.turns, *own.turns)}.values()),
        words=tuple(dict.fromkeys((*written.words, *own.words))),
        left_out=tuple(dict.fromkeys((*written.left_out, *own.left_out))),
    )


def read_source(
    data: Callable[[], bytes],
    name: str,
    *,
    digest: str,
    source: str,
    correction: Correction,
    interviewers: Collection[str],
    parts: Parts,
    limits: isolated.Limits = isolated.USUAL,
    afresh: bool = False,
) -> Reading:
    """The parts of one source, made if they are missing; only then ``data`` is asked for. Raises UnreadableFile.

    The file is read once, and what a person corrected is laid over what was read: correcting reads no file again. A
    file that was refused is refused again unread. afresh: one whose reading was stopped is tried once more.
    """
    taken = Correction(
        columns=correction.columns,
        sheet=correction.sheet,
        header_row=correction.header_row,
        encoding=correction.encoding,
    )
    about = [digest, name, asdict(taken), READ_VERSION]
    reading = Reading(source, name, name_of("turns", *about), name_of("rows", *about))
    if not (parts.has(reading.turns) and parts.has(reading.rows)):
        if afresh:
            refusals.forget(parts, about, limits)
        refusals.check(parts, about, limits)
        given = data()
        try:
            parsed = isolated.read(given, name, limits=limits, correction=taken)
        except UnreadableFile as problem:
            refusals.remember(parts, about, limits, problem)
            raise
        parts.write(reading.rows, _rows_table(parsed.rows))
        parts.write(reading.turns, _turns_table(parsed.turns), note={"name": name, **_note_of(parsed, taken)})
    as_read = summary_of(reading, parts).parsed
    interview = who_interviews(as_read, correction, interviewers)
    if not interview and not says_something(correction):
        return reading
    laid = replace(reading, turns=name_of("turns", reading.turns, asdict(correction), interview, CORRECT_VERSION))
    if not parts.has(laid.turns):
        whole = replace(as_read, turns=turns_of(reading, parts))
        found = corrected(whole, correction, interviewers=interview)
        note = {"name": name, **_note_of(found.parsed, correction)}
        note |= {key: value for key, value in parts.note(reading.turns).items() if key in ("people", "people_ends")}
        note |= {"as_read": reading.turns, "origins": found.origins}
        parts.write(laid.turns, _turns_table(found.parsed.turns), note=note)
    return laid


def turns_of(reading: Reading, parts: Parts) -> tuple[Turn, ...]:
    """The turns of a source."""
    return tuple(
        Turn(
            index=row["turn"],
            speaker=row["speaker"] or None,
            text=row["text"],
            role=row["role"],
            start=row["start"],
            end=row["end"],
            question=row["question"],
            document=row["document"],
        )
        for row in parts.read(reading.turns).to_pylist()
    )


def as_read(reading: Reading, parts: Parts) -> tuple[Reading, tuple[tuple[int, ...], ...]]:
    """The source as its file is read, and for each turn of ``reading`` the numbers of the turns it was made of there.

    Nothing is said of the turns (an empty tuple) where nothing was corrected: each is then its own.
    """
    note = parts.note(reading.turns)
    origins = tuple(tuple(numbers) for numbers in note.get("origins", ()))
    return replace(reading, turns=note.get("as_read", reading.turns)), origins


@dataclass(frozen=True)
class Summary:
    """What was read of a source, without its turns and rows.

    turns, people: how many there are. ends: the first and the last turn, where there are any; people_ends: the first
    and the last row of a sheet or a survey.
    """

    parsed: ParsedSource
    turns: int
    people: int
    ends: tuple[Turn, ...]
    recording: str
    people_ends: tuple[Row, ...] = ()


def summary_of(reading: Reading, parts: Parts) -> Summary:
    """What was read of a source, from the note of its part alone."""
    return _summary(parts.folder, reading.turns)


@lru_cache(maxsize=2_000)
def _summary(folder: Path, turns: str) -> Summary:
    """Parts never change, so what their notes say is read once."""
    note = Parts(folder).note(turns)
    return Summary(
        _parsed_of_note(note),
        note["answers"],
        note["people"],
        tuple(Turn(**turn) for turn in note["ends"]),
        note["recording"],
        tuple(Row(**row) for row in note.get("people_ends", ())),
    )


def rows_of(reading: Reading, parts: Parts) -> tuple[Row, ...]:
    """The people of a survey or a sheet."""
    return tuple(
        Row(
            number=row["number"],
            id=row["id"],
            name=row["name"],
            email=row["email"],
            date=row["date"],
            attributes=json.loads(row["attributes"]),
            scores=json.loads(row["scores"]),
        )
        for row in parts.read(reading.rows).to_pylist()
    )


def common_interviewers(speakers: Iterable[Sequence[Speaker]]) -> frozenset[str]:
    """Labels that occur in so many transcripts that they can only be who interviews.

    In at least three files, and in at least half of those with two speakers or more. Labels that name nobody in
    particular ("Speaker 1", "Participant") say nothing: each file means somebody else by them.
    """
    files = [{speaker.name for speaker in file if speaker.name} for file in speakers]
    conversations = [labels for labels in files if len(labels) > 1]
    counts = Counter(label for labels in conversations for label in labels)
    enough = max(3, len(conversations) / 2)
    return frozenset(label for label, files_with in counts.items() if files_with >= enough and not _is_generic(label))


def _is_generic(label: str) -> bool:
    word = label.casefold().strip("0123456789 .:#_-")
    return word in NOBODY_IN_PARTICULAR or not word


def _turns_table(turns: Sequence[Turn]) -> pa.Table:
    columns = {
        "turn": [turn.index for turn in turns],
        "document": [turn.document for turn in turns],
        "speaker": [turn.speaker or "" for turn in turns],
        "role": [turn.role for turn in turns],
        "text": [turn.text for turn in turns],
        "start": [turn.start for turn in turns],
        "end": [turn.end for turn in turns],
        "question": [turn.question for turn in turns],
    }
    return pa.table(columns, schema=TURNS)


def _rows_table(rows: Sequence[Row]) -> pa.Table:
    columns: dict[str, list[Any]] = {
        "number": [row.number for row in rows],
        "id": [row.id for row in rows],
        "name": [row.name for row in rows],
        "email": [row.email for row in rows],
        "date": [row.date for row in rows],
        "attributes": [json.dumps(dict(row.attributes), ensure_ascii=False) for row in rows],
        "scores": [json.dumps(dict(row.scores)) for row in rows],
    }
    return pa.table(columns, schema=ROWS)


def _note_of(parsed: ParsedSource, correction: Correction) -> dict[str, Any]:
    note = asdict(replace(parsed, turns=(), rows=()))
    note["date"] = correction.date or parsed.date
    note["recording"] = correction.recording or ""
    note["answers"] = len(parsed.turns)
    note["people"] = len(parsed.rows)
    note["people_ends"] = [asdict(row) for row in (parsed.rows[:1] + parsed.rows[1:][-1:])]
    note["ends"] = [asdict(turn) for turn in (parsed.turns[:1] + parsed.turns[-1:])]
    return note


def _parsed_of_note(note: dict[str, Any]) -> ParsedSource:
    return ParsedSource(
        kind=note["kind"],
        format=note["format"],
        speakers=tuple(Speaker(**speaker) for speaker in note["speakers"]),
        respondents=note["respondents"],
        columns=tuple(Column(**{**column, "examples": tuple(column["examples"])}) for column in note["columns"]),
        score_kinds=note["score_kinds"],
        themes=tuple(
            Theme(**{**theme, **{key: tuple(theme[key]) for key in ("cues", "include", "exclude")}})
            for theme in note["themes"]
        ),
        journey=tuple(Stage(**{**stage, "cues": tuple(stage["cues"])}) for stage in note["journey"]),
        codings=tuple(QuotedCoding(**coding) for coding in note["codings"]),
        documents=tuple(note["documents"]),
        warnings=tuple(note["warnings"]),
        left_out=tuple(note["left_out"]),
        language=note["language"],
        date=note["date"],
    )
