"""What the tables of the records are made of: times in UTC, names of constraints, columns that many tables have."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.types import TypeDecorator


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


def study_id() -> sa.Column[str]:
    """The study that a row belongs to."""
    return sa.Column("study_id", sa.String(32), sa.ForeignKey("study.id"), nullable=False, index=True)


def number() -> sa.Column[int]:
    """A row's number, which never comes back."""
    return sa.Column("id", sa.Integer, primary_key=True, autoincrement=True)


def anchor() -> tuple[sa.Column[Any], ...]:
    """Where something was said, as ``study.Anchor`` has it."""
    return (
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("turn", sa.Integer, nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("before", sa.Text, nullable=False),
        sa.Column("after", sa.Text, nullable=False),
    )


def by() -> tuple[sa.Column[Any], ...]:
    """Who wrote it, and when."""
    return sa.Column("by", sa.Text, nullable=False), sa.Column("at", UTCDateTime, nullable=False)
