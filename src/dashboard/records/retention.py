"""Until when a study is kept."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import sqlalchemy as sa

from dashboard.records import reading, schema
from dashboard.records.admission import closed

if TYPE_CHECKING:
    from dashboard.records.transaction import Transaction


def keep_until(transaction: Transaction, study_id: str, day: date | None) -> None:
    """Set the last day on which a study is kept; None: it is kept until a person deletes it. Raises NotFound."""
    reading.study_row(transaction.connection, study_id, lock=True)
    table = schema.retention
    if day is None:
        transaction.connection.execute(sa.delete(table).where(table.c.study_id == study_id))
    else:
        transaction.put(table, {"study_id": study_id}, {"day": day, "by": transaction.by, "at": transaction.at})
    transaction.audit("set retention", study_id, day.isoformat() if day else "")


def retentions(connection: sa.Connection) -> dict[str, date]:
    """Study → the last day on which it is kept, of those that have one and are not kept from this connection."""
    table = schema.retention
    rows = connection.execute(sa.select(table.c.study_id, table.c.day))
    return {row.study_id: row.day for row in rows if row.study_id not in closed(connection)}
