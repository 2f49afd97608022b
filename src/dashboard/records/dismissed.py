"""Groups of passages that were proposed as themes and dismissed for good."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import sqlalchemy as sa

from dashboard.records import schema

if TYPE_CHECKING:
    from dashboard.records.transaction import Transaction


def passages(connection: sa.Connection, study_id: str) -> set[str]:
    """The ids of every passage that stands in a dismissed group."""
    table = schema.dismissed.c
    wanted = sa.and_(table.study_id == study_id, table.removed_at.is_(None))
    return {passage for ids in connection.execute(sa.select(table.passages).where(wanted)).scalars() for passage in ids}


def dismiss(transaction: Transaction, study_id: str, ids: Sequence[str]) -> int:
    """The number of a dismissal of these passages as one group."""
    transaction.lock(study_id)
    values = {"study_id": study_id, "passages": sorted(ids), "by": transaction.by, "at": transaction.at}
    number = transaction.insert(schema.dismissed, values)
    transaction.audit("dismiss group", study_id, str(number))
    return number


def bring_back(transaction: Transaction, study_id: str) -> None:
    """Take back every dismissal of a study."""
    transaction.lock(study_id)
    table = schema.dismissed
    there = sa.and_(table.c.study_id == study_id, table.c.removed_at.is_(None))
    transaction.connection.execute(sa.update(table).where(there).values(removed_at=transaction.at))
    transaction.audit("bring groups back", study_id, "")
