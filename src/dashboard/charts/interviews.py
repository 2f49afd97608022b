"""Who spoke how much, interview by interview; and how the interviewers' questions are put."""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go

from dashboard.analysis.in_words import FEWEST, count, percent
from dashboard.analysis.table import Table
from dashboard.charts.bars import bars, line_of
from dashboard.charts.style import GREY, TEAL, as_list, framed, percents, wrapped

_REST = "rgba(128, 140, 144, 0.2)"
"""The participants' part of a bar: no claim of its own, and legible on light and dark."""

Row = dict[str, Any]


def talk(table: Table, *, title: str = "", alternative: str = "") -> go.Figure:
    """One bar an interview: the interviewer's share of the words, the participants' behind it; the most first.

    Both parts carry the row's keys and open what the interviewer said.
    """
    rows = table.records()
    keys = [as_list(table.keys_of(position)) for position in range(len(rows))]
    order = sorted(range(len(rows)), key=lambda i: (-(rows[i]["talk_share"] or 0.0), line_of(table, rows[i])))
    shares = [rows[i]["talk_share"] or 0.0 for i in order]
    at = list(range(len(order)))
    hover = ["<br>".join(wrapped(part, width=40) for part in _said(table, rows[i])) for i in order]
    figure = go.Figure()
    own = {"color": [TEAL if rows[i]["n"] >= FEWEST else GREY for i in order]}
    for name, widths, base, marker in (
        ("interviewer", shares, [0.0] * len(order), own),
        ("participants", [1 - share for share in shares], shares, {"color": _REST}),
    ):
        figure.add_bar(
            x=widths,
            base=base,
            y=at,
            orientation="h",
            width=0.66,
            marker=marker,
            customdata=[keys[i] for i in order],
            hovertext=hover,
            hoverinfo="text",
            unselected={"marker": {"opacity": 0.45}},
            name=name,
        )
    said = [percent(share) for share in shares]
    if said:
        said[0] += " interviewer"  # the first bar says which part is whose
        figure.add_scatter(
            x=[0.99],
            y=[0],
            mode="text",
            text=["participants"],
            textposition="middle left",
            customdata=[keys[order[0]]],
            hoverinfo="skip",
            name="whose",
        )
    figure.add_scatter(
        x=[share + 0.01 for share in shares],
        y=at,
        mode="text",
        text=said,
        textposition="middle right",
        customdata=[keys[i] for i in order],
        hovertext=hover,
        hoverinfo="text",
        cliponaxis=False,
        name="share",
    )
    labels = [wrapped(line_of(table, rows[i])) for i in order]
    framed(figure, table, title=title, alternative=alternative, labels=labels, marks=1)
    figure.update_xaxes(range=[0, 1.04], **percents(0, 0.5, 1), tickangle=0, zeroline=False)
    return figure


def kinds(table: Table, *, title: str = "", alternative: str = "") -> go.Figure:
    """How the questions are put, one bar a kind (and group), in the order of the kinds."""
    return bars(table, title=title, alternative=alternative, sort="given", words=_of_kind)


def _of_kind(row: Row) -> str:
    said = f"{row['k']} of {row['n']}"
    return f"{said} ({percent(row['share'])})" if row["n"] >= FEWEST else said


def _said(table: Table, row: Row) -> list[str]:
    return [
        line_of(table, row),
        f"the interviewer spoke {row['interviewer_words']:,} of {row['words']:,} words",
        f"{count(row['questions'], 'question')}: {row['open']} open, {row['closed']} closed, {row['leading']} leading, "
        f"{row['double_barrelled']} double-barrelled",
        f"longest stretch: {count(row['longest'], 'word')}",
    ]
