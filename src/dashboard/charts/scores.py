"""What goes with a score: the difference of those who voice a theme, with its interval; and how an NPS splits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from dashboard.analysis.in_words import FEWEST, count
from dashboard.analysis.scores import DETRACTOR_AT, NPS, PROMOTER_AT
from dashboard.analysis.table import Table
from dashboard.charts.contrasts import PLACE, colour_of, symbol_of
from dashboard.charts.style import BLUE, GREY, LINE, ORANGE, TEAL, as_list, framed, interval_lines, percents, wrapped

Row = dict[str, Any]

SPLIT = (("detractors", ORANGE), ("passives", GREY), ("promoters", BLUE))
"""The three answers to an NPS question, from the worst, and their colours."""
_LONG = 40


def differences_of_scores(table: Table, *, title: str = "", alternative: str = "") -> go.Figure:
    """One line a theme (and score, and group): how many points more or less they give who voice it.

    ``customdata`` is the row's keys. Orange where they give less, blue where more, grey where it could be chance or
    too few people are on either side; the clearest first, then the lowest. The words at the mark say it in full.
    """
    rows = table.records()
    order = [i for i in by_place(rows) if rows[i]["difference"] is not None]
    shown = [rows[i] for i in order]
    at = list(range(len(shown)))
    sure = [i for i in at if shown[i]["difference_low"] is not None]
    lows, highs = ([shown[i][name] for i in sure] for name in ("difference_low", "difference_high"))
    ends = [abs(each) for each in (*lows, *highs, *(row["difference"] for row in shown))]
    reach = max(ends, default=1.0) * 1.05 or 1.0
    of_all = {
        "y": at,
        "customdata": [as_list(table.keys_of(i)) for i in order],
        "hovertext": [_hover(row, _name(row, table)) for row in shown],
        "hoverinfo": "text",
        "cliponaxis": False,
    }
    figure = go.Figure()
    figure.add_vline(x=0, line={"color": LINE, "width": 1})
    figure.add_trace(interval_lines(lows, highs, sure))
    figure.add_scatter(
        x=[row["difference"] for row in shown],
        mode="markers",
        marker={
            "size": 11,
            "color": [colour_of(row) for row in shown],
            "symbol": [symbol_of(row, few=row["difference_low"] is None) for row in shown],
        },
        unselected={"marker": {"opacity": 0.45}},
        name="difference",
        **of_all,
    )
    figure.add_scatter(
        x=[reach * 1.05] * len(shown), mode="text", text=[_words(row) for row in shown], textposition="middle right",
        textfont={"size": 11}, name="words", **of_all,
    )  # fmt: skip
    labels = [wrapped(_name(row, table)) for row in shown]
    framed(figure, table, title=title, alternative=alternative, labels=labels)
    step = _step(reach)
    figure.update_xaxes(
        range=[-reach, reach * 3.6],
        tickvals=[-step, 0, step],
        ticktext=[_signed(-step), "0", f"{_signed(step)} points"],
        tickangle=0,
        zeroline=False,
    )
    return figure


def nps_split(table: Table, *, title: str = "", alternative: str = "") -> go.Figure:
    """Promoters, passives and detractors with and without each theme, two bars of 100 % a theme; keys in customdata.

    Only themes with five people or more on both sides; the numbers of people stand in the bars.
    """
    rows = table.records()
    order = [i for i in by_place(rows) if rows[i]["nps"] is not None and min(_sides(rows[i])) >= FEWEST]
    figure = go.Figure()
    for name, colour in SPLIT:
        legible = "#0c1214" if colour == GREY else "#ffffff"
        x: list[float] = []
        at: list[float] = []
        words, hover, keys = [], [], []
        for place, i in enumerate(order):
            for side, where, people in zip(("with", "without"), (-0.19, 0.19), _sides(rows[i]), strict=True):
                number = int(rows[i][f"{name}_{side}"])
                x.append(number / people)
                at.append(place + where)
                words.append(str(number) if number / people >= 0.07 else "")
                who = "who speak of it" if side == "with" else "of the others"
                hover.append(
                    "<br>".join((wrapped(_name(rows[i], table), width=40), f"{number} of {people} {who}: {name}"))
                )
                keys.append(as_list(table.keys_of(i)))
        figure.add_bar(
            x=x, y=at, orientation="h", width=0.34, text=words, textposition="inside", insidetextanchor="middle",
            textfont={"color": legible, "size": 11}, textangle=0, customdata=keys, hovertext=hover, hoverinfo="text",
            marker={"color": colour, "line": {"width": 0}}, unselected={"marker": {"opacity": 0.45}}, name=name,
        )  # fmt: skip
    for side, where in (("with", -0.19), ("without", 0.19)):
        figure.add_scatter(
            x=[1.02] * len(order), y=[place + where for place in range(len(order))], mode="text",
            text=[f"{'speak of it' if side == 'with' else 'the others'}" for _ in order], textposition="middle right",
            textfont={"size": 11}, customdata=[as_list(table.keys_of(i)) for i in order], hoverinfo="skip",
            cliponaxis=False, name=side,
        )  # fmt: skip
    labels = [wrapped(_name(rows[i], table)) for i in order]
    framed(figure, table, title=title, alternative=alternative, labels=labels, marks=2)
    figure.update_layout(barmode="stack")
    figure.update_xaxes(range=[0, 1.35], **percents(0, 0.5, 1), tickangle=0, zeroline=False)
    return figure


def distribution(table: Table, *, title: str = "", alternative: str = "") -> go.Figure:
    """How many people gave each value, as standing bars with the number on top; ``customdata`` is the row's keys."""
    rows = table.records()
    figure = go.Figure()
    figure.add_bar(
        x=list(range(len(rows))), y=[row["k"] for row in rows],
        text=[str(row["k"]) if row["k"] else "" for row in rows], textposition="outside", cliponaxis=False,
        marker={"color": [_colour_of_value(row) for row in rows]},
        customdata=[as_list(table.keys_of(i)) for i in range(len(rows))],
        hovertext=[f"{count(row['k'], 'person', 'people')} gave {_value(row)}" for row in rows], hoverinfo="text",
        unselected={"marker": {"opacity": 0.45}}, name="people",
    )  # fmt: skip
    figure.update_layout(
        height=180, margin={"l": 8, "r": 8, "t": 22, "b": 24}, showlegend=False, paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)", dragmode=False, clickmode="event+select", hovermode="closest", bargap=0.25,
        meta={"title": title, "subtitle": f"Of {table.denominator}", "alternative": alternative},
    )  # fmt: skip
    figure.update_xaxes(
        tickvals=list(range(len(rows))), ticktext=[_value(row) for row in rows], fixedrange=True, tickangle=0,
        showgrid=False, zeroline=False,
    )  # fmt: skip
    figure.update_yaxes(visible=False, fixedrange=True, rangemode="tozero")
    return figure


