"""Person by theme: how many quotes of each person speak of each theme, each cell a button that opens them."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.evidence.tables import Evidence
from dashboard.sharing import spreadsheet
from dashboard.ui import cached, frame, session
from dashboard.ui.heat_table import clicked
from dashboard.ui.quote_list import quote_list
from dashboard.workspace import notes

_COMPONENT = st.components.v2.component(
    "dashboard.person_by_theme",
    html='<div class="dr-heat"></div>',
    css=frame.asset("heat_table.css"),
    js=frame.asset("dom.js") + frame.asset("heat_table.js"),
)

HEAT, PAGER, CHOSEN = "participants:heat", "participants:page", "participants:cell"
EVERYTHING = "all quotes"
PER_PAGE = 50
_DEEPEST = 85  # percent of the accent's colour where all of a person's quotes speak of a theme
_SHORT = 44  # characters of a summary that a cell shows

Cell = Mapping[str, str]


def matrix(of: Evidence, *, on_person: Callable[[str], None]) -> None:
    """Draw the people whom the filters leave, fifty a page, interviewed people first. on_person: opens one of them."""
    everybody = cached.everybody(of)
    heard = everybody[everybody["quotes"] > 0]
    if not of.study.codebook or not len(heard):
        frame.say("With themes and people who talk about them, this shows who says what.")
        return
    written: dict[tuple[str, str], str] = {}
    if session.may_change():  # what a researcher wrote of a person is the researcher's
        written = {key: each.text for key, each in notes.summaries(session.workspace(), of.study.id).items()}
    pages = math.ceil(len(heard) / PER_PAGE)
    at = min(max(1, int(session.widget(PAGER, 1) or 1)), pages)
    shown = heard.iloc[(at - 1) * PER_PAGE : at * PER_PAGE]
    ids = tuple(shown["participant"].astype("str"))
    data, places = data_of(of.study.themes, shown, cached.voiced(of, ids), written)
    session.keep(f"{HEAT}:places", places)
    fresh = clicked(HEAT)
    if fresh is not None:
        session.keep(CHOSEN, fresh)
    chosen: Cell | None = session.kept(CHOSEN)
    if chosen is not None and chosen.get("participant") not in ids:
        chosen = None
    data["pressed"] = next((place for place, keys in places.items() if chosen and dict(keys) == dict(chosen)), "")
    left, right = st.columns([3, 2], gap="medium")
    with left, st.container(key="participants-matrix"):
        frame.say(
            "Each cell counts quotes; the deeper its colour, the larger their share of what this person said.",
            tone="quiet",
        )
        _COMPONENT(key=HEAT, data=data, on_cell_change=lambda: None)
        if pages > 1:
            st.pagination(pages, key=PAGER, max_visible_pages=5)
        if session.may_change():  # rows by person stay here
            _download(of, heard, written)
    with right:
        _quotes(of, chosen, on_person)


def _download(of: Evidence, heard: pd.DataFrame, written: Mapping[tuple[str, str], str]) -> None:
    st.download_button(
        "Download CSV", data=lambda: csv_of(of, heard, written), file_name="person-by-theme.csv", mime="text/csv",
        key="participants:csv", icon=":material/download:", type="tertiary", on_click="ignore",
    )  # fmt: skip


def _quotes(of: Evidence, chosen: Cell | None, on_person: Callable[[str], None]) -> None:
    if chosen is None:
        frame.nothing()
        return
    person = chosen["participant"]
    title = f"{person}, {chosen.get('theme', EVERYTHING)}"
    with st.container(horizontal=True, vertical_alignment="center", key="participants-cell"):
        frame.section(title)
        st.button("Their own view", key="participants:open", type="tertiary", on_click=on_person, args=(person,))
        st.button("Close", key="participants:close", type="tertiary", on_click=session.keep, args=(CHOSEN, None))
    quote_list(of, chosen, key="participants:cell-quotes", title=title, page="participants", follow=True)


def data_of(
    themes: Sequence[str],
    people: pd.DataFrame,
    voiced: pd.DataFrame,
    written: Mapping[tuple[str, str], str],
) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """What the component is given, and place ("row,column") → the keys of its quotes.

    people: participant and quotes. voiced: participant, theme, quotes, checked. written: (participant, theme) → a
    summary.
    """
    counted = {(row["participant"], row["theme"]): row for row in voiced.to_dict("records")}
    cells: list[list[dict[str, Any] | None]] = []
    places: dict[str, dict[str, Any]] = {}
    ids = people["participant"].astype("str").tolist()
    for i, (person, quotes) in enumerate(zip(ids, people["quotes"].tolist(), strict=True)):
        line: list[dict[str, Any] | None] = [_cell(f"{person}: {_quotes_of(quotes)}", quotes, 0.0)]
        places[f"{i},0"] = {"participant": person}
        for j, theme in enumerate(themes, 1):
            row, summary = counted.get((person, theme)), written.get((person, theme), "")
            if row is None:
                line.append(None)  # an empty cell is no button
                continue
            checked = f", {row['checked']} checked by a person" if row["checked"] else ""
            said = f"{person}, {theme}: {_quotes_of(row['quotes'])}{checked}" + (f"; {summary}" if summary else "")
            line.append(_cell(said, row["quotes"], row["quotes"] / max(1, quotes), short(summary)))
            places[f"{i},{j}"] = {"participant": person, "theme": theme}
        cells.append(line)
    return {
        "caption": "People by theme: quotes",
        "corner": "Person",
        "rows": ids,
        "groups": [{"name": "Quotes on each theme", "span": len(themes) + 1}],
        "columns": [{"name": name, "note": ""} for name in (EVERYTHING, *themes)],
        "cells": cells,
        "note": "",
        "pressed": "",
    }, places


def short(summary: str) -> str:
    """A summary as a cell shows it.

    >>> short("Pays by transfer and checks each one by hand on Sunday nights")
    'Pays by transfer and checks each one by…'
    """
    return summary if len(summary) <= _SHORT else summary[:_SHORT].rsplit(" ", 1)[0] + "…"


def csv_of(of: Evidence, people: pd.DataFrame, written: Mapping[tuple[str, str], str]) -> bytes:
    """Every person and theme with quotes or a summary, as a file for a spreadsheet."""
    ids = people["participant"].astype("str").tolist()
    rows = cached.voiced(of, tuple(ids))
    texts = [written.get((person, theme), "") for person, theme in zip(rows["participant"], rows["theme"], strict=True)]
    return spreadsheet.csv_of(rows.assign(summary=texts))


def _cell(title: str, quotes: int, share: float, summary: str = "") -> dict[str, Any]:
    return {
        "share": f"{quotes:,}", "count": summary, "depth": round(_DEEPEST * share), "few": False, "verdict": "",
        "sign": "", "title": f"{title}. Open the quotes",
    }  # fmt: skip


def _quotes_of(number: int) -> str:
    return f"{number:,} {'quote' if number == 1 else 'quotes'}"
