"""Studies that a person may not see, kept out of everything that the records are asked.

One place beneath every use case: where a person is no member of a study, each statement that names it is refused before
the database sees it, reading or writing, as if the study were not there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event

from dashboard.errors import NotFound
from dashboard.records.reading import no_study

Admission = Callable[[sa.Connection, datetime], frozenset[str]]
"""(connection, now) → the ids of the studies that are closed. Raises NotAllowed where nothing at all is open."""

_CLOSED = "records_closed"


def watch(engine: sa.Engine) -> None:
    """Look at every statement that runs on this engine over a connection that something is kept out of."""
    if not event.contains(engine, "before_cursor_execute", _refuse):
        event.listen(engine, "before_cursor_execute", _refuse)


def keep_out(connection: sa.Connection, studies: frozenset[str]) -> None:
    """Let this connection know nothing of these studies."""
    connection.execution_options(**{_CLOSED: studies})


def closed(connection: sa.Connection) -> frozenset[str]:
    """The studies that :func:`keep_out` keeps out: what lists rows of many studies leaves theirs out."""
    found: frozenset[str] = connection.get_execution_options().get(_CLOSED, frozenset())
    return found


def _refuse(connection: sa.Connection, cursor: Any, statement: str, parameters: Any, context: Any, many: bool) -> None:
    shut = closed(connection)
    if not shut:
        return
    for row in parameters if many else (parameters,):
        values = row.values() if isinstance(row, Mapping) else row or ()
        for value in values:
            if isinstance(value, str) and value in shut:
                raise NotFound(no_study(value))
