"""Saved views: a page with its choices, under a name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

import sqlalchemy as sa

from dashboard.records import schema

if TYPE_CHECKING:
    from dashboard.records.transaction import Transaction


@dataclass(frozen=True)
class SavedView:
    """A page and the query string that brings its choices back. pinned: shown to those who read the study."""

    id: int
    name: str
    page: str
    query: str
    pinned: bool
    by: str
    at: datetime


def views(connection: sa.Connection, study_id: str) -> list[SavedView]:
    """The saved views of a study, the pinned ones first, then by their names."""
    table = schema.saved_view
    wanted = sa.and_(table.c.study_id == study_id, table.c.removed_at.is_(None))
    rows = connection.execute(sa.select(table).where(wanted))
    found = [SavedView(row.id, row.name, row.page, row.query, row.pinned, row.by, row.at) for row in rows]
    return sorted(found, key=lambda view: (not view.pinned, view.name.casefold(), view.id))


def save(transaction: Transaction, study_id: str, name: str, page: str, query: str, *, pinned: bool = False) -> int:
    """The number of a saved view; one of the same name takes the place of the one before."""
    transaction.lock(study_id)
    values = {"page": page, "query": query, "pinned": pinned, "by": transaction.by, "at": transaction.at}
    number = transaction.put(schema.saved_view, {"study_id": study_id, "name": name}, values)
    transaction.audit("save view", study_id, str(number))
    return number


def remove(transaction: Transaction, study_id: str, number: int) -> None:
    """Take a saved view away. Raises NotFound."""
    transaction.remove(schema.saved_view, study_id, number, what="saved view")


def rename(connection: sa.Connection, study_id: str, kind: str, old: str, new: str) -> None:
    """Let saved views follow a theme or stage to its new name."""
    table = schema.saved_view
    rows = connection.execute(sa.select(table.c.id, table.c.query).where(table.c.study_id == study_id)).all()
    names = (kind, "at") if kind == "stage" else (kind,)
    for number, query in rows:
        pairs = parse_qsl(query)
        renamed = [(name, new if name in names and value == old else value) for name, value in pairs]
        if renamed != pairs:
            connection.execute(sa.update(table).where(table.c.id == number).values(query=urlencode(renamed)))
