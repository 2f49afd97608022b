"""Every table as plain rows, and back: one form for SQLite and PostgreSQL, read as one state of the database."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from dashboard.errors import ConfigurationError
from dashboard.records import opening, schema

Row = dict[str, Any]
_BATCH = 1_000


def tables(connection: sa.Connection) -> Iterator[tuple[str, Iterator[Row]]]:
    """Name and rows of every table, those that others refer to first; values are what JSON can hold."""
    for table in schema.metadata.sorted_tables:
        order = list(table.primary_key.columns)
        rows = connection.execute(sa.select(table).order_by(*order)).mappings()
        yield table.name, ({name: _plain(value) for name, value in row.items()} for row in rows)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value.isoformat() if isinstance(value, date) else value


def fill(path: Path, version: str, rows_of: Callable[[str], Iterable[Mapping[str, Any]] | None]) -> None:
    """Make a new SQLite database of these rows, at the version they were written in, and bring it up to date.

    rows_of: table → its rows; None: it has none of that table. Raises ConfigurationError where the version is unknown.
    """
    engine = opening.engine_of(f"sqlite:///{path.as_posix()}")
    try:
        with engine.connect().execution_options(**{opening.WRITES: True}) as connection, connection.begin():
            _migrate(connection, version)
            insert(connection, rows_of)
        opening.upgrade(engine)
    finally:
        engine.dispose()


def insert(connection: sa.Connection, rows_of: Callable[[str], Iterable[Mapping[str, Any]] | None]) -> None:
    """Put rows into the tables as they stand in this database, whatever their version."""
    found = sa.MetaData()
    found.reflect(connection)
    for table in found.sorted_tables:
        rows = rows_of(table.name)
        if rows is None:
            continue
        batch: list[Row] = []
        for row in rows:
            batch.append({name: _value(table.c[name], value) for name, value in row.items() if name in table.c})
            if len(batch) >= _BATCH:
                connection.execute(sa.insert(table), batch)
                batch = []
        if batch:
            connection.execute(sa.insert(table), batch)
        if connection.dialect.name == "postgresql" and "id" in table.c and isinstance(table.c.id.type, sa.Integer):
            quoted = connection.dialect.identifier_preparer.quote(table.name)
            highest = f"(SELECT coalesce(max(id), 0) + 1 FROM {quoted})"
            connection.execute(sa.text(f"SELECT setval(pg_get_serial_sequence('{quoted}', 'id'), {highest}, false)"))


def into_postgresql(engine: sa.Engine, rows_of: Callable[[str], Iterable[Mapping[str, Any]] | None]) -> None:
    """Put rows in place of everything that a PostgreSQL database holds of the records, in one transaction.

    Tables of something else that stand beside them are left alone.
    """
    ours = {*schema.metadata.tables, "alembic_version"}
    with engine.begin() as connection:
        there = sa.MetaData()
        there.reflect(connection, only=lambda name, _: name in ours, resolve_fks=False)
        there.drop_all(connection)
        connection.execute(sa.text("DROP FUNCTION IF EXISTS audit_refuse() CASCADE"))
        _migrate(connection, schema.HEAD)
        insert(connection, rows_of)


def is_empty(engine: sa.Engine) -> bool:
    """Whether no study stands in a database."""
    with engine.connect() as connection:
        if not sa.inspect(connection).has_table("study"):
            return True
        return connection.execute(sa.text("SELECT 1 FROM study LIMIT 1")).first() is None


def _migrate(connection: sa.Connection, version: str) -> None:
    if not opening.is_known(version):
        raise ConfigurationError(
            f"The backup was made by a newer dashboard (its records have version {version[:20]}); install that one "
            "and restore again."
        )
    opening.migrate_to(connection, version)


def _value(column: sa.Column[Any], value: Any) -> Any:
    if value is None:
        return sa.null() if isinstance(column.type, sa.JSON) and column.nullable else None
    if isinstance(column.type, sa.DateTime):
        moment = datetime.fromisoformat(value)
        return moment if getattr(column.type, "timezone", False) else moment.astimezone(UTC).replace(tzinfo=None)
    return date.fromisoformat(value) if isinstance(column.type, sa.Date) else value
