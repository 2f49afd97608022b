"""Which words are theirs: a cloud of a group's words above the table it is drawn from; each word opens its quotes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.analysis.in_words import FEWEST, too_few
from dashboard.analysis.table import Table
from dashboard.charts.measures import MEASURES
from dashboard.charts.pictures import cloud_picture
from dashboard.charts.words import MOST_IN_CLOUD, Placed
from dashboard.evidence.tables import Evidence
from dashboard.ui import cached, frame, session
from dashboard.ui.heat_table import KINDS
from dashboard.ui.quote_list import beside
from dashboard.ui.show import chosen_row, foot, in_words, notes, said, table_face

_COMPONENT = st.components.v2.component(
    "dashboard.word_cloud",
    html='<div class="dr-cloud"></div>',
    css=frame.asset("word_cloud.css"),
    js=frame.asset("dom.js") + frame.asset("word_cloud.js"),
)

WIDE, NARROW = (720, 330), (350, 400)
_MANY = 5_000  # from so many people on, words are read when they are asked for
_SIZES = (
    "A word is the larger, the more surely the group uses it more than the others; teal: at least half of its people."
)
_SIZES_OF_ALL = "A word is the larger, the more people use it; teal: at least half of them."


def words(of: Evidence, by: str | None, *, pool: bool = False, page: str = "themes") -> None:
    """Draw the words of one group of ``by``, or everybody's, and beside them the quotes of the one that was clicked."""
    key = "show:words"
    people = cached.people_heard(of)
    if people > _MANY and not session.kept(f"{key}:asked"):
        frame.say(f"Reading the words of {people:,} people takes a while.", tone="quiet")
        st.button("Read them", key=f"{key}:ask", on_click=session.keep, args=(f"{key}:asked", True))
        return
    table = cached.table(of, "words", by, (("pool", pool),))
    if not len(table.rows):
        frame.say(MEASURES["words"].headline(table), tone="lead")
        notes(table)
        return
    said_first = st.container(key="words-lead")
    theirs = _of_one_group(table)
    with said_first:
        frame.say(MEASURES["words"].headline(theirs), tone="lead")  # of the words that stand below it
    _hear(key, theirs)
    chosen = chosen_row(key, theirs)
    left, aside = st.columns([3, 2], gap="medium")
    with left, st.container(key=f"chart-{key}"):
        placed = _cloud(of, theirs, key, chosen)
        table_face(_shown(theirs), key, height=250)
        notes(theirs)
        headline = f"{MEASURES['words'].question} {in_words(_group(theirs)) or 'Everybody'}"
        svg = cloud_picture(
            placed, width=WIDE[0], height=WIDE[1], title=headline, notes=[_about(theirs), *said(theirs)]
        )
        foot(theirs, key, svg=svg, of=of)
    with aside:
        title = (
            f"“{chosen['word']}”" + "".join(f", {each}" for each in [in_words(_group(theirs))] if each)
            if chosen
            else ""
        )
        beside(of, chosen, key=key, measure="words", title=title, page=page)


def cloud_data(table: Table, placed: Sequence[Placed]) -> list[dict[str, Any]]:
    """What the component is given of each word that found a place: where it stands, and what it says aloud."""
    rows = {row["word"]: row for row in table.records()}
    found = []
    for each in placed:
        row = rows[each.word]
        people = f"{row['k']:,} of {row['n']:,} people"
        others = f", of the others {row['rest_k']:,} of {row['rest_n']:,}" if row["rest_n"] else ""
        found.append(
            {
                "word": each.word, "middle": each.middle, "y": each.y, "width": each.width, "size": each.size,
                "tone": _tone(row), "say": f"{each.word}: {people}{others}. Open the quotes",
            }
        )  # fmt: skip
    return found


def weights(table: Table) -> tuple[tuple[str, float], ...]:
    """How large each word is: by z, or by people where there is nobody to compare with."""
    compared = table.by is not None and bool(table.rows["z"].notna().any())
    column = table.rows["z"] if compared else table.rows["k"]
    return tuple((str(word), float(weight)) for word, weight in zip(table.rows["word"], column, strict=True))[
        :MOST_IN_CLOUD
    ]


def _tone(row: Mapping[str, Any]) -> str:
    if row["n"] < FEWEST:
        return "none"
    return "half" if row["share"] >= 0.5 else "plain"


def _cloud(of: Evidence, table: Table, key: str, chosen: Mapping[str, Any] | None) -> tuple[Placed, ...]:
    wide, narrow = (cached.cloud(weights(table), *size, of.seed) for size in (WIDE, NARROW))
    group = in_words(_group(table)) or "everybody"
    _COMPONENT(
        key=f"{key}:cloud",
        data={
            "label": f"Words of {group}",
            "wide": {"width": WIDE[0], "height": WIDE[1], "words": cloud_data(table, wide)},
            "narrow": {"width": NARROW[0], "height": NARROW[1], "words": cloud_data(table, narrow)},
            "pressed": str(chosen["word"]) if chosen else "",
            "note": _about(table),
        },
        on_word_change=lambda: None,
    )
    return wide


def _about(table: Table) -> str:
    n = int(table.rows["n"].iloc[0])
    if n < FEWEST:
        return f"{too_few(n)[:1].upper()}{too_few(n)[1:]} to say that these words are the group's; read their quotes."
    return _SIZES if table.by else _SIZES_OF_ALL


def _hear(key: str, table: Table) -> None:
    """Keep the word that was clicked in the cloud since the last run."""
    value = session.widget(f"{key}:cloud")
    word = value.get("word") if isinstance(value, Mapping) else None
    if isinstance(word, str) and word in set(table.rows["word"]):
        session.keep(f"{key}:chosen", {**_group(table), "word": word})


def _of_one_group(table: Table) -> Table:
    """The rows of the group and source kind that the reader chooses."""
    rows = table.rows
    with st.container(horizontal=True, key="words-of"):
        for name in reversed([key for key in table.keys if key != "word"]):
            there = list(dict.fromkeys(rows[name]))
            ordered = [value for value in table.order.get(name, ()) if value in there] or there
            if len(ordered) > 1:
                kind = name == "source_kind"
                label = "Said in" if kind else f"Whose words: {frame.as_label(table.by or 'group')}"
                large = rows[rows["n"] >= FEWEST][name]
                wanted = session.kept(f"words:{name}", next((value for value in ordered if value in set(large)), None))
                chosen = st.selectbox(
                    label, ordered, index=ordered.index(wanted) if wanted in ordered else 0, width=230,
                    format_func=(lambda value: KINDS.get(value, value)) if kind else str, key=f"words-of:{name}",
                )  # fmt: skip
                session.keep(f"words:{name}", chosen)  # the widget forgets it on another page
            else:
                chosen = ordered[0]
            rows = rows[rows[name] == chosen]
    return replace(table, rows=rows.reset_index(drop=True))


def _group(table: Table) -> dict[str, Any]:
    """The keys that all rows share."""
    return {key: table.rows[key].iloc[0] for key in table.keys if key != "word"}


def _shown(table: Table) -> Table:
    """The table as it stands under the cloud: without the columns that say the same in every row."""
    rows: pd.DataFrame = table.rows.drop(columns=[*_group(table), "share", "low", "high"])
    return replace(table, rows=rows, keys=("word",))
