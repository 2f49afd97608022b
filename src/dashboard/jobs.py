"""Long work: a row in the records with a lease and a heartbeat, and a process of its own that does it.

``start`` makes both; ``run`` is what the process does. Nobody waits for it: pages read the row. A process that dies
stops beating, and after the lease its job can be started or claimed again.
"""

from __future__ import annotations

import logging
import os
import secrets
import subprocess
import threading
import time
import traceback
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType

from dashboard.errors import Cancelled, Conflict, DashboardError, EngineError
from dashboard.records.rows import UNFINISHED, JobRow, JobState, User
from dashboard.records.store import Records

Progress = Callable[[float, str], None]
"""Told a share from 0 to 1 and the step in words; raises Cancelled once the job is another process's."""
Cancel = Callable[[], bool]
Work = Callable[[Progress, Cancel], None]

LEAST_BETWEEN = 0.5
"""Seconds between two rows written while work goes on, at least: however often it reports."""
MOST_BETWEEN = 10.0
"""Seconds between two heartbeats, at most: however seldom it reports."""
NICENESS = 10

_log = logging.getLogger(__name__)


def start(
    records: Records,
    study_id: str,
    *,
    by: User,
    command: Sequence[str],
    environment: Mapping[str, str],
    kind: str = "build",
) -> str:
    """The id of the job that does this for the study: a new one in a process of its own, or the living one.

    command: the program and its arguments, to which ``--job ID`` is added. environment: all that the
    process sees of it. Raises NotFound where there is no such study, and EngineError where no process starts.
    """
    with records.begin(by=by) as transaction:
        if running := transaction.running_job(study_id, kind):
            return running.id
        job_id = transaction.add_job(study_id, kind)
    try:
        process = subprocess.Popen(
            [*command, "--job", job_id],
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,  # errors go where the server's own go
            start_new_session=True,  # a server that is stopped at the terminal leaves the work going on
        )
    except OSError as error:
        said = f"The work could not be started ({error.strerror}); check the installation and start it again."
        with records.begin(by=by) as transaction:
            transaction.finish_job(job_id, "failed", said)
        raise EngineError(said) from error
    if hasattr(os, "setpriority"):  # not in the child before it runs: that is not safe beside threads
        try:
            os.setpriority(os.PRIO_PROCESS, process.pid, NICENESS)
        except OSError:
            _log.warning("process %d keeps its ordinary priority", process.pid)
    threading.Thread(target=_watch, args=(records, job_id, process, by), name=f"job {job_id}", daemon=True).start()
    return job_id


def _watch(records: Records, job_id: str, process: subprocess.Popen[bytes], by: User) -> None:
    """Wait for the process, and say at once when it ended without a word (killed, out of memory)."""
    status = process.wait()
    try:
        if records.job(job_id).state in UNFINISHED:
            said = f"The work ended before it was finished (exit status {status}); start it again."
            with records.begin(by=by) as transaction:
                transaction.finish_job(job_id, "failed", said, pid=process.pid)
    except DashboardError as error:  # taken over, or the records are gone: nobody is left to be told
        _log.info("job %s: %s", job_id, error)


def run(records: Records, job_id: str, work: Work) -> JobRow:
    """The job, finished: done, failed or cancelled; its error is the sentence for the person who started it.

    work is given two functions: progress, to be told how far it is, and cancelled, to be asked whether to stop.
    Raises Conflict where the job is finished already or another process works on it.
    """
    by = User(records.job(job_id).by)
    with records.begin(by=by) as transaction:
        transaction.claim_job(job_id, os.getpid())
    with _Claim(records, job_id, by) as claim:
        work(claim.progress, claim.cancelled)
    return claim.outcome


class _Claim:
    """A job while this process works on it: beats from a thread, so that a long step does not look like death."""

    def __init__(self, records: Records, job_id: str, by: User) -> None:
        self._records, self._job_id, self._by = records, job_id, by
        self._lock = threading.Lock()
        self._share, self._step = 0.0, ""
        self._written = float("-inf")
        self._cancel = self._lost = False
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._keep_beating, daemon=True)
        self.outcome: JobRow

    def __enter__(self) -> _Claim:
        self._thread.start()
        return self

    def progress(self, share: float, step: str) -> None:
        self._share, self._step = share, step
        self._beat(LEAST_BETWEEN)
        if self._lost:
            raise Cancelled("Another process took this work over.")

    def cancelled(self) -> bool:
        self._beat(LEAST_BETWEEN)
        return self._cancel or self._lost

    def _keep_beating(self) -> None:
        while not self._over.wait(MOST_BETWEEN / 2):
            self._beat(MOST_BETWEEN / 2)

    def _beat(self, seconds: float) -> None:
        """Write how far it is, unless that was written less than so many seconds ago."""
        with self._lock:
            if self._lost or self._over.is_set() or time.monotonic() - self._written < seconds:
                return
            try:
                with self._records.begin(by=self._by) as transaction:
                    job = transaction.beat(self._job_id, self._share, self._step, pid=os.getpid())
                self._cancel = job.cancel
            except (
                DashboardError
            ) as error:  # taken over; or the database is busy, and the lease leaves time to try again
                _log.warning("job %s: %s", self._job_id, error)
                self._lost = self._taken_over()
            self._written = time.monotonic()

    def _taken_over(self) -> bool:
        try:
            job = self._records.job(self._job_id)
        except EngineError:
            return False
        return job.state not in UNFINISHED or job.pid != os.getpid()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        self._over.set()
        self._thread.join()
        self.outcome = self._finish(error)
        return isinstance(error, Exception)  # not an interrupt: that ends the process as well

    def _finish(self, error: BaseException | None) -> JobRow:
        said = ""
        if isinstance(error, DashboardError):
            said = str(error)
        elif isinstance(error, Exception):
            reference = secrets.token_hex(4)
            said = f"Something went wrong that should not have; report it with the reference {reference}."
            frames = "".join(traceback.format_tb(error.__traceback__))  # without the message: it may quote a customer
            _log.error("job %s, reference %s: %s\n%s", self._job_id, reference, type(error).__name__, frames)
        cancelled = isinstance(error, Cancelled) or (error is not None and not isinstance(error, Exception))
        try:
            with self._records.begin(by=self._by) as transaction:
                state: JobState = "cancelled" if cancelled else "failed" if error else "done"
                return transaction.finish_job(self._job_id, state, said, pid=os.getpid())
        except Conflict:
            return self._records.job(self._job_id)
