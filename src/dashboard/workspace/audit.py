"""The audit trail: who did what when; it holds no customer's words. For administrators alone."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from dashboard.sharing.spreadsheet import inert
from dashboard.workspace import people_and_roles
from dashboard.workspace.access import Workspace

COLUMNS = ("at", "by", "action", "study", "name", "subject")
MOST = 1_000_000


@dataclass(frozen=True)
class Line:
    """One line. study: its id, "" where it is about none; name: the study's, "" where it was erased."""

    at: datetime
    by: str
    action: str
    study: str
    name: str
    subject: str


def lines(
    ws: Workspace, *, study_id: str | None = None, since: date | None = None, by: str = "", limit: int = MOST
) -> list[Line]:
    """The trail, the latest first. by: a part of who did it."""
    people_and_roles.check(ws)
    names = {row.id: row.name for row in ws.records.studies()}
    start = datetime.combine(since, time(), UTC) if since else None
    rows = ws.records.audit(study_id, limit=MOST if by else limit, since=start)
    found = (
        Line(row.at, row.by, row.action, row.study_id, names.get(row.study_id, ""), row.subject)
        for row in rows
        if by.casefold() in row.by.casefold()
    )
    return [line for _, line in zip(range(limit), found, strict=False)]


def to_csv(of: Iterable[Line]) -> str:
    """The lines as CSV, no cell of which a spreadsheet takes for a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows([inert(cell) for cell in _cells(line)] for line in of)
    return out.getvalue()


def to_json(of: Iterable[Line]) -> str:
    """The lines as JSON, one object a line."""
    return "".join(json.dumps(as_mapping(line), ensure_ascii=False) + "\n" for line in of)


def as_mapping(line: Line) -> dict[str, str]:
    """One line as plain texts, by column."""
    return dict(zip(COLUMNS, _cells(line), strict=True))


def _cells(line: Line) -> list[str]:
    return [line.at.isoformat(timespec="seconds"), line.by, line.action, line.study, line.name, line.subject]
