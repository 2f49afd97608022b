"""What was understood of one source, field by field, each open to correction: speakers, columns, date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import PurePosixPath

import streamlit as st

from dashboard.errors import InvalidStudy
from dashboard.intake.times import found_date
from dashboard.study import Correction
from dashboard.ui import frame, languages, session
from dashboard.ui.corrections import everywhere, in_clock, labels_of, with_column, with_detail, with_name, with_role
from dashboard.ui.rows import Column, Event, Line, Type, fields
from dashboard.ui.source_words import COLUMN_WORDS, ROLE_WORDS, count
from dashboard.workspace import people, sources
from dashboard.workspace.sources import SourceCard

UNDO, CHANGED, _PEOPLE = "sources:undo", "sources:changed", "sources:people"
_MOST_UNDO = 50
_ABOUT = ("date", "recording", "left_out", "language")
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
        found = people.people(session.workspace(), study)
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
            Column("name", "Speaker", "words", placeholder="no name"),
            Column("said", "Says", quiet=True),
            Column("role", "Role", "choice", options=_ROLES),
            Column("participant", "Participant id", "words", placeholder="as matched"),
            Column("everywhere", "In every file", "button"),
        ),
        partial(_speaker, study, card, cards),
        key=f"sources:speakers:{card.id}",
        label="Who speaks",
    )


def speaker_lines(card: SourceCard, cards: Sequence[SourceCard], of: Mapping[str, str]) -> list[Line]:
    """One line a speaker's label, by position: several may have no name. of: mention → participant."""
    if card.summary is None:
        return []
    found = []
    for position, speaker in enumerate(card.summary.parsed.speakers):
        label = speaker.name or ""
        others = len(everywhere(cards, label, speaker.role)) if label else 0
        known = labels_of(card.correction, label)
        written = f", in the file {' and '.join(known)}" if known else ""
        cells = {
            "name": label,
            "said": f"{count(speaker.turns, 'turn')}, {count(speaker.words, 'word')}{written}",
            "role": speaker.role,
            "participant": of.get(_mention(card, label), "") if speaker.role == "participant" else "",
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
    lines = detail_lines(card, dated(study, card))
    frame.section("About the file")
    _details(study, card, [line for line in lines if line.id in _ABOUT], "about")
    with st.expander("Was the file read wrongly?", expanded=card.summary is None):
        _details(study, card, [line for line in lines if line.id not in _ABOUT], "reading")


def _details(study: str, card: SourceCard, lines: Sequence[Line], name: str) -> None:
    fields(
        lines,
        (
            Column("what", "What"),
            Column("value", "Value", "words", placeholder="as read"),
            Column("note", "", quiet=True),
        ),
        partial(_detail, study, card),
        key=f"sources:{name}:{card.id}",
        label="About the file" if name == "about" else "How the file is read",
        headless=True,
    )


def dated(study: str, card: SourceCard) -> str:
    """Where the date of a source comes from, in words; that it is missing where an interview has none."""
    if card.summary is None or card.summary.parsed.kind not in ("transcript", "project"):
        return ""
    date = card.summary.parsed.date
    if date:
        if card.correction.date:
            return "as corrected"
        return "from the file's name" if found_date(PurePosixPath(card.name).name) == date else "from the file"
    speaking = {_people(study).get(_mention(card, s.name or "")) for s in card.summary.parsed.speakers}
    sheet = people.sheet_dates(session.workspace(), study)
    found = sorted({sheet[person] for person in speaking if person and person in sheet})
    if found:
        return f"not in the file; the participant sheet says {found[0]}"
    return "nothing says when this was; write it, so that it stands in trends"


def detail_lines(card: SourceCard, dated: str = "") -> list[Line]:
    """One line a field of the file that can be corrected; those of its kind alone. dated: where the date is from."""
    said = card.correction
    parsed = card.summary.parsed if card.summary else None
    kind = parsed.kind if parsed else ""
    date = (parsed.date if parsed else "") or said.date or ""
    spoken = kind in ("transcript", "project")
    found = [("date", "Date", date, dated)]
    if spoken:
        found.append(("recording", "Address of the recording", said.recording or "", "a quote opens it at its second"))
        found.append(("left_out", "Leave out", in_clock(said.left_out), "for example 00:00 to 03:10"))
    if parsed and (spoken or kind == "survey"):
        language = said.language or parsed.language
        found.append(("language", "Language", language, languages.in_words(language)))
    if kind in ("survey", "participants", "codings", "codebook", ""):
        found.append(("sheet", "Sheet of the workbook", said.sheet or "", ""))
        found.append(("header_row", "Row of the headers", str(said.header_row or ""), "counted from 1"))
    found.append(("encoding", "Encoding of the text", said.encoding or "", "for example utf-8 or cp1252"))
    types: dict[str, Type] = {"date": "date", "recording": "url"}
    return [
        Line(name, words, {"what": words, "value": value, "note": note}, types.get(name, "text"))
        for name, words, value, note in found
    ]


def correct(study: str, found: Sequence[tuple[str, Correction, Correction]], *, said: str) -> None:
    """Keep corrections of several sources as one step that can be undone. found: (source, before, after)."""
    changed = [(source, before, after) for source, before, after in found if before != after]
    if not changed:
        return
    sources.correct_all(session.workspace(), study, {source: after for source, _, after in changed})
    kept(study, changed, said=said)


def kept(study: str, changed: Sequence[tuple[str, Correction, Correction]], *, said: str) -> None:
    """Remember corrections that were kept as one step that can be undone. changed: (source, before, after)."""
    if all(before == after for _, before, after in changed):
        return
    session.keep(CHANGED, True)
    steps = [*session.kept(UNDO, []), (study, said, tuple((source, before) for source, before, _ in changed))]
    session.keep(UNDO, steps[-_MOST_UNDO:])


def undo_line(study: str) -> None:
    """What was corrected last, and the button that undoes it."""
    steps = [step for step in session.kept(UNDO, []) if step[0] == study]
    if steps:
        with st.container(horizontal=True, vertical_alignment="center", key="sources-corrected"):
            frame.say(steps[-1][1], tone="done")
            st.button("Undo", key="sources:undo-button", on_click=_undo, args=(study, steps[-1]))


def _undo(study: str, step: tuple[str, str, tuple[tuple[str, Correction], ...]]) -> None:
    with session.doing():
        sources.correct_all(session.workspace(), study, dict(step[2]))
        session.keep(CHANGED, True)
        session.keep(UNDO, [other for other in session.kept(UNDO, []) if other is not step])


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
    elif event.get("column") == "name":
        _name(study, card, label, str(event["value"]).strip())
    elif event.get("column") == "role":
        role = str(event["value"])
        said = f"“{label or 'no name'}” is {ROLE_WORDS.get(role, role)} in “{card.name}” now."
        correct(study, [(card.id, before, with_role(before, label, role))], said=said)
    elif event.get("column") == "participant":
        participant = str(event["value"]).strip()
        if not participant or speaker.role != "participant":
            raise InvalidStudy("Only a participant has a participant id; give the role first, then write the id.")
        people.confirm(session.workspace(), study, [_mention(card, label)], participant)
        session.keep(CHANGED, True)
        session.notice(f"“{label or 'no name'}” in “{card.name}” is {participant} now.")


def _name(study: str, card: SourceCard, label: str, name: str) -> None:
    """Another name for a speaker: the name of another speaker makes the two one; an empty one takes it back."""
    if not label:
        raise InvalidStudy("What has no name in the file is given a name turn by turn, in the conversation.")
    known = labels_of(card.correction, label)
    others = {speaker.name for speaker in card.summary.parsed.speakers} if card.summary else set()
    after = with_name(card.correction, label, name, labels=known)
    if name and name in others and name != label:
        said = f"“{label}” and “{name}” are one speaker in “{card.name}” now."
    else:
        said = f"“{label}” goes by {f'“{name}”' if name else 'the label of the file'} in “{card.name}” now."
    correct(study, [(card.id, card.correction, after)], said=said)


def _mention(card: SourceCard, label: str) -> str:
    return f"speaker {card.id}/{label}"


def _column(study: str, card: SourceCard, event: Event) -> None:
    header, role = str(event["id"]), str(event["value"])
    said = f"“{header}” of “{card.name}” is {COLUMN_WORDS.get(role, role)} now."
    correct(study, [(card.id, card.correction, with_column(card.correction, header, role))], said=said)


def _detail(study: str, card: SourceCard, event: Event) -> None:
    after = with_detail(card.correction, str(event["id"]), str(event["value"]))
    correct(study, [(card.id, card.correction, after)], said=f"“{card.name}” was corrected.")
