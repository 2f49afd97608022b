"""The rows that the records hand out."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from dashboard.records.rows import LEASE, JobRow, JobState, User

NOW = datetime(2026, 5, 4, tzinfo=UTC)
JOB = JobRow("j", "s", "build", "running", 0.0, "", "", False, NOW, NOW, None, "Ada", 1)


def test_a_person_is_known_by_their_address_where_there_is_one() -> None:
    assert User("Ada", email="ada@example.org").known_as == "ada@example.org"
    assert User("Ada").known_as == "Ada"
    assert User("Ada").role == "researcher"


@pytest.mark.parametrize(
    ("state", "alive"),
    [("queued", True), ("running", True), ("done", False), ("failed", False), ("cancelled", False)],
)
def test_a_job_lives_while_it_is_unfinished_and_heard_of(state: JobState, alive: bool) -> None:
    job = replace(JOB, state=state)
    assert job.alive(NOW + LEASE) is alive
    assert job.alive(NOW + LEASE + timedelta(milliseconds=1)) is False
