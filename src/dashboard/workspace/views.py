"""Saved views: what a page shows at the moment, kept under a name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import parse_qs, urlencode

from dashboard.errors import InvalidFilter
from dashboard.records import views as kept
from dashboard.records.views import SavedView as SavedView
from dashboard.workspace.access import Workspace

LONGEST_NAME = 80


def views(ws: Workspace, study_id: str) -> list[SavedView]:
    """The saved views of a study, the pinned ones first, then by their names."""
    with ws.records.read() as connection:
        return kept.views(connection, study_id)


def save(
    ws: Workspace,
    study_id: str,
    name: str,
    *,
    page: str,
    choices: Mapping[str, Sequence[str]],
    pinned: bool = False,
) -> int:
    """The number of a view of this page with these choices (parameters of its address). Raises InvalidFilter."""
    name = " ".join(name.split())[:LONGEST_NAME]
    if not name:
        raise InvalidFilter("A view needs a name; write one and try again.")
    query = urlencode([(key, value) for key, values in choices.items() for value in values])
    with ws.records.begin(by=ws.user) as transaction:
        return kept.save(transaction, study_id, name, page, query, pinned=pinned)


def choices_of(view: SavedView) -> dict[str, list[str]]:
    """The parameters of a saved view's address."""
    return parse_qs(view.query)


def remove(ws: Workspace, study_id: str, number: int) -> None:
    """Take a saved view away."""
    with ws.records.begin(by=ws.user) as transaction:
        kept.remove(transaction, study_id, number)
