"""What the records say, read over one connection."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from dashboard.errors import NotFound
from dashboard.records import schema
from dashboard.records.rows import AuditRow, JobRow, JobState, Revision, SourceRow, StudyRow, StudyState
from dashboard.study import Anchor, Decision, Identity, Study
from dashboard.study_mapping import correction_from_mapping, from_mapping

_STUDY_COLUMNS = [schema.study.c[name] for name in StudyRow.__dataclass_fields__]


def studies(connection: sa.Connection, state: StudyState | None = None) -> list[StudyRow]:
    """Every study, or those in one state; the last changed first."""
    query = sa.select(*_STUDY_COLUMNS).order_by(schema.study.c.changed_at.desc(), schema.study.c.id)
    if state:
        query = query.where(schema.study.c.state == state)
    return [StudyRow(**row) for row in connection.execute(query).mappings()]


def no_study(study_id: str) -> str:
    """What is said of a study that is not there, or is closed to the person who asks: nobody learns which."""
    return f"There is no study with the id “{study_id[:40]}”; choose one from the list of studies."


def study_row(connection: sa.Connection, study_id: str, *, lock: bool = False) -> StudyRow:
    """One study's row. lock: no other transaction writes this study until this one ends.

    Raises NotFound, as every function here that is asked for one thing.
    """
    query = sa.select(*_STUDY_COLUMNS).where(schema.study.c.id == study_id)
    row = connection.execute(query.with_for_update() if lock else query).mappings().one_or_none()
    if row is None:
        raise NotFound(no_study(study_id))
    return StudyRow(**row)


def study(connection: sa.Connection, study_id: str) -> Study:
    """One study as it stands."""
    row = study_row(connection, study_id)
    document = connection.execute(sa.select(schema.study.c.document).where(schema.study.c.id == study_id)).scalar_one()
    return replace(from_mapping(document, name=f"the study “{row.name}”"), id=study_id)


def _source(row: Any) -> SourceRow:
    return SourceRow(**{**row, "correction": correction_from_mapping(row["correction"], name=row["name"])})


def sources(connection: sa.Connection, study_id: str, *, removed: bool | None = False) -> list[SourceRow]:
    """The sources of a study in the order they were added; removed: those that were removed (None: all)."""
    query = sa.select(schema.source).where(schema.source.c.study_id == study_id)
    if removed is not None:
        gone = schema.source.c.removed_at
        query = query.where(gone.is_not(None) if removed else gone.is_(None))
    return _in_order(connection, query)


def sources_like(connection: sa.Connection, study_id: str, *, name: str, digest: str) -> list[SourceRow]:
    """The sources of a study that have this name or these bytes, removed or not, in the order they were added."""
    table = schema.source.c
    alike = sa.or_(table.name == name, table.digest == digest)
    return _in_order(connection, sa.select(schema.source).where(table.study_id == study_id, alike))


def _in_order(connection: sa.Connection, query: sa.Select[Any]) -> list[SourceRow]:
    rows = [_source(row) for row in connection.execute(query).mappings()]
    return sorted(rows, key=lambda source: (source.added_at, source.name, source.id))  # by no collation


def source(connection: sa.Connection, source_id: str) -> SourceRow:
    """One source."""
    query = sa.select(schema.source).where(schema.source.c.id == source_id)
    row = connection.execute(query).mappings().one_or_none()
    if row is None:
        raise NotFound("This source is not in the study any more; reload the list of sources.")
    return _source(row)


def decisions(connection: sa.Connection, study_id: str) -> list[Decision]:
    """The decisions that hold: of each coder, span, kind and value the latest; the oldest first."""
    table = schema.decision.c
    key = [table[name] for name in ("source", "turn", "start", "end", "text", "kind", "value", "coder", "adjudicated")]
    holding = sa.and_(table.study_id == study_id, table.withdrawn_at.is_(None))
    latest = sa.select(sa.func.max(table.id)).where(holding).group_by(*key)
    query = sa.select(schema.decision).where(table.id.in_(latest)).order_by(table.id)
    return [_decision(row) for row in connection.execute(query)]


def decisions_since(connection: sa.Connection, study_id: str, since: datetime) -> int:
    """How many decisions were made after this moment and hold, or held at it and were withdrawn since."""
    table = schema.decision.c
    made = sa.and_(table.at > since, table.withdrawn_at.is_(None))
    withdrawn = sa.and_(table.at <= since, table.withdrawn_at > since)
    holding = sa.and_(table.study_id == study_id, sa.or_(made, withdrawn))
    return int(connection.execute(sa.select(sa.func.count()).where(holding)).scalar_one())


def _decision(row: Any) -> Decision:
    anchor = Anchor(row.source, row.turn, row.start, row.end, row.text, row.before, row.after)
    return Decision(
        anchor,
        row.kind,
        row.value,
        row.status,
        row.coder,
        row.adjudicated,
        row.at.isoformat(timespec="seconds"),
        row.id,
    )


def identities(connection: sa.Connection, study_id: str) -> tuple[Identity, ...]:
    """Who is who, as persons said it on the pages; the oldest first."""
    table, mention = schema.identity, schema.mention
    mentions: dict[int, list[str]] = {}
    query = sa.select(mention.c.identity_id, mention.c.key).where(mention.c.study_id == study_id).order_by(mention.c.id)
    for identity_id, key in connection.execute(query):
        mentions.setdefault(identity_id, []).append(key)
    rows = connection.execute(sa.select(table).where(table.c.study_id == study_id).order_by(table.c.id))
    return tuple(Identity(row.participant, tuple(mentions.get(row.id, ())), row.consent) for row in rows)


def parted(connection: sa.Connection, study_id: str) -> frozenset[tuple[str, str]]:
    """Pairs of mentions that a person said are two people; each pair sorted."""
    query = sa.select(schema.parted.c.one, schema.parted.c.other).where(schema.parted.c.study_id == study_id)
    return frozenset((one, other) for one, other in connection.execute(query))


def revisions(connection: sa.Connection, study_id: str, *, limit: int | None = None) -> list[Revision]:
    """The revisions of a study, the latest first."""
    table = schema.revision
    query = sa.select(table).where(table.c.study_id == study_id).order_by(table.c.number.desc()).limit(limit)
    return [Revision(**{**row, "parts": tuple(row["parts"])}) for row in connection.execute(query).mappings()]


def latest(connection: sa.Connection, study_id: str) -> Revision | None:
    """The latest revision of a study; None before its first."""
    return next(iter(revisions(connection, study_id, limit=1)), None)


def jobs(
    connection: sa.Connection, *states: JobState, study_id: str | None = None, limit: int | None = None
) -> list[JobRow]:
    """Jobs in one of these states (none: in any), of one study or of all; the newest first."""
    table = schema.job
    query = sa.select(table).order_by(table.c.created_at.desc(), table.c.id).limit(limit)
    if states:
        query = query.where(table.c.state.in_(states))
    if study_id is not None:
        query = query.where(table.c.study_id == study_id)
    return [JobRow(**row) for row in connection.execute(query).mappings()]


def job(connection: sa.Connection, job_id: str, *, lock: bool = False) -> JobRow:
    """One job."""
    query = sa.select(schema.job).where(schema.job.c.id == job_id)
    row = connection.execute(query.with_for_update() if lock else query).mappings().one_or_none()
    if row is None:
        raise NotFound(f"There is no job with the id “{job_id[:40]}”; start the work again.")
    return JobRow(**row)


def audit(
    connection: sa.Connection, study_id: str | None, *, limit: int, since: datetime | None = None
) -> list[AuditRow]:
    """The audit trail, the latest first; since: from this moment on."""
    table = schema.audit
    query = sa.select(table).order_by(table.c.id.desc()).limit(limit)
    if study_id is not None:
        query = query.where(table.c.study_id == study_id)
    if since is not None:
        query = query.where(table.c.at >= since)
    return [AuditRow(**row) for row in connection.execute(query).mappings()]
