"""What persons decided on redaction: words to hide or to show, quotes that were read, quotes to leave out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal, get_args

import sqlalchemy as sa

from dashboard.records import schema
from dashboard.records.anchors import anchor_to_mapping
from dashboard.study import Anchor

if TYPE_CHECKING:
    from dashboard.records.transaction import Transaction

RedactionAction = Literal["hide", "show", "pass", "leave out"]

_OF_WORDS = ("hide", "show")


@dataclass(frozen=True)
class Redaction:
    """One decision on one span; the original text stays as it is.

    action: "hide" (the label stands in its place), "show" (the rules marked what is no name), "pass" (a person read
    this quote and it may be shown) or "leave out" (this quote is not published).
    """

    id: int
    anchor: Anchor
    action: RedactionAction
    label: str
    by: str
    at: datetime


def redact(transaction: Transaction, study_id: str, anchor: Anchor, action: RedactionAction, label: str = "") -> int:
    """The number of a decision. Raises NotFound where there is no such study."""
    if action not in get_args(RedactionAction):
        raise ValueError(action)
    transaction.lock(study_id)
    values = {
        "study_id": study_id, **anchor_to_mapping(anchor), "action": action, "label": label,
        "by": transaction.by, "at": transaction.at,
    }  # fmt: skip
    number = transaction.insert(schema.redaction, values)
    transaction.audit(f"redact: {action}", study_id, str(number))
    return number


def withdraw(transaction: Transaction, study_id: str, number: int) -> None:
    """Take a decision back: what was decided before it on the same span holds again. Raises NotFound."""
    transaction.remove(schema.redaction, study_id, number, what="redaction")


def redactions(connection: sa.Connection, study_id: str) -> list[Redaction]:
    """The decisions that hold; the oldest first.

    On one span the latest holds: of "hide" and "show" one, and of "pass" and "leave out" one. So a quote of a single
    word that was hidden stays hidden when the quote is passed.
    """
    table = schema.redaction
    there = sa.and_(table.c.study_id == study_id, table.c.removed_at.is_(None))
    latest: dict[tuple[object, ...], Redaction] = {}
    for row in connection.execute(sa.select(table).where(there).order_by(table.c.id)):
        anchor = Anchor(row.source, row.turn, row.start, row.end, row.text, row.before, row.after)
        key = (anchor.span, anchor.text, row.action in _OF_WORDS)
        latest[key] = Redaction(row.id, anchor, row.action, row.label, row.by, row.at)
    return sorted(latest.values(), key=lambda redaction: redaction.id)
