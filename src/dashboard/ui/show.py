"""A measure on a page: what it says, its caveats, chart and table behind one switch, and the quotes on a click."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from dashboard.analysis.table import Table
from dashboard.charts.computed import COMPUTED
from dashboard.charts.explained import EXPLAINED
from dashboard.charts.measures import MEASURES
from dashboard.charts.pictures import heat_picture
from dashboard.evidence.tables import Evidence
from dashboard.filters import ATTRIBUTE_PREFIX
from dashboard.ui import cached, frame, session, take_away
from dashboard.ui.exports import XLSX, csv_of, xlsx_of
from dashboard.ui.heat_table import KINDS, SORTS, clicked, data_of, heat_table
from dashboard.ui.picture import picture
from dashboard.ui.quote_list import beside

CHART, TABLE = "Chart", "Table"
_UNITS = {"participants": "people", "passages": "quotes", "responses": "answers"}
_WORDS = {
    "n": "out of", "low": "share from", "high": "share to", "rest_k": "others", "rest_n": "others, out of",
    "rest_share": "share of others", "rest_low": "share of others from", "rest_high": "share of others to",
    "source_kind": "said in", "difference_low": "difference from", "difference_high": "difference to",
    "p": "chance (p)", "q": "chance, all looks (q)", "checked": "checked by a person",
    "rest_checked": "others, checked", "declared": "declared beforehand",
    "reach": "share who struggle", "reach_low": "share from", "reach_high": "share to",
    "intensity": "how strongly, 0 to 1", "intensity_low": "strongly from", "intensity_high": "strongly to",
    "index": "index, 0 to 100", "index_low": "index from", "index_high": "index to",
    "sentiment": "feeling, −1 to +1", "sentiment_low": "feeling from", "sentiment_high": "feeling to",
    "negative": "people, negative", "negative_share": "share negative", "negative_low": "negative from",
    "negative_high": "negative to", "positive": "people, positive", "positive_share": "share positive",
    "positive_low": "positive from", "positive_high": "positive to", "passages": "quotes",
    "theme_k": "people with the first", "other_k": "people with the second", "other": "and",
    "lift": "times chance", "log_odds": "how much more (log-odds)", "z": "how surely (z)",
    "one_yes": "yes by one", "another_yes": "yes by the other",
    "agreement_low": "agreement from", "agreement_high": "agreement to", "expected_low": "expected from",
    "expected_high": "expected to",
    "new": "new themes", "themes": "themes so far", "today": "say how they manage", "not_heard": "known, not heard",
    "talk_share": "interviewer's share", "interviewer_words": "interviewer's words", "double_barrelled": "two at once",
    "longest": "longest stretch, words", "not_asked": "of the guide not asked",
    "weighted_low": "weighted from", "weighted_high": "weighted to",
    "corrected_low": "corrected from", "corrected_high": "corrected to", "heard_low": "people from",
    "heard_high": "people to", "passages_each": "quotes a person", "rest_passages_each": "quotes a person, others",
}  # fmt: skip
_RANGE = "The interval at 95 %: how far chance alone, in whom we happened to hear, may move the figure."
_HELP = {
    "low": _RANGE, "high": _RANGE, "difference_low": _RANGE, "difference_high": _RANGE, "reach_low": _RANGE,
    "reach_high": _RANGE, "intensity_low": _RANGE, "intensity_high": _RANGE, "index_low": _RANGE, "index_high": _RANGE,
    "p": "How often chance alone brings so large a difference, 0 to 1.",
    "q": "The same with all comparisons of the table counted: at 0.05 and below it is no longer called chance.",
    "log_odds": "0: as likely as among the others; 0.7: about twice the odds; 1.4: four times.",
    "z": "The log-odds divided by its own uncertainty; of many words some come high by chance alone.",
    "lift": "How many times as many people speak of both as if the two had nothing to do with each other.",
}  # fmt: skip
_SCORE = re.compile(r"^(.+), (struggling|others)( n)?$", re.DOTALL)
_OF_SCORE = {
    ("struggling", False): "mean of those who struggle", ("struggling", True): "people who struggle and gave",
    ("others", False): "mean of the others", ("others", True): "others who gave",
}  # fmt: skip
"""Columns that tell of a score at each stage, whose name they end with."""
_SHARES = ("share", "low", "high", "rest_share", "rest_low", "rest_high", "difference", "difference_low",
           "difference_high", "change", "reach", "reach_low", "reach_high", "negative_share", "negative_low",
           "negative_high", "positive_share", "positive_low", "positive_high", "agreement", "agreement_low",
           "agreement_high", "talk_share",
           "corrected", "corrected_low", "corrected_high", "weighted", "weighted_low", "weighted_high")  # fmt: skip


def show(
    measure: str,
    of: Evidence,
    by: str | None = None,
    *,
    pool: bool = False,
    heat: bool = False,
    sort: str = SORTS[0],
    page: str = "quotes",
    key: str = "",
) -> None:
    """Draw a measure over this evidence, split by ``by``; a click on any mark opens its quotes beside it.

    heat: as a heat table instead of the measure's own chart; sort: its order. page: the page this stands on, where the
    way back from the reader leads. key: where the same measure stands on a page twice.
    """
    key = key or f"show:{measure}"
    options = (("pool", pool),)
    table = cached.table(of, measure, by, options)
    chosen = chosen_row(key, table)
    left, aside = st.columns([3, 2], gap="medium")
    with left, st.container(key=f"chart-{key}"):
        frame.say(MEASURES[measure].headline(table), tone="lead")
        if not len(table.rows):
            notes(table)
            return
        face = st.segmented_control(
            "Shown as", (CHART, TABLE), default=CHART, required=True, key=f"{key}:face", label_visibility="collapsed"
        )
        if face == TABLE:
            table_face(table, key)
        elif heat:
            heat_table(table, key=f"{key}:heat", sort=sort, pressed=chosen)
        else:
            chart(cached.figure(of, measure, by, options), table, chosen, key)
        notes(table)
        drawn = None
        if heat and face == CHART:
            drawn = heat_picture(
                data_of(table, sort=sort)[0], title=MEASURES[measure].headline(table), notes=said(table)
            )
        foot(table, key, svg=drawn, chart=face == CHART and not heat, of=of)
    with aside:
        at = table.find(chosen) if chosen else None
        nobody = at is not None and table.counted is not None and table.rows[table.counted].iloc[at] == 0
        title = in_words(chosen) if chosen else ""
        beside(of, chosen, key=key, measure=measure, title=title, page=page, nobody=nobody)


def show_mentions(of: Evidence) -> None:
    """How often each theme was voiced: quotes, which one person can give many of."""
    frame.section("Mentions: how many quotes are there on each theme?")
    rows = cached.mentions(of)
    rows = rows.assign(source_kind=rows["source_kind"].map(lambda kind: KINDS.get(kind, kind)))
    st.dataframe(
        rows.rename(columns={"source_kind": _WORDS["source_kind"], "mentions": "quotes"}),
        hide_index=True, width="stretch",
    )  # fmt: skip
    frame.say("Several quotes of one person count several times here, and once in the shares above.", tone="quiet")


def in_words(keys: Mapping[str, Any]) -> str:
    """What a row is about: ``Pricing, plan pro, interviews``.

    >>> in_words({"theme": "Pricing", "source_kind": "interview", "attr:plan": "pro"})
    'Pricing, plan pro, interviews'
    """
    kinds = {"interview": "interviews", "survey": "survey"}
    said = [
        f"{name.removeprefix(ATTRIBUTE_PREFIX)} {value}" if name.startswith(ATTRIBUTE_PREFIX) else str(value)
        for name, value in keys.items()
        if name != "source_kind"
    ]
    return ", ".join([*said, *([kinds.get(keys["source_kind"], "")] if "source_kind" in keys else [])]).strip(", ")


def chosen_row(key: str, table: Table) -> dict[str, Any] | None:
    """Keys of the row whose mark was clicked last, on whichever face; None where the table has no such row."""
    found = clicked(f"{key}:heat")
    selection = _fresh(f"{key}:chart")
    if selection and selection.get("points"):
        found = _keys_of_point(selection["points"][0], table)
    selection = _fresh(f"{key}:table")
    if selection and selection.get("cells"):
        position = int(selection["cells"][0][0])
        found = table.keys_of(position) if position < len(table.rows) else None
    if found is not None:  # a second click on the same mark takes the selection away, and must not close the quotes
        session.keep(f"{key}:chosen", found)
    chosen: dict[str, Any] | None = session.kept(f"{key}:chosen")
    if chosen is None or table.find(chosen) is None:
        return None
    return chosen


def _fresh(key: str) -> Mapping[str, Any] | None:
    """A selection, if it is not the one that was seen already: a chart keeps its selection from run to run."""
    value = session.widget(key)
    selection = value.get("selection") if isinstance(value, Mapping) else None
    now = repr(selection)
    if selection is None or session.kept(f"{key}:seen") == now:
        return None
    session.keep(f"{key}:seen", now)
    return selection  # type: ignore[no-any-return]


def _keys_of_point(point: Mapping[str, Any], table: Table) -> dict[str, Any] | None:
    given = point.get("customdata")
    if isinstance(given, Mapping):
        return {str(name): value for name, value in given.items()}
    if isinstance(given, (list, tuple)):
        return dict(zip(table.keys, given, strict=False))
    return None


def chart(figure: Any, table: Table, chosen: Mapping[str, Any] | None, key: str) -> None:
    """Draw a figure of a table whose marks can be clicked: ``chosen_row`` with the same key tells which was."""
    st.plotly_chart(
        marked(figure, table, chosen), key=f"{key}:chart", on_select="rerun", selection_mode="points",
        config={"displayModeBar": False}, width="stretch", alt=(figure.layout.meta or {}).get("alternative"),
    )  # fmt: skip


def marked(figure: Any, table: Table, chosen: Mapping[str, Any] | None) -> Any:
    """The figure with the chosen mark standing out, also after a second click has taken the selection away."""
    import plotly.graph_objects as go

    if chosen is None:
        return figure
    copy = go.Figure(figure)
    for trace in copy.data:
        points = getattr(trace, "customdata", None)
        if points is not None:
            hits = [i for i, point in enumerate(points) if _keys_of_point({"customdata": point}, table) == chosen]
            # labels beside the marks stay legible, whatever is chosen
            trace.selectedpoints = list(range(len(points))) if getattr(trace, "mode", "") == "text" else hits
    return copy


def table_face(table: Table, key: str, *, height: int | None = None) -> None:
    """The same rows as a table that a keyboard reaches; a cell opens the same quotes."""
    rows = table.rows.dropna(axis="columns", how="all")
    heads = headings(table, [str(name) for name in rows.columns])
    if "source_kind" in rows:
        rows = rows.assign(source_kind=rows["source_kind"].map(lambda kind: KINDS.get(kind, kind)))
    if "verdict" in rows:  # what the figures come to stands before them
        rows = rows[[*table.keys, "verdict", *(name for name in rows if name not in (*table.keys, "verdict"))]]
    rows = rows.rename(columns=heads)
    shares = {heads[name] for name in _SHARES if name in heads}
    rows = rows.assign(**{name: (100 * rows[name]).round() for name in shares})
    config: dict[str, Any] = {name: st.column_config.NumberColumn(format="%d %%") for name in shares}
    numbers = set(rows.select_dtypes("float").columns) - shares
    config |= {name: st.column_config.NumberColumn(format="%.2f") for name in numbers}
    for name in set(_HELP) & set(heads):
        number = "%d %%" if heads[name] in shares else "%.3f" if name in ("p", "q") else "%.2f"
        config[heads[name]] = st.column_config.NumberColumn(format=number, help=_HELP[name])
    st.dataframe(
        rows, hide_index=True, width="stretch", column_config=config, height=height or "auto", placeholder="–",
        on_select="rerun", selection_mode="single-cell", key=f"{key}:table",
    )  # fmt: skip


def headings(table: Table, names: Sequence[str]) -> dict[str, str]:
    """Column → what a reader is told it holds; no two alike, whatever an attribute is called."""
    unit = _UNITS.get(table.unit, table.unit)
    words = {**_WORDS, "k": unit, **({"n": unit} if table.counted == "n" else {})}
    found: dict[str, str] = {}
    for name in names:
        said = _SCORE.sub(lambda m: f"{_OF_SCORE[m[2], bool(m[3])]}: {m[1]}", name)
        said = words.get(name, said.replace("_", " ") if name.isidentifier() else said)
        said = said.removeprefix(ATTRIBUTE_PREFIX)
        found[name] = said if said not in found.values() else f"{said} ({name})"
    return found


def foot(table: Table, key: str, *, svg: str | None = None, chart: bool = False, of: Evidence | None = None) -> None:
    """How the figures are computed, and how to take them away: as rows, and as a picture.

    svg: the picture, where we draw it; chart: whether the browser draws it, in the container ``chart-<key>``.
    of: what it was computed over, where a slide can be made of it.
    """
    with st.container(horizontal=True, gap="small", key=f"foot-{key}"):
        with st.popover("How is this computed?", type="tertiary", icon=":material/function:"):
            for line in (COMPUTED[table.measure], *EXPLAINED[table.measure]):
                frame.say(line, tone="quiet")
        with st.popover("Download", type="tertiary", icon=":material/download:"):
            files: list[tuple[str, Any, str, str]] = [
                ("Figures as CSV", lambda: csv_of(table), "csv", "text/csv"),
                ("Figures as Excel", lambda: xlsx_of(table), "xlsx", XLSX),
            ]
            if svg is not None:
                files.append(("Chart as SVG", svg.encode, "svg", "image/svg+xml"))
            for label, data, ending, mime in files:
                st.download_button(
                    label, data=data, file_name=f"{table.measure}.{ending}", mime=mime, key=f"{key}:{ending}",
                    type="tertiary", on_click="ignore",
                )  # fmt: skip
            if of is not None:
                take_away.chart(of, table, key=key)
            if chart:
                picture(
                    key=f"{key}:picture", of=_css_class(f"chart-{key}"), name=table.measure,
                    title=MEASURES[table.measure].headline(table), notes="\n".join(said(table)),
                )  # fmt: skip


def said(table: Table) -> list[str]:
    """What must be said beside a table: of whom its shares are, and its notes."""
    return [*([f"Of {table.denominator}."] if table.denominator else []), *table.notes]


def _css_class(key: str) -> str:
    """What Streamlit calls the container with this key, without its prefix.

    >>> _css_class("chart-show:words")
    'chart-show-words'
    """
    return re.sub(r"[^a-zA-Z0-9_-]", "-", key)


def notes(table: Table) -> None:
    frame.say("\n".join(said(table)), tone="quiet")
