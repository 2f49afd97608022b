"""A study's copy: what speaks of its sources speaks of the copied ones."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from dashboard.records import reading, schema
from dashboard.records.notes import about_text
from dashboard.study import Study
from dashboard.study_mapping import to_mapping

Ids = Mapping[str, str]
"""Source id → the id of its copy."""


def renamed(study: Study, name: str) -> Study:
    """The study under another name, with no id yet."""
    return replace(study, id="", name=name)


def moved(mention: str, ids: Ids) -> str:
    """A mention of the copied source; a mention by file name stays as it is.

    >>> moved("speaker 1a2b/Speaker 2", {"1a2b": "3c4d"})
    'speaker 3c4d/Speaker 2'
    """
    kind, space, rest = mention.partition(" ")
    source, slash, label = rest.partition("/")
    return f"{kind}{space}{ids.get(source, source)}{slash}{label}"


def copy_document(connection: sa.Connection, copy_id: str, ids: Ids) -> None:
    """Let the copy's own corrections and identities, where they name sources by id, name the copied ones."""
    study = reading.study(connection, copy_id)
    study = replace(
        study,
        corrections={ids.get(name, name): correction for name, correction in study.corrections.items()},
        identities=tuple(
            replace(identity, mentions=tuple(moved(mention, ids) for mention in identity.mentions))
            for identity in study.identities
        ),
    )
    connection.execute(sa.update(schema.study).where(schema.study.c.id == copy_id).values(document=to_mapping(study)))


def copy_people(connection: sa.Connection, study_id: str, copy_id: str, ids: Ids) -> None:
    """Identities and parted mentions."""
    for identity in reading.identities(connection, study_id):
        values = {"study_id": copy_id, "participant": identity.participant, "consent": identity.consent}
        key = connection.execute(sa.insert(schema.identity).values(**values)).inserted_primary_key
        assert key is not None
        for mention in identity.mentions:
            row = {"study_id": copy_id, "identity_id": int(key[0]), "key": moved(mention, ids)}
            connection.execute(sa.insert(schema.mention).values(**row))
    for pair in sorted(reading.parted(connection, study_id)):
        one, other = sorted(moved(mention, ids) for mention in pair)
        connection.execute(sa.insert(schema.parted).values(study_id=copy_id, one=one, other=other))


def copy_decisions(connection: sa.Connection, study_id: str, copy_id: str, ids: Ids) -> None:
    """The decisions that hold, with the times at which they were made."""
    latest = [decision.id for decision in reading.decisions(connection, study_id)]
    table = schema.decision
    rows = connection.execute(sa.select(table).where(table.c.study_id == study_id).order_by(table.c.id)).mappings()
    wanted = set(latest)
    copies = [
        {**{key: value for key, value in row.items() if key != "id"}, "study_id": copy_id,
         "source": ids.get(row["source"], row["source"])}
        for row in rows
        if row["id"] in wanted
    ]  # fmt: skip
    if copies:
        connection.execute(sa.insert(table), copies)


def copy_learned(connection: sa.Connection, study_id: str, copy_id: str, ids: Ids) -> None:
    """Findings with their quotes and actions, verdicts, memos, summaries, saved views and cards, with their times.

    What keeps people safe goes with their words: redactions, who may see the study, until when it is kept. Links do
    not: nothing of the copy is published.
    """
    numbers = _copied(connection, schema.finding, study_id, copy_id)
    _copied(connection, schema.action, study_id, copy_id, finding_id=lambda row: numbers.get(row["finding_id"]))
    _copied(
        connection, schema.pinned_quote, study_id, copy_id,
        source=lambda row: ids.get(row["source"], row["source"]),
        subject=lambda row: _subject(row, numbers),
    )  # fmt: skip
    _copied(connection, schema.memo, study_id, copy_id, about=lambda row: _about(row, ids))
    _copied(
        connection, schema.card, study_id, copy_id,
        passages=lambda row: [{**each, "source": ids.get(each["source"], each["source"])} for each in row["passages"]],
    )  # fmt: skip
    _copied(connection, schema.redaction, study_id, copy_id, source=lambda row: ids.get(row["source"], row["source"]))
    for table in (schema.verdict, schema.summary, schema.saved_view, schema.member, schema.retention):
        _copied(connection, table, study_id, copy_id)


def _copied(
    connection: sa.Connection, table: sa.Table, study_id: str, copy_id: str, **changes: Callable[[Any], Any]
) -> dict[int, int]:
    """Number of a row that was not removed → the number of its copy, in which ``changes`` set some columns."""
    query = sa.select(table).where(table.c.study_id == study_id).order_by(table.c.id)
    if "removed_at" in table.c:
        query = query.where(table.c.removed_at.is_(None))
    numbers: dict[int, int] = {}
    for row in connection.execute(query).mappings().all():
        values = {name: sa.null() if value is None else value for name, value in row.items() if name != "id"}
        values |= {"study_id": copy_id, **{name: change(row) for name, change in changes.items()}}
        key = connection.execute(sa.insert(table).values(**values)).inserted_primary_key
        assert key is not None
        numbers[row["id"]] = int(key[0])
    return numbers


def _subject(row: Any, numbers: Mapping[int, int]) -> str:
    """What a quote is pinned to in the copy; a finding that was removed has no copy, and its pin no subject."""
    if row["subject_kind"] != "finding":
        return str(row["subject"])
    return str(numbers.get(int(row["subject"]), ""))


def _about(row: Any, ids: Ids) -> str:
    if row["about_kind"] != "quote":
        return str(row["about"])
    what = json.loads(row["about"])
    return about_text({**what, "source": ids.get(what["source"], what["source"])})
