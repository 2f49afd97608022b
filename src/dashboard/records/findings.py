"""What was learned: findings with their figures, the quotes pinned to them, verdicts on assumptions, actions.

Functions that read take a connection (``Records.read``), functions that write a transaction (``Records.begin``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Literal, get_args

import sqlalchemy as sa

from dashboard.errors import Conflict, NotFound
from dashboard.filters import NO_FILTERS, Filters, from_query
from dashboard.records import schema
from dashboard.records.anchors import anchor_from_mapping, anchor_to_mapping
from dashboard.study import Anchor

if TYPE_CHECKING:
    from dashboard.records.transaction import Transaction

FindingKind = Literal["finding", "opportunity"]
FindingStatus = Literal["draft", "ready", "set aside"]
Side = Literal["for", "against", ""]
Word = Literal["supported", "contradicted", "mixed", "not enough"]
Effort = Literal["S", "M", "L", ""]
ActionStatus = Literal["open", "doing", "done", "dropped"]

FINDING_KINDS: tuple[FindingKind, ...] = get_args(FindingKind)
FINDING_STATUSES: tuple[FindingStatus, ...] = get_args(FindingStatus)
SIDES: tuple[Side, ...] = get_args(Side)
WORDS: tuple[Word, ...] = get_args(Word)
EFFORTS: tuple[Effort, ...] = get_args(Effort)
ACTION_STATUSES: tuple[ActionStatus, ...] = get_args(ActionStatus)


@dataclass(frozen=True)
class Figure:
    """A live number: the row of a measure that a finding rests on, and what it said when the finding was written.

    keys: of the row. said: in words, such as "14 of 24 people".
    """

    measure: str
    keys: tuple[tuple[str, Any], ...]
    by: str | None = None
    filters: Filters = NO_FILTERS
    pool: bool = False
    said: str = ""


@dataclass(frozen=True)
class Finding:
    """A claim. objective: the id of the one it speaks to, or "". version: rises with every change."""

    id: int
    claim: str
    kind: FindingKind = "finding"
    status: FindingStatus = "draft"
    objective: str = ""
    figure: Figure | None = None
    version: int = 1
    created_by: str = ""
    created_at: datetime | None = None
    changed_by: str = ""
    changed_at: datetime | None = None


@dataclass(frozen=True)
class Pin:
    """A quote pinned to a finding (subject: its number as text) or to an assumption (subject: its id)."""

    id: int
    subject_kind: Literal["finding", "assumption"]
    subject: str
    side: Side
    anchor: Anchor
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class Verdict:
    """What a person concluded on an assumption, and why; the latest holds."""

    id: int
    assumption: str
    verdict: Word
    why: str
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class Action:
    """What somebody will do. effort: S, M, L or "". finding: the number of the finding it follows from, or None."""

    id: int
    what: str
    finding: int | None = None
    owner: str = ""
    due: date | None = None
    effort: Effort = ""
    link: str = ""
    status: ActionStatus = "open"
    by: str = ""
    at: datetime | None = None


def figure_to_mapping(figure: Figure) -> dict[str, Any]:
    """A figure as JSON keeps it.

    >>> figure_from_mapping(figure_to_mapping(Figure("prevalence", (("theme", "Pricing"),)))).keys
    (('theme', 'Pricing'),)
    """
    return {
        "measure": figure.measure, "keys": [list(key) for key in figure.keys], "by": figure.by,
        "filters": figure.filters.to_query(), "pool": figure.pool, "said": figure.said,
    }  # fmt: skip


def figure_from_mapping(mapping: Mapping[str, Any]) -> Figure:
    """The figure that such a mapping holds."""
    return Figure(
        mapping["measure"],
        tuple((str(name), value) for name, value in mapping["keys"]),
        mapping.get("by"),
        from_query(mapping.get("filters") or {}),
        bool(mapping.get("pool")),
        str(mapping.get("said") or ""),
    )


# ---------------------------------------------------------------- read


def findings(connection: sa.Connection, study_id: str) -> list[Finding]:
    """The findings of a study; the oldest first."""
    return [_finding(row) for row in _there(connection, schema.finding, study_id)]


def pins(connection: sa.Connection, study_id: str) -> list[Pin]:
    """The quotes pinned to findings and assumptions; the oldest first."""
    return [
        Pin(row.id, row.subject_kind, row.subject, row.side, anchor_from_mapping(row._mapping), row.by, row.at)
        for row in _there(connection, schema.pinned_quote, study_id)
    ]


def verdicts(connection: sa.Connection, study_id: str) -> list[Verdict]:
    """Every verdict there was; the latest of an assumption, which holds, comes last."""
    table = schema.verdict
    rows = connection.execute(sa.select(table).where(table.c.study_id == study_id).order_by(table.c.id))
    return [Verdict(row.id, row.assumption, row.verdict, row.why, row.by, row.at) for row in rows]


def actions(connection: sa.Connection, study_id: str) -> list[Action]:
    """The actions of a study; the oldest first."""
    return [
        Action(row.id, row.what, row.finding_id, row.owner, row.due, row.effort, row.link, row.status, row.by, row.at)
        for row in _there(connection, schema.action, study_id)
    ]


def _there(connection: sa.Connection, table: sa.Table, study_id: str) -> sa.CursorResult[Any]:
    wanted = sa.and_(table.c.study_id == study_id, table.c.removed_at.is_(None))
    return connection.execute(sa.select(table).where(wanted).order_by(table.c.id))


def _finding(row: Any) -> Finding:
    figure = figure_from_mapping(row.figure) if row.figure else None
    return Finding(
        row.id, row.claim, row.kind, row.status, row.objective, figure, row.version,
        row.created_by, row.created_at, row.changed_by, row.changed_at,
    )  # fmt: skip


# ---------------------------------------------------------------- write


def add_finding(transaction: Transaction, study_id: str, finding: Finding) -> int:
    """The number of a new finding; its id, version, persons and times are set here."""
    transaction.lock(study_id)
    who = {"created_by": transaction.by, "created_at": transaction.at}
    values = {"study_id": study_id, "version": 1, **_said(finding), **who, **_changed(transaction)}
    number = transaction.insert(schema.finding, values)
    transaction.audit("add finding", study_id, str(number))
    return number


def save_finding(transaction: Transaction, study_id: str, finding: Finding) -> int:
    """The new version of a changed finding. Raises Conflict where somebody changed it since, NotFound where it went."""
    transaction.lock(study_id)
    table = schema.finding.c
    there = sa.select(table.version).where(_one(schema.finding, study_id, finding.id))
    version = transaction.connection.execute(there).scalar()
    if version is None:
        raise NotFound("This finding is not there any more; reload the page.")
    if version != finding.version:
        raise Conflict(
            "This finding was changed by somebody else in the meantime; reload it and make your changes again."
        )
    values = {"version": version + 1, **_said(finding), **_changed(transaction)}
    transaction.connection.execute(sa.update(schema.finding).where(table.id == finding.id).values(**values))
    transaction.audit("change finding", study_id, str(finding.id))
    return int(version) + 1


def remove_finding(transaction: Transaction, study_id: str, number: int) -> None:
    """Take a finding away; its quotes and actions are kept."""
    transaction.remove(schema.finding, study_id, number, what="finding")


def pin(transaction: Transaction, study_id: str, pinned: Pin) -> int:
    """The number of a quote, now pinned; the same quote on the same thing is one pin, which changes its side."""
    transaction.lock(study_id)
    place = anchor_to_mapping(pinned.anchor)
    around = {name: place.pop(name) for name in ("before", "after")}
    key = {"study_id": study_id, "subject_kind": pinned.subject_kind, "subject": pinned.subject, **place}
    once = {**around, "by": transaction.by, "at": transaction.at}
    number = transaction.put(schema.pinned_quote, key, {"side": pinned.side}, once=once)
    transaction.audit("pin quote", study_id, str(number))
    return number


def unpin(transaction: Transaction, study_id: str, number: int) -> None:
    """Take a quote off what it was pinned to."""
    transaction.remove(schema.pinned_quote, study_id, number, what="pinned quote")


def judge(transaction: Transaction, study_id: str, assumption: str, verdict: Word, why: str) -> int:
    """The number of a new verdict on an assumption, which holds from now on."""
    transaction.lock(study_id)
    values = {"study_id": study_id, "assumption": assumption, "verdict": verdict, "why": why}
    number = transaction.insert(schema.verdict, {**values, "by": transaction.by, "at": transaction.at})
    transaction.audit("judge assumption", study_id, str(number))
    return number


def save_action(transaction: Transaction, study_id: str, action: Action) -> int:
    """The number of an action, new (id 0) or changed. Raises NotFound where it, or its finding, is not there."""
    transaction.lock(study_id)
    known = _one(schema.finding, study_id, action.finding or 0)
    if action.finding and transaction.connection.execute(sa.select(schema.finding.c.id).where(known)).first() is None:
        raise NotFound("The finding of this action is not there any more; reload the page.")
    values = {
        "finding_id": action.finding, "what": action.what, "owner": action.owner, "due": action.due,
        "effort": action.effort, "link": action.link, "status": action.status,
    }  # fmt: skip
    written = {"by": transaction.by, "at": transaction.at}
    if not action.id:
        number = transaction.insert(schema.action, {"study_id": study_id, **values, **written})
        transaction.audit("add action", study_id, str(number))
        return number
    mine = sa.update(schema.action).where(_one(schema.action, study_id, action.id))
    if not transaction.connection.execute(mine.values(**values)).rowcount:
        raise NotFound("This action is not there any more; reload the page.")
    transaction.audit("change action", study_id, str(action.id))
    return action.id


def remove_action(transaction: Transaction, study_id: str, number: int) -> None:
    """Take an action away."""
    transaction.remove(schema.action, study_id, number, what="action")


def _one(table: sa.Table, study_id: str, number: int) -> sa.ColumnElement[bool]:
    return sa.and_(table.c.id == number, table.c.study_id == study_id, table.c.removed_at.is_(None))


def _said(finding: Finding) -> dict[str, Any]:
    figure = sa.null() if finding.figure is None else figure_to_mapping(finding.figure)
    return {
        "claim": finding.claim, "kind": finding.kind, "status": finding.status, "objective": finding.objective,
        "figure": figure,
    }  # fmt: skip


def _changed(transaction: Transaction) -> dict[str, Any]:
    return {"changed_by": transaction.by, "changed_at": transaction.at}


def rename(connection: sa.Connection, study_id: str, kind: str, old: str, new: str) -> None:
    """Let figures follow a theme or stage to its new name, in their keys and in their filters."""
    table = schema.finding
    rows = connection.execute(sa.select(table.c.id, table.c.figure).where(table.c.study_id == study_id)).all()
    for number, figure in rows:
        if figure:
            renamed = renamed_figure(figure, kind, old, new)
            if renamed != figure:
                connection.execute(sa.update(table).where(table.c.id == number).values(figure=renamed))


def renamed_figure(figure: Mapping[str, Any], kind: str, old: str, new: str) -> dict[str, Any]:
    """The mapping of a figure with one theme or stage called otherwise.

    >>> renamed_figure({"keys": [["theme", "A"], ["attr:plan", "A"]], "filters": {"theme": ["A"]}}, "theme", "A", "B")
    {'keys': [['theme', 'B'], ['attr:plan', 'A']], 'filters': {'theme': ['B']}}
    """
    names = ("theme", "other") if kind == "theme" else (kind,)
    keys = [[name, new if name in names and value == old else value] for name, value in figure["keys"]]
    filters = {
        name: [new if name == kind and value == old else value for value in values]
        for name, values in (figure.get("filters") or {}).items()
    }
    return {**figure, "keys": keys, "filters": filters}
