"""Until when each study is kept, and erasing those whose day is past."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dashboard.errors import DashboardError
from dashboard.records import erasing, retention
from dashboard.workspace import backups, ledger, people_and_roles, tidying
from dashboard.workspace.access import Workspace

WARNED_DAYS = 30
"""Days before its last one on which a study's end is announced."""


@dataclass(frozen=True)
class Kept:
    """One study. until: the last day on which it is kept; None: nobody said. left: days until then, below 0 when past.

    copies: names of studies that hold some of the same files and are kept longer, or for ever.
    """

    study: str
    name: str
    state: str
    until: date | None
    left: int | None
    copies: tuple[str, ...] = ()

    @property
    def due(self) -> bool:
        """Whether its last day is past."""
        return self.left is not None and self.left < 0

    @property
    def soon(self) -> bool:
        """Whether its last day is near."""
        return self.left is not None and 0 <= self.left <= WARNED_DAYS


@dataclass(frozen=True)
class Done:
    """What was, or would be, done. problem: the sentence for a study that could not be erased."""

    erased: tuple[Kept, ...]
    soon: tuple[Kept, ...]
    backups: tuple[str, ...]
    files: int = 0
    problem: str = ""


def kept(ws: Workspace, *, today: date | None = None) -> list[Kept]:
    """Every study, deleted ones too, with the day until which it is kept; the first to go first."""
    people_and_roles.check(ws)
    today = today or ws.records.now().date()
    rows = ws.records.studies()
    names = {row.id: row.name for row in rows}
    with ws.records.read() as connection:
        days = retention.retentions(connection)
        held = erasing.digests(connection) if days else {}
    found = []
    for row in rows:
        until = days.get(row.id)
        longer = sorted(
            names[other]
            for other in held
            if other != row.id and other in names and not held[other].isdisjoint(held.get(row.id, ()))
            if until is not None and (days.get(other) is None or days[other] > until)
        )
        left = (until - today).days if until else None
        found.append(Kept(row.id, row.name, row.state, until, left, tuple(longer)))
    return sorted(
        found, key=lambda each: (each.until is None, each.until or date.max, each.name.casefold(), each.study)
    )


def keep_until(ws: Workspace, study_id: str, day: date | None) -> None:
    """Set the last day on which a study is kept; None: until a person deletes it. Raises NotFound."""
    people_and_roles.check(ws)
    with ws.records.begin(by=ws.user) as transaction:
        retention.keep_until(transaction, study_id, day)


def retain(ws: Workspace, *, today: date | None = None, dry_run: bool = False) -> Done:
    """Erase the studies and delete the backups whose last day is past, and clear away files that nothing names.

    dry_run: only say what would be done. Raises Conflict while something is being built.
    """
    people_and_roles.check(ws)
    today = today or ws.records.now().date()
    all_of_them = kept(ws, today=today)
    due, soon = [each for each in all_of_them if each.due], tuple(each for each in all_of_them if each.soon)
    old = tuple(each.path for each in backups.expired(ws, today))
    if dry_run:
        return Done(tuple(due), soon, old)
    tidying.check_quiet(ws)
    erased, problem = [], ""
    for each in due:
        try:
            _erase(ws, each.study)
            erased.append(each)
        except DashboardError as failed:
            problem = f"“{each.name}” was not erased: {failed}"
    old = tuple(each.path for each in backups.delete_expired(ws, today))
    ledger.keep(ws)
    tidying.empty_caches()
    files = tidying.tidy(ws)
    erasing.clean(ws.records)
    return Done(tuple(erased), soon, old, files, problem)


def erase(ws: Workspace, study_id: str) -> int:
    """Erase a study for good, like all its people; how many files were deleted. Raises NotFound, Conflict."""
    people_and_roles.check(ws)
    tidying.check_quiet(ws)
    _erase(ws, study_id)
    ledger.keep(ws)
    tidying.empty_caches()
    files = tidying.tidy(ws)
    erasing.clean(ws.records)
    return files


def _erase(ws: Workspace, study_id: str) -> None:
    with ws.records.begin(by=ws.user) as transaction:
        erasing.erase_study(transaction, study_id)
        ledger.note(transaction, [ledger.study(study_id, transaction.at)])
