"""Roles by person, domain or group, and who is a member of which study."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal, cast, get_args

import sqlalchemy as sa

from dashboard.errors import ConfigurationError, NotFound
from dashboard.records import reading, schema

if TYPE_CHECKING:
    from dashboard.records.transaction import Transaction

Role = Literal["viewer", "researcher", "admin"]

ROLES: tuple[Role, ...] = get_args(Role)
"""From the least to the most that a role allows."""

GROUP = "group:"
_LONGEST = 320
_SOMEBODY = re.compile(r"[^\s@,;<>\"*]*@[^\s@,;<>\"*]+")
"""An address or, without a name before the @, a domain."""


@dataclass(frozen=True)
class Grant:
    """The role that one subject has. subject: an e-mail address in lower case, "@domain" or "group:NAME"."""

    subject: str
    role: Role
    by: str
    at: datetime


def subject_of(given: str) -> str:
    """Whom a person means, as the records keep it. Raises ConfigurationError where it is nobody.

    >>> subject_of(" Ada@Example.org "), subject_of("@Example.org"), subject_of("group:Customer Research")
    ('ada@example.org', '@example.org', 'group:Customer Research')
    """
    text = given.strip()
    if text[: len(GROUP)].lower() == GROUP:
        name = text[len(GROUP) :].strip()
        if name and name.isprintable() and len(text) <= _LONGEST:
            return GROUP + name
    elif text.isascii() and text.isprintable() and len(text) <= _LONGEST and _SOMEBODY.fullmatch(text):
        return text.lower()
    raise ConfigurationError(
        f"“{text[:60]}” names nobody; write an e-mail address, a domain such as @example.org, or group:NAME."
    )


def grant(transaction: Transaction, subject: str, role: Role) -> None:
    """Give a subject this role in place of the one it had. Raises ConfigurationError."""
    if role not in ROLES:
        raise ConfigurationError(f"“{str(role)[:60]}” is no role; choose one of {', '.join(ROLES)}.")
    key = {"subject": subject_of(subject)}
    transaction.put(schema.role, key, {"role": role, "by": transaction.by, "at": transaction.at})
    transaction.audit(f"grant {role}", "", key["subject"])


def end(transaction: Transaction, subject: str) -> None:
    """Take a subject's role away. Raises ConfigurationError, and NotFound where it has none."""
    name, table = subject_of(subject), schema.role
    there = sa.and_(table.c.subject == name, table.c.removed_at.is_(None))
    if not transaction.connection.execute(sa.update(table).where(there).values(removed_at=transaction.at)).rowcount:
        raise NotFound(f"{name} has no role here (any more); reload the list of roles.")
    transaction.audit("end role", "", name)


def grants(connection: sa.Connection) -> list[Grant]:
    """Every role that was given and has not ended, by subject."""
    table = schema.role
    rows = connection.execute(sa.select(table).where(table.c.removed_at.is_(None)).order_by(table.c.id))
    latest = {row.subject: Grant(row.subject, cast(Role, row.role), row.by, row.at) for row in rows}
    return [latest[subject] for subject in sorted(latest)]


def add_member(transaction: Transaction, study_id: str, subject: str) -> None:
    """Make a subject a member of a study; once it has one, researchers who are none do not see it.

    Raises ConfigurationError, NotFound.
    """
    name = subject_of(subject)
    reading.study_row(transaction.connection, study_id, lock=True)
    transaction.put(
        schema.member, {"study_id": study_id, "subject": name}, {"by": transaction.by, "at": transaction.at}
    )
    transaction.audit("add member", study_id, name)


def remove_member(transaction: Transaction, study_id: str, subject: str) -> None:
    """Take a subject out of a study. Raises ConfigurationError, NotFound."""
    name, table = subject_of(subject), schema.member
    reading.study_row(transaction.connection, study_id, lock=True)
    there = sa.and_(table.c.study_id == study_id, table.c.subject == name, table.c.removed_at.is_(None))
    if not transaction.connection.execute(sa.update(table).where(there).values(removed_at=transaction.at)).rowcount:
        raise NotFound(f"{name} is no member of this study (any more); reload the list of members.")
    transaction.audit("remove member", study_id, name)


def members(connection: sa.Connection, study_id: str) -> tuple[str, ...]:
    """The members of one study, in order; none: it is open to every researcher."""
    return members_of(connection).get(study_id, ())


def members_of(connection: sa.Connection) -> dict[str, tuple[str, ...]]:
    """Study → its members, in order, of every study that has any."""
    table = schema.member
    found: dict[str, set[str]] = {}
    for row in connection.execute(sa.select(table.c.study_id, table.c.subject).where(table.c.removed_at.is_(None))):
        found.setdefault(row.study_id, set()).add(row.subject)
    return {study_id: tuple(sorted(subjects)) for study_id, subjects in found.items()}
