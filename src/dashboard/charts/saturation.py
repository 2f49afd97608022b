"""Saturation as a curve: themes heard so far, interview after interview, over what any order would give."""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go

from dashboard.analysis.in_words import count
from dashboard.analysis.table import Table
from dashboard.charts.style import LINE, TEAL, as_list, wrapped

Row = dict[str, Any]
_HEIGHT = 360
_MOST_LABELS = 30  # more interviews than this and the words at the marks run into each other


def saturation(table: Table, *, title: str = "", alternative: str = "") -> go.Figure:
    """Themes so far at each interview, in the order held; ``customdata`` is the row's keys.

    Under it as thin lines: the mean of random orders, and the range that 95 in 100 of them keep to.
    """
    rows = table.records()
    x = [row["position"] for row in rows]
    keys = [as_list(table.keys_of(position)) for position in range(len(rows))]
    hover = [_hover(row) for row in rows]
    figure = go.Figure()
    for bound, fill in (("expected_low", None), ("expected_high", "tonexty")):
        figure.add_scatter(
            x=x, y=[row[bound] for row in rows], mode="lines", line={"color": LINE, "width": 0.5},
            fill=fill, fillcolor="rgba(107,117,120,0.14)", hoverinfo="skip", name=bound,
        )  # fmt: skip
    figure.add_scatter(
        x=x, y=[row["expected"] for row in rows], mode="lines", line={"color": LINE, "width": 1.5, "dash": "dot"},
        hoverinfo="skip", name="expected",
    )  # fmt: skip
    figure.add_scatter(
        x=x,
        y=[row["themes"] for row in rows],
        mode="lines+markers+text" if len(rows) <= _MOST_LABELS else "lines+markers",
        text=[f"+{row['new']}" if row["new"] else "" for row in rows],
        textposition="top left",
        line={"color": TEAL, "width": 2, "shape": "linear"},
        marker={
            "size": 10,
            "color": [TEAL if row["new"] else "#ffffff" for row in rows],
            "line": {"color": TEAL, "width": 2},
        },
        customdata=keys,
        hovertext=hover,
        hoverinfo="text",
        cliponaxis=False,
        unselected={"marker": {"opacity": 0.45}},
        name="themes",
    )
    if len(rows) > 1:
        figure.add_annotation(
            x=rows[-1]["position"], y=rows[-1]["expected"] * 0.5, text="dotted: expected in any order", showarrow=False,
            xanchor="right", font={"size": 11}, opacity=0.8,
        )  # fmt: skip
    figure.update_layout(
        height=_HEIGHT,
        margin={"l": 8, "r": 8, "t": 12, "b": 32},
        showlegend=False,
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        dragmode=False,
        clickmode="event+select",
        hovermode="closest",
        meta={"title": title, "subtitle": f"Of {table.denominator}", "alternative": alternative},
    )
    last = max(x, default=1)
    figure.update_xaxes(
        title="interviews, in the order held", range=[0.5, last + 0.7], nticks=min(12, last + 1), tickformat="d",
        tickangle=0, zeroline=False, fixedrange=True, automargin=True, showgrid=False,
    )  # fmt: skip
    figure.update_yaxes(
        title="themes heard so far", rangemode="tozero", tickformat="d", zeroline=False, fixedrange=True,
        automargin=True, nticks=6,
    )  # fmt: skip
    return figure


def _hover(row: Row) -> str:
    said = f"{count(row['new'], 'new theme') if row['new'] else 'no new theme'}, {row['themes']} so far"
    names = f"{row['source']}, {row['participants']}" + (f", {row['date']}" if row["date"] else "")
    return "<br>".join(wrapped(part, width=40) for part in (names, said, f"expected {row['expected']:.1f}"))
