"""Corrections to what was read, as a person makes them one by one: values in, values out."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import replace

from dashboard.errors import InvalidStudy
from dashboard.study import COLUMN_ROLES, ROLES, Correction, SpeakerCorrection, WordCorrection
from dashboard.study_corrections import clock_of, seconds_of
from dashboard.workspace.sources import SourceCard


def with_role(correction: Correction, label: str, role: str) -> Correction:
    """The correction with another role for one speaker's label. Raises InvalidStudy for a role there is not."""
    if role not in ROLES:
        raise InvalidStudy(f"A speaker cannot be “{role}”; choose one of: {', '.join(ROLES)}.")
    own = correction.speakers.get(label, SpeakerCorrection())
    return replace(correction, speakers={**correction.speakers, label: replace(own, role=role)})


def with_name(correction: Correction, label: str, name: str, *, labels: Sequence[str] = ()) -> Correction:
    """The correction with another name for a speaker; two labels with one name are one speaker, "" takes it back.

    label: the name it goes by now. labels: the file's labels that go by it, where there are any other.
    """
    speakers = dict(correction.speakers)
    for each in labels or (label,):
        own = speakers.get(each, SpeakerCorrection())
        speakers[each] = replace(own, name=name.strip() if name.strip() not in ("", each) else None)
    return replace(correction, speakers={each: own for each, own in speakers.items() if own != SpeakerCorrection()})


def labels_of(correction: Correction, name: str) -> tuple[str, ...]:
    """The file's labels that go by this name because a person said so.

    >>> labels_of(Correction(speakers={"Jon": SpeakerCorrection(name="John")}), "John")
    ('Jon',)
    """
    return tuple(label for label, own in correction.speakers.items() if own.name == name and label != name)


def with_word(correction: Correction, heard: str, meant: str) -> Correction:
    """The correction with one more misheard word put right. Raises InvalidStudy where no word is given."""
    word = WordCorrection(" ".join(heard.split()), " ".join(meant.split()))
    if not word.heard:
        raise InvalidStudy("Write the word as it stands in the transcripts, then what was meant.")
    if word.heard == word.meant:
        raise InvalidStudy(f"“{word.heard}” is what was meant already; write another word.")
    return replace(correction, words=(*(each for each in correction.words if each != word), word))


def stretches_of(said: str) -> tuple[tuple[float, float], ...]:
    """Stretches of time that a person wrote down. Raises InvalidStudy where they are none.

    >>> stretches_of("00:00 to 03:10, 1:02:00 - 1:04:00")
    ((0.0, 190.0), (3720.0, 3840.0))
    """
    found = []
    for part in said.replace(";", ",").split(","):
        if not part.strip():
            continue
        ends = [seconds_of(end) for end in re.split(r" to |-|–", part)]
        if len(ends) != 2 or ends[0] is None or ends[1] is None or ends[0] >= ends[1]:
            raise InvalidStudy(f"“{part.strip()[:40]}” is no stretch of time; write for example 00:00 to 03:10.")
        found.append((ends[0], ends[1]))
    return tuple(found)


def in_clock(stretches: Sequence[tuple[float, float]]) -> str:
    """Stretches of time as ``stretches_of`` reads them.

    >>> in_clock(((0.0, 190.0),))
    '00:00 to 03:10'
    """
    return ", ".join(f"{clock_of(first)} to {clock_of(last)}" for first, last in stretches)


def with_column(correction: Correction, header: str, role: str) -> Correction:
    """The correction with another role for one column. Raises InvalidStudy for a role there is not."""
    if role not in COLUMN_ROLES:
        raise InvalidStudy(f"A column cannot be “{role}”; choose one of: {', '.join(COLUMN_ROLES)}.")
    return replace(correction, columns={**correction.columns, header: role})


def with_detail(correction: Correction, name: str, value: str) -> Correction:
    """The correction with another date, recording, language, sheet …; "" takes the word back.

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
        case "language":
            if said and not (2 <= len(said) <= 3 and said.isascii() and said.isalpha()):
                raise InvalidStudy(f"“{said}” is no language; write its code of two letters, for example de.")
            return replace(correction, language=said.lower() or None)
        case "left_out":
            return replace(correction, left_out=stretches_of(said))
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
