"""Themes over time: one small panel a theme, in it a line a source kind or group, each point with its interval."""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go

from dashboard.analysis.in_words import CHANCE, CLEAR, FEWEST, LOOK, share_of, too_few
from dashboard.analysis.table import Table
from dashboard.charts.bars import KIND_WORDS
from dashboard.charts.contrasts import PLACE
from dashboard.charts.style import BLUE, GREY, LINE, ORANGE, TEAL, TEAL_LIGHT, as_list, percents, wrapped

Row = dict[str, Any]

MOST = 12
"""Panels that are drawn; the other themes stand in the table."""
_COLUMNS, _PANEL, _HEAD = 2, 118, 36
_THREADS = (TEAL, TEAL_LIGHT, "#7c5cb0", "#b8558f")
_MOST_THREADS = 4
_SHARES = (0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.75, 1.0)


def trend_chart(table: Table, *, title: str = "", alternative: str = "") -> go.Figure:
    """Small panels with one scale for all; ``customdata`` is the row's keys.

    Drawn are at most twelve themes: those whose change is the clearest, then the most common. A line is blue where a
    theme is said more often over time, orange where less, and teal where no test says so; points of fewer than five
    people are hollow and grey.
    """
    rows = table.records()
    themes = themes_drawn(rows)
    periods = [period for period in table.order.get("period", ()) if any(row["period"] == period for row in rows)]
    others = [key for key in table.keys if key not in ("theme", "period")]
    threads = _threads(rows, others, table)
    figure = go.Figure()
    if len(threads) > 1:
        names = [" · ".join(KIND_WORDS.get(str(each), str(each)) for each in thread) for thread in threads]
        figure.add_annotation(
            text=wrapped(f"solid: {names[0]}; dotted: {', '.join(names[1:])}", width=90), x=0, y=0, xref="paper",
            yref="paper", yshift=-34, showarrow=False, xanchor="left", yanchor="top", font={"size": 11}, align="left",
        )  # fmt: skip
    down = -(-len(themes) // _COLUMNS) or 1
    height = down * (_PANEL + _HEAD) + 40
    top = max(
        (
            row["high"] if row["n"] >= FEWEST else row["share"]
            for row in rows
            if row["theme"] in themes and tuple(row[key] for key in others) in threads
        ),
        default=1.0,
    )
    top = min(1.0, max(0.1, top)) * 1.08
    for number, theme in enumerate(themes):
        axis = "" if number == 0 else str(number + 1)
        line, column = divmod(number, _COLUMNS)
        roof = 1 - (line * (_PANEL + _HEAD) + _HEAD) / (height - 40)
        floor = max(0.0, roof - _PANEL * 0.82 / (height - 40))
        left = column * 0.53
        figure.update_layout(
            {
                f"xaxis{axis}": {
                    "domain": [left, left + 0.47], "anchor": f"y{axis}", "range": [-0.4, len(periods) - 0.6],
                    "tickvals": _ticks(len(periods)), "ticktext": [periods[i] for i in _ticks(len(periods))],
                    "fixedrange": True, "showgrid": False, "zeroline": False, "tickangle": 0, "tickfont": {"size": 10},
                },
                f"yaxis{axis}": {
                    "domain": [floor, max(roof, floor + 0.01)], "anchor": f"x{axis}", "range": [0, top],
                    **percents(0, max(tick for tick in _SHARES if tick <= top)),
                    "fixedrange": True, "zeroline": False, "tickfont": {"size": 10}, "showticklabels": column == 0,
                },
            }
        )  # fmt: skip
        figure.add_annotation(
            text=_title(theme, rows), x=left, y=roof + 4 / (height - 40), xref="paper", yref="paper", showarrow=False,
            xanchor="left", yanchor="bottom", font={"size": 12}, align="left",
        )  # fmt: skip
        for which, thread in enumerate(threads):
            mine = [
                i for i, row in enumerate(rows)
                if row["theme"] == theme and tuple(row[key] for key in others) == thread
            ]  # fmt: skip
            _thread(
                figure,
                table,
                rows,
                mine,
                periods,
                axis,
                which,
                " · ".join(KIND_WORDS.get(str(e), str(e)) for e in thread),
            )
    figure.update_layout(
        height=height,
        margin={"l": 8, "r": 8, "t": 4, "b": 58 if len(threads) > 1 else 28},
        showlegend=False,
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        dragmode=False,
        clickmode="event+select",
        hovermode="closest",
        meta={"title": title, "subtitle": f"Of {table.denominator}", "alternative": alternative},
    )
    return figure


def _threads(rows: list[Row], others: list[str], table: Table) -> list[tuple[Any, ...]]:
    """Source kinds and groups that get a line: those heard in several periods, where there are any."""
    periods: dict[tuple[Any, ...], set[str]] = {}
    for row in rows:
        periods.setdefault(tuple(row[key] for key in others), set()).add(row["period"])
    several = [thread for thread, heard in periods.items() if len(heard) > 1]
    return sorted(several or periods, key=lambda each: _rank(each, others, table))[:_MOST_THREADS]


def themes_drawn(rows: list[Row]) -> list[str]:
    """The themes that get a panel: the clearest changes first, then the most common."""
    best: dict[str, tuple[int, float, float]] = {}
    for row in rows:
        verdict = row["verdict"] if row["verdict"] != CHANCE else ""
        rank = (PLACE.get(verdict, 2), row["p"] if verdict in (CLEAR, LOOK) else 2.0)
        share = row["share"] if row["n"] >= FEWEST else 0.0
        before = best.get(row["theme"], (9, 9.0, 0.0))
        best[row["theme"]] = (*min(before[:2], rank), min(before[2], -share))
    return sorted(best, key=lambda theme: (best[theme], theme))[:MOST]


def _thread(
    figure: go.Figure, table: Table, rows: list[Row], mine: list[int], periods: list[str], axis: str, which: int,
    name: str,
) -> None:  # fmt: skip
    at = [periods.index(rows[i]["period"]) + (which - 0.5) * 0.06 for i in mine]
    claims = next((rows[i] for i in mine if rows[i]["verdict"] in (CLEAR, LOOK)), None)
    colour = _THREADS[which]
    if claims is not None:
        colour = BLUE if claims["change"] > 0 else ORANGE
    x: list[float | None] = []
    y: list[float | None] = []
    for place, i in zip(at, mine, strict=True):
        if rows[i]["n"] >= FEWEST:
            x += [place, place, None]
            y += [rows[i]["low"], rows[i]["high"], None]
    axes = {"xaxis": f"x{axis}", "yaxis": f"y{axis}"}
    figure.add_scatter(
        x=x, y=y, mode="lines", line={"color": LINE, "width": 1}, hoverinfo="skip", name="interval", **axes
    )
    figure.add_scatter(
        x=at,
        y=[rows[i]["share"] for i in mine],
        mode="lines+markers",
        line={"color": colour, "width": 1.5, "dash": "solid" if which == 0 else "dot"},
        marker={
            "size": 9,
            "color": [colour if rows[i]["n"] >= FEWEST else GREY for i in mine],
            "symbol": ["circle" if rows[i]["n"] >= FEWEST else "circle-open" for i in mine],
        },
        customdata=[as_list(table.keys_of(i)) for i in mine],
        hovertext=[_hover(rows[i], name) for i in mine],
        hoverinfo="text",
        cliponaxis=False,
        unselected={"marker": {"opacity": 0.45}},
        name=name or "everyone",
        **axes,
    )


def _rank(thread: tuple[Any, ...], others: list[str], table: Table) -> tuple[int, ...]:
    orders = [table.order.get(key, ()) for key in others]
    return tuple(
        order.index(value) if value in order else len(order) for order, value in zip(orders, thread, strict=True)
    )


def _ticks(number: int) -> list[int]:
    """Few enough that their labels stand beside each other in half the page."""
    if number <= 3:
        return list(range(number))
    return [0, number // 2, number - 1] if number % 2 else [0, number - 1]


def _title(theme: str, rows: list[Row]) -> str:
    first = next((row for row in rows if row["theme"] == theme and row["verdict"] in (CLEAR, LOOK)), None)
    said = ""
    if first is not None:
        said = f" ({'▲' if first['change'] > 0 else '▼'} {first['verdict']})"
    name = theme if len(theme) + len(said) <= 34 else theme[: 33 - len(said)].rstrip() + "…"
    return f"<b>{wrapped(name, width=60)}</b>{said}"


def _hover(row: Row, name: str) -> str:
    n = row["n"]
    said = too_few(n) if n < FEWEST else share_of(row["k"], n, kind=row.get("source_kind"))
    head = f"{row['theme']}, {row['period']}" + (f", {name}" if name else "")
    return "<br>".join(wrapped(part, width=40) for part in (head, said))
