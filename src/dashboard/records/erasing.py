"""Erasing for good: one person out of everything that was decided, or a whole study; and free pages after it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode

import sqlalchemy as sa

from dashboard.errors import Conflict
from dashboard.records import reading, schema
from dashboard.records.anchors import anchor_from_mapping, anchor_to_mapping
from dashboard.records.notes import about_text
from dashboard.study import Anchor, Correction, Study
from dashboard.study_mapping import correction_to_mapping, to_mapping

if TYPE_CHECKING:
    from dashboard.records.store import Records
    from dashboard.records.transaction import Transaction


@dataclass(frozen=True)
class NewBytes:
    """What a source becomes: its name, the digest and size (bytes) of what is left of it, its corrections."""

    name: str
    digest: str
    size: int
    correction: Correction


@dataclass(frozen=True)
class Person:
    """One participant of one study, as erasing needs them.

    participants: ids they go by. keys: their mentions. sources: source → what it becomes; None: it goes. study: the
    study without them. anchor: where something stands afterwards, None for their own words. text: a text without their
    name and words. passage: the id of a passage afterwards, None for their own.
    """

    participants: frozenset[str]
    keys: frozenset[str]
    sources: Mapping[str, NewBytes | None]
    study: Study
    anchor: Callable[[Anchor], Anchor | None]
    text: Callable[[str], str]
    passage: Callable[[str], str | None]


_TEXTS: dict[str, tuple[str, ...]] = {
    "card": ("theme",),
    "finding": ("claim",),
    "verdict": ("why",),
    "action": ("what", "owner", "link"),
    "memo": ("text",),
    "summary": ("theme", "text"),
    "codebook_change": ("what",),
    "saved_view": ("name",),
    "job": ("step", "error"),
    "share": ("title",),
    "share_version": ("changed",),
    "redaction": ("label",),
}
_VALUES: dict[str, tuple[str, ...]] = {
    "finding": ("figure",),
    "codebook_change": ("before", "moved"),
    "share_version": ("policy",),
}
_ANCHORED = (schema.decision, schema.pinned_quote, schema.redaction)


def erase_person(transaction: Transaction, study_id: str, person: Person) -> Counter[str]:
    """Erase a person from a study; how many of what went ("decision") or changed ("decision changed"), by table.

    Nothing is marked as removed: rows are deleted or rewritten. Raises NotFound.
    """
    transaction.touch(study_id)
    done: Counter[str] = Counter()
    _anchors(transaction.connection, study_id, person, done)
    _people(transaction.connection, study_id, person, done)
    _cards(transaction.connection, study_id, person, done)
    _texts(transaction.connection, study_id, person, done)
    _views(transaction.connection, study_id, person, done)
    _passages(transaction.connection, study_id, person, done)
    _sources(transaction, study_id, person, done)
    document = to_mapping(person.study)
    stored = transaction.connection.execute(
        sa.select(schema.study.c.document, schema.study.c.version).where(schema.study.c.id == study_id)
    ).one()
    if stored.document != document:
        values = {"name": person.study.name, "document": document, "version": stored.version + 1}
        transaction.connection.execute(sa.update(schema.study).where(schema.study.c.id == study_id).values(**values))
        done["study changed"] += 1
    transaction.connection.execute(sa.delete(schema.revision).where(schema.revision.c.study_id == study_id))
    transaction.audit("forget person", study_id)
    return done


def erase_study(transaction: Transaction, study_id: str) -> None:
    """Delete a study and everything of it; its lines in the audit trail stay, which hold ids alone. Raises NotFound."""
    reading.study_row(transaction.connection, study_id, lock=True)
    sources = sa.select(schema.source.c.id).where(schema.source.c.study_id == study_id)
    connection = transaction.connection
    connection.execute(sa.delete(schema.source_version).where(schema.source_version.c.source_id.in_(sources)))
    for table in reversed(schema.metadata.sorted_tables):
        if "study_id" in table.c and table is not schema.audit:
            connection.execute(sa.delete(table).where(table.c.study_id == study_id))
    connection.execute(sa.delete(schema.study).where(schema.study.c.id == study_id))
    transaction.audit("erase study", study_id)


def digests(connection: sa.Connection) -> dict[str, set[str]]:
    """Study → the digests of all bytes that any of its sources is, or was; copies of a study share them."""
    version, source = schema.source_version, schema.source
    then = sa.select(version.c.digest, source.c.study_id).join(source, source.c.id == version.c.source_id)
    now = sa.select(source.c.digest, source.c.study_id)
    found: dict[str, set[str]] = {}
    for query in (now, then):
        for digest, study in connection.execute(query):
            found.setdefault(study, set()).add(digest)
    return found


def clean(records: Records) -> None:
    """Leave nothing of what was deleted in free pages, write-ahead log or dead rows. Raises Conflict where busy."""
    with records.read() as connection:
        engine = connection.engine
    if engine.dialect.name == "sqlite":
        _clean_sqlite(engine)
        return
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        quote = connection.dialect.identifier_preparer.quote
        for table in schema.metadata.sorted_tables:
            if "study_id" in table.c or table.name in ("study", "source_version"):
                connection.execute(sa.text(f"VACUUM FULL {quote(table.name)}"))


def _clean_sqlite(engine: sa.Engine) -> None:
    raw = engine.raw_connection()
    try:
        driver: Any = raw.driver_connection  # beneath SQLAlchemy, which would begin a transaction
        driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        driver.execute("VACUUM")
        busy = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    finally:
        raw.close()
    if busy:
        raise Conflict(
            "Somebody is reading the records, so their journal still holds what was forgotten; run "
            "“python -m dashboard retain” in a minute, which clears it."
        )


# ---------------------------------------------------------------- table by table


def _rows(connection: sa.Connection, table: sa.Table, study_id: str) -> list[Any]:
    return list(connection.execute(sa.select(table).where(table.c.study_id == study_id)).mappings().all())


def _delete(connection: sa.Connection, table: sa.Table, number: Any, done: Counter[str]) -> None:
    connection.execute(sa.delete(table).where(table.c.id == number))
    done[table.name] += 1


def _set(connection: sa.Connection, table: sa.Table, row: Any, values: Mapping[str, Any], done: Counter[str]) -> None:
    changed = {name: value for name, value in values.items() if row[name] != value}
    if changed:
        key = next(iter(table.primary_key.columns))
        connection.execute(sa.update(table).where(key == row[key.name]).values(**changed))
        done[f"{table.name} changed"] += 1


def _anchors(connection: sa.Connection, study_id: str, person: Person, done: Counter[str]) -> None:
    for table in _ANCHORED:
        for row in _rows(connection, table, study_id):
            after = person.anchor(anchor_from_mapping(row))
            if after is None:
                _delete(connection, table, row["id"], done)
            else:
                named = row.get("kind") in ("theme", "stage")  # which may be called after somebody
                values = {"value": person.text(row["value"])} if named else {}
                _set(connection, table, row, {**anchor_to_mapping(after), **values}, done)


def _people(connection: sa.Connection, study_id: str, person: Person, done: Counter[str]) -> None:
    owners = set()
    identities = _rows(connection, schema.identity, study_id)
    own = {row["id"] for row in identities if row["participant"] in person.participants}
    for row in _rows(connection, schema.mention, study_id):
        if row["key"] in person.keys or row["identity_id"] in own:  # also one in a file that nobody can read now
            owners.add(row["identity_id"])
            connection.execute(sa.delete(schema.mention).where(schema.mention.c.id == row["id"]))
        else:
            _set(connection, schema.mention, row, {"key": _key(row["key"], person)}, done)
    left = {row["identity_id"] for row in _rows(connection, schema.mention, study_id)}
    for row in identities:
        if row["id"] in own or (row["id"] in owners and row["id"] not in left):
            _delete(connection, schema.identity, row["id"], done)
    parted = schema.parted
    for row in _rows(connection, parted, study_id):
        mine = sa.and_(parted.c.study_id == study_id, parted.c.one == row["one"], parted.c.other == row["other"])
        pair = sorted(_key(row[name], person) for name in ("one", "other"))
        if {row["one"], row["other"]} & person.keys:
            connection.execute(sa.delete(parted).where(mine))
        elif pair != [row["one"], row["other"]]:
            connection.execute(sa.update(parted).where(mine).values(one=pair[0], other=pair[1]))


def _key(key: str, person: Person) -> str:
    """A mention of somebody else, whose label may name the person too."""
    head, slash, label = key.partition("/")
    return f"{head}{slash}{person.text(label)}"


def _cards(connection: sa.Connection, study_id: str, person: Person, done: Counter[str]) -> None:
    for row in _rows(connection, schema.card, study_id):
        if row["participant"] in person.participants:
            _delete(connection, schema.card, row["id"], done)
            continue
        after = [person.anchor(anchor_from_mapping(each)) for each in row["passages"]]
        kept = [anchor_to_mapping(each) for each in after if each is not None]
        _set(connection, schema.card, row, {"passages": kept}, done)
    for row in _rows(connection, schema.summary, study_id):
        if row["participant"] in person.participants:
            _delete(connection, schema.summary, row["id"], done)
    for row in _rows(connection, schema.memo, study_id):
        what = json.loads(row["about"])
        if what.get("participant") in person.participants:
            _delete(connection, schema.memo, row["id"], done)
        elif row["about_kind"] == "quote":
            place = person.anchor(anchor_from_mapping(what))
            if place is None:
                _delete(connection, schema.memo, row["id"], done)
            else:
                _set(connection, schema.memo, row, {"about": about_text(place)}, done)
        elif row["about_kind"] == "theme":
            _set(connection, schema.memo, row, {"about": about_text(_anywhere(what, person))}, done)


def _texts(connection: sa.Connection, study_id: str, person: Person, done: Counter[str]) -> None:
    for name, table in schema.metadata.tables.items():
        if name not in _TEXTS:
            continue
        for row in _rows(connection, table, study_id):
            values = {column: person.text(row[column]) for column in _TEXTS[name]}
            for column in _VALUES.get(name, ()):
                if row[column] is not None:
                    values[column] = _anywhere(row[column], person)
            _set(connection, table, row, values, done)


def _anywhere(value: Any, person: Person) -> Any:
    if isinstance(value, str):
        return "" if value in person.participants else person.text(value)
    if isinstance(value, Mapping):
        return {person.text(str(key)): _anywhere(item, person) for key, item in value.items()}
    return [_anywhere(item, person) for item in value] if isinstance(value, list) else value


def _views(connection: sa.Connection, study_id: str, person: Person, done: Counter[str]) -> None:
    for row in _rows(connection, schema.saved_view, study_id):
        pairs = parse_qsl(row["query"], keep_blank_values=True)
        kept = [(name, person.text(value)) for name, value in pairs if value not in person.participants]
        if kept != pairs:
            _set(connection, schema.saved_view, row, {"query": urlencode(kept)}, done)


def _passages(connection: sa.Connection, study_id: str, person: Person, done: Counter[str]) -> None:
    for row in _rows(connection, schema.dismissed, study_id):
        after = sorted(kept for each in row["passages"] if (kept := person.passage(each)) is not None)
        _set(connection, schema.dismissed, row, {"passages": after}, done)


def _sources(transaction: Transaction, study_id: str, person: Person, done: Counter[str]) -> None:
    connection, version = transaction.connection, schema.source_version
    for row in _rows(connection, schema.source, study_id):
        of_source = version.c.source_id == row["id"]
        # no reader looks into what a file was before, so nobody knows who is in it
        earlier = connection.execute(sa.delete(version).where(of_source, version.c.digest != row["digest"])).rowcount
        if earlier:
            done[version.name] += earlier
        if row["id"] not in person.sources:
            continue
        connection.execute(sa.delete(version).where(of_source))
        left = person.sources[row["id"]]
        if left is None:
            _delete(connection, schema.source, row["id"], done)
            continue
        values = {
            "name": left.name, "digest": left.digest, "size": left.size,
            "correction": correction_to_mapping(left.correction),
        }  # fmt: skip
        _set(connection, schema.source, row, values, done)
        values = {"source_id": row["id"], "digest": left.digest, "size": left.size, "added_at": transaction.at}
        connection.execute(sa.insert(version).values(**values))
