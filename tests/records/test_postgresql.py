"""Servers that share one PostgreSQL: each sees what the others decided, and outlives the database."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from records.postgresql import Server

from dashboard.errors import Conflict, EngineError, NotFound
from dashboard.filters import NO_FILTERS
from dashboard.records import opening, schema, shares
from dashboard.records.rows import User
from dashboard.records.store import open_records
from dashboard.settings import Settings
from dashboard.study import Decision, Study, Theme
from dashboard.workspace import Workspace, analysis, coding, evidence, jobs, open_workspace, sources

CALL = b"""WEBVTT

00:00:00.000 --> 00:00:04.000
<v Mina>What do you make of the price?</v>

00:00:05.000 --> 00:00:09.000
<v Theo>The hoses are far too expensive for a small garden.</v>
"""


def test_two_servers_see_each_others_decisions(postgresql: Server, tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "shared", database_url=postgresql.database())
    one, other = open_workspace(settings, User("Ada")), open_workspace(settings, User("Ben"))
    with closing(one.records), closing(other.records):
        with one.records.begin(by=one.user) as transaction:
            study = transaction.create_study(Study("Gardeners", codebook=(Theme("Watering"), Theme("Weeds"))))
        sources.add(one, study, [("call.vtt", CALL)])
        jobs.build_now(one, study)

        def counted(ws: Workspace) -> dict[str, int]:
            return {row["theme"]: row["k"] for row in analysis.rows(ws, study, "prevalence", filters=NO_FILTERS)}

        assert counted(one) == counted(other)
        assert counted(one)["Weeds"] == 0
        seen = evidence.evidence(other, study)
        assert seen is not None
        quote = analysis.rows(other, study, "quotes", filters=NO_FILTERS)[0]
        said = Decision(coding.anchor_of(seen, quote["passage"]), "theme", "Weeds", "confirmed", "Ben")
        coding.decide(other, study, [said])
        assert counted(one) == counted(other)
        assert counted(one)["Weeds"] == 1


def test_a_database_that_is_gone_for_a_while_is_said_so_and_comes_back(postgresql: Server) -> None:
    records = open_records(postgresql.database())
    with records.begin(by=User("Ada")) as transaction:
        study = transaction.create_study(Study("Gardeners"))
    with records.read() as open_for_reading:
        postgresql.stop()
        try:
            for ask in (records.studies, lambda: records.study(study)):
                with pytest.raises(EngineError, match="does not answer; nothing was saved"):
                    ask()
            with pytest.raises(EngineError, match="does not answer"), records.begin(by=User("Ada")) as transaction:
                transaction.create_study(Study("Growers"))
            assert not open_for_reading.closed
        finally:
            postgresql.start()
    assert [row.name for row in records.studies()] == ["Gardeners"]
    with records.begin(by=User("Ada")) as transaction:
        transaction.create_study(Study("Growers"))
    assert len(records.studies()) == 2
    records.close()


def test_the_connection_that_breaks_in_the_middle_of_a_change_leaves_nothing(postgresql: Server) -> None:
    records = open_records(postgresql.database())

    def write() -> None:
        with records.begin(by=User("Ada")) as transaction:
            transaction.create_study(Study("Gardeners"))
            postgresql.stop()
            postgresql.start()
            transaction.create_study(Study("Growers"))

    with pytest.raises(EngineError):
        write()
    assert records.studies() == []
    records.close()


def test_the_migrations_make_the_tables_of_the_schema_and_can_be_taken_back(postgresql: Server) -> None:
    from alembic import command

    engine = opening.engine_of(postgresql.database(migrated=False))
    opening.upgrade(engine)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), schema.metadata) == []
    config = opening._config()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
    assert sa.inspect(engine).get_table_names() == ["alembic_version"]
    opening.upgrade(engine)
    engine.dispose()


def test_one_who_waits_too_long_for_another_is_told_so(postgresql: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "BUSY_SECONDS", 0.2)
    records = open_records(postgresql.database())
    with records.begin(by=User("Ada")) as transaction:
        study = transaction.create_study(Study("Gardeners"))
    with records.begin(by=User("Ada")) as first:
        first.lock(study)
        with pytest.raises(Conflict, match="busy"), records.begin(by=User("Ben")) as second:
            second.lock(study)
    records.close()


def test_what_no_text_of_a_database_can_be_is_not_found(postgresql: Server) -> None:
    records = open_records(postgresql.database())
    with pytest.raises(NotFound, match="zero byte"):
        records.study("a\0b")
    records.close()


def test_a_study_that_is_kept_from_a_person_is_not_there(postgresql: Server) -> None:
    with closing(open_records(postgresql.database())) as records:
        with records.begin(by=User("Ada")) as transaction:
            study, other = (transaction.create_study(Study(name)) for name in ("Gardeners", "Growers"))
            token = shares.add(transaction, study, title="", audience=[])
        theirs = records.admitting(lambda connection, now: frozenset({study}))
        assert [row.id for row in theirs.studies()] == [other]
        with pytest.raises(NotFound):
            theirs.study(study)
        with pytest.raises(NotFound), theirs.begin(by=User("Ben")) as transaction:
            shares.revoke(transaction, token)
        with theirs.read() as connection:
            assert shares.every(connection) == []
        assert len(records.studies()) == 2
