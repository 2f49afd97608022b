"""What people decided about a study, in words of no installation: sources by the names of their files, times as text.

Everything is carried by anchors: on another machine, after another reader, it attaches as it would here.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from dashboard.errors import InvalidStudy
from dashboard.records import reading, schema
from dashboard.records.notes import about_text
from dashboard.study import Identity

if TYPE_CHECKING:
    from dashboard.records.transaction import Transaction

Carried = dict[str, Any]

_ROWS = (
    schema.decision, schema.finding, schema.action, schema.pinned_quote, schema.verdict, schema.memo, schema.summary,
    schema.saved_view, schema.card, schema.redaction,
)  # fmt: skip
"""Tables whose rows go along, findings before what hangs on them."""
_OWN = ("study_id", "withdrawn_at", "removed_at")


def carried(connection: sa.Connection, study_id: str, names: Mapping[str, str]) -> Carried:
    """What people decided, as JSON values. names: id of a source → name of its file; what is on others stays behind."""
    identities = [
        {"participant": each.participant, "consent": each.consent, "mentions": _split(each.mentions, names)}
        for each in reading.identities(connection, study_id)
    ]
    pairs = (_split(pair, names) for pair in sorted(reading.parted(connection, study_id)))
    found: Carried = {"identities": identities, "parted": [pair for pair in pairs if len(pair) == 2]}
    for table in _ROWS:
        found[table.name] = [
            row for each in _there(connection, table, study_id) if (row := _outward(each, names)) is not None
        ]
    return found


def bring(transaction: Transaction, study_id: str, what: Carried, ids: Mapping[str, str]) -> None:
    """Keep what ``carried`` gave, as that study's, with its persons and times. ids: name of a file → id of its source.

    Raises InvalidStudy where it is not what ``carried`` gives.
    """
    transaction.touch(study_id)
    try:
        for each in what.get("identities", ()):
            mentions = tuple(_joined(each["mentions"], ids))
            transaction.identify(study_id, Identity(str(each["participant"]), mentions, each["consent"]))
        for pair in what.get("parted", ()):
            if len(keys := _joined(pair, ids)) == 2:
                transaction.part(study_id, keys)
        findings: dict[int, int] = {}
        for table in _ROWS:
            for row in what.get(table.name, ()):
                values = _inward(table, dict(row), ids, findings)
                if values is None:
                    continue
                number = transaction.insert(table, {"study_id": study_id, **values})
                if table is schema.finding:
                    findings[int(row["id"])] = number
    except (KeyError, TypeError, ValueError, AttributeError, json.JSONDecodeError, sa.exc.StatementError) as problem:
        raise InvalidStudy(
            "What people decided cannot be read from this file: it was changed since it was taken away, or comes from "
            "another version; take the study away again, or bring in its study.yaml and its files alone."
        ) from problem
    transaction.audit("bring in decisions", study_id)


def _there(connection: sa.Connection, table: sa.Table, study_id: str) -> list[dict[str, Any]]:
    query = sa.select(table).where(table.c.study_id == study_id).order_by(table.c.id)
    if "removed_at" in table.c:
        query = query.where(table.c.removed_at.is_(None))
    rows = [dict(row) for row in connection.execute(query).mappings()]
    if table is schema.decision:
        holds = {decision.id for decision in reading.decisions(connection, study_id)}
        rows = [row for row in rows if row["id"] in holds]
    return rows


def _outward(row: dict[str, Any], names: Mapping[str, str]) -> dict[str, Any] | None:
    """A row as JSON with names of files in the place of ids; None where it is on a source that does not go along."""
    row = {name: value for name, value in row.items() if name not in _OWN}
    found = _with_sources(row, names)
    if found is None:
        return None
    return {name: each.isoformat() if isinstance(each, (date, datetime)) else each for name, each in found.items()}


def _with_sources(row: dict[str, Any], names: Mapping[str, str]) -> dict[str, Any] | None:
    """A row in which every source is called by the other kind of name."""
    if "source" in row:
        if row["source"] not in names:
            return None
        row["source"] = names[row["source"]]
    if "passages" in row:
        if any(each["source"] not in names for each in row["passages"]):
            return None
        row["passages"] = [{**each, "source": names[each["source"]]} for each in row["passages"]]
    if row.get("about_kind") == "quote":
        what = json.loads(row["about"])
        if what["source"] not in names:
            return None
        row["about"] = about_text({**what, "source": names[what["source"]]})
    return row


def _inward(
    table: sa.Table, row: dict[str, Any], ids: Mapping[str, str], findings: Mapping[int, int]
) -> dict[str, Any] | None:
    number = row.pop("id")
    found = _with_sources(row, ids)
    if found is None:
        return None
    if table is schema.pinned_quote and found["subject_kind"] == "finding":
        if int(found["subject"]) not in findings:
            return None
        found["subject"] = str(findings[int(found["subject"])])
    if table is schema.action and found["finding_id"] is not None:
        found["finding_id"] = findings.get(int(found["finding_id"]))
    columns = [column for column in table.columns if column.name not in ("id", *_OWN)]
    if set(found) != {column.name for column in columns} or not isinstance(number, int):
        raise ValueError(table.name)
    return {column.name: _value(column, found[column.name]) for column in columns}


def _value(column: sa.Column[Any], value: Any) -> Any:
    """A value as its column takes it. Raises ValueError or TypeError where it is of another kind."""
    kind = column.type
    if value is None:
        if not column.nullable:
            raise ValueError(column.name)
        return sa.null()
    if isinstance(kind, schema.UTCDateTime):
        return datetime.fromisoformat(value)
    if isinstance(kind, sa.Date):
        return date.fromisoformat(value)
    if isinstance(kind, sa.JSON):
        return value
    wanted: type = bool if isinstance(kind, sa.Boolean) else int if isinstance(kind, sa.Integer) else str
    if type(value) is not wanted:
        raise TypeError(column.name)
    return value


def _split(keys: Any, names: Mapping[str, str]) -> list[list[str]]:
    """Mentions as kind, name of the file, label; those of sources that stay behind are left out."""
    found = []
    for key in keys:
        kind, _, rest = key.partition(" ")
        source, _, label = rest.partition("/")
        if source in names:
            found.append([kind, names[source], label])
    return found


def _joined(mentions: Any, ids: Mapping[str, str]) -> list[str]:
    return [f"{kind} {ids[name]}/{label}" for kind, name, label in mentions if name in ids]
