"""Learning from decisions: when the coder should be fitted again, and what that brought."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

import sqlalchemy as sa

from dashboard.evidence.build import inputs_of
from dashboard.evidence.parts import PartName, Parts
from dashboard.records import changes, reading, schema
from dashboard.records.rows import Revision
from dashboard.workspace import jobs, studies
from dashboard.workspace.access import Workspace

LEAST = 5
"""Decisions after which the coder learns in the background by itself; by hand it can learn from one."""
QUICK = 20_000
"""Passages up to which the coder learns here and now, from one decision: it takes about a second for 10,000."""
KEPT = 10
"""Revisions whose suggestions are kept: one is made for each decision that is learned from."""


@dataclass(frozen=True)
class Brought:
    """What the latest fit changed for one theme: suggestions that count now, and that do no longer."""

    theme: str
    more: int
    fewer: int


def waiting(ws: Workspace, study_id: str) -> int:
    """How many decisions were made since the coder was fitted last; 0 where nothing was built."""
    with ws.records.read() as connection:
        revision = reading.latest(connection, study_id)
        return 0 if revision is None else _decided_since(connection, revision)


def learn(ws: Workspace, study_id: str, *, least: int = LEAST) -> bool:
    """Start fitting in the background where so many decisions wait; whether it was started.

    Nothing starts while a build is at work, nor where sources or the codebook changed: that is a person's to say. After
    a build that failed only a person starts another (``least`` of 1), or each decision would start one that fails.
    """
    job = jobs.current(ws, study_id)
    if job is not None and (job.unfinished or (job.state == "failed" and least > 1)):
        return False
    if waiting(ws, study_id) < least or studies.stale(ws, study_id):
        return False
    jobs.build(ws, study_id)
    return True


def learn_now(ws: Workspace, study_id: str, *, most: int = QUICK) -> bool:
    """Learn here and now what was decided, or changed in the codebook, since the last time; whether it was done.

    The same as a build in the background, and byte for byte what that would make; but nothing is read or embedded
    again, so it is over in a moment. Not where nothing waits, nor above ``most`` passages, while a build is at work,
    after one that failed, or where sources changed: those take longer, and are a person's to start.
    """
    with ws.records.read() as connection:
        revision = reading.latest(connection, study_id)
        if revision is None or not _waits(connection, revision):
            return False
    if _passages(ws.parts, revision) > most:
        return False
    job = jobs.current(ws, study_id)
    if job is not None and job.state == "failed":
        return False
    with ws.records.begin(by=ws.user) as transaction:
        if transaction.running_job(study_id, "build"):
            return False
        number = transaction.add_job(study_id, "build")
    done = jobs.work(ws, study_id, number)
    _tidy(ws, study_id)
    return done


def brought(ws: Workspace, study_id: str) -> tuple[Brought, ...]:
    """What the latest revision suggests differently from the one before, most changed first.

    Empty where there is no other, or where sources changed in between, so that learning is not why.
    """
    revisions = ws.records.revisions(study_id, limit=2)
    if len(revisions) < 2 or _given(revisions[0]) != _given(revisions[1]):
        return ()
    return _brought(ws.parts, *revisions, threshold=studies.get(ws, study_id).threshold)


@lru_cache(maxsize=16)
def _brought(parts: Parts, latest: Revision, older: Revision, *, threshold: float) -> tuple[Brought, ...]:
    """Revisions never change, so two of them are compared once."""
    now, before = _counted(parts, latest, older, threshold), _counted(parts, older, latest, threshold)
    nothing: set[tuple[str, int]] = set()
    found = []
    for theme in sorted(now.keys() | before.keys()):
        here, there = now.get(theme, nothing), before.get(theme, nothing)
        found.append(Brought(theme, len(here - there), len(there - here)))
    changed = [each for each in found if each.more or each.fewer]
    return tuple(sorted(changed, key=lambda each: (-each.more - each.fewer, each.theme)))


def said(found: tuple[Brought, ...], *, most: int = 3) -> str:
    """What was learned, in words.

    >>> said((Brought("Onboarding", 14, 0), Brought("Pricing", 0, 6)))
    '14 new suggestions for “Onboarding”, 6 fewer for “Pricing”'
    """
    parts: list[str] = []
    for each in found[:most]:
        more = f"{each.more} new" if each.more else ""
        fewer = f"{each.fewer} fewer" if each.fewer else ""
        what = "" if parts else f" suggestion{'' if each.more + each.fewer == 1 else 's'}"
        parts.append(f"{' and '.join(filter(None, (more, fewer)))}{what} for “{each.theme}”")
    left = len(found) - most
    return ", ".join([*parts, *([f"and changes for {left} more"] if left > 0 else [])])


# ---------------------------------------------------------------- beneath


def _waits(connection: sa.Connection, revision: Revision) -> bool:
    """Whether decisions wait, or a codebook that changed over the same sources."""
    study, sources = reading.study(connection, revision.study_id), reading.sources(connection, revision.study_id)
    if revision.inputs == inputs_of(study, sources):
        return _decided_since(connection, revision) > 0
    before = changes.changes(connection, revision.study_id)
    return any(revision.inputs == inputs_of(replace(study, codebook=each.before), sources) for each in before)


def _given(revision: Revision) -> set[str]:
    """What a revision is made of without the coder's word: what was read and how it was cut."""
    return {text for text in revision.parts if not _coded(PartName.of(text))}


