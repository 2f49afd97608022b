"""Single turns and misheard words: what the file says, what a person made of it, and what the pages show by now."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from dashboard.errors import InvalidStudy, NotFound
from dashboard.evidence.engines import readings_of
from dashboard.evidence.parts import PartName
from dashboard.evidence.reading import Reading, as_read, correction_of, turns_of
from dashboard.intake.corrected import pattern_of
from dashboard.study import Correction, Piece, Turn, TurnCorrection
from dashboard.workspace import sources
from dashboard.workspace.access import Workspace
from dashboard.workspace.people import readings

MOST_EXAMPLES = 5
_AROUND = 40


@dataclass(frozen=True)
class FileTurn:
    """One turn as its file has it, and what a person made of it.

    pieces: what stands in its place now; joined: its first piece goes on with the turn before.
    """

    turn: int
    speaker: str
    text: str
    pieces: tuple[Piece, ...]
    joined: bool = False
    corrected: bool = False


@dataclass(frozen=True)
class Behind:
    """What stands behind the turns of one source as the pages show it.

    of: number of a turn on the pages → turns of the file that it is made of. waiting: numbers whose correction shows
    only after the next build. labels: speakers that a turn can be given to.
    """

    of: Mapping[int, tuple[FileTurn, ...]]
    waiting: frozenset[int]
    labels: tuple[str, ...]


def behind(ws: Workspace, study_id: str, source: str, *, only: Collection[int] | None = None) -> Behind | None:
    """What stands behind the turns of a source; None where another file has taken its place since the pages were built.

    only: numbers of the turns that are looked at; None: all.

    Raises NotFound where the source is not in the study, or was never built.
    """
    shown, now = _shown(ws, study_id, source), _now(ws, study_id, source)
    base, origins = as_read(shown, ws.parts)
    base_now, origins_now = as_read(now, ws.parts)
    if base.turns != base_now.turns:
        return None
    file = {turn.index: turn for turn in turns_of(base, ws.parts)}
    on_pages, by_now = turns_of(shown, ws.parts), turns_of(now, ws.parts)
    correction = _correction(ws, study_id, source)
    made = {each.turn: each for each in correction.turns}
    asked = [turn for turn in on_pages if only is None or turn.index in only]
    found = {
        turn.index: tuple(_file_turn(file[n], made.get(n), correction) for n in _of(turn, origins) if n in file)
        for turn in asked
    }
    before, after = _by_origin(on_pages, origins), _by_origin(by_now, origins_now)
    waiting = frozenset(turn.index for turn in asked if any(before.get(n) != after.get(n) for n in _of(turn, origins)))
    labels = dict.fromkeys(turn.speaker for turn in (*on_pages, *by_now) if turn.speaker)
    return Behind(found, waiting, tuple(labels))


def correct_turn(
    ws: Workspace, study_id: str, source: str, turn: int, *, pieces: Sequence[Piece], joined: bool = False
) -> tuple[Correction, Correction]:
    """Keep what a turn of the file becomes; no pieces: it is as the file has it again. What stood before, and now.

    turn: its number in the file. Raises NotFound where the file has no such turn, InvalidStudy for an empty piece.
    """
    base, _ = as_read(_now(ws, study_id, source), ws.parts)
    said = next((each for each in turns_of(base, ws.parts) if each.index == turn), None)
    if said is None:
        raise NotFound("This turn is not in the file any more; load the conversation again.")
    if any(not piece.text.strip() for piece in pieces):
        raise InvalidStudy("A turn cannot become empty; write what was said, or leave the stretch out on Sources.")
    before = _correction(ws, study_id, source)
    called = _called(said, before)
    others = tuple(each for each in before.turns if each.turn != turn)
    own = tuple(
        Piece(piece.text.strip(), None if piece.speaker in (said.speaker, called, "", None) else piece.speaker)
        for piece in pieces
    )
    if own == (Piece(said.text.strip()),):
        own = ()
    kept = (TurnCorrection(turn, said.text, own, joined and turn > 0),) if own or (joined and turn > 0) else ()
    after = replace(before, turns=tuple(sorted((*others, *kept), key=lambda each: each.turn)))
    sources.correct(ws, study_id, source, after)
    return before, after


@dataclass(frozen=True)
class Heard:
    """Where a word stands. examples: (source's name, before, the word as it stands, after)."""

    count: int
    sources: tuple[str, ...]
    examples: tuple[tuple[str, str, str, str], ...]


def heard(ws: Workspace, study_id: str, words: str) -> Heard:
    """How often a word or phrase was heard in the whole study, in which sources, with a few examples."""
    pattern = pattern_of(words)
    count = 0
    found: list[str] = []
    examples: list[tuple[str, str, str, str]] = []
    for reading in readings(ws, study_id):
        there = 0
        for text in ws.parts.read(reading.turns)["text"].to_pylist():
            for hit in pattern.finditer(text):
                there += 1
                if len(examples) < MOST_EXAMPLES and there <= 2:
                    before, after = text[max(0, hit.start() - _AROUND) : hit.start()], text[hit.end() :][:_AROUND]
                    examples.append((reading.name, before, hit.group(), after))
        if there:
            found.append(reading.source)
            count += there
    return Heard(count, tuple(found), tuple(examples))


def _shown(ws: Workspace, study_id: str, source: str) -> Reading:
    revision = ws.records.revision(study_id)
    names = [PartName.of(text) for text in revision.parts] if revision else []
    found = readings_of([name for name in names if name.source == source], ws.parts)
    if not found:
        raise NotFound("This source was not built yet; build the study first.")
    return found[0]


def _now(ws: Workspace, study_id: str, source: str) -> Reading:
    found = next((each for each in readings(ws, study_id) if each.source == source), None)
    if found is None:
        raise NotFound("This source is not in the study any more; go back and open another.")
    return found


def _correction(ws: Workspace, study_id: str, source: str) -> Correction:
    row = next(row for row in ws.records.sources(study_id) if row.id == source)
    return correction_of(ws.records.study(study_id), row.name, row.id, row.correction)


def _file_turn(turn: Turn, made: TurnCorrection | None, correction: Correction) -> FileTurn:
    pieces = (made.becomes if made else ()) or (Piece(turn.text),)
    joined = bool(made and made.joined)
    return FileTurn(turn.index, _called(turn, correction), turn.text, pieces, joined, made is not None)


def _called(turn: Turn, correction: Correction) -> str:
    """The name that the speaker of a turn goes by."""
    own = correction.speakers.get(turn.speaker or "")
    return (own.name if own else None) or turn.speaker or ""


def _of(turn: Turn, origins: Sequence[tuple[int, ...]]) -> tuple[int, ...]:
    return origins[turn.index] if turn.index < len(origins) else (turn.index,)


def _by_origin(turns: Sequence[Turn], origins: Sequence[tuple[int, ...]]) -> dict[int, list[tuple[str | None, str]]]:
    """Number of a turn in the file → who says what in its place."""
    found: dict[int, list[tuple[str | None, str]]] = {}
    for turn in turns:
        for number in _of(turn, origins):
            found.setdefault(number, []).append((turn.speaker, turn.text))
    return found
