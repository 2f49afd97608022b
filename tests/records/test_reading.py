"""Reads that name one thing, and the order in which several come."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from dashboard.records.rows import User
from dashboard.records.store import open_records
from dashboard.study import Study

ADA = User("Ada")


def test_lists_come_in_the_order_in_which_they_are_shown(tmp_path: Path) -> None:
    times = iter(datetime(2026, 5, 4, tzinfo=UTC) + timedelta(minutes=n) for n in range(100))
    records = open_records(f"sqlite:///{tmp_path / 'records.sqlite'}", now=lambda: next(times))
    studies = []
    for name in ("B", "A", "C"):
        with records.begin(by=ADA) as transaction:
            studies.append(transaction.create_study(Study(name)))
    assert [row.name for row in records.studies()] == ["C", "A", "B"], "the last changed first"
    for name in ("z.vtt", "a.vtt", "m.vtt"):
        with records.begin(by=ADA) as transaction:
            transaction.add_source(studies[0], name, f"{ord(name[0]):064}", 1)
    assert [row.name for row in records.studies()] == ["B", "C", "A"], "a source changes a study"
    assert [row.name for row in records.sources(studies[0])] == ["z.vtt", "a.vtt", "m.vtt"], "as they were added"
    with records.begin(by=ADA) as transaction:
        for name in ("y.vtt", "b.vtt"):
            transaction.add_source(studies[0], name, f"{ord(name[0]):064}", 1)
    assert [row.name for row in records.sources(studies[0])][3:] == ["b.vtt", "y.vtt"], "at once: by name"
    jobs = []
    for kind in ("one", "two"):
        with records.begin(by=ADA) as transaction:
            jobs.append(transaction.add_job(studies[0], kind))
    assert [job.id for job in records.jobs()] == jobs[::-1]
    assert [job.id for job in records.jobs("queued", "running", limit=1)] == jobs[:0:-1], "the newest"
    assert records.jobs("done", "failed") == []
    assert [row.id for row in records.audit()] == sorted((row.id for row in records.audit()), reverse=True)
    records.close()