@lru_cache(maxsize=64)
def _passages(parts: Parts, revision: Revision) -> int:
    """How many passages a revision holds."""
    named = map(PartName.of, revision.parts)
    return sum(parts.rows(part.file) for part in named if part.step == "passages" and parts.has(part.file))


def _tidy(ws: Workspace, study_id: str) -> None:
    """Take suggestions away that only revisions long past are made of, now and then; building would make them again.

    Studies of the same sources share parts, so those of the others are looked at as well.
    """
    latest = ws.records.revision(study_id)
    if latest is None or latest.number % KEPT:
        return
    revisions = ws.records.revisions(study_id, limit=3 * KEPT)
    needed = {PartName.of(text).file for each in revisions[:KEPT] for text in each.parts}
    old = {part.file for each in revisions[KEPT:] for part in map(PartName.of, each.parts) if _coded(part)}
    with ws.records.read() as connection:
        for other in connection.execute(sa.select(schema.study.c.id).where(schema.study.c.id != study_id)).scalars():
            for each in reading.revisions(connection, other, limit=KEPT):
                needed |= {PartName.of(text).file for text in each.parts}
    for file in sorted(old - needed):
        ws.parts.path(file).unlink(missing_ok=True)


def _coded(part: PartName) -> bool:
    return part.step in ("placed", "suggestions")


def _decided_since(connection: sa.Connection, revision: Revision) -> int:
    """How many decisions were made since those behind a revision were read.

    They were read after the job that made it began, or a later one, which found that nothing is different.
    """
    read_at = revision.created_at
    for job in reading.jobs(connection, "done", study_id=revision.study_id, limit=1):  # one build follows another
        if job.finished_at is not None and job.finished_at >= revision.created_at:
            read_at = job.created_at
    return reading.decisions_since(connection, revision.study_id, read_at)


def _counted(parts: Parts, revision: Revision, other: Revision, threshold: float) -> dict[str, set[tuple[str, int]]]:
    """Theme → (source, passage) that the machine's word alone would accept, in the parts that the two do not share."""
    found: dict[str, set[tuple[str, int]]] = {}
    for part in map(PartName.of, revision.parts):
        if part.step == "suggestions" and str(part) not in other.parts and parts.has(part.file):
            rows = parts.read(part.file).select(["theme", "confidence", "n"]).to_pandas()
            for theme, n in rows.loc[rows["confidence"] >= threshold, ["theme", "n"]].itertuples(index=False):
                found.setdefault(str(theme), set()).add((part.source, int(n)))
    return found
