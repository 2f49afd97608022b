"""Unmet needs as bars: what is wished for or missing, where, and by how many people."""

from __future__ import annotations

from dataclasses import replace

import plotly.graph_objects as go

from dashboard.analysis.in_words import FEWEST
from dashboard.analysis.table import Table
from dashboard.charts.bars import bars

MOST = 14
"""Needs that are drawn, each in every source kind and group; the table beside the chart holds all."""


def needs(table: Table, *, title: str = "", alternative: str = "") -> go.Figure:
    """The needs that most people state, the most first; ``customdata`` is the row's keys."""
    return bars(most_stated(table), title=title, alternative=alternative, sort="given")


def most_stated(table: Table, *, most: int = MOST) -> Table:
    """The table with the needs alone that most people state, by share where a source kind has enough people."""
    if not len(table.rows):
        return table
    shares = table.rows["share"].where(table.rows["n"] >= FEWEST, 0.0)
    ranked = table.rows.assign(_share=shares).groupby(["theme", "stage"], sort=False)["_share"].max()
    order = {need: place for place, need in enumerate(ranked.sort_values(ascending=False, kind="stable").index)}
    places = [order[need] for need in zip(table.rows["theme"], table.rows["stage"], strict=True)]
    rows = table.rows.assign(_place=places)
    rows = rows[rows["_place"] < most].sort_values("_place", kind="stable").drop(columns="_place")
    return replace(table, rows=rows.reset_index(drop=True))
