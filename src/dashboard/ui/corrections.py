"""Corrections to what was read, as a person makes them one by one: values in, values out."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace

from dashboard.errors import InvalidStudy
from dashboard.study import COLUMN_ROLES, ROLES, Correction, SpeakerCorrection
from dashboard.workspace.sources import SourceCard


def with_role(correction: Correction, label: str, role: str) -> Correction:
    """The correction with another role for one speaker's label. Raises InvalidStudy for a role there is not."""
    if role not in ROLES:
        raise InvalidStudy(f"A speaker cannot be “{role}”; choose one of: {', '.join(ROLES)}.")
    own = correction.speakers.get(label, SpeakerCorrection())
    return replace(correction, speakers={**correction.speakers, label: replace(own, role=role)})


def with_column(correction: Correction, header: str, role: str) -> Correction:
    """The correction with another role for one column. Raises InvalidStudy for a role there is not."""
    if role not in COLUMN_ROLES:
        raise InvalidStudy(f"A column cannot be “{role}”; choose one of: {', '.join(COLUMN_ROLES)}.")
    return replace(correction, columns={**correction.columns, header: role})


def with_detail(correction: Correction, name: str, value: str) -> Correction:
    """The correction with another date, recording, sheet, header row or encoding; "" takes the word back.

    Raises InvalidStudy where the value cannot be one.
    """
    said = value.strip()
    match name:
        case "date":
            return replace(correction, date=_date(said))
        case "recording":
            if said and not said.startswith(("https://", "http://")):
                raise InvalidStudy(f"“{said}” is no address of a recording; it should begin with https://.")
            return replace(correction, recording=said or None)
        case "header_row":
            if said and not (said.isdecimal() and 0 < int(said) < 10_000):
                raise InvalidStudy(f"The header cannot stand in row “{said}”; write its number, counted from 1.")
            return replace(correction, header_row=int(said) if said else None)
        case "sheet":
            return replace(correction, sheet=said or None)
        case "encoding":
            return replace(correction, encoding=said or None)
    raise InvalidStudy(f"There is nothing called “{name}” to correct in a source; choose a field of the page.")


def everywhere(cards: Sequence[SourceCard], label: str, role: str) -> list[tuple[str, Correction]]:
    """(source, correction) for every source with this label whose role is another one."""
    return [
        (card.id, with_role(card.correction, label, role))
        for card in cards
        if card.summary
        and any(speaker.name == label and speaker.role != role for speaker in card.summary.parsed.speakers)
    ]


def _date(said: str) -> str | None:
    if not said:
        return None
    try:
        return datetime.date.fromisoformat(said).isoformat()
    except ValueError as problem:
        raise InvalidStudy(f"“{said}” is no date; write it as year-month-day, for example 2026-03-31.") from problem
