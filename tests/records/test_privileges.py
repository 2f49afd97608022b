"""The servers' role on PostgreSQL does all that a server does, changes no table, and only adds to the audit."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from records.postgresql import OWNER, Server

from dashboard.errors import ConfigurationError
from dashboard.records import roles, schema, shares
from dashboard.records.migration import migrate_records
from dashboard.records.redactions import redact
from dashboard.records.retention import keep_until
from dashboard.records.rows import User
from dashboard.records.store import open_records
from dashboard.study import Anchor, Study

ADA = User("Ada")


def test_the_role_of_a_server_works_and_cannot_change_what_it_should_not(postgresql: Server) -> None:
    owners = postgresql.database(migrated=False)
    name = postgresql.role()
    servers = owners.replace(f"{OWNER}@", f"{name}@")
    with pytest.raises(ConfigurationError, match=r"still empty .*python -m dashboard migrate"):
        open_records(servers, migrate=False)
    granted = migrate_records(owners, grants=name).granted
    assert granted == migrate_records(owners, grants=name).granted  # as often as one likes

    records = open_records(servers, migrate=False)
    with records.begin(by=ADA) as transaction:
        study = transaction.create_study(Study("Gardeners"))
        token = shares.add(transaction, study, title="", audience=["@example.org"])
        shares.add_version(transaction, token, version_id="v1", policy={})
        redact(transaction, study, Anchor("s", 0, 0, 4, "Theo"), "hide")
        keep_until(transaction, study, None)
        roles.grant(transaction, "ada@example.org", "admin")
        transaction.add_revision(study, parts=["a"], coder="", inputs="")
        transaction.add_job(study, "build")
    assert len(records.audit()) == 8
    records.close()

    engine = sa.create_engine(servers)
    for statement in (
        "UPDATE audit SET by = 'nobody'", "DELETE FROM audit", "TRUNCATE audit", "DROP TABLE memo",
        "ALTER TABLE audit DISABLE TRIGGER audit_no_change", "CREATE TABLE mine (a int)",
        "UPDATE alembic_version SET version_num = '0001'", "DROP TRIGGER audit_no_change ON audit",
    ):  # fmt: skip
        with pytest.raises(sa.exc.ProgrammingError, match=r"permission denied|must be owner"), engine.begin() as write:
            write.execute(sa.text(statement))
    engine.dispose()
    engine = sa.create_engine(owners)
    for statement in ("UPDATE audit SET by = 'nobody'", "DELETE FROM audit", "TRUNCATE audit"):
        with pytest.raises(sa.exc.DBAPIError, match="added to and never changed"), engine.begin() as write:
            write.execute(sa.text(statement))
    engine.dispose()


def test_every_table_is_granted(postgresql: Server) -> None:
    name = postgresql.role()
    said = "\n".join(migrate_records(postgresql.database(), grants=name).granted)
    for table in schema.metadata.tables:
        assert f'."{table}" TO "{name}"' in said
    assert 'GRANT SELECT, INSERT ON "public"."audit"' in said


def test_a_role_that_could_do_anything_anyhow_or_is_none_is_refused(postgresql: Server) -> None:
    owners, name = postgresql.database(), postgresql.role()
    with pytest.raises(ConfigurationError, match="owns the tables"):
        migrate_records(owners, grants=OWNER)
    with pytest.raises(ConfigurationError, match='has no role “nobody"; DROP TABLE audit; --”'):
        migrate_records(owners, grants='nobody"; DROP TABLE audit; --')
    migrate_records(owners, grants=name)
    with pytest.raises(ConfigurationError, match="by one that does not own the tables"):
        migrate_records(owners.replace(f"{OWNER}@", f"{name}@"), grants=postgresql.role())
