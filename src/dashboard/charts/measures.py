"""MEASURES: every measure with its question, its unit, its function, its chart and the sentence said first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import plotly.graph_objects as go

from dashboard.analysis.agreement import agreement
from dashboard.analysis.churn import churn
from dashboard.analysis.codings import codings
from dashboard.analysis.cooccurrence import cooccurrence
from dashboard.analysis.differences import differences
from dashboard.analysis.feeling import feeling
from dashboard.analysis.friction import friction
from dashboard.analysis.interviews import interviews
from dashboard.analysis.mix import mix
from dashboard.analysis.needs import needs
from dashboard.analysis.overview import overview
from dashboard.analysis.prevalence import prevalence
from dashboard.analysis.questions import questions
from dashboard.analysis.quotes import quotes
from dashboard.analysis.saturation import saturation
from dashboard.analysis.scores import scores
from dashboard.analysis.table import Table
from dashboard.analysis.trend import trend
from dashboard.analysis.words import words
from dashboard.charts.agreement import agreement_chart
from dashboard.charts.bars import bars
from dashboard.charts.contrasts import contrasts
from dashboard.charts.craft_headlines import of_interviews, of_questions
from dashboard.charts.headlines import (
    of_codings,
    of_cooccurrence,
    of_differences,
    of_feeling,
    of_friction,
    of_prevalence,
    of_quotes,
)  # fmt: skip
from dashboard.charts.interviews import kinds, talk
from dashboard.charts.journey import along, journey
from dashboard.charts.mix import mix as mix_chart
from dashboard.charts.needs import needs as needs_chart
from dashboard.charts.pairs import pairs
from dashboard.charts.people_headlines import of_mix, of_needs, of_saturation
from dashboard.charts.saturation import saturation as saturation_chart
from dashboard.charts.score_headlines import of_scores, of_trend
from dashboard.charts.scores import differences_of_scores
from dashboard.charts.trend import trend_chart
from dashboard.charts.word_headlines import of_agreement, of_overview, of_words
from dashboard.charts.words import words_chart
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
    shape = "Line chart" if table.measure in ("feeling", "saturation", "trend") else "Bar chart"
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
        Measure("cooccurrence", "What goes together?", "participants", cooccurrence, _drawn(pairs), of_cooccurrence),
        Measure("needs", "What do people lack?", "participants", needs, _drawn(needs_chart), of_needs),
        Measure("mix", "Whom did we hear?", "participants", mix, _drawn(mix_chart), of_mix),
        Measure(
            "saturation",
            "Did the last interviews still bring new themes?",
            "themes",
            saturation,
            _drawn(saturation_chart),
            of_saturation,
            "never",
        ),
        Measure("words", "Which words are theirs?", "participants", words, _drawn(words_chart), of_words),
        Measure(
            "agreement",
            "Do those who judge agree?",
            "passages",
            agreement,
            _drawn(agreement_chart),
            of_agreement,
            "never",
        ),
        Measure(
            "scores", "What goes with a low score?", "participants", scores, _drawn(differences_of_scores), of_scores
        ),
        Measure(
            "churn", "What do those who left say more often?", "participants", churn, _drawn(contrasts), of_differences
        ),
        Measure("trend", "How has it changed over time?", "participants", trend, _drawn(trend_chart), of_trend),
        Measure("overview", "What did customers say?", "participants", overview, None, of_overview, "never"),
        Measure("interviews", "Who spoke how much?", "turns", interviews, _drawn(talk), of_interviews),
        Measure("questions", "How were the questions put?", "turns", questions, _drawn(kinds), of_questions),
        Measure("quotes", "What did people say?", "passages", _all_quotes, None, of_quotes, "never"),
        Measure("codings", "What was suggested, and what was decided?", "codings", codings, None, of_codings, "never"),
    )
}
"""Name → measure; pages, shell, documentation and tests read this."""
