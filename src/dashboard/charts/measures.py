"""MEASURES: every measure with its question, its unit, its function, its chart and the sentence said first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import plotly.graph_objects as go

from dashboard.analysis.codings import codings
from dashboard.analysis.cooccurrence import cooccurrence
from dashboard.analysis.differences import differences
from dashboard.analysis.feeling import feeling
from dashboard.analysis.friction import friction
from dashboard.analysis.prevalence import prevalence
from dashboard.analysis.quotes import quotes
from dashboard.analysis.table import Table
from dashboard.charts.bars import bars
from dashboard.charts.contrasts import contrasts
from dashboard.charts.headlines import (
    of_codings,
    of_cooccurrence,
    of_differences,
    of_feeling,
    of_friction,
    of_prevalence,
    of_quotes,
)  # fmt: skip
from dashboard.charts.journey import along, journey
from dashboard.evidence.tables import Evidence


@dataclass(frozen=True)
class Measure:
    """A measure with all that is said and drawn of it.

    function(evidence, by, pool=…) → Table. chart: None where its rows are a list to read. by: whether it "must", "may"
    or "never" be split by an attribute or ``segment`` (friction also by ``theme``).
    """

    name: str
    question: str
    unit: str
    function: Callable[..., Table]
    chart: Callable[[Table], go.Figure] | None
    headline: Callable[[Table], str]
    by: Literal["never", "may", "must"] = "may"


def alternative(table: Table) -> str:
    """What a figure of this table shows, for a reader who does not see it: question, finding, and where the rest is."""
    measure = MEASURES[table.measure]
    split = f", by {table.by}" if table.by else ""
    shape = "Line chart" if table.measure == "feeling" else "Bar chart"
    return (
        f"{shape} of {len(table.rows)} rows{split}. {measure.question} {measure.headline(table)} "
        "The table beside it holds every figure and opens the same quotes."
    )


def _all_quotes(evidence: Evidence, by: str | None = None, *, pool: bool = False) -> Table:
    """Everything that was said; by and pool change nothing."""
    return quotes(evidence, {})


def _drawn(form: Callable[..., go.Figure], **options: Any) -> Callable[[Table], go.Figure]:
    def chart(table: Table) -> go.Figure:
        return form(table, title=MEASURES[table.measure].headline(table), alternative=alternative(table), **options)

    return chart


MEASURES: dict[str, Measure] = {
    measure.name: measure
    for measure in (
        Measure("prevalence", "What do people talk about?", "participants", prevalence, _drawn(bars), of_prevalence),
        Measure(
            "differences",
            "Who says it more often?",
            "participants",
            differences,
            _drawn(contrasts),
            of_differences,
            "must",
        ),
        Measure("friction", "Where do people struggle?", "participants", friction, _drawn(journey), of_friction),
        Measure("feeling", "How do people feel along the way?", "participants", feeling, _drawn(along), of_feeling),
        Measure("cooccurrence", "What goes together?", "participants", cooccurrence, _drawn(bars), of_cooccurrence),
        Measure("quotes", "What did people say?", "passages", _all_quotes, None, of_quotes, "never"),
        Measure("codings", "What was suggested, and what was decided?", "codings", codings, None, of_codings, "never"),
    )
}
"""Name → measure; pages, shell, documentation and tests read this."""
