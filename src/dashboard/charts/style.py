"""How figures look: colours with one meaning each, wrapped names, and the frame that every figure stands in."""

from __future__ import annotations

import html
import textwrap
from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from dashboard.analysis.table import Table

TEAL = "#0f766e"
"""A share."""
TEAL_LIGHT = "#5aa9a1"
"""A share from the second source kind beside it."""
GREY = "#8b9598"
"""No claim."""
BLUE, ORANGE = "#2f7ab8", "#c8701e"
"""More and less than the rest; positive and negative. Safe for colour-blind eyes."""
FRICTION = ("#d9a21b", "#d9741b", "#c23b22")
"""Friction alone: amber to red, from a mild struggle to a strong one."""
LINE = "#6b7578"
"""Intervals and rules, legible on light and dark."""

ROW = 30
"""Height of one bar, in pixels."""


def wrapped(name: str, *, width: int = 22) -> str:
    """A name from outside as literal text for Plotly, over several lines where it is long.

    >>> wrapped("Setting up the <b>bank</b> feed again", width=20)
    'Setting up the<br>&lt;b&gt;bank&lt;/b&gt; feed<br>again'
    """
    lines = textwrap.wrap(name, width) or [""]
    return "<br>".join(html.escape(line, quote=False) for line in lines)


def percents(*shares: float) -> dict[str, list[Any]]:
    """The marks of an axis of shares, written as everywhere else.

    >>> percents(0, 0.5)["ticktext"] == ["0\N{NO-BREAK SPACE}%", "50\N{NO-BREAK SPACE}%"]
    True
    """
    return {"tickvals": list(shares), "ticktext": [f"{100 * share:.0f}\N{NO-BREAK SPACE}%" for share in shares]}


def friction_colour(intensity: float) -> str:
    """The colour of a struggle of this intensity (0.25 … 1).

    >>> friction_colour(0.25), friction_colour(1.0)
    ('#d9a21b', '#c23b22')
    """
    place = (min(1.0, max(0.25, intensity)) - 0.25) / 0.75 * 2
    left, right = (FRICTION[0], FRICTION[1]) if place <= 1 else (FRICTION[1], FRICTION[2])
    return _mix(left, right, place if place <= 1 else place - 1)


def _mix(first: str, second: str, part: float) -> str:
    pairs = ((int(first[i : i + 2], 16), int(second[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * part):02x}" for a, b in pairs)


def framed(
    figure: go.Figure, table: Table, *, title: str, alternative: str, labels: Sequence[str], marks: int = 1
) -> go.Figure:
    """A figure of lying marks, one line a label: its height by its lines, no legend, colours of the page around it.

    ``layout.meta`` holds title, subtitle (the denominator) and alternative text: a page writes them as text beside the
    figure, where they wrap and can be read aloud; ``titled`` draws them into it for an export.
    """
    lines = [label.count("<br>") + 1 for label in labels] or [1]
    heights = [max(ROW * 0.6 * count, ROW * marks * 0.8 + 6) for count in lines]
    figure.update_layout(
        height=int(sum(heights) + 56),
        margin={"l": 8, "r": 8, "t": 8, "b": 32},
        showlegend=False,
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        dragmode=False,
        clickmode="event+select",
        hovermode="closest",
        barmode="overlay",
        meta={"title": title, "subtitle": f"Of {table.denominator}", "alternative": alternative},
    )
    figure.update_yaxes(
        tickmode="array",
        tickvals=list(range(len(labels))),
        ticktext=list(labels),
        range=[len(labels) - 0.5, -0.5],
        automargin=True,
        showgrid=False,
        zeroline=False,
        fixedrange=True,
    )
    figure.update_xaxes(fixedrange=True, automargin=True)
    return figure


def titled(figure: go.Figure, *, width: int = 90) -> go.Figure:
    """A copy of the figure with its title and denominator drawn into it, for an export."""
    copy = go.Figure(figure)
    meta: dict[str, str] = copy.layout.meta or {}
    title, subtitle = (wrapped(meta.get(name, ""), width=width) for name in ("title", "subtitle"))
    space = 40 + 22 * (title.count("<br>") + 1) + 18 * (subtitle.count("<br>") + 1)
    copy.update_layout(
        title={
            "text": title,
            "subtitle": {"text": subtitle},
            "x": 0,
            "xanchor": "left",
            "yref": "container",
            "y": 0.97,
        },
        margin={"t": space},
        height=(copy.layout.height or 400) + space,
        paper_bgcolor="#ffffff",
    )
    return copy


def interval_lines(
    lows: Sequence[float], highs: Sequence[float], places: Sequence[float], *, dashed: bool = False, halo: bool = False
) -> go.Scatter:
    """Thin lines from low to high, each at its place; dashed where they stand on unchecked suggestions.

    halo: the light edge that lets a line be seen on its bar, drawn below it and no further than the bar.
    """
    x: list[float | None] = []
    y: list[float | None] = []
    for low, high, place in zip(lows, highs, places, strict=True):
        x += [low, high, None]
        y += [place, place, None]
    line = {"color": LINE, "width": 1.5, "dash": "3px,3px" if dashed else "solid"}
    if halo:
        line = {"color": "rgba(255,255,255,0.75)", "width": 4}
    return go.Scatter(x=x, y=y, mode="lines", line=line, hoverinfo="skip", name="halo" if halo else "interval")


def as_list(keys: dict[str, Any]) -> list[Any]:
    """A row's keys as a mark carries them: the values in the order of the table's keys."""
    return list(keys.values())
