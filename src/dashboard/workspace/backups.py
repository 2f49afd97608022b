"""The backups that were made and until when each is kept, so that forgetting can say which still hold somebody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from dashboard.records import installation
from dashboard.workspace import people_and_roles
from dashboard.workspace.access import Workspace

SETTING = "backups"
KEPT_DAYS = 30
"""Days that a backup is kept unless whoever makes it says otherwise."""


@dataclass(frozen=True)
class Backup:
    """One backup. path: where it was written; until: the last day on which it is kept. there: whether it still is."""

    path: str
    made: datetime
    until: date | None
    size: int
    there: bool

    @property
    def name(self) -> str:
        """The name of its file."""
        return Path(self.path).name


def known(ws: Workspace, *, today: date | None = None) -> list[Backup]:
    """Backups that are still kept, the newest first."""
    today = today or ws.records.now().date()
    with ws.records.read() as connection:
        listed = installation.setting(connection, SETTING, [])
    found = [
        Backup(
            each["path"],
            datetime.fromisoformat(each["made"]),
            date.fromisoformat(each["until"]) if each["until"] else None,
            int(each["size"]),
            Path(each["path"]).is_file(),
        )
        for each in listed
    ]
    kept = [each for each in found if each.there or each.until is None or each.until >= today]
    return sorted(kept, key=lambda each: each.made, reverse=True)


def note(ws: Workspace, path: Path, made: datetime, until: date | None, size: int) -> None:
    """Remember a backup that was made; one at the same place takes the place of the one before."""
    place = str(path.resolve())
    with ws.records.begin(by=ws.user) as transaction:
        there = [each for each in installation.setting(transaction.connection, SETTING, []) if each["path"] != place]
        new = {"path": place, "made": made.isoformat(), "until": until.isoformat() if until else "", "size": size}
        installation.set_setting(transaction, SETTING, [*there, new])
        transaction.audit("make backup", "")


def expired(ws: Workspace, today: date) -> list[Backup]:
    """Backups whose last day is past and whose file is still there."""
    return [each for each in known(ws, today=today) if each.there and each.until is not None and each.until < today]


def delete_expired(ws: Workspace, today: date) -> list[Backup]:
    """Delete the files of backups whose last day is past; which they were."""
    people_and_roles.check(ws)
    gone = expired(ws, today)
    for each in gone:
        Path(each.path).unlink(missing_ok=True)
    if gone:
        places = {each.path for each in gone}
        with ws.records.begin(by=ws.user) as transaction:
            there = installation.setting(transaction.connection, SETTING, [])
            installation.set_setting(transaction, SETTING, [each for each in there if each["path"] not in places])
            transaction.audit("delete expired backups", "", str(len(gone)))
    return gone