def _colour_of_value(row: Row) -> str:
    if row["kind"] != NPS:
        return TEAL
    return BLUE if row["value"] >= PROMOTER_AT else ORANGE if row["value"] <= DETRACTOR_AT else GREY


def _value(row: Row) -> str:
    return f"{row['value']:g}" if row["value"] == row["upto"] else f"{row['value']:.3g}–{row['upto']:.3g}"


def by_place(rows: Sequence[Row]) -> list[int]:
    """Positions of rows: the clearest first, of equally clear ones those who give least; too few people last."""
    return sorted(
        range(len(rows)),
        key=lambda i: (PLACE.get(rows[i]["verdict"], 3), rows[i]["difference"] or 0.0, rows[i]["theme"]),
    )


def points(number: float) -> str:
    """A number of points without its sign.

    >>> points(-2.13), points(0.04)
    ('2.1', '0.0')
    """
    return f"{abs(number):.1f}"


def _signed(number: float) -> str:
    said = f"{number:+.1f}".removesuffix(".0").replace("-", "−")
    return "0" if said.strip("+−0.") == "" else said


def _step(reach: float) -> float:
    return next(
        (
            step
            for step in (50.0, 40.0, 30.0, 20.0, 15.0, 10.0, 8.0, 6.0, 5.0, 4.0, 3.0, 2.0, 1.5, 1.0, 0.5, 0.2)
            if step <= reach * 0.8
        ),
        0.1,
    )


def _sides(row: Row) -> tuple[int, int]:
    return row["k"], row["n"] - row["k"]


def _name(row: Row, table: Table) -> str:
    """Theme, group, and the score where the table holds several."""
    several = table.rows["score"].nunique() > 1
    score = row["score"] if len(row["score"]) <= _LONG else row["score"][: _LONG - 1] + "…"
    groups = [str(row[key]) for key in table.keys if key not in ("score", "theme")]
    return " · ".join([row["theme"], *groups, *([score] if several else [])])


def _words(row: Row) -> str:
    if row["difference_low"] is None:
        return str(row["verdict"])
    more = "+" if row["difference"] > 0 else "−"
    return f"{more}{points(row['difference'])}, {row['k']} of {row['n']}, {row['verdict']}"


def _hover(row: Row, name: str) -> str:
    if row["difference_low"] is None:
        said = f"{row['k']} of {row['n']} who gave the score speak of it: {row['verdict']}"
    else:
        said = (
            f"{row['k']} who speak of it give {row['mean_with']:.1f} on average, the other {row['n'] - row['k']} "
            f"{row['mean_without']:.1f}: {row['verdict']}"
        )
    return "<br>".join(wrapped(part, width=40) for part in (name, said))
