"""Files that nothing speaks of any more: parts, bytes of sources and snapshots that no record names."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import sqlalchemy as sa

from dashboard.errors import Conflict
from dashboard.evidence import engines, refusals, vectors
from dashboard.evidence import reading as evidence_reading
from dashboard.evidence.parts import PartName
from dashboard.records import erasing, schema
from dashboard.records.rows import UNFINISHED
from dashboard.workspace import evidence, learning, people, published
from dashboard.workspace.access import Workspace

_DIGEST = re.compile(r"[0-9a-f]{64}")


def check_quiet(ws: Workspace) -> None:
    """Nothing where no build is under way. Raises Conflict, since a build writes files that no record names yet."""
    now = ws.records.now()
    for job in ws.records.jobs(*UNFINISHED):
        if job.alive(now):
            name = ws.records.study_row(job.study_id).name
            raise Conflict(f"“{name}” is being built just now; wait until it is ready or stop it, and try again.")


def tidy(ws: Workspace) -> int:
    """How many files were deleted: everything computed or given that no record names any more."""
    check_quiet(ws)
    return _parts(ws) + _sources(ws) + _snapshots(ws)


def empty_caches() -> None:
    """Let this process hold nothing in memory of what was read before."""
    with evidence._lock:
        evidence._open.clear()
    with published._lock:
        published._open.clear()
    with engines._lock:
        engines._bases.clear()
    learning._brought.cache_clear()
    evidence_reading._summary.cache_clear()
    people._mentions.cache_clear()
    people._proposed.cache_clear()
    refusals._stopped.clear()


def _parts(ws: Workspace) -> int:
    folder = ws.parts.folder
    if not folder.is_dir():
        return 0
    named: set[str] = set()
    for study in ws.records.studies():
        revision = ws.records.revision(study.id)
        for part in [PartName.of(text) for text in revision.parts] if revision else []:
            named.add(part.file)
            if not ws.parts.has(part.file):
                continue
            if part.step == "turns":
                named.add((ws.parts.note(part.file) or {}).get("as_read", part.file))
            if part.step == "passages":
                rows = pq.read_table(ws.parts.path(part.file), columns=["codable", "text"]).to_pandas()
                named.add(vectors.name(rows))
    return _delete(path for path in folder.iterdir() if path.name not in named)


def _sources(ws: Workspace) -> int:
    folder = ws.settings.sources_dir
    if not folder.is_dir():
        return 0
    with ws.records.read() as connection:
        named = set().union(*erasing.digests(connection).values())
    return _delete(path for path in folder.rglob("*") if path.is_file() and path.name not in named)


def _snapshots(ws: Workspace) -> int:
    folder = ws.settings.data_dir / "snapshots"
    if not folder.is_dir():
        return 0
    table = schema.share_version
    with ws.records.read() as connection:
        named = set(connection.execute(sa.select(table.c.id).where(table.c.removed_at.is_(None))).scalars())
    gone = [path for path in folder.iterdir() if path.name not in named]
    for path in gone:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    return len(gone)


def _delete(paths: Iterator[Path]) -> int:
    gone = [path for path in paths if not path.is_dir()]
    for path in gone:
        path.unlink(missing_ok=True)
    return len(gone)
