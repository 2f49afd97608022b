"""What a person corrected in one source turn by turn and word by word, each with the way back."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from dashboard.errors import NotFound
from dashboard.study import Correction
from dashboard.ui import frame, source_fields
from dashboard.ui.rows import Action, Event, Row, rows
from dashboard.workspace.sources import SourceCard

_MOST = 160


def corrected_list(study: str, card: SourceCard) -> None:
    """Draw the corrections of turns and words; nothing where there are none."""
    found = corrected_rows(card.correction)
    if not found:
        return
    frame.section(f"Corrected by a person ({len(found)})")
    rows(found, partial(_back, study, card), key=f"sources:corrected:{card.id}", label="Corrections", bounded=True)


def corrected_rows(correction: Correction) -> list[Row]:
    """One row a correction: what stands now, and what the file says."""
    back = (Action("back", "As in the file"),)
    found = []
    for each in correction.turns:
        now = [f"{piece.speaker}: {piece.text}" if piece.speaker else piece.text for piece in each.becomes]
        said = " / ".join(now) or "Goes on with the turn before"
        lines = (_short(said), f"In the file: {_short(each.text)}")
        found.append(Row(f"turn {each.turn}", f"Turn {each.turn + 1}", lines, (), back))
    for number, word in enumerate(correction.words):
        meant = f"“{word.meant}”" if word.meant else "nothing"
        found.append(Row(f"word {number}", f"“{word.heard}” is {meant}", (), (), back))
    return found


def without(correction: Correction, id: str) -> Correction:
    """The correction without the one that a row shows. Raises NotFound where it is gone."""
    kind, _, number = id.partition(" ")
    if kind == "turn":
        after = replace(correction, turns=tuple(each for each in correction.turns if str(each.turn) != number))
    else:
        words = tuple(word for n, word in enumerate(correction.words) if str(n) != number)
        after = replace(correction, words=words)
    if after == correction:
        raise NotFound("This correction was taken back already; reload the page.")
    return after


def _back(study: str, card: SourceCard, event: Event) -> None:
    after = without(card.correction, str(event["id"]))
    source_fields.correct(study, [(card.id, card.correction, after)], said=f"“{card.name}” is as in the file there.")


def _short(text: str) -> str:
    return text if len(text) <= _MOST else text[:_MOST].rstrip() + " …"
