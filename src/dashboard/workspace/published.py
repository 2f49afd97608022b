"""What a viewer is given: the frozen evidence of one share, and what is said of it. Nothing else can be opened here."""

from __future__ import annotations

import threading
from collections import OrderedDict
from pathlib import Path

from dashboard.errors import NotAllowed, NotFound
from dashboard.evidence.tables import Evidence
from dashboard.records import shares
from dashboard.records.shares import NO_SHARE, Share, Version
from dashboard.settings import Settings
from dashboard.sharing import frozen
from dashboard.sharing.frozen import About
from dashboard.workspace.access import Published, subjects_of

MOST_OPEN = 4
"""Versions kept open at once; one more in use only costs opening it again."""

_open: OrderedDict[Path, Evidence] = OrderedDict()
_lock = threading.Lock()


def evidence(published: Published) -> Evidence:
    """The evidence of the newest version. Whether it may be seen is asked of the records on every call.

    Raises NotFound where the link opens nothing (any more), NotAllowed where it is not for this person.
    """
    folder = folder_of(published.settings, version(published).id)
    with _lock:
        if folder not in _open or not (folder / frozen.ABOUT).is_file():
            _open.pop(folder, None)
            _open[folder] = frozen.open(folder, id=folder.name, threads=published.settings.threads)
        _open.move_to_end(folder)
        while len(_open) > MOST_OPEN:
            _open.popitem(last=False)
        return _open[folder]


def about(published: Published) -> About:
    """What is said of the newest version. Raises as ``evidence`` does."""
    return frozen.about(folder_of(published.settings, version(published).id))


def version(published: Published) -> Version:
    """The newest version under the link. Raises NotFound (guessed, ended: the same) or NotAllowed."""
    with published.records.read() as connection:
        share = shares.share(connection, published.token)
        versions = shares.versions(connection, published.token)
    if share.expires_at is not None and share.expires_at <= published.records.now():
        raise NotFound(NO_SHARE)
    if not _among(published, share):
        raise NotAllowed("This page is not shared with you; ask the person who gave you the link to add you.")
    if not versions:
        raise NotFound(NO_SHARE)
    return versions[0]


def changes(published: Published) -> tuple[tuple[int, str], ...]:
    """(number, what is new in it, in the publisher's words) of every version under the link, the newest first.

    Raises as ``evidence`` does.
    """
    version(published)  # the check
    with published.records.read() as connection:
        return tuple((each.number, each.changed) for each in shares.versions(connection, published.token))


def folder_of(settings: Settings, version_id: str) -> Path:
    """The folder of a version."""
    return settings.data_dir / "snapshots" / version_id


def _among(published: Published, share: Share) -> bool:
    """Whether this person may open the share: on a machine of one's own everybody, else who stands in its audience."""
    if published.settings.mode == "local" or not share.audience:  # nobody named: everybody who may sign in at all
        return True
    return not subjects_of(published.user).isdisjoint(share.audience)
