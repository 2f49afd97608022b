"""Sources: add, see what was understood, correct it, remove."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from dashboard.errors import DashboardError, UnreadableFile
from dashboard.evidence.reading import Summary, correction_of, read_source, summary_of
from dashboard.intake import isolated
from dashboard.records.rows import SourceRow
from dashboard.study import Correction, Identity, SpeakerCorrection, Study
from dashboard.workspace.access import Workspace
from dashboard.workspace.people import confirm as confirm
from dashboard.workspace.people import matches as matches
from dashboard.workspace.people import mentions as mentions
from dashboard.workspace.people import part as part
from dashboard.workspace.people import people as people
from dashboard.workspace.people import readings


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


def add(
    ws: Workspace,
    study_id: str,
    files: Iterable[tuple[str, bytes]],
    *,
    progress: Callable[[int, str], None] = lambda done, name: None,
) -> list[Added]:
    """Take in files; a ZIP is its files. What cannot be read is said in one sentence, and the others go in.

    progress: is told how many files are through, and the name of the one that is read now; of a ZIP, each of its files.
    """
    study = ws.records.study(study_id)
    outcomes: list[Added] = []
    for name, data in files:
        progress(len(outcomes), name)
        if problem := _too_much(ws, name, data, len(outcomes)):
            outcomes.append(Added(name, None, "error", problem))
            continue
        try:
            members = isolated.unpack(
                data,
                name,
                limits=isolated.limits_of(ws.settings),
                max_mb=ws.settings.max_unpacked_mb,
                max_files=ws.settings.max_files,
            )
        except UnreadableFile as unreadable:
            outcomes.append(Added(name, None, "error", str(unreadable)))
            continue
        for member, content in members:
            if len(members) > 1:
                progress(len(outcomes), member)
            outcomes.append(_add_one(ws, study, member, content))
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


def _add_one(ws: Workspace, study: Study, name: str, data: bytes) -> Added:
    name = name.replace("\\", "/").rsplit("../", 1)[-1].lstrip("/") or "unnamed"
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
            limits=isolated.limits_of(ws.settings),
            afresh=True,
        )
    except DashboardError as problem:
        return Added(name, None, "error", str(problem))
    with ws.records.begin(by=ws.user) as transaction:
        source, outcome = transaction.add_source(study.id, name, digest, len(data))
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
    by_source = {reading.source: reading for reading in readings(ws, study_id)}
    found = []
    for row in rows:
        correction = correction_of(study, row.name, row.id, row.correction)
        reading = by_source.get(row.id)
        summary = summary_of(reading, ws.parts) if reading else None
        error = "" if reading else _why_unreadable(ws, study, row, correction)
        found.append(SourceCard(row.id, row.name, row.size, summary, error, correction, row.added_at))
    return found


def languages(ws: Workspace, study_id: str) -> list[str]:
    """The language of each source in which something was said, "" where it was not recognised."""
    summaries = (summary_of(reading, ws.parts) for reading in readings(ws, study_id))
    return [each.parsed.language for each in summaries if each.turns]


def correct(ws: Workspace, study_id: str, source_id: str, correction: Correction) -> None:
    """Keep what a person corrected in what was read of a source; it holds for every later reader too."""
    correct_all(ws, study_id, {source_id: correction})


def correct_all(ws: Workspace, study_id: str, corrections: Mapping[str, Correction]) -> None:
    """Keep what a person corrected in several sources (source → everything corrected in it), all of it or nothing.

    Whose label a speaker's is is kept with who is who, and follows the label to another name.
    """
    study, rows = ws.records.study(study_id), {row.id: row for row in ws.records.sources(study_id)}
    owners = {key: each.participant for each in ws.records.identities(study_id) for key in each.mentions}
    replaced = {
        name: replace(study.corrections[name], turns=(), words=(), left_out=())
        for source in corrections
        for name in (source, rows[source].name if source in rows else "")
        if name in study.corrections and _lists(study.corrections[name])
    }
    with ws.records.begin(by=ws.user) as transaction:
        if replaced:  # what stands on a page now is the whole of them, so that one can be taken back
            kept = replace(study, corrections={**study.corrections, **replaced})
            transaction.save_study(kept, version=ws.records.study_row(study_id).version)
        for source, correction in corrections.items():
            speakers = {label: replace(each, participant=None) for label, each in correction.speakers.items()}
            transaction.correct(study_id, source, replace(correction, speakers=speakers))
            before = rows[source].correction.speakers if source in rows else {}
            for label, each in correction.speakers.items():
                was = before.get(label, SpeakerCorrection()).name or label
                name = each.name or label
                owner = each.participant or (owners.get(f"speaker {source}/{was}") if name != was else None)
                if owner:
                    transaction.identify(study_id, Identity(owner, (f"speaker {source}/{name}",)))


def _lists(correction: Correction) -> bool:
    return bool(correction.turns or correction.words or correction.left_out)


def remove(ws: Workspace, study_id: str, source_id: str) -> None:
    """Take a source out of the study; ``restore`` brings it back."""
    with ws.records.begin(by=ws.user) as transaction:
        transaction.remove_source(study_id, source_id)


def restore(ws: Workspace, study_id: str, source_id: str) -> None:
    """Bring a removed source back."""
    with ws.records.begin(by=ws.user) as transaction:
        transaction.restore_source(study_id, source_id)


def _why_unreadable(ws: Workspace, study: Study, row: SourceRow, correction: Correction) -> str:
    try:
        read_source(
            lambda: ws.files.get(row.digest),
            row.name,
            digest=row.digest,
            source=row.id,
            correction=correction,
            interviewers=frozenset(study.interviewers),
            parts=ws.parts,
            limits=isolated.limits_of(ws.settings),
        )
    except DashboardError as problem:
        return str(problem)
    return ""
