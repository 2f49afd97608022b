"""Opening the database of the records: its connections, and the tables at the version of this code."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from dashboard.errors import ConfigurationError
from dashboard.records.schema import HEAD

WRITES = "records_writes"
"""The execution option of a connection that will write."""

BUSY_SECONDS = 60
"""How long a writer waits for another one before it gives up."""

CONNECT_SECONDS = 10
"""How long a server may take to answer before it counts as gone."""

_MIGRATIONS = Path(__file__).parent / "migrations"
_LOCK = 0x64617368  # any number, the same in every process: one migration at a time on PostgreSQL


def engine_of(url: str) -> sa.Engine:
    """The engine of an SQLAlchemy address; it connects when it is first used.

    Raises ConfigurationError where the address cannot be used.
    """
    try:
        parsed = sa.make_url(url)
        lite = parsed.get_backend_name() == "sqlite"
        known = parsed.get_backend_name() == "postgresql"
        patience = {"connect_timeout": CONNECT_SECONDS} if known and "connect_timeout" not in parsed.query else {}
        # a connection that died with its server is replaced before it is used: nobody has to start anything again
        engine = sa.create_engine(parsed, pool_pre_ping=not lite, connect_args=patience)
    except (ArgumentError, NoSuchModuleError, ImportError, ValueError) as error:
        raise ConfigurationError(
            "The address of the records (DATABASE_URL) cannot be used; write for example "
            "sqlite:////folder/records.sqlite or postgresql+psycopg://user:password@host/name, and install its driver."
        ) from error
    if lite:
        if parsed.database and parsed.database != ":memory:":
            _private_file(Path(parsed.database))
        event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin if lite else _on_begin_at_a_server)
    return engine


def _private_file(path: Path) -> None:
    """Customers' words are nobody else's on this machine; SQLite gives its journal the mode of its file."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise ConfigurationError(
            f"The records at {path} cannot be opened ({error.strerror}); check DASHBOARD_DATA_DIR and who may "
            "write there."
        ) from error


def _on_connect(connection: Any, record: Any) -> None:
    connection.isolation_level = None  # the driver would begin late and end early; see _on_begin
    for pragma in (
        f"busy_timeout = {BUSY_SECONDS * 1000}",
        "journal_mode = WAL",
        "synchronous = FULL",  # what a person decided survives a power cut
        "foreign_keys = ON",
        "secure_delete = ON",  # what was forgotten is overwritten
    ):
        connection.execute(f"PRAGMA {pragma}").close()


def _on_begin(connection: sa.Connection) -> None:
    # A writer takes its place in the queue at once: one that began by reading could not wait for another, only fail.
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _on_begin_at_a_server(connection: sa.Connection) -> None:
    if connection.get_execution_options().get(WRITES, False) and connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{BUSY_SECONDS}s'")


def upgrade(engine: sa.Engine, *, migrate: bool = True) -> None:
    """Bring the tables to the version of this code; two processes that open a new database at once do no harm.

    migrate: False changes no table, for a server that is one of several; it makes a new SQLite file all the same.
    Raises ConfigurationError where the database cannot be opened, was written by newer code, or is older and may not
    be changed.
    """
    try:
        with engine.connect() as connection:
            version = _version(connection)
            if version == HEAD:
                return
        if not migrate and (version or engine.dialect.name != "sqlite"):
            _refuse(version, address_of(engine))
        with engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
            if connection.dialect.name == "postgresql":
                connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
            version = _version(connection)  # again: another process may have been quicker
            if version != HEAD:
                _check(version, address_of(engine))
                migrate_to(connection, HEAD)
    except (DBAPIError, sqlite3.Error) as error:  # the driver itself raises before SQLAlchemy sees the connection
        raise ConfigurationError(
            f"The records at {address_of(engine)} cannot be opened ({_reason(error)}); check the address, and that the "
            "database is running and may be written."
        ) from error


def address_of(engine: sa.Engine) -> str:
    """The address of the records, without its password."""
    return engine.url.render_as_string(hide_password=True)


def _reason(error: Exception) -> str:
    lines = str(getattr(error, "orig", None) or error).strip().splitlines()
    return lines[0].rstrip(".") if lines else type(error).__name__


def _version(connection: sa.Connection) -> str | None:
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()


def _refuse(version: str | None, address: str) -> None:
    """Say what has to be done before servers that share these records can start. Raises ConfigurationError."""
    _check(version, address)
    raise ConfigurationError(
        f"The records at {address} are "
        f"{f'at version {version}' if version else 'still empty'} and this dashboard needs version {HEAD}; stop every "
        "server, run “python -m dashboard migrate” as the owner of the tables, and start them again."
    )


def _check(version: str | None, address: str) -> None:
    """Nothing where this code can bring such a database up to date. Raises ConfigurationError where it is newer."""
    if version is not None and not is_known(version):
        raise ConfigurationError(
            f"The records at {address} were written by a newer dashboard (their version is {version}, this one knows "
            f"{HEAD}); install the newer dashboard or restore an older backup."
        )


def is_known(version: str) -> bool:
    """Whether this code has the migration to a version of the tables."""
    from alembic.script import ScriptDirectory

    return version in {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}


def migrate_to(connection: sa.Connection, version: str) -> None:
    """Bring the tables to a known version, within the transaction of this connection."""
    from alembic import command

    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, version)


def _config() -> Any:
    """What Alembic is told."""
    from alembic.config import Config  # slow to import, and seldom needed

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config
