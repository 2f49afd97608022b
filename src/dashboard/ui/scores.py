"""Scores on a page: the score of everybody, its values, what goes with it theme by theme, and those who left."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st

from dashboard.analysis.table import Table
from dashboard.charts.measures import alternative
from dashboard.charts.score_headlines import of_scores, overall
from dashboard.charts.scores import differences_of_scores, distribution, nps_split
from dashboard.errors import InvalidFilter
from dashboard.evidence.tables import Evidence
from dashboard.ui import cached, frame, session
from dashboard.ui.quote_list import beside
from dashboard.ui.show import CHART, TABLE, chart, chosen_row, foot, in_words, notes, show, table_face

PAGE = "scores"
_OPTIONS = (("pool", False),)
_HIDDEN = ("score", "kind", "mean", "mean_low", "mean_high", "nps", "nps_low", "nps_high")
"""Columns that say the same in every row of one score; they stand above the chart."""
_NPS = "Orange: detractors (0 to 6). Grey: passives (7, 8). Blue: promoters (9, 10)."
_POINTS = {
    "difference": "points more or less", "difference_low": "points from", "difference_high": "points to",
    "mean_with": "mean of those", "mean_without": "mean of the others", "impact": "impact on all",
    "impact_low": "impact from", "impact_high": "impact to",
    **{
        f"{name}_{side}": f"{name}{said}"
        for name in ("promoters", "passives", "detractors")
        for side, said in (("with", ""), ("without", ", others"))
    },
}  # fmt: skip
"""Columns in points of the score, which are shares in other measures, in words."""


def there_are(of: Evidence) -> bool:
    """Whether anybody here gave a score; where nobody did, says what to do next."""
    if cached.scores(of):
        return True
    if of.filters and cached.scores(of.unfiltered()):
        frame.empty(
            "Nobody under these filters gave a score. Take one of them away.",
            action="Clear the filters", key="scores-filters", on_click=session.clear_filters,
        )  # fmt: skip
    else:
        frame.empty(
            "No score has been given yet. Drop a survey with a rating, such as an NPS or CSAT export, or a sheet of "
            "participants with a column for one.",
            action="Drop files", key="scores", on_click=lambda: session.go("sources"),
        )  # fmt: skip
    return False


def of_score(of: Evidence, score: str) -> Table:
    """The rows of one score, with the notes that are about it; all looks stay counted."""
    table = cached.table(of, "scores", None, _OPTIONS)
    others = [f"who gave “{name}”, " for name in cached.scores(of) if name != score]
    about = tuple(note for note in table.notes if not any(other in note for other in others))
    return replace(table, rows=table.rows[table.rows["score"] == score].reset_index(drop=True), notes=about)


def lead(of: Evidence, score: str) -> None:
    """Say what stands out most of this score; nothing where nobody who gave it said anything."""
    table = of_score(of, score)
    if len(table.rows):
        frame.say(of_scores(table), tone="lead")


def overall_score(of: Evidence, score: str) -> None:
    """Draw the score of everybody and how many gave each value; a bar opens what those people said."""
    table, values = of_score(of, score), cached.distribution(of, score)
    key = "scores:values"
    chosen = chosen_row(key, values)
    left, aside = st.columns([3, 2], gap="medium")
    with left, st.container(key=f"chart-{key}"):
        if len(table.rows):
            frame.say(overall(table.records()[0]))
        said = f"How many people gave each value: {score}"
        chart(distribution(values, title=said, alternative=said), values, chosen, key)
        if len(table.rows) and table.rows["nps"].notna().any():
            frame.say(_NPS, tone="quiet")
        frame.say("\n".join(note for note in table.notes if "also said something" in note), tone="quiet")
    with aside:
        at = values.find(chosen) if chosen else None
        nobody = at is not None and values.rows["k"].iloc[at] == 0
        title = f"Those who gave {chosen['value']:g}" if chosen else ""
        beside(of, chosen, key=key, measure="scores", title=title, page=PAGE, nobody=nobody)


def by_theme(of: Evidence, score: str) -> None:
    """Draw the difference of those who voice each theme, with its interval."""
    table = of_score(of, score)
    table = replace(table, notes=tuple(note for note in table.notes if "also said something" not in note))
    figure = differences_of_scores(table, title=of_scores(table), alternative=alternative(table))
    _shown(of, table, figure, "scores:themes")


def split(of: Evidence, score: str) -> None:
    """Draw promoters, passives and detractors with and without each theme; nothing where the score is no NPS."""
    table = replace(of_score(of, score), notes=())
    if not table.rows["nps"].notna().any():
        return
    figure = nps_split(table, title="Promoters, passives and detractors", alternative=alternative(table))
    if len(figure.data[0].y or ()):
        frame.section("How many detractors and promoters among them?")
        frame.say("The numbers are people; those who speak of the theme above, the others below.", tone="quiet")
        _shown(of, table, figure, "scores:split")


def those_who_left(of: Evidence) -> None:
    """Draw what those who left say more often, or say that no attribute tells who left."""
    try:
        show("churn", of, page=PAGE)
    except InvalidFilter as problem:
        frame.empty(str(problem), action="Go to the sources", key="churn", on_click=lambda: session.go("sources"))


def _shown(of: Evidence, table: Table, figure: Any, key: str) -> None:
    chosen = chosen_row(key, table)
    left, aside = st.columns([3, 2], gap="medium")
    with left, st.container(key=f"chart-{key}"):
        face = st.segmented_control(
            "Shown as", (CHART, TABLE), default=CHART, required=True, key=f"{key}:face", label_visibility="collapsed"
        )
        if face == TABLE:
            # positions stay, and the keys are read from the whole table
            rows = table.rows.drop(columns=[name for name in _HIDDEN if name in table.rows]).rename(columns=_POINTS)
            table_face(replace(table, rows=rows), key)
        else:
            chart(figure, table, chosen, key)
        notes(table)
        foot(table, key, chart=face == CHART, of=of)
    with aside:
        at = table.find(chosen) if chosen else None
        nobody = at is not None and table.rows["k"].iloc[at] == 0
        about = {name: value for name, value in (chosen or {}).items() if name != "score"}
        beside(of, chosen, key=key, measure="scores", title=in_words(about), page=PAGE, nobody=nobody)
