"""Jobs as rows: one at a time, a lease that runs out, and a cancellation that is always answered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from dashboard.errors import Conflict
from dashboard.records.rows import LEASE, User
from dashboard.records.store import Records, open_records
from dashboard.records.work import ENDED
from dashboard.study import Study

ADA = User("Ada")


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.time = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def records(url: str, clock: Clock) -> Iterator[Records]:
    opened = open_records(url, now=clock)
    yield opened
    opened.close()


@pytest.fixture
def study(records: Records) -> str:
    with records.begin(by=ADA) as transaction:
        return transaction.create_study(Study("Gardeners"))


def add(records: Records, study: str, kind: str = "build") -> str:
    with records.begin(by=ADA) as transaction:
        return transaction.add_job(study, kind)


def test_a_job_lives_from_waiting_to_done(records: Records, study: str, clock: Clock) -> None:
    job = add(records, study)
    row = records.job(job)
    assert (row.state, row.progress, row.by, row.pid, row.finished_at) == ("queued", 0.0, "Ada", None, None)
    with records.begin(by=ADA) as transaction:
        assert transaction.claim_job(job, 77).state == "running"
    clock.time += timedelta(seconds=5)
    with records.begin(by=ADA) as transaction:
        row = transaction.beat(job, 0.5, "reading", pid=77)
    assert row == records.job(job) == records.current_job(study)
    assert (row.progress, row.step, row.heartbeat_at) == (0.5, "reading", clock.time)
    with records.begin(by=ADA) as transaction:
        transaction.finish_job(job, "done", pid=77)
    row = records.job(job)
    assert (row.state, row.progress, row.finished_at, row.error) == ("done", 1.0, clock.time, "")
    assert records.jobs("done") == records.jobs(study_id=study) == [row]
    assert records.jobs("running") == []
    assert [each.action for each in records.audit(study)][:3] == ["build done", "claim build", "start build"]


def test_a_living_job_is_not_started_twice(records: Records, study: str, clock: Clock) -> None:
    job = add(records, study)
    clock.time += LEASE
    assert add(records, study) == job
    assert add(records, study, "publish") != job


def test_a_dead_job_is_followed_by_another(records: Records, study: str, clock: Clock) -> None:
    job = add(records, study)
    clock.time += LEASE + timedelta(seconds=1)
    current = records.current_job(study)
    assert current is not None
    assert (current.state, current.error) == ("failed", ENDED)
    second = add(records, study)
    assert second != job
    assert (records.job(job).state, records.job(job).error) == ("failed", ENDED)
    current = records.current_job(study)
    assert current is not None
    assert current.id == second


def test_a_job_is_claimed_by_one_process_until_its_lease_runs_out(records: Records, study: str, clock: Clock) -> None:
    job = add(records, study)
    with records.begin(by=ADA) as transaction:
        transaction.claim_job(job, 77)
    with pytest.raises(Conflict), records.begin(by=ADA) as transaction:
        transaction.claim_job(job, 88)
    clock.time += LEASE + timedelta(seconds=1)
    with records.begin(by=ADA) as transaction:
        assert transaction.claim_job(job, 88).pid == 88
    for write in (lambda t: t.beat(job, 1.0, "late", pid=77), lambda t: t.finish_job(job, "done", pid=77)):
        with pytest.raises(Conflict), records.begin(by=ADA) as transaction:
            write(transaction)
    assert records.job(job).step == ""
    with records.begin(by=ADA) as transaction:
        transaction.finish_job(job, "failed", "It broke.", pid=88)
    with pytest.raises(Conflict), records.begin(by=ADA) as transaction:
        transaction.claim_job(job, 88)


def test_cancelling_is_a_request_to_a_living_process(records: Records, study: str, clock: Clock) -> None:
    job = add(records, study)
    with records.begin(by=ADA) as transaction:
        transaction.claim_job(job, 77)
        transaction.request_cancel(job)
    assert (records.job(job).state, records.job(job).cancel) == ("running", True)
    clock.time += LEASE + timedelta(seconds=1)
    with records.begin(by=ADA) as transaction:
        transaction.request_cancel(job)
    assert records.job(job).state == "cancelled"


def test_a_waiting_job_is_cancelled_at_once_and_a_finished_one_stays(records: Records, study: str) -> None:
    job = add(records, study)
    for _ in range(2):
        with records.begin(by=ADA) as transaction:
            transaction.request_cancel(job)
        assert records.job(job).state == "cancelled"
    with pytest.raises(ValueError, match="running"), records.begin(by=ADA) as transaction:
        transaction.finish_job(job, "running")
