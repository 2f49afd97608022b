"""The records as a resource: reads, and the one way to write."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime

import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError, DataError, DBAPIError, IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from dashboard.errors import Conflict, EngineError, NotAllowed, NotFound
from dashboard.records import reading
from dashboard.records.admission import Admission, closed, keep_out, watch
from dashboard.records.opening import WRITES, engine_of, upgrade
from dashboard.records.rows import (
    UNFINISHED,
    AuditRow,
    JobRow,
    JobState,
    Revision,
    SourceRow,
    StudyRow,
    StudyState,
    User,
)
from dashboard.records.transaction import Transaction
from dashboard.records.work import ENDED
from dashboard.study import Decision, Identity, Study

Clock = Callable[[], datetime]

_BUSY = frozenset({"40001", "40P01", "55P03"})
"""PostgreSQL's states for: another one was first, each waited for the other, waited too long."""


def utc_now() -> datetime:
    """The time by this machine's clock."""
    return datetime.now(UTC)


def open_records(url: str, *, now: Clock = utc_now, migrate: bool = True) -> Records:
    """The records at an SQLAlchemy address; a new or older database is brought up to date first.

    migrate: False, where several servers share the records, refuses an older database instead.
    Raises ConfigurationError where it cannot be opened, was written by a newer dashboard, or is older and refused.
    """
    engine = engine_of(url)
    try:
        upgrade(engine, migrate=migrate)
    except BaseException:
        engine.dispose()
        raise
    return Records(engine, now=now)


class Records:
    """What people gave and decided. One engine; safe to share between threads.

    Every read sees one state of the database. Reads that name one thing raise NotFound where it is not there.
    """

    def __init__(
        self, engine: sa.Engine, *, now: Clock = utc_now, admission: Admission | None = None, writes: bool = True
    ) -> None:
        self._engine = engine
        self._admission, self._writes = admission, writes
        # SQLite reads one state anyhow; PostgreSQL does so only when asked
        steady = engine.dialect.name == "postgresql"
        self._reader = engine.execution_options(isolation_level="REPEATABLE READ") if steady else engine
        self.now = now

    def admitting(self, admission: Admission, *, writes: bool = True) -> Records:
        """The same records as far as this admission lets anybody read and write them, whatever is asked for.

        writes: False: to be read alone.
        """
        watch(self._engine)
        return Records(self._engine, now=self.now, admission=admission, writes=writes)

    def close(self) -> None:
        """Let go of the connections."""
        self._engine.dispose()

    @contextmanager
    def begin(self, *, by: User) -> Iterator[Transaction]:
        """A transaction: all of what is written in it, or nothing; each write leaves a line in the audit trail.

        Raises Conflict where another one wrote the same thing, or kept writing for longer than a writer waits.
        """
        if not self._writes:
            raise NotAllowed("What was published can be read here and not changed; ask the researcher who shared it.")
        with (
            _understood(),
            self._engine.connect().execution_options(**{WRITES: True}) as connection,
            connection.begin(),
        ):
            self._admit(connection)
            yield Transaction(connection, by=by, at=self.now())

    @contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """A connection to read over, one state of the database: ``findings.of(connection, study_id)``."""
        with _understood(), self._reader.connect() as connection:
            self._admit(connection)
            yield connection

    def _admit(self, connection: sa.Connection) -> None:
        if self._admission is not None:
            keep_out(connection, self._admission(connection, self.now()))

    def studies(self, state: StudyState | None = None) -> list[StudyRow]:
        """Every study, or those in one state; the last changed first."""
        with self.read() as connection:
            return [row for row in reading.studies(connection, state) if row.id not in closed(connection)]

    def study(self, study_id: str) -> Study:
        """One study, with its id."""
        with self.read() as connection:
            return reading.study(connection, study_id)

    def study_row(self, study_id: str) -> StudyRow:
        """One study's name, state, versions and dates."""
        with self.read() as connection:
            return reading.study_row(connection, study_id)

    def decisions_version(self, study_id: str) -> int:
        """How often what persons say of a study was changed."""
        return self.study_row(study_id).decisions_version

    def sources(self, study_id: str, *, removed: bool | None = False) -> list[SourceRow]:
        """The sources of a study in the order they were added; removed: those that were removed (None: all)."""
        with self.read() as connection:
            return reading.sources(connection, study_id, removed=removed)

    def source(self, source_id: str) -> SourceRow:
        """One source."""
        with self.read() as connection:
            row = reading.source(connection, source_id)
            reading.study_row(connection, row.study_id)  # refuses the source of a study that is closed
            return row

    def decisions(self, study_id: str) -> list[Decision]:
        """The decisions that hold: of each coder, span, kind and value the latest; the oldest first."""
        with self.read() as connection:
            return reading.decisions(connection, study_id)

    def identities(self, study_id: str) -> tuple[Identity, ...]:
        """Who is who, as persons said it on the pages; the oldest first."""
        with self.read() as connection:
            return reading.identities(connection, study_id)

    def parted(self, study_id: str) -> frozenset[tuple[str, str]]:
        """Pairs of mentions that a person said are two people; each pair sorted."""
        with self.read() as connection:
            return reading.parted(connection, study_id)

    def revision(self, study_id: str) -> Revision | None:
        """The latest revision of a study; None before its first."""
        with self.read() as connection:
            return reading.latest(connection, study_id)

    def revisions(self, study_id: str, *, limit: int | None = None) -> list[Revision]:
        """The revisions of a study, the latest first."""
        with self.read() as connection:
            return reading.revisions(connection, study_id, limit=limit)

    def job(self, job_id: str) -> JobRow:
        """One job."""
        with self.read() as connection:
            row = reading.job(connection, job_id)
            reading.study_row(connection, row.study_id)  # as above
            return row

    def jobs(self, *states: JobState, study_id: str | None = None, limit: int | None = None) -> list[JobRow]:
        """Jobs in one of these states (none: in any), of one study or of all; the newest first."""
        with self.read() as connection:
            rows = reading.jobs(connection, *states, study_id=study_id, limit=limit)
            return [row for row in rows if row.study_id not in closed(connection)]

    def current_job(self, study_id: str) -> JobRow | None:
        """The study's newest job, at work or ended, and failed if its process died; None where there was none."""
        job = next(iter(self.jobs(study_id=study_id, limit=1)), None)
        if job and job.state in UNFINISHED and not job.alive(self.now()):
            return replace(job, state="failed", error=ENDED)
        return job

    def audit(self, study_id: str | None = None, *, limit: int = 100, since: datetime | None = None) -> list[AuditRow]:
        """The audit trail of a study (None: of everything), the latest first; since: from this moment on."""
        with self.read() as connection:
            rows = reading.audit(connection, study_id, limit=limit, since=since)
            return [row for row in rows if row.study_id not in closed(connection)]


