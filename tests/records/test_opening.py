"""Opening the database: made, brought up to date, private, and refused when it is newer."""

from __future__ import annotations

import stat
import threading
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

import dashboard.records
from dashboard.errors import ConfigurationError
from dashboard.records import findings
from dashboard.records.findings import Finding
from dashboard.records.opening import engine_of, upgrade
from dashboard.records.rows import User
from dashboard.records.schema import HEAD, metadata
from dashboard.records.store import open_records


def address(path: Path) -> str:
    return f"sqlite:///{path.as_posix()}"


def test_the_newest_migration_is_the_one_the_code_knows() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(dashboard.records.__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]


def test_the_migrations_make_the_tables_of_the_schema(tmp_path: Path) -> None:
    engine = engine_of(address(tmp_path / "r.sqlite"))
    upgrade(engine)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    engine.dispose()


def test_the_tables_can_be_taken_back(tmp_path: Path) -> None:
    from alembic import command

    engine = engine_of(address(tmp_path / "r.sqlite"))
    upgrade(engine)
    config = Config()
    config.set_main_option("script_location", str(Path(dashboard.records.__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
    assert sa.inspect(engine).get_table_names() == ["alembic_version"]
    upgrade(engine)
    assert "study" in sa.inspect(engine).get_table_names()
    engine.dispose()


def test_a_database_of_the_first_release_is_brought_up_to_date_with_all_it_holds(tmp_path: Path) -> None:
    from alembic import command

    engine = engine_of(address(tmp_path / "r.sqlite"))
    config = Config()
    config.set_main_option("script_location", str(Path(dashboard.records.__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        assert not sa.inspect(connection).has_table("finding")
        connection.execute(
            sa.text(
                "INSERT INTO study (id, name, state, document, version, decisions_version, "
                "created_at, changed_at) "
                "VALUES ('s', 'Old', 'active', '{\"name\": \"Old\"}', 3, 7, "
                "'2026-01-02 03:04:05', '2026-01-02 03:04:05')"
            )
        )
        connection.execute(
            sa.text(
                'INSERT INTO decision (study_id, source, turn, start, "end", text, before, after, kind, value, status, '
                "coder, adjudicated, at) VALUES ('s', 'x', 0, 0, 4, 'dear', '', '', 'theme', 'Cost', "
                "'confirmed', 'Ada', 0, '2026-01-02 03:04:05')"
            )
        )
    engine.dispose()
    records = open_records(address(tmp_path / "r.sqlite"))
    assert (records.study("s").name, records.study_row("s").decisions_version) == ("Old", 7)
    assert [decision.value for decision in records.decisions("s")] == ["Cost"]
    with records.begin(by=User("Ada")) as transaction:
        findings.add_finding(transaction, "s", Finding(0, "It costs too much"))
    with records.read() as connection:
        assert [finding.claim for finding in findings.findings(connection, "s")] == ["It costs too much"]
    records.close()


def test_opening_again_changes_nothing(tmp_path: Path) -> None:
    open_records(address(tmp_path / "r.sqlite")).close()
    before = (tmp_path / "r.sqlite").read_bytes()
    open_records(address(tmp_path / "r.sqlite")).close()
    assert (tmp_path / "r.sqlite").read_bytes() == before


def test_many_may_open_a_new_database_at_once(tmp_path: Path) -> None:
    problems: list[BaseException] = []

    def work() -> None:
        try:
            open_records(address(tmp_path / "r.sqlite")).close()
        except BaseException as error:
            problems.append(error)
            raise

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert problems == []


def test_sqlite_is_set_for_safety(tmp_path: Path) -> None:
    engine = engine_of(address(tmp_path / "r.sqlite"))
    with engine.connect() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("journal_mode", "synchronous")
        }
        assert found == {"journal_mode": "wal", "synchronous": 2}
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == 60_000
    engine.dispose()


def test_nobody_else_reads_the_database(tmp_path: Path) -> None:
    records = open_records(address(tmp_path / "new" / "r.sqlite"))
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o700
    for file in (tmp_path / "new").iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    records.close()


def test_a_newer_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    open_records(address(tmp_path / "r.sqlite")).close()
    engine = engine_of(address(tmp_path / "r.sqlite"))
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(ConfigurationError, match=r"newer dashboard .*9999"):
        open_records(address(tmp_path / "r.sqlite"))
    with engine.connect() as connection:
        assert connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar() == "9999"
    engine.dispose()


@pytest.mark.parametrize("url", ["", "nonsense", "oracle9://x", "sqlite:////proc/none/r.sqlite"])
def test_an_address_that_cannot_be_used_is_said_so(url: str) -> None:
    with pytest.raises(ConfigurationError):
        open_records(url)


def test_a_file_that_is_no_database_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "r.sqlite").write_text("these are notes, not a database\n" * 100)
    with pytest.raises(ConfigurationError, match="cannot be opened"):
        open_records(address(tmp_path / "r.sqlite"))


def test_a_password_is_not_repeated() -> None:
    with pytest.raises(ConfigurationError) as caught:
        open_records("postgresql+nodriver://ada:secret@host/name")
    assert "secret" not in str(caught.value)
