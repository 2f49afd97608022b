"""Themes that go together: the pairs that most people voice, with how many times as often as by chance."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import plotly.graph_objects as go

from dashboard.analysis.in_words import AT, FEWEST, too_few
from dashboard.analysis.table import Table
from dashboard.charts.bars import KIND_WORDS, bars
from dashboard.charts.style import GREY, TEAL

MOST = 6
FEWEST_PAIRED = 2
"""What a single person voices together is that person's."""

Row = dict[str, Any]


def pairs(table: Table, *, title: str = "", alternative: str = "") -> go.Figure:
    """The six pairs of each group and source kind that most people voice, with all that is said of them elsewhere.

    Those that go together beyond chance come first; grey is what could be chance. The table beside it holds all pairs.
    """
    rows = table.rows[table.rows["k"] >= FEWEST_PAIRED]
    clear = (rows["q"] <= AT) & (rows["lift"] > 1)
    ranked = rows.assign(_clear=clear).sort_values(["_clear", "k"], ascending=False, kind="stable")
    groups = [key for key in table.keys if key not in ("theme", "other")]
    most = ranked.groupby(groups, sort=False).head(MOST) if groups else ranked.head(MOST)
    named = most[["theme", "other"]].drop_duplicates()
    found = named.merge(table.rows, on=["theme", "other"])[list(table.rows.columns)]
    shown = replace(table, rows=found.reset_index(drop=True))

    several = shown.rows["source_kind"].nunique() > 1 if "source_kind" in shown.rows else False

    def said(row: Row) -> str:
        kind = f", {KIND_WORDS[row['source_kind']]}" if several and row.get("source_kind") in KIND_WORDS else ""
        if row["n"] < FEWEST:
            return too_few(row["n"]) + kind
        times = f", {row['lift']:.1f} × chance" if row["k"] and row["lift"] is not None else ""
        return f"{row['k']} of {row['n']}{kind}{times}"

    return bars(
        shown, title=title, alternative=alternative, sort="given", words=said,
        colour=lambda row: TEAL if row["q"] is not None and row["q"] <= AT and row["lift"] > 1 else GREY,
    )  # fmt: skip
