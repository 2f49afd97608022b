"""What the role of a running server may do on PostgreSQL: all that it needs, and nothing to the audit but add.

One role owns the tables and runs ``python -m dashboard migrate``; another one, with no right to change a table, is in
the DATABASE_URL of the servers.
"""

from __future__ import annotations

import sqlalchemy as sa

from dashboard.errors import ConfigurationError
from dashboard.records import schema


def statements(connection: sa.Connection, role: str) -> list[str]:
    """The SQL that gives a role what a server needs, in the schema that this connection works in.

    Raises ConfigurationError where the database has no roles, has not this one, or this one may do anything anyhow.
    """
    if connection.dialect.name != "postgresql":
        raise ConfigurationError(
            "Only PostgreSQL has roles; leave --grants out, or set DATABASE_URL to a PostgreSQL database."
        )
    _check(connection, role)
    quote = connection.dialect.identifier_preparer.quote_identifier
    to, place = quote(role), quote(connection.execute(sa.select(sa.func.current_schema())).scalar_one())
    made = [f"GRANT USAGE ON SCHEMA {place} TO {to}", f"GRANT SELECT ON {place}.alembic_version TO {to}"]
    for table in schema.metadata.sorted_tables:
        name = f"{place}.{quote(table.name)}"
        rights = "SELECT, INSERT" if table is schema.audit else "SELECT, INSERT, UPDATE, DELETE"
        made += [f"REVOKE ALL ON {name} FROM {to}", f"GRANT {rights} ON {name} TO {to}"]
        if isinstance(table.primary_key.columns[0].type, sa.Integer):
            made.append(f"GRANT USAGE ON SEQUENCE {place}.{quote(f'{table.name}_id_seq')} TO {to}")
    return made


def _check(connection: sa.Connection, role: str) -> None:
    name = role[:60]
    if connection.execute(sa.text("SELECT 1 FROM pg_roles WHERE rolname = :role"), {"role": role}).first() is None:
        raise ConfigurationError(
            f"The database has no role “{name}”; make it (CREATE ROLE … LOGIN PASSWORD …), then grant it its rights."
        )
    owned = sa.text("SELECT pg_has_role(current_user, tableowner, 'MEMBER') FROM pg_tables WHERE tablename = 'audit'")
    if not all(connection.execute(owned).scalars()):
        raise ConfigurationError(
            f"The role “{name}” cannot be given its rights by one that does not own the tables; set DATABASE_URL to "
            "the owner's address for this command."
        )
    above = sa.text("SELECT pg_has_role(:role, tableowner, 'MEMBER') FROM pg_tables WHERE tablename = 'audit'")
    if any(connection.execute(above, {"role": role}).scalars()):
        raise ConfigurationError(
            f"The role “{name}” owns the tables or may act as their owner, so that nothing could be kept from it; "
            "make another role for the servers."
        )
