"""Jobs: long work as rows with a lease and a heartbeat."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import uuid4

import sqlalchemy as sa

from dashboard.errors import Conflict
from dashboard.records import reading, schema
from dashboard.records.rows import UNFINISHED, JobRow, JobState

ENDED = "The process that did this work ended before it was finished; start it again."


def add(connection: sa.Connection, study_id: str, kind: str, *, by: str, at: datetime) -> str:
    """The id of a new job; others of its kind in this study, whose processes died, have failed."""
    for job in reading.jobs(connection, *UNFINISHED, study_id=study_id):
        if job.kind == kind:
            _keep(connection, replace(job, state="failed", error=ENDED, finished_at=at))
    job = JobRow(uuid4().hex, study_id, kind, "queued", 0.0, "", "", False, at, at, None, by, None)
    connection.execute(sa.insert(schema.job).values(**vars(job)))
    return job.id


def claim(connection: sa.Connection, job_id: str, pid: int, *, at: datetime) -> JobRow:
    """The job, worked on by this process from now on."""
    job = reading.job(connection, job_id, lock=True)
    if job.state not in UNFINISHED:
        raise Conflict("This job is finished already; start the work again if it is needed.")
    if job.state == "running" and job.alive(at) and job.pid != pid:
        raise Conflict("Another process works on this job; wait for it, or cancel it.")
    return _keep(connection, replace(job, state="running", pid=pid, heartbeat_at=at))


def beat(
    connection: sa.Connection, job_id: str, progress: float, step: str, *, pid: int | None, at: datetime
) -> JobRow:
    """The job, heard of now."""
    job = _own(connection, job_id, pid)
    return _keep(connection, replace(job, progress=min(1.0, max(0.0, progress)), step=step, heartbeat_at=at))


def finish(
    connection: sa.Connection, job_id: str, state: JobState, error: str, *, pid: int | None, at: datetime
) -> JobRow:
    """The job, finished."""
    if state in UNFINISHED:
        raise ValueError(state)
    job = _own(connection, job_id, pid)
    progress = 1.0 if state == "done" else job.progress
    return _keep(connection, replace(job, state=state, error=error, progress=progress, heartbeat_at=at, finished_at=at))


def request_cancel(connection: sa.Connection, job_id: str, *, at: datetime) -> JobRow:
    """The job, asked to stop; where nobody works on it, it is cancelled."""
    job = reading.job(connection, job_id, lock=True)
    if job.state not in UNFINISHED:
        return job
    if job.state == "queued" or not job.alive(at):
        return _keep(connection, replace(job, cancel=True, state="cancelled", finished_at=at))
    return _keep(connection, replace(job, cancel=True))


def _own(connection: sa.Connection, job_id: str, pid: int | None) -> JobRow:
    job = reading.job(connection, job_id, lock=True)
    if job.state not in UNFINISHED or (pid is not None and job.pid not in (None, pid)):
        raise Conflict("This job was finished or taken over by another process in the meantime; this one stops.")
    return job


def _keep(connection: sa.Connection, job: JobRow) -> JobRow:
    connection.execute(sa.update(schema.job).where(schema.job.c.id == job.id).values(**vars(job)))
    return job
