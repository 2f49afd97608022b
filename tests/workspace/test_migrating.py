"""Several servers share records: none of them changes the tables, one command does."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from dashboard.errors import ConfigurationError
from dashboard.records.schema import HEAD
from dashboard.settings import Settings
from dashboard.workspace import User, migrating, open_workspace

ADA = User("Ada", email="ada@example.org", role="admin")


def test_a_shared_server_refuses_older_records_until_they_were_migrated(tmp_path: Path) -> None:
    alone = Settings(data_dir=tmp_path / "store")
    shared = replace(alone, mode="shared")
    assert migrating.migrate(shared).version == HEAD
    engine = sa.create_engine(alone.records_url)
    with engine.begin() as connection:
        for table in ("share_version", "share", "redaction", "member", "retention", "role", "installation"):
            connection.execute(sa.text(f"DROP TABLE {table}"))
        for trigger in ("audit_no_update", "audit_no_delete"):
            connection.execute(sa.text(f"DROP TRIGGER {trigger}"))
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '0002'"))
    engine.dispose()
    with pytest.raises(
        ConfigurationError, match=r"version 0002 and .*; stop every server, .*python -m dashboard migrate"
    ):
        open_workspace(shared, ADA)
    open_workspace(alone, ADA).records.close()  # alone, it does so itself
    open_workspace(shared, ADA).records.close()
