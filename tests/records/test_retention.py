"""A study is kept until a day, or for good."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard.errors import NotFound
from dashboard.records.retention import keep_until, retentions
from dashboard.records.rows import User
from dashboard.records.store import Records
from dashboard.study import Study

ADA = User("Ada")


def test_the_last_day_that_was_set_holds(records: Records) -> None:
    with records.begin(by=ADA) as transaction:
        study = transaction.create_study(Study("Gardeners"))
        keep_until(transaction, study, None)
        keep_until(transaction, study, date(2027, 1, 31))
        keep_until(transaction, study, date(2026, 12, 31))
        with pytest.raises(NotFound):
            keep_until(transaction, "nothing", date(2026, 12, 31))
    with records.begin(by=ADA) as transaction:
        copy = transaction.duplicate_study(study, "A copy")
    with records.read() as connection:
        assert retentions(connection) == {study: date(2026, 12, 31), copy: date(2026, 12, 31)}
    with records.begin(by=ADA) as transaction:
        keep_until(transaction, study, None)
    with records.read() as connection:
        assert retentions(connection) == {copy: date(2026, 12, 31)}
    rows = [row for row in records.audit(study) if row.action == "set retention"]
    assert [row.subject for row in rows] == ["", "2026-12-31", "2027-01-31", ""]
