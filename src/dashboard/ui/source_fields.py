"""What was understood of one source, field by field, each open to correction: speakers, columns, date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

import streamlit as st

from dashboard.errors import InvalidStudy
from dashboard.study import Correction
from dashboard.ui import frame, session
from dashboard.ui.corrections import everywhere, with_column, with_detail, with_role
from dashboard.ui.rows import Column, Event, Line, Type, fields
from dashboard.ui.source_words import COLUMN_WORDS, ROLE_WORDS
from dashboard.workspace import sources
from dashboard.workspace.sources import SourceCard

UNDO, CHANGED, _PEOPLE = "sources:undo", "sources:changed", "sources:people"
_MOST_UNDO = 50
_ABOUT = ("date", "recording")
_ROLES = tuple(ROLE_WORDS.items())
_COLUMN_ROLES = tuple(COLUMN_WORDS.items())


def begin() -> None:
    """Begin a run in which the sources are looked at afresh."""
    session.keep(CHANGED, False)
    session.keep(_PEOPLE, None)


def _people(study: str) -> Mapping[str, str]:
    """Mention → participant; asked for once a run of the page, however many sources are looked at in it."""
    found: Mapping[str, str] | None = session.kept(_PEOPLE)
    if found is None:
        found = sources.people(session.workspace(), study)
        session.keep(_PEOPLE, found)
    return found


def speakers(study: str, card: SourceCard, cards: Sequence[SourceCard]) -> None:
    """Draw who speaks, with role and participant to be corrected; a role can be given to a label in every file."""
    if card.summary is None or not card.summary.parsed.speakers:
        return
    frame.section("Who speaks")
    fields(
        speaker_lines(card, cards, _people(study)),
        (
            Column("label", "Label in the file"),
            Column("said", "Says", quiet=True),
            Column("role", "Role", "choice", options=_ROLES),
            Column("participant", "Participant id", "words", placeholder="as matched"),
            Column("everywhere", "In every file", "button"),
        ),
        partial(_speaker, study, card, cards),
        key=f"sources:speakers:{card.id}",
        label="Who speaks",
    )


def speaker_lines(card: SourceCard, cards: Sequence[SourceCard], people: Mapping[str, str]) -> list[Line]:
    """One line a speaker's label, by position: several may have no name. people: mention → participant."""
    if card.summary is None:
        return []
    found = []
    for position, speaker in enumerate(card.summary.parsed.speakers):
        label = speaker.name or ""
        others = len(everywhere(cards, label, speaker.role)) if label else 0
        cells = {
            "label": label or "no name",
            "said": f"{speaker.turns:,} turns, {speaker.words:,} words",
            "role": speaker.role,
            "participant": people.get(_mention(card, label), "") if speaker.role == "participant" else "",
            "everywhere": f"Same role in {others} other file{'' if others == 1 else 's'}" if others else "",
        }
        found.append(Line(str(position), label or "no name", cells))
    return found


def columns(study: str, card: SourceCard) -> None:
    """Draw the columns of a table with examples; each role can be corrected."""
    if card.summary is None or not card.summary.parsed.columns:
        return
    frame.section(f"Columns ({len(card.summary.parsed.columns)})")
    fields(
        column_lines(card),
        (
            Column("name", "Header"),
            Column("role", "Holds", "choice", options=_COLUMN_ROLES),
            Column("examples", "For example", quiet=True),
        ),
        partial(_column, study, card),
        key=f"sources:columns:{card.id}",
        label="Columns",
    )


def column_lines(card: SourceCard) -> list[Line]:
    """One line a column."""
    if card.summary is None:
        return []
    return [
        Line(
            column.name,
            column.name,
            {"name": column.name, "role": column.role, "examples": " · ".join(column.examples) or "empty"},
        )
        for column in card.summary.parsed.columns
    ]


