"""Learning from decisions: when the coder should be fitted again, and what that brought."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from dashboard.evidence.parts import PartName, Parts
from dashboard.records.rows import Revision
from dashboard.workspace import jobs, studies
from dashboard.workspace.access import Workspace

LEAST = 5
"""Decisions after which the coder learns by itself; by hand it can learn from one."""


@dataclass(frozen=True)
class Brought:
    """What the latest fit changed for one theme: suggestions that count now, and that do no longer."""

    theme: str
    more: int
    fewer: int


def waiting(ws: Workspace, study_id: str) -> int:
    """How many decisions were made since the coder was fitted last; 0 where nothing was built."""
    revision = ws.records.revision(study_id)
    return 0 if revision is None else ws.records.decisions_since(study_id, _read_at(ws, study_id, revision))


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


def brought(ws: Workspace, study_id: str) -> tuple[Brought, ...]:
    """What the latest revision suggests differently from the one before, most changed first.

    Empty where there is no other, or where sources or the codebook changed in between, so that learning is not why.
    """
    revisions = ws.records.revisions(study_id)[:2]
    if len(revisions) < 2 or revisions[0].inputs != revisions[1].inputs:
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


def _read_at(ws: Workspace, study_id: str, revision: Revision) -> datetime:
    """When the decisions behind a revision were read, at the latest: before the job that made it began."""
    made_by = (
        job.created_at
        for job in ws.records.jobs("done", study_id=study_id)
        if job.finished_at is not None and job.created_at <= revision.created_at <= job.finished_at
    )
    return next(made_by, revision.created_at)


def _counted(parts: Parts, revision: Revision, other: Revision, threshold: float) -> dict[str, set[tuple[str, int]]]:
    """Theme → (source, passage) that the machine's word alone would accept, in the parts that the two do not share."""
    found: dict[str, set[tuple[str, int]]] = {}
    for part in map(PartName.of, revision.parts):
        if part.step == "suggestions" and str(part) not in other.parts and parts.has(part.file):
            rows = parts.read(part.file).select(["theme", "confidence", "n"]).to_pandas()
            for theme, n in rows.loc[rows["confidence"] >= threshold, ["theme", "n"]].itertuples(index=False):
                found.setdefault(str(theme), set()).add((part.source, int(n)))
    return found
