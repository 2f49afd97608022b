"""Shares: links to what was published of a study, and the frozen versions that stand behind them."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from dashboard.errors import NotFound
from dashboard.records import roles, schema
from dashboard.records.admission import closed

if TYPE_CHECKING:
    from dashboard.records.transaction import Transaction

NO_SHARE = "This link opens nothing (any more); ask the person who gave it to you for another one."
"""The same for a link that never was and one that was revoked: nobody learns which by trying."""


@dataclass(frozen=True)
class Share:
    """One link. token: the secret part of its address. audience: who may open it (subjects, as in ``roles``).

    expires_at: from then on it opens nothing; None: never by itself. revoked_at: since then it opens nothing.
    """

    token: str
    study_id: str
    title: str
    audience: tuple[str, ...]
    expires_at: datetime | None
    by: str
    at: datetime
    revoked_at: datetime | None = None


@dataclass(frozen=True)
class Version:
    """One frozen state of a study under a link; its id names its folder.

    number: 1 for the first under its link. policy: what the publisher chose. changed: what is new, in his words.
    """

    id: str
    token: str
    study_id: str
    number: int
    policy: Mapping[str, Any]
    changed: str
    by: str
    at: datetime
    removed_at: datetime | None = None


def audited_as(token: str) -> str:
    """What stands for a link in the audit trail: twelve digits from which nobody can make the link.

    >>> audited_as("a secret")
    '984ca5162200'
    """
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def add(
    transaction: Transaction,
    study_id: str,
    *,
    title: str,
    audience: Sequence[str],
    expires_at: datetime | None = None,
) -> str:
    """The token of a new link, which opens nothing before its first version. Raises ConfigurationError, NotFound."""
    transaction.lock(study_id)
    token = secrets.token_urlsafe(24)
    values = {
        "token": token, "study_id": study_id, "title": title, "audience": _subjects(audience),
        "expires_at": expires_at, "by": transaction.by, "at": transaction.at,
    }  # fmt: skip
    transaction.connection.execute(sa.insert(schema.share).values(**values))
    transaction.audit("share", study_id, audited_as(token))
    return token


def change(
    transaction: Transaction, token: str, *, title: str, audience: Sequence[str], expires_at: datetime | None
) -> None:
    """Put another title, audience and last moment in place of a link's. Raises ConfigurationError, NotFound."""
    there = _locked(transaction, token)
    _set(transaction, token, title=title, audience=_subjects(audience), expires_at=expires_at)
    transaction.audit("change share", there.study_id, audited_as(token))


def revoke(transaction: Transaction, token: str) -> None:
    """Let a link open nothing from now on, for good. Raises NotFound."""
    there = _locked(transaction, token)
    _set(transaction, token, revoked_at=transaction.at)
    transaction.audit("revoke share", there.study_id, audited_as(token))


def add_version(
    transaction: Transaction, token: str, *, version_id: str, policy: Mapping[str, Any], changed: str = ""
) -> int:
    """The number of a new version under a link: one more than the highest there ever was. Raises NotFound."""
    there = _locked(transaction, token)
    table = schema.share_version
    highest = sa.select(sa.func.max(table.c.number)).where(table.c.token == token)
    number = (transaction.connection.execute(highest).scalar() or 0) + 1
    values = {
        "id": version_id, "token": token, "study_id": there.study_id, "number": number, "policy": dict(policy),
        "changed": changed, "by": transaction.by, "at": transaction.at,
    }  # fmt: skip
    transaction.connection.execute(sa.insert(table).values(**values))
    transaction.audit("publish version", there.study_id, version_id)
    return number


def remove_version(transaction: Transaction, version_id: str) -> None:
    """Mark a version as removed: its link shows the one before it. Raises NotFound."""
    table = schema.share_version
    query = sa.select(table.c.study_id).where(table.c.id == version_id)
    study_id = transaction.connection.execute(query).scalar()
    if study_id is not None:
        transaction.lock(study_id)
    there = sa.and_(table.c.id == version_id, table.c.removed_at.is_(None))
    if not transaction.connection.execute(sa.update(table).where(there).values(removed_at=transaction.at)).rowcount:
        raise NotFound("This version is not there any more; reload the page.")
    transaction.audit("remove version", str(study_id), version_id)


def share(connection: sa.Connection, token: str) -> Share:
    """The link with this token, expired or not.

    Raises NotFound, with one and the same sentence, where there is none, it was revoked, or its study was deleted.
    """
    table, study = schema.share, schema.study
    query = sa.select(table).join(study, study.c.id == table.c.study_id)
    open_ = sa.and_(table.c.token == _text(token), table.c.revoked_at.is_(None), study.c.state != "deleted")
    row = connection.execute(query.where(open_)).mappings().one_or_none()
    if row is None:
        raise NotFound(NO_SHARE)
    return _share(row)


def of_study(connection: sa.Connection, study_id: str) -> list[Share]:
    """Every link to a study, revoked ones too; the newest first."""
    return _shares(connection, sa.select(schema.share).where(schema.share.c.study_id == study_id))


def every(connection: sa.Connection) -> list[Share]:
    """Every link there is, revoked ones too, but none to a study that is kept from this connection; newest first."""
    found = _shares(connection, sa.select(schema.share))
    return [share for share in found if share.study_id not in closed(connection)]


def versions(connection: sa.Connection, token: str) -> list[Version]:
    """The versions under a link that were not removed; the newest first."""
    table = schema.share_version
    there = sa.and_(table.c.token == _text(token), table.c.removed_at.is_(None))
    rows = connection.execute(sa.select(table).where(there).order_by(table.c.number.desc())).mappings()
    return [Version(**row) for row in rows]


def versions_of_study(connection: sa.Connection, study_id: str) -> dict[str, list[Version]]:
    """Token → the versions under it that were not removed, the newest first; of every link to a study."""
    table = schema.share_version
    there = sa.and_(table.c.study_id == study_id, table.c.removed_at.is_(None))
    found: dict[str, list[Version]] = {}
    for row in connection.execute(sa.select(table).where(there).order_by(table.c.number.desc())).mappings():
        found.setdefault(row["token"], []).append(Version(**row))
    return found


def _shares(connection: sa.Connection, query: sa.Select[Any]) -> list[Share]:
    found = [_share(row) for row in connection.execute(query).mappings()]
    return sorted(found, key=lambda each: (each.at, each.token), reverse=True)


def _share(row: Any) -> Share:
    return Share(**{**row, "audience": tuple(row["audience"])})


def _subjects(audience: Sequence[str]) -> list[str]:
    return sorted({roles.subject_of(each) for each in audience})


def _locked(transaction: Transaction, token: str) -> Share:
    """The link, whose study nobody else writes until this transaction ends."""
    there = share(transaction.connection, token)
    transaction.lock(there.study_id)
    return share(transaction.connection, token)  # again: it may have been revoked while this one waited


def _set(transaction: Transaction, token: str, **values: Any) -> None:
    table = schema.share
    transaction.connection.execute(sa.update(table).where(table.c.token == token).values(**values))


def _text(token: str) -> str:
    """A token as a database takes it: what stands in an address may be anything, and PostgreSQL refuses a zero byte."""
    return token if token.isascii() and token.isprintable() else ""
