"""Who may do what, by type: a researcher is given a Workspace, and every use case asks for one."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.errors import NotAllowed
from dashboard.evidence.parts import Parts
from dashboard.records.files import Files
from dashboard.records.rows import User as User
from dashboard.records.store import Records, open_records
from dashboard.settings import Settings

RESEARCHERS = ("researcher", "admin")


@dataclass(frozen=True)
class Workspace:
    """The studies of one installation, in the hands of one person who may change them."""

    settings: Settings
    user: User
    records: Records
    files: Files
    parts: Parts


def open_workspace(settings: Settings, user: User) -> Workspace:
    """The workspace of this person. Raises NotAllowed for anybody but a researcher."""
    if user.role not in RESEARCHERS:
        raise NotAllowed("Only researchers can open the workspace; ask a researcher to share a snapshot with you.")
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    return Workspace(
        settings, user, open_records(settings.records_url), Files(settings.sources_dir), Parts(settings.parts_dir)
    )
