"""Dismissed groups are kept, and can be brought back."""

from __future__ import annotations

from dashboard.records import dismissed
from dashboard.workspace import Workspace, studies


def test_what_is_dismissed_is_known_until_it_is_brought_back(ws: Workspace) -> None:
    study, other = studies.create(ws, "One"), studies.create(ws, "Other")

    def known(of: str) -> set[str]:
        with ws.records.read() as connection:
            return dismissed.passages(connection, of)

    before = ws.records.decisions_version(study)
    with ws.records.begin(by=ws.user) as transaction:
        dismissed.dismiss(transaction, study, ["s.1.0", "s.2.0"])
        dismissed.dismiss(transaction, study, ["s.3.0"])
    assert known(study) == {"s.1.0", "s.2.0", "s.3.0"}
    assert known(other) == set()
    assert ws.records.decisions_version(study) == before  # no number changes by it
    with ws.records.begin(by=ws.user) as transaction:
        dismissed.bring_back(transaction, study)
    assert known(study) == set()
