"""Measures for a shell: by name, filtered, as plain rows."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from dashboard.analysis.codings import codings
from dashboard.analysis.quotes import quotes
from dashboard.analysis.table import Table
from dashboard.charts.measures import MEASURES
from dashboard.errors import EngineError, InvalidFilter
from dashboard.evidence.engines import ENGINES
from dashboard.evidence.tables import Evidence
from dashboard.filters import ATTRIBUTE_PREFIX, Filters
from dashboard.workspace.access import Workspace
from dashboard.workspace.evidence import built

QUOTES, CODINGS = "quotes", "codings"
QUOTE_COLUMNS = ("passage", "source", "participant", "question", "text", "themes", "stage", "sentiment")
THEME_KEYS = ("theme", "confidence", "status", "by", "accepted")
CODING_COLUMNS = (
    "passage", "source", "participant", "text", "theme", "confidence", "by", "status", "accepted", "reason",
)  # fmt: skip


def measure(name: str, *, engine: str = "duckdb") -> str:
    """The name of a measure, checked before any work is done. Raises InvalidFilter and EngineError."""
    known = (*MEASURES, *(extra for extra in (QUOTES, CODINGS) if extra not in MEASURES))
    if name not in known:
        raise InvalidFilter(f"There is no measure “{name}”; choose one of: {', '.join(known)}.")
    if engine not in ENGINES:
        raise EngineError(f"The engine “{engine}” is not available here; use one of: {', '.join(ENGINES)}.")
    return name


def rows(
    ws: Workspace,
    study_id: str,
    name: str,
    *,
    by: str | None = None,
    filters: Filters,
    pool: bool = False,
    engine: str = "duckdb",
) -> list[dict[str, Any]]:
    """The rows of one measure over a built study, as JSON values. Raises InvalidFilter."""
    narrowed = built(ws, study_id, engine=engine).where(filters)
    if name == QUOTES:
        found = plain_rows(quotes(narrowed, {}), columns=QUOTE_COLUMNS, renamed={"source_name": "source"})
        return [row | {"themes": [{key: theme[key] for key in THEME_KEYS} for theme in row["themes"]]} for row in found]
    if name == CODINGS:
        return plain_rows(codings(narrowed), columns=CODING_COLUMNS, renamed={"source_name": "source"})
    return plain_rows(table(narrowed, name, by=by, pool=pool))


def table(evidence: Evidence, name: str, *, by: str | None = None, pool: bool = False) -> Table:
    """One measure over evidence that is narrowed already. Raises InvalidFilter where the measure must be split."""
    if by is not None and name != "friction":
        evidence.values_of(by)
    found: Table = MEASURES[name].function(evidence, by, pool=pool)
    return found


def plain_rows(
    table: Table, *, columns: tuple[str, ...] | None = None, renamed: Mapping[str, str] | None = None
) -> list[dict[str, Any]]:
    """A table's rows as JSON values: no NumPy, no NaN; an attribute's column under the attribute's own name."""
    frame = table.rows
    for old, new in (renamed or {}).items():
        if old in frame.columns:
            frame = frame.drop(columns=[new], errors="ignore").rename(columns={old: new})
    heads = columns or tuple(frame.columns)
    taken = set(heads)
    names = {
        head: head.removeprefix(ATTRIBUTE_PREFIX) if head.removeprefix(ATTRIBUTE_PREFIX) not in taken else head
        for head in heads
    }
    return [
        {names[head]: plain(value) for head, value in zip(heads, values, strict=True)}
        for values in frame[list(heads)].itertuples(index=False, name=None)
    ]


def plain(value: Any) -> Any:
    """One cell as a JSON value."""
    if isinstance(value, (list, tuple, np.ndarray)):
        return [plain(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, np.generic):
        value = value.item()
    if value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and not math.isfinite(value)):
        return None
    return value
