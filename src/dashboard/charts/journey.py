"""The journey, stage after stage: how many struggle and how strongly, and how people feel along the way."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import plotly.graph_objects as go

from dashboard.analysis.counting import in_order
from dashboard.analysis.in_words import FEWEST, how_strongly, too_few
from dashboard.analysis.table import Table
from dashboard.charts.bars import KIND_WORDS, bars, line_of
from dashboard.charts.style import (
    BLUE,
    GREY,
    LINE,
    ORANGE,
    as_list,
    framed,
    friction_colour,
    interval_lines,
    wrapped,
)  # fmt: skip
from dashboard.study import NEGATIVE_AT, POSITIVE_AT

Row = dict[str, Any]


def journey(table: Table, *, title: str = "", alternative: str = "", sort: str = "journey") -> go.Figure:
    """Reach, intensity and index of friction at each stage: bars of reach, from amber to red by intensity.

    The words at the mark say how many and how strongly; hovering says the index, too.
    sort: "journey" (a stage nobody talks about has its line, too), or "worst".
    Split by theme, only where anybody struggles.
    """
    if table.by == "theme":
        table = replace(table, rows=table.rows[table.rows["k"] > 0].reset_index(drop=True))
    elif sort == "journey":
        table = replace(table, rows=in_order(table.rows, **{key: table.order[key] for key in table.keys}))
    lines = table.order.get("stage", ()) if table.by is None and sort == "journey" else ()
    several = table.rows["source_kind"].nunique() > 1 if "source_kind" in table.rows else False

    def words(row: Row) -> str:
        kind = f", {KIND_WORDS[row['source_kind']]}" if several and row.get("source_kind") in KIND_WORDS else ""
        if row["n"] < FEWEST:
            return too_few(row["n"]) + kind
        if not row["k"]:
            return f"none of {row['n']}{kind}"
        return f"{row['k']} of {row['n']}{kind}, {how_strongly(row['intensity'])}"

    figure = bars(
        table,
        title=title,
        alternative=alternative,
        sort="given",
        value="reach",
        low="reach_low",
        high="reach_high",
        colour=lambda row: friction_colour(row["intensity"] or 0.25),
        words=words,
        names=lines,
    )
    indices = [
        f"<br>index {row['index']:.0f} of 100" if row["n"] >= FEWEST and row["k"] else "" for row in table.records()
    ]
    for trace in figure.data:
        if trace.customdata is not None:
            trace.hovertext = [said + index for said, index in zip(trace.hovertext, indices, strict=True)]
    if table.by == "theme" and table.rows["stage"].nunique() == 1:  # the same on every line
        labels = [line_of(table, row).removeprefix(f"{row['stage']} · ") for row in table.records()]
        figure.update_yaxes(ticktext=[wrapped(each) for each in dict.fromkeys(labels)])
    heard = set(table.rows["stage"])
    silent = [(place, stage) for place, stage in enumerate(lines) if stage not in heard]
    if silent:
        figure.add_scatter(
            x=[0.01] * len(silent),
            y=[place for place, _ in silent],
            mode="text",
            text=["nobody talks about it"] * len(silent),
            textposition="middle right",
            hoverinfo="skip",
            name="silent",
        )
    return figure


def along(table: Table, *, title: str = "", alternative: str = "") -> go.Figure:
    """Mean sentiment at each stage in the order of the journey, joined by a line for each group and source kind."""
    rows = table.records()
    stages = list(dict.fromkeys(row["stage"] for row in rows))
    others = [key for key in table.keys if key != "stage"]
    threads = list(dict.fromkeys(tuple(row[key] for key in others) for row in rows))
    step = 0.8 / max(1, len(threads))
    figure = go.Figure()
    figure.add_vline(x=0, line={"color": LINE, "width": 1})
    for number, thread in enumerate(threads):
        mine = [i for i, row in enumerate(rows) if tuple(row[key] for key in others) == thread]
        at = [stages.index(rows[i]["stage"]) + (number - (len(threads) - 1) / 2) * step for i in mine]
        sure = [i for i in range(len(mine)) if rows[mine[i]]["n"] >= FEWEST]
        lows, highs = ([rows[mine[i]][name] for i in sure] for name in ("sentiment_low", "sentiment_high"))
        figure.add_trace(interval_lines(lows, highs, [at[i] for i in sure]))
        name = " · ".join(KIND_WORDS.get(str(each), str(each)) for each in thread)
        of_all = {
            "y": at,
            "customdata": [as_list(table.keys_of(i)) for i in mine],
            "hovertext": [_feeling_hover(rows[i], name) for i in mine],
            "hoverinfo": "text",
            "cliponaxis": False,
        }
        figure.add_scatter(
            x=[rows[i]["sentiment"] for i in mine],
            mode="lines+markers" if len(threads) <= 2 else "markers",  # more lines than two only cross
            line={"color": LINE, "width": 1, "dash": "solid" if number == 0 else "dot"},
            marker={"size": 11, "color": [_feeling_colour(rows[i]) for i in mine]},
            name=name,
            **of_all,
        )
        figure.add_scatter(
            x=[1.05] * len(mine),
            mode="text",
            text=[_feeling_words(rows[i], name if len(threads) > 1 else "") for i in mine],
            textposition="middle right",
            textfont={"size": 11},
            name="count",
            **of_all,
        )
    labels = [wrapped(stage) for stage in stages]
    framed(figure, table, title=title, alternative=alternative, labels=labels, marks=max(2, len(threads)))
    figure.update_xaxes(
        range=[-1.05, 3.2], tickvals=[-1, -0.5, 0, 0.5, 1], ticktext=["negative", "", "neutral", "", "positive"],
        zeroline=False,
    )  # fmt: skip
    return figure


def _feeling_colour(row: Row) -> str:
    if row["n"] < FEWEST or NEGATIVE_AT < row["sentiment"] < POSITIVE_AT:
        return GREY
    return BLUE if row["sentiment"] > 0 else ORANGE


def _feeling_words(row: Row, name: str) -> str:
    said = too_few(row["n"]) if row["n"] < FEWEST else f"{row['negative']} of {row['n']} negative"
    return wrapped(f"{said}, {name}" if name else said, width=60)


def _feeling_hover(row: Row, name: str) -> str:
    said = (
        too_few(row["n"])
        if row["n"] < FEWEST
        else f"{row['negative']} of {row['n']} people say something negative, {row['positive']} something positive"
    )
    return "<br>".join(wrapped(part, width=40) for part in (f"{row['stage']} {name}".strip(), said))
