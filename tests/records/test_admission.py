"""A study that is closed to somebody is not there: read or written, asked for by itself or through what is in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.errors import NotAllowed, NotFound
from dashboard.records.rows import User
from dashboard.records.store import Records, open_records
from dashboard.study import Study

BY = User("Maren")


def made(tmp_path: Path) -> tuple[Records, str, str]:
    records = open_records(f"sqlite:///{tmp_path}/records.sqlite")
    with records.begin(by=BY) as transaction:
        closed, there = transaction.create_study(Study(name="Closed")), transaction.create_study(Study(name="Open"))
    return records, closed, there


def test_it_is_left_out_of_lists_and_refused_by_name(tmp_path: Path) -> None:
    records, closed, there = made(tmp_path)
    with records.begin(by=BY) as transaction:
        source, _ = transaction.add_source(closed, "a.vtt", "d" * 64, 1)
        job = transaction.add_job(closed, "build")
    seen = records.admitting(lambda connection, now: frozenset({closed}))
    assert [row.id for row in seen.studies()] == [there]
    assert {row.study_id for row in seen.audit()} == {there}
    assert seen.jobs() == []
    for ask in (lambda: seen.study(closed), lambda: seen.sources(closed), lambda: seen.decisions(closed),
                lambda: seen.source(source), lambda: seen.job(job), lambda: seen.audit(closed)):  # fmt: skip
        with pytest.raises(NotFound) as refused:
            ask()
        assert "Closed" not in str(refused.value)
    for write in ("set_state", "add_job", "touch"):
        with pytest.raises(NotFound), seen.begin(by=BY) as transaction:
            getattr(transaction, write)(
                closed, *(["deleted"] if write == "set_state" else ["x"] * (write == "add_job"))
            )
    with pytest.raises(NotFound), seen.begin(by=BY) as transaction:
        transaction.request_cancel(job)
    assert not records.job(job).cancel
    assert records.study(closed).name == "Closed"
    assert seen.study(there).name == "Open"
    records.close()


def test_it_is_refused_in_the_words_of_one_that_never_was(tmp_path: Path) -> None:
    records, closed, _ = made(tmp_path)
    seen = records.admitting(lambda connection, now: frozenset({closed}))
    with pytest.raises(NotFound) as one:
        seen.study(closed)
    with pytest.raises(NotFound) as other:
        records.study("0" * len(closed))
    assert str(one.value).replace(closed, "X") == str(other.value).replace("0" * len(closed), "X")
    records.close()


def test_what_is_to_be_read_alone_is_never_written(tmp_path: Path) -> None:
    records, _, there = made(tmp_path)
    seen = records.admitting(lambda connection, now: frozenset(), writes=False)
    with pytest.raises(NotAllowed), seen.begin(by=BY) as transaction:
        transaction.set_state(there, "deleted")
    assert seen.study(there).name == "Open"
    records.close()
