"""Long work: a process of its own, a row that tells how it goes, and a sentence for each way it can end."""

from __future__ import annotations

import logging
import os
import signal
import sys
import textwrap
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from dashboard import jobs
from dashboard.errors import Cancelled, Conflict, EngineError, NotFound, UnreadableFile
from dashboard.records.rows import LEASE, JobRow, User
from dashboard.records.store import Records, open_records, utc_now
from dashboard.study import Study

ADA = User("Ada", email="ada@example.org")
SOURCE = str(Path(__file__).resolve().parents[1] / "src")


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{(tmp_path / 'records.sqlite').as_posix()}"


@pytest.fixture
def records(url: str) -> Iterator[Records]:
    opened = open_records(url)
    yield opened
    opened.close()


@pytest.fixture
def study(records: Records) -> str:
    with records.begin(by=ADA) as transaction:
        return transaction.create_study(Study("Gardeners"))


@pytest.fixture
def job(records: Records, study: str) -> str:
    with records.begin(by=ADA) as transaction:
        return transaction.add_job(study, "build")


# ---------------------------------------------------------------- in this process


def test_work_that_ends_is_done(records: Records, job: str) -> None:
    seen: list[JobRow] = []

    def work(progress: jobs.Progress, cancelled: jobs.Cancel) -> None:
        progress(0.25, "reading one.vtt")
        seen.append(records.job(job))
        assert not cancelled()

    row = jobs.run(records, job, work)
    assert (row.state, row.progress, row.error, row.by) == ("done", 1.0, "", "ada@example.org")
    assert row == records.job(job)
    assert (seen[0].state, seen[0].progress, seen[0].step, seen[0].pid) == (
        "running",
        0.25,
        "reading one.vtt",
        os.getpid(),
    )


def test_a_problem_is_told_in_its_own_sentence(records: Records, job: str) -> None:
    def work(progress: jobs.Progress, cancelled: jobs.Cancel) -> None:
        raise UnreadableFile("one.vtt is empty; give another file.")

    row = jobs.run(records, job, work)
    assert (row.state, row.error) == ("failed", "one.vtt is empty; give another file.")


def test_a_bug_is_a_reference_and_a_log_without_customers_words(
    records: Records, job: str, caplog: pytest.LogCaptureFixture
) -> None:
    said = " ".join(["what", "a", "customer", "said"])

    def work(progress: jobs.Progress, cancelled: jobs.Cancel) -> None:
        raise KeyError(said)

    with caplog.at_level(logging.ERROR):
        row = jobs.run(records, job, work)
    assert row.state == "failed"
    reference = row.error.rsplit(" ", 1)[1].rstrip(".")
    assert reference in caplog.text
    assert "KeyError" in caplog.text
    assert "in work" in caplog.text
    assert said not in caplog.text + row.error


def test_work_stops_when_a_person_asks(records: Records, job: str) -> None:
    def work(progress: jobs.Progress, cancelled: jobs.Cancel) -> None:
        with records.begin(by=ADA) as transaction:
            transaction.request_cancel(job)
        if cancelled():
            raise Cancelled("The build was cancelled.")

    row = jobs.run(records, job, work)
    assert (row.state, row.error) == ("cancelled", "The build was cancelled.")


def test_an_interrupt_ends_the_job_and_the_process(records: Records, job: str) -> None:
    def work(progress: jobs.Progress, cancelled: jobs.Cancel) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        jobs.run(records, job, work)
    assert records.job(job).state == "cancelled"


def test_reports_are_written_at_most_twice_a_second(records: Records, job: str) -> None:
    steps: list[str] = []

    def work(progress: jobs.Progress, cancelled: jobs.Cancel) -> None:
        for n in range(2_000):
            progress(n / 2_000, str(n))
        steps.append(records.job(job).step)

    started = utc_now()
    jobs.run(records, job, work)
    assert int(steps[0]) < 1_999
    assert utc_now() - started < timedelta(seconds=10)


def test_a_finished_job_is_not_run_again(records: Records, job: str) -> None:
    jobs.run(records, job, lambda progress, cancelled: None)
    with pytest.raises(Conflict):
        jobs.run(records, job, lambda progress, cancelled: None)
    with pytest.raises(NotFound):
        jobs.run(records, "none", lambda progress, cancelled: None)


