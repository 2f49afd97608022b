"""Run by Alembic, with the connection that ``records.opening`` hands it; everything happens in its one transaction."""

from __future__ import annotations

from alembic import context

from dashboard.records.schema import metadata


def migrate() -> None:
    """Bring the tables to the revision that was asked for."""
    context.configure(
        connection=context.config.attributes["connection"],
        target_metadata=metadata,
        transactional_ddl=True,  # both databases take table changes back when the transaction fails
        render_as_batch=True,  # SQLite alters a table by copying it
    )
    with context.begin_transaction():
        context.run_migrations()


if hasattr(context, "config"):  # only while Alembic runs: not when the module is merely imported
    migrate()
