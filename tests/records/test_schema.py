"""Times go in with a zone and come out in UTC."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
import sqlalchemy as sa

from dashboard.records.schema import UTCDateTime, metadata

times = sa.Table("times", sa.MetaData(), sa.Column("at", UTCDateTime))


def test_a_time_of_any_zone_comes_back_in_utc() -> None:
    engine = sa.create_engine("sqlite://")
    with engine.begin() as connection:
        times.create(connection)
        given = datetime(2026, 7, 1, 0, 30, 15, 250, tzinfo=timezone(timedelta(hours=2)))
        connection.execute(sa.insert(times), [{"at": given}, {"at": None}])
        found = list(connection.execute(sa.select(times.c.at)).scalars())
    assert found == [given, None]
    assert found[0] is not None
    assert found[0].tzinfo is UTC
    engine.dispose()


def test_a_time_without_a_zone_is_refused() -> None:
    engine = sa.create_engine("sqlite://")
    with engine.begin() as connection:
        times.create(connection)
        with pytest.raises(sa.exc.StatementError, match="time zone"):
            connection.execute(sa.insert(times).values(at=datetime(2026, 7, 1)))  # noqa: DTZ001
    engine.dispose()


def test_everything_that_belongs_to_a_study_says_so() -> None:
    for table in metadata.sorted_tables:
        if table.name not in ("study", "source_version", "role", "installation"):
            assert "study_id" in table.c
