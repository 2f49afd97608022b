"""The file for an issue tracker: one row an action, no cell computes, every row leads back."""

import csv
import io
from datetime import date

from dashboard.study import Anchor
from dashboard.ui.findings_export import COLUMNS, csv_of
from dashboard.workspace.findings import Action, Finding, Learned, Pin


def test_one_row_an_action_or_a_finding_without_one() -> None:
    learned = Learned(
        findings=(Finding(1, "=1+1", objective="leave"), Finding(2, "Hoses leak, badly", status="ready")),
        pins=(Pin(5, "finding", "2", "", Anchor("s", 0, 0, 4, "said")),),
        actions=(
            Action(7, "Repair", 2, "Cy", date(2026, 9, 1), "M", "https://example.org/7", "doing"),
            Action(8, "@Replace", 2),
            Action(9, "of nothing"),
        ),
    )
    data = csv_of(learned, {2: "3 of 7 people"}, address="http://host/findings?study=old", study="ab")
    head, *rows = csv.reader(io.StringIO(data.decode("utf-8-sig")))
    assert tuple(head) == COLUMNS
    assert [row[0] for row in rows] == ["'=1+1", "Repair", "'@Replace"]
    assert rows[1] == [
        "Repair", "doing", "Cy", "2026-09-01", "M", "https://example.org/7", "Hoses leak, badly", "finding", "",
        "3 of 7 people", "1", "http://host/findings?study=ab&finding=2",
    ]  # fmt: skip
