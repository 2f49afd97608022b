"""Building: in a worker process of its own for the pages, or here and now for a shell."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from dashboard import jobs
from dashboard.evidence import build as evidence_build
from dashboard.intake.isolated import limits_of
from dashboard.records.rows import UNFINISHED, JobRow, Revision
from dashboard.settings import VARIABLES
from dashboard.workspace.access import Workspace


@dataclass(frozen=True)
class JobState:
    """How far a build is. state: queued, running, done, failed or cancelled; progress: 0 to 1; step: in words."""

    id: str
    state: str
    progress: float
    step: str
    error: str
    seconds: float

    @property
    def unfinished(self) -> bool:
        """Whether it waits or is at work."""
        return self.state in UNFINISHED


def build(ws: Workspace, study_id: str) -> str:
    """Start building a study in a worker process; the job's id. A build that is under way is returned as it is."""
    settings = ws.settings
    environment = {
        **os.environ,
        VARIABLES["data_dir"][0]: str(settings.data_dir.resolve()),
        VARIABLES["database_url"][0]: settings.database_url,
        VARIABLES["threads"][0]: str(settings.threads),
    }
    command = [sys.executable, "-m", "dashboard", "build", "--study-id", study_id]
    return jobs.start(ws.records, study_id, by=ws.user, command=command, environment=environment)


def build_now(
    ws: Workspace,
    study_id: str,
    *,
    progress: Callable[[float, str], None] = lambda share, step: None,
    cancel: Callable[[], bool] = lambda: False,
) -> Revision:
    """Build a study in this process. Raises Cancelled and EngineError."""
    return evidence_build.build(
        ws.records,
        study_id,
        parts=ws.parts,
        files=ws.files,
        by=ws.user,
        progress=progress,
        cancel=cancel,
        threads=ws.settings.threads,
        limits=limits_of(ws.settings),
    )


def work(ws: Workspace, study_id: str, job: str) -> bool:
    """What the worker process does: claim the job, build, and say how it ended; whether it is done."""

    def to_do(progress: Callable[[float, str], None], cancel: Callable[[], bool]) -> None:
        build_now(ws, study_id, progress=progress, cancel=cancel)

    return jobs.run(ws.records, job, to_do).state == "done"


def current(ws: Workspace, study_id: str) -> JobState | None:
    """The latest build of a study, under way or ended; None where there was none."""
    row = ws.records.current_job(study_id)
    return None if row is None else _state(row)


def cancel(ws: Workspace, job: str) -> None:
    """Ask a build to stop; what it computed is kept."""
    with ws.records.begin(by=ws.user) as transaction:
        transaction.request_cancel(job)


def _state(row: JobRow) -> JobState:
    until = row.finished_at or datetime.now(UTC)
    return JobState(row.id, row.state, row.progress, row.step, row.error, (until - row.created_at).total_seconds())
