"""People and roles, members of studies, and settings of the whole installation; for administrators alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from dashboard.errors import ConfigurationError, NotAllowed
from dashboard.records import installation, roles
from dashboard.workspace.access import Workspace

LEAST_K = 5
"""The floor of k unless an administrator sets another."""
_LOWEST_K, _HIGHEST_K = 2, 50


@dataclass(frozen=True)
class Granted:
    """The role of a person, a domain (@example.org) or a group (group:NAME)."""

    subject: str
    role: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Membership:
    """Who is a member of a study; nobody: it is open to every researcher."""

    study: str
    name: str
    members: tuple[str, ...]


def may_administer(ws: Workspace) -> bool:
    """Whether this person is an administrator; on a machine of one's own everybody is."""
    return ws.settings.mode != "shared" or ws.user.role == "admin"


def check(ws: Workspace) -> None:
    """Nothing for an administrator. Raises NotAllowed for anybody else."""
    if not may_administer(ws):
        raise NotAllowed("Only an administrator may do this; ask one of yours to do it.")


def grants(ws: Workspace) -> list[Granted]:
    """Every role there is, by subject."""
    check(ws)
    with ws.records.read() as connection:
        return [Granted(each.subject, each.role, each.by, each.at) for each in roles.grants(connection)]


def grant(ws: Workspace, subject: str, role: str) -> None:
    """Give a role in place of the one before. Raises ConfigurationError where subject or role is none."""
    check(ws)
    chosen = next((each for each in roles.ROLES if each == role), None)
    if chosen is None:
        raise ConfigurationError(f"“{role[:40]}” is no role; choose one of {', '.join(roles.ROLES)}.")
    if chosen != "admin":
        _keep_one_admin(ws, subject)
    with ws.records.begin(by=ws.user) as transaction:
        roles.grant(transaction, subject, chosen)


def end(ws: Workspace, subject: str) -> None:
    """Take a role away, at once. Raises ConfigurationError, and NotFound where there is none."""
    from dashboard.workspace import ledger

    check(ws)
    _keep_one_admin(ws, subject)
    with ws.records.begin(by=ws.user) as transaction:
        roles.end(transaction, subject)
    ledger.keep(ws)


def _keep_one_admin(ws: Workspace, subject: str) -> None:
    """Nobody takes their own administration away by mistake, and nobody the last one's."""
    name = roles.subject_of(subject)
    admins = [each.subject for each in grants(ws) if each.role == "admin"]
    if ws.settings.mode == "shared" and admins == [name]:
        raise NotAllowed(f"{name} is the last administrator; make somebody else one before.")


def memberships(ws: Workspace) -> list[Membership]:
    """Every study that is not deleted, with its members; by name."""
    check(ws)
    with ws.records.read() as connection:
        members = roles.members_of(connection)
    rows = [row for row in ws.records.studies() if row.state != "deleted"]
    found = [Membership(row.id, row.name, members.get(row.id, ())) for row in rows]
    return sorted(found, key=lambda each: (each.name.casefold(), each.study))


def set_members(ws: Workspace, study_id: str, subjects: Sequence[str]) -> None:
    """Let exactly these be the members of a study; nobody: open to every researcher. Raises ConfigurationError."""
    from dashboard.workspace import ledger

    check(ws)
    wanted = {roles.subject_of(each) for each in subjects if each.strip()}
    with ws.records.begin(by=ws.user) as transaction:
        there = set(roles.members(transaction.connection, study_id))
        for subject in sorted(wanted - there):
            roles.add_member(transaction, study_id, subject)
        for subject in sorted(there - wanted):
            roles.remove_member(transaction, study_id, subject)
    ledger.keep(ws)


def floor_of_k(ws: Workspace) -> int:
    """The fewest people that a group in a shared version may have, without a recorded reason for less."""
    with ws.records.read() as connection:
        value = installation.setting(connection, "least_k", LEAST_K)
    return value if type(value) is int and _LOWEST_K <= value <= _HIGHEST_K else LEAST_K


def set_floor_of_k(ws: Workspace, k: int) -> None:
    """Set that floor. Raises ConfigurationError where it is no sensible number of people."""
    check(ws)
    if not _LOWEST_K <= k <= _HIGHEST_K:
        raise ConfigurationError(
            f"The smallest group must have {_LOWEST_K} to {_HIGHEST_K} people; choose a number there."
        )
    with ws.records.begin(by=ws.user) as transaction:
        installation.set_setting(transaction, "least_k", k)
