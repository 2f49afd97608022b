"""The history of a codebook: what each change was, and what it takes to undo it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa

from dashboard.records import schema
from dashboard.study import Theme
from dashboard.study_mapping import theme_of, theme_to_mapping
from dashboard.study_tree import Book, Node

if TYPE_CHECKING:
    from dashboard.records.transaction import Transaction


@dataclass(frozen=True)
class Change:
    """One change of a codebook. before: the themes as they were.

    moved: decisions that followed a theme to another name, each with its theme before.
    """

    id: int
    what: str
    before: tuple[Theme, ...]
    moved: tuple[tuple[int, str], ...]
    by: str
    at: datetime


def changes(connection: sa.Connection, study_id: str, *, limit: int = 50) -> list[Change]:
    """Changes that hold, the latest first: those that were undone are not among them."""
    table = schema.codebook_change
    wanted = sa.and_(table.c.study_id == study_id, table.c.undone_at.is_(None))
    rows = connection.execute(sa.select(table).where(wanted).order_by(table.c.id.desc()).limit(limit))
    return [
        Change(
            row.id,
            row.what,
            tuple(theme_of(Node(theme, Book("the history of the codebook"))) for theme in row.before),
            tuple((int(number), str(theme)) for number, theme in row.moved),
            row.by,
            row.at,
        )
        for row in rows
    ]


def record(transaction: Transaction, study_id: str, before: Sequence[Theme], after: Sequence[Theme]) -> None:
    """Keep what a codebook was before a change; nothing where it stays the same."""
    if tuple(before) == tuple(after):
        return
    values = {
        "study_id": study_id, "what": said(before, after), "before": [theme_to_mapping(theme) for theme in before],
        "moved": [], "by": transaction.by, "at": transaction.at,
    }  # fmt: skip
    transaction.insert(schema.codebook_change, values)


def follow(
    transaction: Transaction, study_id: str, old: str, new: str, *, numbers: Sequence[int] | None = None
) -> None:
    """Let decisions on a theme follow it to another, and remember which. numbers: these alone."""
    table, change = schema.decision.c, schema.codebook_change
    mine = sa.and_(table.study_id == study_id, table.kind == "theme", table.value == old)
    if numbers is not None:
        mine = sa.and_(mine, table.id.in_(list(numbers)))
    moved = list(transaction.connection.execute(sa.select(table.id).where(mine)).scalars())
    transaction.connection.execute(sa.update(schema.decision).where(mine).values(value=new))
    holding = sa.and_(change.c.study_id == study_id, change.c.undone_at.is_(None))
    latest = sa.select(change).where(holding).order_by(change.c.id.desc()).limit(1)
    row = transaction.connection.execute(latest).first()
    if row is not None:
        more = [*row.moved, *([number, old] for number in moved)]
        transaction.connection.execute(sa.update(change).where(change.c.id == row.id).values(moved=more))


def undone(transaction: Transaction, study_id: str, change: Change) -> None:
    """Mark a change, and the one that its undoing made, as undone; its decisions go back to their themes."""
    table, decision = schema.codebook_change, schema.decision
    for number, theme in change.moved:
        back = sa.update(decision).where(decision.c.id == number, decision.c.study_id == study_id)
        transaction.connection.execute(back.values(value=theme))
    since = sa.and_(table.c.study_id == study_id, table.c.id >= change.id, table.c.undone_at.is_(None))
    transaction.connection.execute(sa.update(table).where(since).values(undone_at=transaction.at))
    transaction.audit("undo codebook change", study_id, str(change.id))


def said(before: Sequence[Theme], after: Sequence[Theme]) -> str:
    """What a change was, in words.

    >>> said((Theme("Price"),), (Theme("Price", "what it costs"), Theme("Support")))
    '“Support” was added; “Price” was changed'
    >>> said((Theme("Price", "cost"),), (Theme("Pricing", "cost"),))
    '“Price” is now called “Pricing”'
    """
    was, now = {theme.name: theme for theme in before}, {theme.name: theme for theme in after}
    gone, new = [name for name in was if name not in now], [name for name in now if name not in was]
    if len(gone) == len(new) == 1 and was[gone[0]].cues == now[new[0]].cues:
        return f"“{gone[0]}” is now called “{new[0]}”"
    changed = [name for name in was if name in now and was[name] != now[name]]
    parts = [
        f"{_named(names)} {'was' if len(names) == 1 else 'were'} {verb}"
        for names, verb in ((new, "added"), (gone, "taken out"), (changed, "changed"))
        if names
    ]
    return "; ".join(parts) or "the themes were put into another order"


def _named(names: Sequence[str], *, most: int = 3) -> str:
    shown = [f"“{name}”" for name in names[:most]]
    left = len(names) - most
    return ", ".join(shown) + (f" and {left} more" if left > 0 else "")
