"""Shares of people as lying bars, each with its interval as a thin line and its count at the mark."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import plotly.graph_objects as go

from dashboard.analysis.in_words import FEWEST, percent, share_of, too_few
from dashboard.analysis.table import Table
from dashboard.charts.card_words import about, best, is_corrected, is_weighted, weighted
from dashboard.charts.style import GREY, TEAL, TEAL_LIGHT, as_list, framed, interval_lines, percents, wrapped

KIND_WORDS = {"interview": "interviews", "survey": "survey"}
_COLOURS = {"interview": TEAL, "survey": TEAL_LIGHT, "pooled": TEAL}

Row = dict[str, Any]


def bars(
    table: Table,
    *,
    title: str = "",
    alternative: str = "",
    sort: str = "share",
    value: str = "share",
    low: str = "low",
    high: str = "high",
    colour: Callable[[Row], str] | None = None,
    words: Callable[[Row], str] | None = None,
    names: Sequence[str] = (),
) -> go.Figure:
    """One line for each key and group, in it one bar a source kind; ``customdata`` is the row's keys.

    sort: "share" (the most first), "name", or "given" (the table's order; with ``names``, in the order of these,
    whether the table has them or not). value, low, high: columns of the bar and its interval, in 0 … 1; where cards
    corrected a share or a population weights it, that one and its own interval are drawn. colour: of a row's bar, where
    it is not a share's teal. words: what stands at the mark, where it is not the count.
    """
    rows = [best(row) for row in table.records()] if value == "share" else table.records()
    kinds = list(dict.fromkeys(row.get("source_kind", "pooled") for row in rows))
    lines = _lines(table, rows, sort, value, names)
    places = {line: place for place, line in enumerate(lines)}
    step = 0.8 / max(1, len(kinds))
    figure = go.Figure()
    at = [
        places[line_of(table, row)] + (kinds.index(row.get("source_kind", "pooled")) - (len(kinds) - 1) / 2) * step
        for row in rows
    ]
    keys = [as_list(table.keys_of(position)) for position in range(len(rows))]
    colours = [_colour(row, colour) for row in rows]
    said = [words(row) if words else _count(row, several=len(kinds) > 1) for row in rows]
    hover = [_hover(row, table, words) for row in rows]
    figure.add_bar(
        x=[row[value] for row in rows],
        y=at,
        orientation="h",
        width=step * 0.82,
        marker={"color": colours},
        customdata=keys,
        hovertext=hover,
        hoverinfo="text",
        unselected={"marker": {"opacity": 0.45}},
        name="share",
    )
    # an interval of corrected shares of those heard may be drawn where that of all customers may not
    drawn = [(table.intervals or is_corrected(row)) and row["n"] >= FEWEST for row in rows]
    if any(drawn):
        for dashed in (False, True):
            some = [i for i, row in enumerate(rows) if _unchecked(row) == dashed and drawn[i]]
            if some:
                lows, highs = ([rows[i][name] for i in some] for name in (low, high))
                on_bar = [max(lows[n], min(highs[n], rows[i][value])) for n, i in enumerate(some)]
                figure.add_traces(
                    [
                        interval_lines(lows, on_bar, [at[i] for i in some], halo=True),
                        interval_lines(lows, highs, [at[i] for i in some], dashed=dashed),
                    ]
                )
    ends = [row[high] if with_line else row[value] for row, with_line in zip(rows, drawn, strict=True)]
    figure.add_scatter(
        x=[end + 0.01 for end in ends],
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
    labels = [wrapped(line) for line in lines]
    framed(figure, table, title=title, alternative=alternative, labels=labels, marks=len(kinds))
    # room for what stands at each mark, also where the figure is 420 pixels wide
    room = [end / (1 - min(0.7, 0.019 * len(text))) for end, text in zip(ends, said, strict=True)]
    figure.update_xaxes(
        range=[0, max(1.02, *room, 0.0)],
        **percents(0, 0.5, 1),
        tickangle=0,
        zeroline=False,
    )
    return figure


def line_of(table: Table, row: Row) -> str:
    """What a row is called: its keys, its source kind aside."""
    return " · ".join(str(row[key]) for key in table.keys if key != "source_kind")


def _lines(table: Table, rows: Sequence[Row], sort: str, value: str, names: Sequence[str]) -> list[str]:
    lines = list(dict.fromkeys([*names, *(line_of(table, row) for row in rows)]))
    if sort == "name":
        return sorted(lines, key=str.casefold)
    if sort == "share":
        # the first source kind decides; groups of one theme stay together, in their own order
        most: dict[str, float] = {}
        kind = rows[0].get("source_kind") if rows else None
        for row in rows:
            counts = row["n"] >= FEWEST and row.get("source_kind") == kind
            head = str(row[table.keys[0]])
            most[head] = max(most.get(head, -1.0), row[value] if counts else -1.0)
        heads = {line_of(table, row): str(row[table.keys[0]]) for row in rows}
        return sorted(lines, key=lambda line: -most[heads[line]])
    return lines


def _colour(row: Row, colour: Callable[[Row], str] | None) -> str:
    if row["n"] < FEWEST:
        return GREY
    return colour(row) if colour else _COLOURS.get(row.get("source_kind", "pooled"), TEAL)


def _count(row: Row, *, several: bool) -> str:
    k, n = row["k"], row["n"]
    kind = f", {KIND_WORDS[row['source_kind']]}" if several and row.get("source_kind") in KIND_WORDS else ""
    if n < FEWEST:
        return too_few(n) + kind
    if is_corrected(row):
        said = about(row)  # with the source kind there is no room for both on a narrow screen; hovering says all
        return said.partition(", after ")[0] + kind if kind else said
    if is_weighted(row):
        return weighted(row).partition(" (")[0] + kind if kind else weighted(row)
    return (f"{k} of {n}" if n < 30 else f"{percent(k / n)} of {n:,}") + kind


def _unchecked(row: Row) -> bool:
    """Whether a share stands on suggestions alone; measures that do not say are drawn solid."""
    return bool(row["k"]) and row.get("checked") == 0 and not is_corrected(row)


def _hover(row: Row, table: Table, words: Callable[[Row], str] | None) -> str:
    n = row["n"]
    said = words(row) if words else too_few(n) if n < FEWEST else share_of(row["k"], n, kind=row.get("source_kind"))
    parts = [line_of(table, row), said]
    if is_weighted(row) and n >= FEWEST and not words:
        parts[1] = weighted(row, kind=row.get("source_kind", ""))
    if is_corrected(row) and n >= FEWEST and not words:
        parts[1:] = [about(row, kind=row.get("source_kind", "")), f"the coding finds {row['k']} of {n}"]
    if "checked" in row and row["k"]:
        parts.append(f"{row['checked']} checked by a person, {row['k'] - row['checked']} not yet")
    return "<br>".join(wrapped(part, width=40) for part in parts)
