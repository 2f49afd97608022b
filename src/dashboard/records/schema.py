"""The tables of the records, for SQLite and PostgreSQL alike."""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa
from sqlalchemy.types import TypeDecorator

HEAD = "0001"
"""The revision of the tables that this code reads and writes; a test holds it to be the newest migration."""


class UTCDateTime(TypeDecorator[datetime]):
    """A point in time, always aware and in UTC, also where the database keeps no time zone."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """In UTC; a time without a zone is a mistake of the caller."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("The records take times with a time zone only.")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """With its zone, which SQLite drops."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _study_id() -> sa.Column[str]:
    return sa.Column("study_id", sa.String(32), sa.ForeignKey("study.id"), nullable=False, index=True)


def _number() -> sa.Column[int]:
    return sa.Column("id", sa.Integer, primary_key=True, autoincrement=True)


study = sa.Table(
    "study",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("document", sa.JSON, nullable=False),  # as study_file.to_mapping writes it
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("decisions_version", sa.Integer, nullable=False),
    sa.Column("created_at", UTCDateTime, nullable=False),
    sa.Column("changed_at", UTCDateTime, nullable=False),
)

source = sa.Table(
    "source",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    _study_id(),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("digest", sa.String(64), nullable=False),
    sa.Column("size", sa.BigInteger, nullable=False),
    sa.Column("added_at", UTCDateTime, nullable=False),
    sa.Column("removed_at", UTCDateTime),
    sa.Column("correction", sa.JSON, nullable=False),  # as study_file.correction_to_mapping writes it
)

source_version = sa.Table(
    "source_version",
    metadata,
    _number(),
    sa.Column("source_id", sa.String(32), sa.ForeignKey("source.id"), nullable=False, index=True),
    sa.Column("digest", sa.String(64), nullable=False),
    sa.Column("size", sa.BigInteger, nullable=False),
    sa.Column("added_at", UTCDateTime, nullable=False),
    sqlite_autoincrement=True,
)

identity = sa.Table(
    "identity",
    metadata,
    _number(),
    _study_id(),
    sa.Column("participant", sa.Text, nullable=False),
    sa.Column("consent", sa.String(16)),
    sa.UniqueConstraint("study_id", "participant"),
    sqlite_autoincrement=True,
)

mention = sa.Table(
    "mention",
    metadata,
    _number(),
    _study_id(),
    sa.Column("identity_id", sa.Integer, sa.ForeignKey("identity.id"), nullable=False, index=True),
    sa.Column("key", sa.Text, nullable=False),
    sa.UniqueConstraint("study_id", "key"),
    sqlite_autoincrement=True,
)

parted = sa.Table(
    "parted",
    metadata,
    sa.Column("study_id", sa.String(32), sa.ForeignKey("study.id"), primary_key=True),
    sa.Column("one", sa.Text, primary_key=True),  # one < other
    sa.Column("other", sa.Text, primary_key=True),
)

decision = sa.Table(
    "decision",
    metadata,
    _number(),
    _study_id(),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("turn", sa.Integer, nullable=False),
    sa.Column("start", sa.Integer, nullable=False),
    sa.Column("end", sa.Integer, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("before", sa.Text, nullable=False),
    sa.Column("after", sa.Text, nullable=False),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("value", sa.Text, nullable=False),
    sa.Column("status", sa.String(16), nullable=False),
    sa.Column("coder", sa.Text, nullable=False),
    sa.Column("adjudicated", sa.Boolean, nullable=False),
    sa.Column("at", UTCDateTime, nullable=False),
    sa.Column("withdrawn_at", UTCDateTime),
    sqlite_autoincrement=True,
)

revision = sa.Table(
    "revision",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    _study_id(),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("parts", sa.JSON, nullable=False),
    sa.Column("coder", sa.Text, nullable=False),
    sa.Column("inputs", sa.Text, nullable=False),
    sa.Column("created_at", UTCDateTime, nullable=False),
    sa.UniqueConstraint("study_id", "number"),
)

job = sa.Table(
    "job",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    _study_id(),
    sa.Column("kind", sa.String(32), nullable=False),
    sa.Column("state", sa.String(16), nullable=False, index=True),
    sa.Column("progress", sa.Float, nullable=False),
    sa.Column("step", sa.Text, nullable=False),
    sa.Column("error", sa.Text, nullable=False),
    sa.Column("cancel", sa.Boolean, nullable=False),
    sa.Column("heartbeat_at", UTCDateTime, nullable=False),
    sa.Column("created_at", UTCDateTime, nullable=False),
    sa.Column("finished_at", UTCDateTime),
    sa.Column("by", sa.Text, nullable=False),
    sa.Column("pid", sa.Integer),
)

audit = sa.Table(
    "audit",
    metadata,
    _number(),
    sa.Column("at", UTCDateTime, nullable=False),
    sa.Column("by", sa.Text, nullable=False),
    sa.Column("action", sa.String(64), nullable=False),
    sa.Column("study_id", sa.String(32), nullable=False, index=True),  # outlives the study: no foreign key
    sa.Column("subject", sa.Text, nullable=False),
    sqlite_autoincrement=True,
)
