"""Erasing a study, on both databases; a database as plain rows and back."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from records.postgresql import Server

from dashboard.errors import Conflict, NotFound
from dashboard.records import copying_out, erasing, installation, retention, roles, schema, shares
from dashboard.records.rows import User
from dashboard.records.store import Records, open_records
from dashboard.settings import Settings
from dashboard.study import Anchor, Decision, Identity, Study, Theme
from dashboard.workspace import backup, directory, forgetting, open_workspace
from tests import small_study

ADA = User("Ada", role="admin")


def filled(records: Records, name: str = "Gardeners") -> str:
    with records.begin(by=ADA) as tx:
        study = tx.create_study(Study(name, codebook=(Theme("Weeds"),)))
        source, _ = tx.add_source(study, "a.vtt", "ab" * 32, 3)
        tx.decide(study, Decision(Anchor(source, 0, 0, 4, "dear"), "theme", "Weeds", "confirmed", "Ada"))
        tx.identify(study, Identity("P1", (f"speaker {source}/Bo",), "quote"))
        token = shares.add(tx, study, title="All", audience=["@example.org"])
        shares.add_version(tx, token, version_id=f"v-{study}", policy={"k": 5})
        retention.keep_until(tx, study, tx.at.date())
        roles.add_member(tx, study, "ada@example.org")
    return study


def test_a_study_is_erased_wholly_and_no_other(records: Records) -> None:
    one, other = filled(records), filled(records, "Cooks")
    with records.begin(by=ADA) as tx:
        erasing.erase_study(tx, one)
    erasing.clean(records)
    assert [row.id for row in records.studies()] == [other]
    with records.read() as connection:
        for table in schema.metadata.sorted_tables:
            if "study_id" in table.c and table is not schema.audit:
                there = connection.execute(sa.select(table.c.study_id)).scalars().all()
                assert one not in there, table.name
        assert erasing.digests(connection) == {other: {"ab" * 32}}
    assert "erase study" in [row.action for row in records.audit(one)]
    with pytest.raises(NotFound), records.begin(by=ADA) as tx:
        erasing.erase_study(tx, one)


def rows(records: Records) -> dict[str, list[copying_out.Row]]:
    with records.read() as connection:
        found = {name: list(listed) for name, listed in copying_out.tables(connection)}
    loaded: dict[str, list[copying_out.Row]] = json.loads(json.dumps(found))
    return loaded


def test_a_database_is_the_same_after_the_way_through_plain_rows(records: Records, tmp_path: Path) -> None:
    study = filled(records)
    with records.begin(by=ADA) as tx:
        installation.set_setting(tx, "nothing", None)
    before = rows(records)
    copying_out.fill(tmp_path / "copy.sqlite", schema.HEAD, before.get)
    with closing(open_records(f"sqlite:///{(tmp_path / 'copy.sqlite').as_posix()}")) as copy:
        assert rows(copy) == before
        assert copy.study(study) == records.study(study)
        assert copy.audit() == records.audit()
        filled(copy, "Cooks")  # numbers go on where they were


def test_a_backup_goes_from_sqlite_to_postgresql_and_back(postgresql: Server, tmp_path: Path) -> None:
    here = Settings(data_dir=tmp_path / "here")
    there = Settings(data_dir=tmp_path / "there", database_url=postgresql.database())
    with closing(open_workspace(here, ADA).records) as records:
        study = filled(records)
        before = rows(records)
    one = open_workspace(here, ADA)
    with closing(one.records):
        backup.backup(one, tmp_path / "one.backup")
    with closing(open_workspace(there, ADA).records) as records:
        filled(records, "In the way")
        with records.begin(by=ADA) as tx:
            tx.connection.execute(sa.text("CREATE TABLE beside (id integer)"))  # of another program
    with pytest.raises(Conflict):
        backup.restore(there, tmp_path / "one.backup")
    backup.restore(there, tmp_path / "one.backup", replace_store=True)
    moved = open_workspace(there, ADA)
    with closing(moved.records):
        assert [row.id for row in moved.records.studies()] == [study]
        with moved.records.read() as connection:
            assert sa.inspect(connection).has_table("beside")
        assert rows(moved.records)["decision"] == before["decision"]
        filled(moved.records, "Afterwards")  # numbers go on where they were
        with pytest.raises(sa.exc.DBAPIError), moved.records.begin(by=ADA) as tx:
            tx.connection.execute(sa.delete(schema.audit))  # still added to alone
        backup.backup(moved, tmp_path / "two.backup")
    backup.restore(replace(here, data_dir=tmp_path / "back"), tmp_path / "two.backup")
    with closing(open_workspace(replace(here, data_dir=tmp_path / "back"), ADA).records) as records:
        assert {row.name for row in records.studies()} == {"Gardeners", "Afterwards"}


def test_nothing_of_a_person_is_left_in_the_tables_of_postgresql(postgresql: Server, tmp_path: Path) -> None:
    ws = open_workspace(Settings(data_dir=tmp_path / "store", database_url=postgresql.database()), ADA)
    with closing(ws.records):
        study, _ = directory.take_in(ws, small_study.write(tmp_path / "study"))
        source = next(row.id for row in ws.records.sources(study) if row.name == "P01 zoom.vtt")
        said = "The set up was confusing, honestly."
        with ws.records.begin(by=ADA) as tx:
            tx.decide(study, Decision(Anchor(source, 1, 0, 35, said), "theme", "Onboarding", "confirmed", "Ada"))
            tx.identify(study, Identity("P01", (f"speaker {source}/Bo Fenn",)))
        with ws.records.read() as connection:
            database = connection.execute(sa.text("SELECT oid FROM pg_database WHERE datname = current_database()"))
            files = postgresql.folder / "data" / "base" / str(database.scalar_one())
        forgetting.forget(ws, study, "P01")
        with ws.records.begin(by=ADA) as tx:
            assert not [each for each in rows(ws.records)["decision"] if each["text"] == said]
        with tx.connection.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(sa.text("CHECKPOINT"))
        held = [
            path.name for path in files.iterdir() if b"Bo Fenn" in (data := path.read_bytes()) or said.encode() in data
        ]
        assert held == []
