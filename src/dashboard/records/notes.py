"""Memos and stars on a quote, a theme or a person; and summaries of what one person says of one theme."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

import sqlalchemy as sa

from dashboard.records import schema
from dashboard.records.anchors import anchor_from_mapping, anchor_to_mapping
from dashboard.study import Anchor

if TYPE_CHECKING:
    from dashboard.records.transaction import Transaction

MemoKind = Literal["quote", "theme", "person"]


@dataclass(frozen=True)
class Memo:
    """What one person noted of one thing, and whether it is starred.

    about: canonical JSON (``about_text``) of an anchor for a quote, of {"theme": …} or of {"participant": …}.
    """

    id: int
    about_kind: MemoKind
    about: str
    text: str
    starred: bool
    by: str
    at: datetime

    @property
    def what(self) -> dict[str, Any]:
        """What it is about, as a mapping."""
        found: dict[str, Any] = json.loads(self.about)
        return found

    @property
    def anchor(self) -> Anchor | None:
        """Where the quote stands that it is about; None for anything else."""
        return anchor_from_mapping(self.what) if self.about_kind == "quote" else None


@dataclass(frozen=True)
class Summary:
    """What one person says of one theme, in a researcher's words; the latest holds."""

    id: int
    participant: str
    theme: str
    text: str
    by: str
    at: datetime


def about_text(what: Mapping[str, Any] | Anchor) -> str:
    """Canonical JSON: the same thing is always the same text.

    >>> about_text({"theme": "Pricing", "participant": "P1"})
    '{"participant":"P1","theme":"Pricing"}'
    """
    mapping = anchor_to_mapping(what) if isinstance(what, Anchor) else dict(what)
    return json.dumps(mapping, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def memos(connection: sa.Connection, study_id: str) -> list[Memo]:
    """Every memo and star of a study; the latest first."""
    table = schema.memo
    wanted = sa.and_(table.c.study_id == study_id, table.c.removed_at.is_(None))
    rows = connection.execute(sa.select(table).where(wanted).order_by(table.c.at.desc(), table.c.id.desc()))
    return [Memo(row.id, row.about_kind, row.about, row.text, row.starred, row.by, row.at) for row in rows]


def summaries(connection: sa.Connection, study_id: str) -> dict[tuple[str, str], Summary]:
    """(participant, theme) → the summary that holds; one that was emptied is none."""
    table = schema.summary
    rows = connection.execute(sa.select(table).where(table.c.study_id == study_id).order_by(table.c.id))
    found = {
        (row.participant, row.theme): Summary(row.id, row.participant, row.theme, row.text, row.by, row.at)
        for row in rows
    }
    return {key: summary for key, summary in found.items() if summary.text}


def note(
    transaction: Transaction, study_id: str, kind: MemoKind, about: str, *, text: str, starred: bool
) -> int | None:
    """The number of this person's memo on a thing, in place of the one before; None where nothing is left of it."""
    transaction.lock(study_id)
    mine = {"study_id": study_id, "about_kind": kind, "about": about, "by": transaction.by}
    if text or starred:
        values = {"text": text, "starred": starred, "at": transaction.at}
        number = transaction.put(schema.memo, mine, values)
        transaction.audit("write memo", study_id, str(number))
        return number
    there = transaction.number_of(schema.memo, mine)
    if there is not None:
        transaction.remove(schema.memo, study_id, there, what="memo")
    return None


def summarise(transaction: Transaction, study_id: str, participant: str, theme: str, text: str) -> int:
    """The number of a new summary, which holds from now on; an empty text takes it away."""
    transaction.lock(study_id)
    values = {"study_id": study_id, "participant": participant, "theme": theme, "text": text}
    number = transaction.insert(schema.summary, {**values, "by": transaction.by, "at": transaction.at})
    transaction.audit("write summary", study_id, str(number))
    return number


def rename(connection: sa.Connection, study_id: str, kind: str, old: str, new: str) -> None:
    """Let memos and summaries follow a theme to its new name."""
    if kind != "theme":
        return
    table = schema.summary
    of_theme = sa.and_(table.c.study_id == study_id, table.c.theme == old)
    connection.execute(sa.update(table).where(of_theme).values(theme=new))
    for memo in memos(connection, study_id):
        if memo.about_kind == "theme" and memo.what["theme"] == old:
            about = about_text({"theme": new})
            connection.execute(sa.update(schema.memo).where(schema.memo.c.id == memo.id).values(about=about))
