"""Findings and actions as a file for an issue tracker: one row an action, or a finding that has none yet."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

import pandas as pd

from dashboard.sharing import spreadsheet
from dashboard.workspace.findings import Action, Finding, Learned

COLUMNS = (
    "Title",
    "Status",
    "Owner",
    "Due",
    "Effort",
    "Link",
    "Finding",
    "Kind",
    "Objective",
    "Figure",
    "Quotes",
    "Source",
)


def csv_of(learned: Learned, figures: Mapping[int, str], *, address: str, study: str) -> bytes:
    """The rows, in which no cell can be taken for a formula.

    figures: number of a finding → what its figure says now. address: of the page Findings, for the way back.
    """
    rows: list[list[str]] = []
    for finding in learned.findings:
        following: tuple[Action | None, ...] = learned.actions_of(finding.id) or (None,)
        rows += [_row(finding, action, learned, figures, address=address, study=study) for action in following]
    return spreadsheet.csv_of(pd.DataFrame(rows, columns=list(COLUMNS)))


def _row(
    finding: Finding, action: Action | None, learned: Learned, figures: Mapping[int, str], *, address: str, study: str
) -> list[str]:
    return [
        action.what if action else finding.claim,
        action.status if action else finding.status,
        action.owner if action else "",
        action.due.isoformat() if action and action.due else "",
        action.effort if action else "",
        action.link if action else "",
        finding.claim,
        finding.kind,
        finding.objective,
        figures.get(finding.id, ""),
        str(len(learned.pinned_to(finding.id))),
        link_to(finding.id, address=address, study=study),
    ]


def link_to(finding: int, *, address: str, study: str) -> str:
    """The address of one finding.

    >>> link_to(7, address="http://host/findings?study=x", study="ab")
    'http://host/findings?study=ab&finding=7'
    """
    return f"{address.partition('?')[0]}?{urlencode({'study': study, 'finding': finding})}"
