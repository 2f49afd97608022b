"""Whom we heard against the plan: a bar for the people heard, and an outline for those the plan asks for."""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go

from dashboard.analysis.table import Table
from dashboard.charts.style import LINE, TEAL, TEAL_LIGHT, as_list, framed, wrapped

Row = dict[str, Any]
_KINDS = {"interview": "Interviews", "survey": "Survey"}


def mix(table: Table, *, title: str = "", alternative: str = "") -> go.Figure:
    """One line an attribute and value, in the table's order; ``customdata`` is the row's keys.

    Interviews and survey stand apart, each with its own scale: dozens beside hundreds would not be seen. The counts
    stand at the marks.
    """
    rows = table.records()
    kinds = list(dict.fromkeys(row.get("source_kind", "") for row in rows))
    labels: list[str] = []
    at: list[int] = []
    for kind in kinds:
        if len(kinds) > 1:
            labels.append(f"<b>{_KINDS.get(kind, kind)}</b>")
        for row in rows:
            if row.get("source_kind", "") == kind:
                at.append(len(labels))
                labels.append(wrapped(_name(row)))
    most = {kind: max(_end(row) for row in rows if row.get("source_kind", "") == kind) or 1 for kind in kinds}
    scale = [most[row.get("source_kind", "")] for row in rows]
    keys = [as_list(table.keys_of(position)) for position in range(len(rows))]
    said = [at_mark(row) for row in rows]
    hover = ["<br>".join(wrapped(part, width=40) for part in (_name(row), in_words(row))) for row in rows]
    shown = {"customdata": keys, "hovertext": hover, "hoverinfo": "text", "orientation": "h", "y": at}
    figure = go.Figure()
    figure.add_bar(
        x=[(row["planned"] or 0) / full for row, full in zip(rows, scale, strict=True)],
        width=0.74,
        marker={
            "color": "rgba(0,0,0,0)",
            "line": {"color": LINE, "width": [1.2 if row["planned"] else 0 for row in rows]},
        },
        unselected={"marker": {"opacity": 0.45}},
        name="planned",
        **shown,
    )
    figure.add_bar(
        x=[row["n"] / full for row, full in zip(rows, scale, strict=True)],
        width=0.5,
        marker={"color": [TEAL_LIGHT if row.get("source_kind") == "survey" else TEAL for row in rows]},
        unselected={"marker": {"opacity": 0.45}},
        name="heard",
        **shown,
    )
    ends = [_end(row) / full for row, full in zip(rows, scale, strict=True)]
    figure.add_scatter(
        x=[end + 0.012 for end in ends],
        y=at,
        mode="text",
        text=said,
        textposition="middle right",
        customdata=keys,
        hovertext=hover,
        hoverinfo="text",
        cliponaxis=False,
        name="count",
    )
    framed(figure, table, title=title, alternative=alternative, labels=labels)
    # room for what stands at each mark, also where the figure is 420 pixels wide
    room = [end / (1 - min(0.7, 0.017 * len(text))) for end, text in zip(ends, said, strict=True)]
    figure.update_xaxes(range=[0, max([*room, 1.02])], zeroline=False, showticklabels=False, showgrid=False)
    return figure


def _end(row: Row) -> float:
    return float(max(row["n"], row["planned"] or 0))


def at_mark(row: Row) -> str:
    """What stands at a mark.

    >>> at_mark({"n": 5, "planned": 6.0}), at_mark({"n": 0, "planned": 3.0}), at_mark({"n": 0, "planned": None})
    ('5 of 6 planned', 'nobody yet, 3 planned', 'nobody')
    """
    if row["planned"] is None:
        return str(row["n"]) if row["n"] else "nobody"
    return f"{row['n']} of {row['planned']:.0f} planned" if row["n"] else f"nobody yet, {row['planned']:.0f} planned"


def in_words(row: Row) -> str:
    """The same, and who is known besides.

    >>> in_words({"n": 0, "planned": 3.0, "not_heard": 1})
    'nobody yet, 3 planned; 1 known, not heard'
    """
    return at_mark(row) + (f"; {row['not_heard']} known, not heard" if row["not_heard"] else "")


def _name(row: Row) -> str:
    return f"{row['attribute']} · {row['value']}"
