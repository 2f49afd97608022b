"""Sources: add, see what was understood, correct it, remove; and who is who."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from dashboard.errors import DashboardError, UnreadableFile
from dashboard.evidence.build import read_all
from dashboard.evidence.people import WhoIsWho, all_mentions, identities_of
from dashboard.evidence.reading import Reading, Summary, correction_of, read_source, summary_of
from dashboard.intake import unpack
from dashboard.intake.people import Match, Mention, assign, match
from dashboard.records.rows import SourceRow
from dashboard.study import Correction, Identity
from dashboard.workspace.access import Workspace


@dataclass(frozen=True)
class Added:
    """What became of one dropped file. outcome: new, same, new version or error; message: one sentence."""

    name: str
    source: str | None
    outcome: str
    message: str


@dataclass(frozen=True)
class SourceCard:
    """One source: what it was understood to be, or why it was not. correction: everything corrected, by whomever."""

    id: str
    name: str
    size: int
    summary: Summary | None
    error: str
    correction: Correction
    added_at: datetime


def add(ws: Workspace, study_id: str, files: Sequence[tuple[str, bytes]]) -> list[Added]:
    """Take in files; a ZIP is its files. What cannot be read is said in one sentence, and the others go in."""
    ws.records.study_row(study_id)
    outcomes: list[Added] = []
    for name, data in files:
        if problem := _too_much(ws, name, data, len(outcomes)):
            outcomes.append(Added(name, None, "error", problem))
            continue
        try:
            members = unpack(data, name, max_mb=ws.settings.max_unpacked_mb, max_files=ws.settings.max_files)
        except UnreadableFile as unreadable:
            outcomes.append(Added(name, None, "error", str(unreadable)))
            continue
        outcomes += [_add_one(ws, study_id, member, content) for member, content in members]
    return outcomes


def _too_much(ws: Workspace, name: str, data: bytes, taken: int) -> str:
    if len(data) > ws.settings.max_file_mb * 1_000_000:
        size = len(data) / 1_000_000
        return (
            f"“{name}” has {size:.0f} MB, more than the {ws.settings.max_file_mb} MB that one file may have; "
            "split it, or raise DASHBOARD_MAX_FILE_MB."
        )
    if taken >= ws.settings.max_files:
        return (
            f"“{name}” was not taken: one drop may hold {ws.settings.max_files} files; drop the rest again, "
            "or raise DASHBOARD_MAX_FILES."
        )
    return ""


def _add_one(ws: Workspace, study_id: str, name: str, data: bytes) -> Added:
    name = name.replace("\\", "/").rsplit("../", 1)[-1].lstrip("/") or "unnamed"
    study = ws.records.study(study_id)
    digest = ws.files.put(data)
    try:
        # read before it is listed: a file that nobody can read becomes no source
        correction = correction_of(study, name, "", Correction())
        read_source(
            lambda: data,
            name,
            digest=digest,
            source="",
            correction=correction,
            interviewers=frozenset(study.interviewers),
            parts=ws.parts,
        )
    except DashboardError as problem:
        return Added(name, None, "error", str(problem))
    with ws.records.begin(by=ws.user) as transaction:
        source, outcome = transaction.add_source(study_id, name, digest, len(data))
    said = {
        "new": f"“{name}” was added.",
        "same": f"“{name}” is already here, so nothing changed.",
        "new version": f"“{name}” replaces the version that was here before.",
    }
    return Added(name, source, outcome, said[outcome])


def cards(ws: Workspace, study_id: str) -> list[SourceCard]:
    """The sources of a study in the order they were added, each with what was understood."""
    study = ws.records.study(study_id)
    rows = ws.records.sources(study_id)
    readings = {reading.source: reading for reading in _readings(ws, study_id)}
    found = []
    for row in rows:
        correction = correction_of(study, row.name, row.id, row.correction)
        reading = readings.get(row.id)
        summary = summary_of(reading, ws.parts) if reading else None
        error = "" if reading else _why_unreadable(ws, study_id, row)
        found.append(SourceCard(row.id, row.name, row.size, summary, error, correction, row.added_at))
    return found


def correct(ws: Workspace, study_id: str, source_id: str, correction: Correction) -> None:
    """Keep what a person corrected in what was read of a source; it holds for every later reader too."""
    with ws.records.begin(by=ws.user) as transaction:
        transaction.correct(study_id, source_id, correction)


def remove(ws: Workspace, study_id: str, source_id: str) -> None:
    """Take a source out of the study; ``restore`` brings it back."""
    with ws.records.begin(by=ws.user) as transaction:
        transaction.remove_source(study_id, source_id)


def restore(ws: Workspace, study_id: str, source_id: str) -> None:
    """Bring a removed source back."""
    with ws.records.begin(by=ws.user) as transaction:
        transaction.restore_source(study_id, source_id)


# ---------------------------------------------------------------- who is who


def mentions(ws: Workspace, study_id: str) -> list[Mention]:
    """Every speaker, sheet row and respondent."""
    return all_mentions(_readings(ws, study_id), ws.parts)


def matches(ws: Workspace, study_id: str) -> list[Match]:
    """Which mentions seem to be one participant, the most doubtful first; what a person settled is left out."""
    settled = {key for identity in ws.records.identities(study_id) for key in identity.mentions}
    parted = ws.records.parted(study_id)

    def open_question(found: Match) -> bool:
        first, *others = sorted(found.keys)
        return not set(found.keys) <= settled and not any((first, other) in parted for other in others)

    return [found for found in match(mentions(ws, study_id)) if open_question(found)]


def people(ws: Workspace, study_id: str) -> Mapping[str, str]:
    """Mention key → participant id, as things stand."""
    readings = _readings(ws, study_id)
    who = WhoIsWho(ws.records.identities(study_id), ws.records.parted(study_id))
    identities = identities_of(ws.records.study(study_id), who, readings, ws.parts)
    return assign(all_mentions(readings, ws.parts), identities=identities, parted=who.parted)


def confirm(ws: Workspace, study_id: str, keys: Sequence[str], participant: str) -> None:
    """These mentions are one participant."""
    with ws.records.begin(by=ws.user) as transaction:
        transaction.identify(study_id, Identity(participant, tuple(keys)))


def part(ws: Workspace, study_id: str, keys: Sequence[str]) -> None:
    """These mentions are different people."""
    with ws.records.begin(by=ws.user) as transaction:
        transaction.part(study_id, tuple(keys))


def _readings(ws: Workspace, study_id: str) -> list[Reading]:
    study = ws.records.study(study_id)
    return read_all(study, ws.records.sources(study_id), parts=ws.parts, files=ws.files)


def _why_unreadable(ws: Workspace, study_id: str, row: SourceRow) -> str:
    study = ws.records.study(study_id)
    try:
        read_source(
            lambda: ws.files.get(row.digest),
            row.name,
            digest=row.digest,
            source=row.id,
            correction=correction_of(study, row.name, row.id, row.correction),
            interviewers=frozenset(study.interviewers),
            parts=ws.parts,
        )
    except DashboardError as problem:
        return str(problem)
    return ""
