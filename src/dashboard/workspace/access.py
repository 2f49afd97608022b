"""Who may do what, by type: a researcher is given a Workspace, a viewer a Published, and every use case asks for one.

Where people sign in, the records that they hold know them: at each read and each write it is asked again whether the
sign-in still holds, whether they still have their role, and which studies are closed to them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from dashboard.errors import NotAllowed
from dashboard.evidence.parts import Parts
from dashboard.records import reading, roles
from dashboard.records.files import Files
from dashboard.records.roles import ROLES, Role
from dashboard.records.rows import User as User
from dashboard.records.store import Records, open_records
from dashboard.settings import Settings

RESEARCHERS = ("researcher", "admin")

ENDED = "Your sign-in has ended; sign in again."
NO_ROLE = "You have no role here (any more); ask an administrator to give you one, then reload the page."

_EMAIL = re.compile(r"[^\s@,;<>\"]+@[^\s@,;<>\"]+", re.ASCII)


@dataclass(frozen=True)
class Identity:
    """A person as the provider of sign-in vouches for them: issuer and subject say who it is, all else what they are.

    email: in lower case. expires_at: when the provider's word ends.
    """

    issuer: str
    subject: str
    email: str = ""
    email_verified: bool = False
    groups: tuple[str, ...] = ()
    name: str = ""
    expires_at: datetime | None = None

    @property
    def subjects(self) -> frozenset[str]:
        """By what lists and grants may name this person: a verified address, its whole domain, groups."""
        named = {f"{roles.GROUP}{group}" for group in self.groups}
        if self.email_verified and _EMAIL.fullmatch(self.email):
            named |= {self.email, "@" + self.email.rpartition("@")[2]}
        return frozenset(named)


@dataclass(frozen=True)
class Workspace:
    """The studies of one installation, in the hands of one person who may change them."""

    settings: Settings
    user: User
    records: Records
    files: Files
    parts: Parts


@dataclass(frozen=True)
class Published:
    """One share, in the hands of one person who may read it if it is shared with them; see ``published``."""

    settings: Settings
    user: User
    records: Records
    token: str


def identity_of(claims: Mapping[str, Any], settings: Settings) -> Identity:
    """The person whom the claims of an ID token name.

    Raises NotAllowed where they are another issuer's, meant for somebody else, or say nobody or no end.
    """
    audience = claims.get("aud")
    meant = [audience] if isinstance(audience, str) else list(audience or ()) if isinstance(audience, list) else []
    subject, ends = claims.get("sub"), claims.get("exp")
    pinned = (
        claims.get("iss") == settings.issuer
        and settings.oidc_client_id in meant
        and (len(meant) == 1 or claims.get("azp") == settings.oidc_client_id)
    )
    if not pinned or not isinstance(subject, str) or not subject:
        raise NotAllowed("This sign-in was made for another application; sign in again.")
    if isinstance(ends, bool) or not isinstance(ends, int | float) or not 0 <= ends < 1e11:
        raise NotAllowed("This sign-in does not say when it ends; ask an administrator to have that set right.")
    groups = claims.get(settings.oidc_groups_claim)
    listed = [groups] if isinstance(groups, str) else groups if isinstance(groups, list) else []
    email, name = claims.get("email"), claims.get("name")
    return Identity(
        issuer=settings.issuer,
        subject=subject,
        email=email.strip().lower() if isinstance(email, str) else "",
        email_verified=claims.get("email_verified") is True,
        groups=tuple(sorted({group for group in listed if isinstance(group, str) and group})),
        name=name if isinstance(name, str) else "",
        expires_at=datetime.fromtimestamp(ends, UTC),
    )


def role_of(identity: Identity, settings: Settings, records: Records) -> Role | None:
    """The highest role that the settings or the records give this person now; None where they give none."""
    with records.read() as connection:
        return _role(identity.subjects, settings, connection)


def user_of(identity: Identity, role: Role) -> User:
    """The person as one who acts in this role."""
    known = identity.email if identity.email_verified and _EMAIL.fullmatch(identity.email) else ""
    return User(
        identity.name or known or identity.subject,
        email=known,
        role=role,
        issuer=identity.issuer,
        subject=identity.subject,
        groups=identity.groups,
        expires_at=identity.expires_at,
    )


def subjects_of(user: User) -> frozenset[str]:
    """By what lists, grants and audiences may name this person; ``user_of`` keeps verified addresses alone."""
    return Identity(user.issuer, user.subject, user.email, bool(user.email), user.groups).subjects


def signed_in(claims: Mapping[str, Any], settings: Settings) -> User:
    """Who these claims let in, now. Raises NotAllowed where their time is over or the person has no role."""
    identity = identity_of(claims, settings)
    records = open_all(settings)
    if identity.expires_at is None or identity.expires_at <= records.now():
        raise NotAllowed(ENDED)
    role = role_of(identity, settings, records)
    if role is None:
        raise NotAllowed(_nobody(identity))
    return user_of(identity, role)


def open_workspace(settings: Settings, user: User) -> Workspace:
    """The workspace of this person. Raises NotAllowed for anybody but a researcher."""
    if user.role not in RESEARCHERS:
        raise NotAllowed("Only researchers can open the workspace; ask a researcher to share a snapshot with you.")
    return Workspace(settings, user, _records(settings, user), Files(settings.sources_dir), Parts(settings.parts_dir))


def open_published(settings: Settings, user: User, token: str) -> Published:
    """What this person may ask of a share; whether it may be seen is asked at every question put to it."""
    return Published(settings, user, _records(settings, user, writes=False), token)


def open_all(settings: Settings) -> Records:
    """The records, everything in them: for deciding who is let in, never to be handed to a page."""
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    return _opened(settings.records_url) if settings.shared else open_records(settings.records_url)


@lru_cache(maxsize=8)
def _opened(url: str) -> Records:
    """One engine for everybody who signed in; several servers share these records, so none of them migrates."""
    return open_records(url, migrate=False)


def _records(settings: Settings, user: User, *, writes: bool = True) -> Records:
    if not settings.shared:
        return open_all(settings)
    if not user.issuer:  # the command line, on the server itself
        settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        return open_records(settings.records_url, migrate=False)
    mine = subjects_of(user)

    def admission(connection: sa.Connection, now: datetime) -> frozenset[str]:
        if user.expires_at is None or user.expires_at <= now:
            raise NotAllowed(ENDED)
        if user.role not in _listed(mine, settings):  # else the records need not be asked, at each read, besides
            role = _role(mine, settings, connection)
            if role is None or ROLES.index(role) < ROLES.index(_known(user.role)):
                raise NotAllowed(NO_ROLE)
        if user.role == "admin":
            return frozenset()
        if user.role == "viewer":
            return frozenset(row.id for row in reading.studies(connection))
        return frozenset(study for study, members in roles.members_of(connection).items() if mine.isdisjoint(members))

    return open_all(settings).admitting(admission, writes=writes)


def _known(role: str) -> Role:
    """A role by its name; what is none counts as the highest, so that nobody is let in by it."""
    return next((known for known in ROLES if known == role), ROLES[-1])


def _role(subjects: frozenset[str], settings: Settings, connection: sa.Connection) -> Role | None:
    given = _listed(subjects, settings) | {each.role for each in roles.grants(connection) if each.subject in subjects}
    return max(given, key=ROLES.index, default=None)


def _listed(subjects: frozenset[str], settings: Settings) -> set[Role]:
    """The roles that the settings give."""
    lists: dict[Role, tuple[str, ...]] = {
        "viewer": settings.viewers, "researcher": settings.researchers, "admin": settings.admins,
    }  # fmt: skip
    return {role for role, named in lists.items() if not subjects.isdisjoint(named)}


def _nobody(identity: Identity) -> str:
    if identity.email and not identity.email_verified:
        return (
            "The provider of your sign-in has not verified your e-mail address, so it counts for nothing here; "
            "verify it there and sign in again."
        )
    return NO_ROLE
