"""What a file holds without one person: their turns, rows and codings gone, their name replaced where others say it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from dashboard.intake.names import id_key
from dashboard.intake.parsed import Column, ParsedSource, QuotedCoding, Row
from dashboard.intake.traces import Mark, Traces
from dashboard.intake.turns import speakers as speakers_of
from dashboard.study import Turn

SPOKEN = ("transcript", "project")


@dataclass(frozen=True)
class Left:
    """What is left of a file.

    moved: number of a turn before → its number now; turns that went are not in it. marks: number of a turn before →
    where a name was replaced in its text. turns, rows, codings, names: how many went, or were replaced.
    """

    parsed: ParsedSource
    moved: dict[int, int]
    marks: dict[int, tuple[Mark, ...]]
    turns: int = 0
    rows: int = 0
    codings: int = 0
    names: int = 0

    @property
    def empty(self) -> bool:
        """Whether nobody is left who was heard or stands in it."""
        parsed = self.parsed
        gone = bool(self.turns or self.rows)
        said = any(turn.role == "participant" for turn in parsed.turns)
        return gone and not said and not parsed.rows and not parsed.codings and not parsed.themes


def taken_out(
    parsed: ParsedSource, traces: Traces, *, labels: Collection[str], numbers: Collection[int], ids: Collection[str]
) -> Left:
    """What a file holds without a person. labels: of theirs as speakers; numbers: of their rows; ids: they go by.

    ``traces.words`` are what they said in the whole study: codings that quote it go as well.
    """
    spoken = parsed.kind in SPOKEN
    said_by = set(labels) if spoken else {str(number) for number in numbers}
    kept: list[Turn] = []
    moved: dict[int, int] = {}
    marks: dict[int, tuple[Mark, ...]] = {}
    names = 0

    def clean(text: str) -> str:
        nonlocal names
        found = traces.named(text)
        names += len(found)
        return traces.unnamed(text) if found else text

    for turn in parsed.turns:
        theirs = (turn.speaker or "") in said_by and (not spoken or turn.role == "participant")
        if theirs:
            continue
        found = tuple(traces.named(turn.text))
        if found:
            marks[turn.index] = found
        moved[turn.index] = len(kept)
        kept.append(
            replace(
                turn,
                index=len(kept),
                text=clean(turn.text),
                speaker=turn.speaker and clean(turn.speaker),
                question=traces.without(turn.question),
                document=traces.unnamed(turn.document),
            )
        )
    rows = tuple(_row(row, traces) for row in parsed.rows if row.number not in numbers)
    keys = {id_key(each) for each in ids if id_key(each)}
    codings = tuple(_coding(each, traces) for each in parsed.codings if not _of_them(each, keys, traces))
    gone_rows = len(parsed.rows) - len(rows)
    gone = [value for row in parsed.rows if row.number in numbers for value in _values(row)]
    gone += [turn.text[:120] for turn in parsed.turns if turn.index not in moved]
    turns = tuple(kept)
    left = replace(
        parsed,
        turns=turns,
        speakers=speakers_of(turns) if spoken and turns else (),
        rows=rows,
        respondents=max(0, parsed.respondents - gone_rows) if parsed.respondents else 0,
        columns=tuple(_column(column, frozenset(gone), traces) for column in parsed.columns),
        codings=codings,
        themes=tuple(
            replace(
                theme,
                definition=traces.without(theme.definition),
                cues=tuple(cue for cue in theme.cues if not traces.named(cue)),
                include=tuple(each for each in theme.include if traces.without(each) == each),
                exclude=tuple(each for each in theme.exclude if traces.without(each) == each),
            )
            for theme in parsed.themes
        ),
        documents=tuple(traces.unnamed(name) for name in parsed.documents),
        warnings=tuple(traces.without(warning) for warning in parsed.warnings),
        left_out=tuple(traces.without(sentence) for sentence in parsed.left_out),
    )
    went = len(parsed.turns) - len(turns)
    return Left(left, moved, marks, went, gone_rows, len(parsed.codings) - len(codings), names)


def _of_them(coding: QuotedCoding, keys: Collection[str], traces: Traces) -> bool:
    return (bool(coding.participant) and id_key(coding.participant) in keys) or bool(
        traces.quoted(coding.text) or traces.named(coding.participant)
    )


def _coding(coding: QuotedCoding, traces: Traces) -> QuotedCoding:
    text = traces.unnamed(coding.text)
    placed = text == coding.text  # a position counts in a text that has changed: the words are found by themselves
    return replace(
        coding,
        text=text,
        document=traces.unnamed(coding.document),
        start=coding.start if placed and not traces.words else None,
        end=coding.end if placed and not traces.words else None,
    )


def _row(row: Row, traces: Traces) -> Row:
    return replace(
        row,
        name=traces.unnamed(row.name),
        attributes={name: traces.without(value) for name, value in row.attributes.items()},
    )


def _column(column: Column, gone: Collection[str], traces: Traces) -> Column:
    examples = tuple(each for each in column.examples if each not in gone and traces.without(each) == each)
    return replace(column, examples=examples)


def _values(row: Row) -> list[str]:
    scores = [f"{score:g}" for score in row.scores.values()]
    return [value[:120] for value in (row.id, row.name, row.email, *row.attributes.values(), *scores) if value]