@contextmanager
def _understood() -> Iterator[None]:
    """What the database refuses, as something that a person can act on."""
    try:
        yield
    except IntegrityError as error:
        raise Conflict("Somebody else changed the same thing at the same moment; reload and try again.") from error
    except (OperationalError, sqlite3.OperationalError) as error:
        cause = getattr(error, "orig", error)
        if "locked" in str(cause) or "busy" in str(cause) or getattr(cause, "sqlstate", None) in _BUSY:
            raise Conflict("The records are busy with other people's changes; nothing was saved: try again.") from error
        raise EngineError(
            "The database of the records does not answer; nothing was saved: check that it is running and that its "
            "disk is not full, then try again."
        ) from error
    except DataError as error:  # an address or a file may hold what PostgreSQL takes for no text or number
        raise NotFound(
            "The records cannot hold, or look for, a zero byte or so long a name or number; correct it and try again."
        ) from error
    except PoolTimeout as error:
        raise Conflict("The records are busy with other people's questions; try again in a moment.") from error
    except (DBAPIError, sqlite3.DatabaseError) as error:
        # exactly this class: the file is damaged; those beneath it (a wrong statement) would be our own mistake
        if type(error) in (DatabaseError, sqlite3.DatabaseError):
            raise EngineError(
                "The database of the records is damaged; stop the dashboard and restore the records from a backup."
            ) from error
        if isinstance(error, DBAPIError) and error.connection_invalidated:
            raise EngineError("The connection to the records broke off; nothing was saved: try again.") from error
        raise