def test_work_that_another_process_took_over_stops_and_changes_nothing(url: str, records: Records, job: str) -> None:
    later = open_records(url, now=lambda: utc_now() + 2 * LEASE)

    def work(progress: jobs.Progress, cancelled: jobs.Cancel) -> None:
        with later.begin(by=ADA) as transaction:
            transaction.claim_job(job, os.getpid() + 1)
        progress(0.9, "too late")
        raise AssertionError("progress should have stopped the work")

    row = jobs.run(records, job, work)
    assert (row.state, row.pid, row.step) == ("running", os.getpid() + 1, "")
    later.close()


# ---------------------------------------------------------------- in a process of its own

WORKER = """
import os, sys
from dashboard import jobs
from dashboard.errors import Cancelled
from dashboard.records.store import open_records

def work(progress, cancelled):
    progress(0.5, f"nice {os.getpriority(os.PRIO_PROCESS, 0)} {os.environ.get('SAID', '')}")
    if sys.argv[1] == "wait":
        print("waiting", file=open(sys.argv[2], "w"), flush=True)
        while not cancelled():
            pass
        raise Cancelled("Stopped.")

if sys.argv[1] == "die":
    sys.exit(3)
jobs.run(open_records(os.environ["URL"]), sys.argv[-1], work)
"""


@pytest.fixture
def start(tmp_path: Path, url: str, records: Records, study: str) -> Callable[[str], str]:
    """Start a worker that ends at once, dies, or waits to be cancelled."""
    script = tmp_path / "worker.py"
    script.write_text(textwrap.dedent(WORKER))
    os.mkfifo(tmp_path / "said")
    environment = {"PYTHONPATH": SOURCE, "URL": url, "SAID": "hello", "PATH": os.environ.get("PATH", "")}

    def begin(how: str) -> str:
        command = [sys.executable, str(script), how, str(tmp_path / "said")]
        return jobs.start(records, study, by=ADA, command=command, environment=environment)

    return begin


def ended(records: Records, job: str) -> JobRow:
    """The job when no thread watches over its process any more."""
    for thread in threading.enumerate():
        if thread.name == f"job {job}":
            thread.join(timeout=60)
    return records.job(job)


def test_a_worker_is_nice_sees_its_environment_and_finishes(start: Callable[[str], str], records: Records) -> None:
    row = ended(records, start("work"))
    assert (row.state, row.step) == ("done", f"nice {os.getpriority(os.PRIO_PROCESS, 0) + jobs.NICENESS} hello")
    assert row.pid != os.getpid()


def test_a_worker_that_dies_without_a_word_is_seen_at_once(start: Callable[[str], str], records: Records) -> None:
    row = ended(records, start("die"))
    assert row.state == "failed"
    assert "exit status 3" in row.error


def test_a_living_worker_is_not_started_twice_and_can_be_cancelled(
    start: Callable[[str], str], records: Records, tmp_path: Path
) -> None:
    job = start("wait")
    assert (tmp_path / "said").read_text() == "waiting\n"
    assert start("wait") == job
    with records.begin(by=ADA) as transaction:
        transaction.request_cancel(job)
    row = ended(records, job)
    assert (row.state, row.error) == ("cancelled", "Stopped.")


def test_a_killed_worker_makes_room_for_the_next(start: Callable[[str], str], records: Records, tmp_path: Path) -> None:
    job = start("wait")
    assert (tmp_path / "said").read_text() == "waiting\n"
    pid = records.job(job).pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    row = ended(records, job)
    assert (row.state, "exit status -9" in row.error) == ("failed", True)
    second = start("work")
    assert second != job
    assert ended(records, second).state == "done"


def test_a_command_that_does_not_exist_is_said_so(records: Records, study: str) -> None:
    with pytest.raises(EngineError, match="could not be started"):
        jobs.start(records, study, by=ADA, command=["/no/such/program"], environment={})
    assert records.jobs("failed", study_id=study)
    with pytest.raises(NotFound):
        jobs.start(records, "none", by=ADA, command=["true"], environment={})
