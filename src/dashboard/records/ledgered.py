"""Ending in a restored database what had ended in the one it replaces: links, versions, roles, members."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Literal

import sqlalchemy as sa

from dashboard.records import schema

if TYPE_CHECKING:
    from dashboard.records.transaction import Transaction

Kind = Literal["share", "version", "role", "member"]

# table, what names a row without being said in the open, when it ended
_ENDS: dict[Kind, tuple[sa.Table, str, str]] = {
    "share": (schema.share, "token", "revoked_at"),
    "version": (schema.share_version, "id", "removed_at"),
    "role": (schema.role, "subject", "removed_at"),
    "member": (schema.member, "subject", "removed_at"),
}


def end(transaction: Transaction, kind: Kind, is_it: Callable[[str], bool], at: datetime) -> int:
    """How many rows ended: those that are it, were there before that moment, and had not ended."""
    table, name, ended = _ENDS[kind]
    key = next(iter(table.primary_key.columns))
    there = transaction.connection.execute(sa.select(table).where(table.c[ended].is_(None))).mappings().all()
    gone = [row[key.name] for row in there if row["at"] <= at and is_it(row[name])]
    for each in gone:
        transaction.connection.execute(sa.update(table).where(key == each).values({ended: at}))
        transaction.audit(f"end {kind} again", "")
    return len(gone)


def has_study(transaction: Transaction, study_id: str) -> bool:
    """Whether a study is there."""
    query = sa.select(schema.study.c.id).where(schema.study.c.id == study_id)
    return transaction.connection.execute(query).first() is not None