def details(study: str, card: SourceCard) -> None:
    """Draw what the file as a whole says: its date, its recording, and how it was read, to be corrected."""
    lines = detail_lines(card)
    frame.section("About the file")
    _details(study, card, [line for line in lines if line.id in _ABOUT], "about")
    with st.expander("Was the file read wrongly?", expanded=card.summary is None):
        _details(study, card, [line for line in lines if line.id not in _ABOUT], "reading")


def _details(study: str, card: SourceCard, lines: Sequence[Line], name: str) -> None:
    fields(
        lines,
        (Column("what", "What"), Column("value", "Value", "words", placeholder="as read")),
        partial(_detail, study, card),
        key=f"sources:{name}:{card.id}",
        label="About the file" if name == "about" else "How the file is read",
        headless=True,
    )


def detail_lines(card: SourceCard) -> list[Line]:
    """One line a field of the file that can be corrected; those of its kind alone."""
    said = card.correction
    kind = card.summary.parsed.kind if card.summary else ""
    date = (card.summary.parsed.date if card.summary else "") or said.date or ""
    found = [("date", "Date", date)]
    if kind in ("transcript", "project"):
        found.append(("recording", "Address of the recording", said.recording or ""))
    if kind in ("survey", "participants", "codings", ""):
        found.append(("sheet", "Sheet of the workbook", said.sheet or ""))
        found.append(("header_row", "Row of the headers", str(said.header_row or "")))
    found.append(("encoding", "Encoding of the text", said.encoding or ""))
    types: dict[str, Type] = {"date": "date", "recording": "url"}
    return [Line(name, words, {"what": words, "value": value}, types.get(name, "text")) for name, words, value in found]


def correct(study: str, found: Sequence[tuple[str, Correction, Correction]], *, said: str) -> None:
    """Keep corrections of several sources as one step that can be undone. found: (source, before, after)."""
    changed = [(source, before, after) for source, before, after in found if before != after]
    if not changed:
        return
    for source, _, after in changed:
        sources.correct(session.workspace(), study, source, after)
    session.keep(CHANGED, True)
    steps = [*session.kept(UNDO, []), (study, said, tuple((source, before) for source, before, _ in changed))]
    session.keep(UNDO, steps[-_MOST_UNDO:])


def _speaker(study: str, card: SourceCard, cards: Sequence[SourceCard], event: Event) -> None:
    if card.summary is None:
        return
    speaker = card.summary.parsed.speakers[int(event["id"])]
    label, before = speaker.name or "", card.correction
    if event.get("do") == "everywhere":
        by_id = {other.id: other.correction for other in cards}
        after = everywhere(cards, label, speaker.role)
        said = f"“{label}” {ROLE_WORDS[speaker.role]} in {len(after) + 1} files now."
        correct(study, [(source, by_id[source], correction) for source, correction in after], said=said)
    elif event.get("column") == "role":
        role = str(event["value"])
        said = f"“{label or 'no name'}” is {ROLE_WORDS.get(role, role)} in “{card.name}” now."
        correct(study, [(card.id, before, with_role(before, label, role))], said=said)
    elif event.get("column") == "participant":
        participant = str(event["value"]).strip()
        if not participant or speaker.role != "participant":
            raise InvalidStudy("Only a participant has a participant id; give the role first, then write the id.")
        sources.confirm(session.workspace(), study, [_mention(card, label)], participant)
        session.keep(CHANGED, True)
        session.notice(f"“{label or 'no name'}” in “{card.name}” is {participant} now.")


def _mention(card: SourceCard, label: str) -> str:
    return f"speaker {card.id}/{label}"


def _column(study: str, card: SourceCard, event: Event) -> None:
    header, role = str(event["id"]), str(event["value"])
    said = f"“{header}” of “{card.name}” is {COLUMN_WORDS.get(role, role)} now."
    correct(study, [(card.id, card.correction, with_column(card.correction, header, role))], said=said)


def _detail(study: str, card: SourceCard, event: Event) -> None:
    after = with_detail(card.correction, str(event["id"]), str(event["value"]))
    correct(study, [(card.id, card.correction, after)], said=f"“{card.name}” was corrected.")
