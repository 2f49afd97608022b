"""Differences between a group and the rest, in percentage points, each with its interval and its verdict."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import plotly.graph_objects as go

from dashboard.analysis.in_words import CHANCE, CLEAR, FEWEST, LOOK
from dashboard.analysis.table import Table
from dashboard.charts.bars import KIND_WORDS, line_of
from dashboard.charts.style import BLUE, GREY, LINE, ORANGE, as_list, framed, interval_lines, wrapped

Row = dict[str, Any]

PLACE = {CLEAR: 0, LOOK: 1, CHANCE: 2}
"""Verdicts in the order in which they are worth reading."""


def contrasts(table: Table, *, title: str = "", alternative: str = "", sort: str = "verdict") -> go.Figure:
    """One mark for each theme, group and source kind: blue where the group says it more often, orange where less.

    Grey makes no claim: it could be chance, or too few people. sort: "verdict" (the clearest first) or "given".
    Two groups that are each other's rest are both drawn. Groups with nobody to compare with are left out.
    """
    positions = [i for i, row in enumerate(table.records()) if row["difference"] is not None]
    rows = table.records()
    if sort == "verdict":
        positions.sort(
            key=lambda i: (PLACE.get(rows[i]["verdict"], 3), rows[i]["p"] if rows[i]["p"] is not None else 2)
        )
    several = len({row.get("source_kind") for row in rows}) > 1
    shown = [rows[i] for i in positions]
    keys = [as_list(table.keys_of(i)) for i in positions]
    at = list(range(len(shown)))
    enough = [min(row["n"], row["rest_n"]) >= FEWEST for row in shown]
    figure = go.Figure()
    figure.add_vline(x=0, line={"color": LINE, "width": 1})
    sure = [i for i in at if enough[i]]
    lows, highs = ([shown[i][name] for i in sure] for name in ("difference_low", "difference_high"))
    figure.add_trace(interval_lines(lows, highs, sure))
    figure.add_scatter(
        x=[row["difference"] for row in shown],
        y=at,
        mode="markers",
        marker={
            "size": 11,
            "color": [colour_of(row) for row in shown],
            "symbol": [symbol_of(row, few=min(row["n"], row["rest_n"]) < FEWEST) for row in shown],
        },
        customdata=keys,
        hovertext=[_hover(row, table) for row in shown],
        hoverinfo="text",
        unselected={"marker": {"opacity": 0.45}},
        cliponaxis=False,
        name="difference",
    )
    figure.add_scatter(
        x=[1.05] * len(shown),
        y=at,
        mode="text",
        text=[_words(row) for row in shown],
        textposition="middle right",
        textfont={"size": 11},
        customdata=keys,
        hoverinfo="skip",
        cliponaxis=False,
        name="verdict",
    )
    once = {key for key in table.keys[1:] if table.rows[key].nunique() == 1}  # the same on every line
    labels = [wrapped(_label(row, table, several=several, once=once)) for row in shown]
    framed(figure, table, title=title, alternative=alternative, labels=labels)
    figure.update_xaxes(
        range=[-1.05, 3.2], tickvals=[-1, -0.5, 0, 0.5, 1], ticktext=["−100", "", "0", "", "+100 points"],
        zeroline=False,
    )  # fmt: skip
    return figure


def _label(row: Row, table: Table, *, several: bool, once: Collection[str]) -> str:
    kind = KIND_WORDS.get(row.get("source_kind", ""), "")
    said = " · ".join(str(row[key]) for key in table.keys if key != "source_kind" and key not in once)
    return said + (f" ({kind})" if several and kind else "")


def colour_of(row: Row) -> str:
    """The colour of a difference: more, less, or no claim."""
    if row["verdict"] not in (CLEAR, LOOK):
        return GREY
    return BLUE if row["difference"] > 0 else ORANGE


def symbol_of(row: Row, *, few: bool) -> str:
    """Its mark, which says the same without colour, and whether too few people stand on a side."""
    if few:
        return "x-thin-open"
    if row["verdict"] not in (CLEAR, LOOK):
        return "circle-open"
    return "triangle-right" if row["difference"] > 0 else "triangle-left"


def _words(row: Row) -> str:
    points = f"{100 * row['difference']:+.0f}".replace("-", "−").replace("+0", "0").replace("−0", "0")
    few = min(row["n"], row["rest_n"]) < FEWEST
    return str(row["verdict"]) if few else f"{points} points, {row['verdict']}"


def _hover(row: Row, table: Table) -> str:
    said = f"{row['k']} of {row['n']}, of the others {row['rest_k']} of {row['rest_n']}: {row['verdict']}"
    return "<br>".join(wrapped(part, width=40) for part in (line_of(table, row), said))
