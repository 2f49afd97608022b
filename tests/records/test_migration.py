"""Bringing tables up to date on purpose, where servers may not."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

from dashboard.errors import ConfigurationError
from dashboard.records.migration import migrate_records
from dashboard.records.rows import User
from dashboard.records.schema import HEAD
from dashboard.records.store import Records, open_records
from dashboard.study import Study


def test_a_server_among_several_waits_for_the_migration(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'r.sqlite'}"
    open_records(url, migrate=False).close()  # nobody had it before
    done = migrate_records(url)
    assert (done.address, done.version, done.granted) == (url, HEAD, ())
    open_records(url, migrate=False).close()
    for version, said in (
        ("0001", f"at version 0001 and .* version {HEAD}; .*python -m dashboard migrate"),
        ("9999", "newer dashboard"),
    ):
        engine = sa.create_engine(url)
        with engine.begin() as connection:
            connection.execute(sa.text("UPDATE alembic_version SET version_num = :version"), {"version": version})
        engine.dispose()
        with pytest.raises(ConfigurationError, match=said):
            open_records(url, migrate=False)


def test_sqlite_has_no_roles(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="Only PostgreSQL"):
        migrate_records(f"sqlite:///{tmp_path / 'r.sqlite'}", grants="server")


def test_the_audit_is_added_to_and_never_changed(records: Records, url: str) -> None:
    with records.begin(by=User("Ada")) as transaction:
        transaction.create_study(Study("Gardeners"))
    before = records.audit()
    engine = sa.create_engine(url)
    for statement in ("UPDATE audit SET action = 'nothing'", "DELETE FROM audit"):
        with pytest.raises(sa.exc.DBAPIError, match="added to and never changed"), engine.begin() as connection:
            connection.execute(sa.text(statement))
    engine.dispose()
    assert records.audit() == before
