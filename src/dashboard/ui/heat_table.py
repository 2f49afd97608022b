"""A heat table: themes (or stages) against groups, each cell a button that opens its quotes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from dashboard.analysis.in_words import CLEAR, FEWEST, HEARD, LOOK, percent, too_few
from dashboard.analysis.table import Table
from dashboard.ui import frame, session

_COMPONENT = st.components.v2.component(
    "dashboard.heat_table",
    html='<div class="dr-heat"></div>',
    css=frame.asset("heat_table.css"),
    js=frame.asset("dom.js") + frame.asset("heat_table.js"),
)

KINDS = {"interview": "Interviews", "survey": "Survey", "pooled": "Interviews and survey together"}
SORTS = ("most people", "largest difference", "name")
_MANY = 30  # from so many people on the percent comes first
_HATCHED = f"Hatched: fewer than {FEWEST} people in the group, too few for a share. Their quotes open all the same."
_DEEPEST = 85  # percent of the accent's colour at a share of 1


def heat_table(table: Table, *, key: str, sort: str = SORTS[0], pressed: Mapping[str, Any] | None = None) -> None:
    """Draw a table of k of n by its first key and its group; ``clicked`` tells which row was chosen.

    Rows are sorted by the most people, the largest difference, or name; columns stand apart for each source kind.
    pressed: keys of the row that stays marked.
    """
    data, places = data_of(table, sort=sort)
    session.keep(f"{key}:places", places)
    chosen = next((place for place, keys in places.items() if pressed and dict(pressed) == dict(keys)), None)
    data["pressed"] = chosen or ""
    _COMPONENT(key=key, data=data, on_cell_change=lambda: None)


def clicked(key: str) -> dict[str, Any] | None:
    """Keys of the row whose cell was clicked since the last run; None where none was."""
    value = session.widget(key)
    cell = value.get("cell") if isinstance(value, Mapping) else None
    if not isinstance(cell, Mapping):
        return None
    places: dict[str, dict[str, Any]] = session.kept(f"{key}:places", {})
    return places.get(f"{cell.get('row')},{cell.get('column')}")


def data_of(table: Table, *, sort: str = SORTS[0]) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """What the component is given, and place ("row,column") → keys of the table's row."""
    rows = table.records()
    first = table.keys[0]
    group = table.keys[-1] if len(table.keys) > 1 and table.keys[-1] not in (first, "source_kind") else ""
    heads = _unique(
        (row.get("source_kind", "pooled"), row.get(group, "everyone") if group else "everyone") for row in rows
    )
    names = sort_names(rows, first, sort)
    at = {
        (row[first], row.get("source_kind", "pooled"), row.get(group, "everyone") if group else "everyone"): row
        for row in rows
    }
    size: dict[tuple[str, str], int] = {}
    for row in rows:
        head = (row.get("source_kind", "pooled"), row.get(group, "everyone") if group else "everyone")
        size[head] = max(size.get(head, 0), row["n"])
    cells: list[list[dict[str, Any] | None]] = []
    places: dict[str, dict[str, Any]] = {}
    for i, name in enumerate(names):
        line: list[dict[str, Any] | None] = []
        for j, (kind, of_group) in enumerate(heads):
            found = at.get((name, kind, of_group))
            line.append(_cell(found, first, of_group, kind) if found else None)
            if found:
                places[f"{i},{j}"] = {each: found[each] for each in table.keys}
        cells.append(line)
    kinds = _unique(kind for kind, _ in heads)
    data = {
        "caption": f"{first.capitalize()} by {table.by or 'source'}: people, of {table.denominator}",
        "corner": first.capitalize(),
        "rows": names,
        "groups": [{"name": KINDS.get(kind, kind), "span": sum(of == kind for of, _ in heads)} for kind in kinds],
        "columns": [
            {"name": of_group if group else KINDS.get(kind, kind), "note": _people(size[kind, of_group])}
            for kind, of_group in heads
        ],
        "cells": cells,
        "note": _HATCHED if any(cell and cell["few"] for line in cells for cell in line) else "",
    }
    return data, places


def sort_names(rows: Sequence[Mapping[str, Any]], first: str, sort: str) -> list[str]:
    """The names of the table's lines in the order asked for."""
    names = _unique(row[first] for row in rows)
    if sort == "name":
        return sorted(names, key=str.casefold)
    most: dict[str, float] = dict.fromkeys(names, 0.0)
    for row in rows:
        if sort == "largest difference":
            tested = row.get("difference") is not None and row["n"] >= FEWEST and (row.get("rest_n") or 0) >= FEWEST
            most[row[first]] = max(most[row[first]], abs(row["difference"]) if tested else 0.0)
        else:
            most[row[first]] += row["k"]
    return sorted(names, key=lambda name: -most[name])


def _cell(row: Mapping[str, Any], first: str, group: str, kind: str) -> dict[str, Any]:
    k, n, share = row["k"], row["n"], row["share"] if "share" in row else row["reach"]
    few = n < FEWEST
    count, part = f"{k:,} of {n:,}", percent(share)
    verdict, sign = _verdict(row)
    people = HEARD.get(kind, "people we heard")
    said = f"{row[first]}, {group}: {count} {people}" + (f", {too_few(n)}" if few else f" ({part})")
    if row.get("verdict") and row.get("rest_n"):
        said += f"; against {row['rest_k']:,} of {row['rest_n']:,} of the others: {row['verdict']}"
    return {
        "share": count if few or n < _MANY else part,
        "count": "" if few else part if n < _MANY else count,
        "depth": round(_DEEPEST * share),
        "few": few,
        "verdict": verdict,
        "sign": sign,
        "title": f"{said}. Open the quotes",
    }


def _verdict(row: Mapping[str, Any]) -> tuple[str, str]:
    """What a cell says of a difference, and the sign of it: nothing where it could be chance."""
    verdict, difference = row.get("verdict"), row.get("difference")
    if difference is None or verdict not in (CLEAR, LOOK):
        return "", ""
    if verdict == CLEAR:
        return (f"▲ {CLEAR}", "more") if difference > 0 else (f"▼ {CLEAR}", "less")
    return (f"{'▲' if difference > 0 else '▼'} {LOOK}", "look")


def _people(n: int) -> str:
    return f"{n:,} {'person' if n == 1 else 'people'}"


def _unique(values: Any) -> list[Any]:
    return list(dict.fromkeys(values))
