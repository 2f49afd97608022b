"""Bringing the tables up to date on purpose, and giving the servers' role its rights on them."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from dashboard.errors import ConfigurationError
from dashboard.records import privileges
from dashboard.records.opening import address_of, engine_of, upgrade
from dashboard.records.schema import HEAD


@dataclass(frozen=True)
class Migrated:
    """Records that are up to date. address: without its password. granted: the statements that were run."""

    address: str
    version: str
    granted: tuple[str, ...] = ()


def migrate_records(url: str, *, grants: str | None = None) -> Migrated:
    """Bring the records at an address up to date. grants: a role that is given what a server needs.

    Raises ConfigurationError where they cannot be opened or are newer, and where the role cannot be given its rights.
    """
    engine = engine_of(url)
    try:
        upgrade(engine)
        granted = _granted(engine, grants) if grants is not None else []
        return Migrated(address_of(engine), HEAD, tuple(granted))
    finally:
        engine.dispose()


def _granted(engine: sa.Engine, role: str) -> list[str]:
    try:
        with engine.begin() as connection:
            made = privileges.statements(connection, role)
            for statement in made:
                connection.exec_driver_sql(statement)
    except DBAPIError as error:
        raise ConfigurationError(
            f"The role “{role[:60]}” could not be given its rights; run the command as the role that owns the tables."
        ) from error
    return made
