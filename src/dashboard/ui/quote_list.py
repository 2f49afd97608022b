"""The list of quotes behind a number: how many, sorted and searched, each with who said it and what was coded.

A quote opens in its conversation. A researcher confirms or rejects a suggested theme in place; a viewer takes a quote
away with what it is called by, or as a link.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.analysis.behind import TURNS
from dashboard.analysis.in_words import count as counted
from dashboard.errors import NotFound
from dashboard.evidence.tables import NO_STAGE, Evidence, attribute_column
from dashboard.study import NEGATIVE_AT, NOT_GIVEN, POSITIVE_AT
from dashboard.ui import cached, citing, deciding, frame, keeping, session

_COMPONENT = st.components.v2.component(
    "dashboard.quotes",
    html='<div class="dr-quotes"></div>',
    css=frame.asset("quotes.css"),
    js="".join(map(frame.asset, ("dom.js", "outbox.js", "keeps.js", "takes.js", "quotes.js"))),
)

ORDERS = {"clearest first": "clearest", "as they were said": "order", "by person": "participant"}
ORDERS_APART = {"clearest first": "clearest", "mixed": "mixed"}
"""Where nothing may say which quotes are one person's."""
FEELINGS = {"any feeling": "", "negative": "negative", "positive": "positive"}
_PAGE = 10
_MOST_HELD = 500  # of a long list, the reader steps through this many
_MOST_ATTRIBUTES = 4

Keys = tuple[tuple[str, Any], ...]


def quote_list(
    of: Evidence,
    keys: Mapping[str, Any],
    *,
    key: str,
    measure: str = "prevalence",
    title: str = "",
    page: str = "quotes",
    per_page: int = _PAGE,
    follow: bool = False,
) -> None:
    """Draw the quotes behind a row with these keys, with their count, order, search and pages.

    of: what the filters leave. key: of the list; no two on a page may share it. measure: whose row it is. title: what
    the list is called in the reader. page: where the way back from the reader leads. per_page: quotes on one page.
    follow: on a narrow screen, scroll to a list that was just asked for.
    """
    if _answer(key):  # where the callback did not come first
        st.rerun()
    whole = of.unfiltered()
    of_turns = measure in TURNS
    narrowed, asked, order = _narrowed(of, dict(keys), key, of_turns=of_turns)
    if session.kept(f"{key}:of") != asked:  # another list begins at its first page
        session.keep(f"{key}:of", asked)
        session.keep(f"{key}:lists", session.kept(f"{key}:lists", 0) + 1)
    pager = f"{key}:page:{session.kept(f'{key}:lists')}"
    at = max(1, int(session.widget(pager, 1) or 1))
    found = cached.quotes(narrowed, asked, measure, order, per_page, (at - 1) * per_page)
    total = found.totals["passages"]
    if total and not len(found.rows):  # the list became shorter than the page that was open
        at, found = 1, cached.quotes(narrowed, asked, measure, order, per_page, 0)
    joins = session.joins()
    # as the number that was clicked; quotes chosen one by one were counted nowhere
    as_counted = narrowed.filters == of.filters and len(asked) == len(keys) and session.PASSAGE not in keys
    # of everything that was published, somebody who was heard in an interview and in a survey would count twice
    said = _count(found.totals, people=(joins or as_counted) and not (session.share() and not keys))
    if not keys and not of_turns and found.totals["participants"] > cached.people_heard(narrowed):
        said += "; among them answers such as “n/a”, which count nowhere"
    frame.say(said, tone="quiet")
    if not total:
        if narrowed.filters.text:
            frame.say(f"No quote here holds “{narrowed.filters.text}”. Try a shorter word, or empty the field.")
        return
    session.keep(f"{key}:held", (narrowed.filters, asked, measure, order, (at - 1) * per_page, title, page))
    if of_turns:
        shown = turn_cards(found.rows)
    else:
        changes = session.may_change()
        if changes:
            keeping.panel(whole, key)
        segments = cached.segments(whole)
        shown = cards(found.rows, attributes=of.attributes, threshold=of.study.threshold, segments=segments, who=joins)
        if changes:
            shown = keeping.on_cards(shown, whole.study.id)
        else:
            shown = citing.on_cards(shown, found.rows, of.attributes)
    _COMPONENT(
        key=key,
        data={
            "cards": shown,
            "label": title or "Quotes",
            "wanted": narrowed.filters.text,
            "decides": not of_turns and session.may_change(),
            "current": session.widget(session.PASSAGE, ""),
            "counted": deciding.counted(key),
            "follow": repr(asked) if follow else "",
        },
        on_said_change=partial(_heard, key),  # before the run, so that the chart above shows the decision too
    )
    pages = math.ceil(total / per_page)
    if pages > 1:
        st.pagination(pages, key=pager, max_visible_pages=5)


def beside(
    of: Evidence,
    keys: Mapping[str, Any] | None,
    *,
    key: str,
    measure: str,
    title: str,
    page: str,
    nobody: bool = False,
) -> None:
    """The quotes of what was clicked, under their title, in the column beside the chart; no keys: the column is hidden.

    key: of the chart, under which ``chosen`` is kept. nobody: the row counts nobody.
    """
    if keys is None:
        frame.nothing()
        return
    with st.container(key=f"aside-{key}"):
        with st.container(horizontal=True, vertical_alignment="center", key=f"head-{key}"):
            frame.section(title)
            with st.container(horizontal=True, width="content", key=f"do-{key}"):  # one line, however long the title
                # what no table counts in people is no finding
                if session.may_change() and not nobody and measure not in (*TURNS, "answers"):
                    keeping.offer(of, keys, key=key, measure=measure, title=title)
                st.button(
                    "Close", key=f"{key}:close", type="tertiary", on_click=session.keep, args=(f"{key}:chosen", None)
                )
        if nobody:
            frame.say("Nobody asked like this here." if measure in TURNS else "Nobody said this here.")
        else:
            quote_list(of, keys, key=f"{key}:quotes", measure=measure, title=title, page=page, follow=True)


def everything(of: Evidence, *, page: str = "quotes") -> None:
    """Everything that was said, as far as the filters leave it."""
    quote_list(of, {}, key="quotes", title="all quotes", page=page, per_page=20)


def cards(
    rows: pd.DataFrame,
    *,
    attributes: Sequence[str] = (),
    threshold: float = 0.0,
    segments: Mapping[str, Sequence[str]] | None = None,
    who: bool = True,
) -> list[dict[str, Any]]:
    """What the component shows of each quote (rows of ``analysis.quotes``).

    threshold: of the study. segments: participant → the named segments it is in. who: whether it says whose it is.
    """
    return [
        {
            "passage": row["passage"],
            "text": row["text"],
            "question": row["question"] or "",
            "participant": row["participant"] if who else "",
            "about": about(row, attributes),
            "segments": list((segments or {}).get(row["participant"], ())),
            "stage": "" if row["stage"] in (None, "", NO_STAGE) else row["stage"],
            "sign": sign(row["sentiment"]),
            "themes": [_chip(theme, threshold) for theme in shown_themes(row["themes"])],
        }
        for row in (dict(zip(rows.columns, values, strict=True)) for values in rows.itertuples(index=False, name=None))
    ]


def turn_cards(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """The same of turns of interviewers: who asked, in which interview; nothing of it is coded."""
    named = rows[["passage", "text", "participant", "source_name"]].itertuples(index=False, name=None)
    return [
        {
            "passage": passage, "text": text, "question": "", "participant": speaker, "about": interview,
            "segments": [], "stage": "", "sign": "", "themes": [],
        }
        for passage, text, speaker, interview in named
    ]  # fmt: skip


def about(row: Mapping[str, Any], attributes: Sequence[str]) -> str:
    """The first few attributes of the person who said it, in words."""
    given = [(name, row.get(attribute_column(name))) for name in attributes]
    return " · ".join(f"{name} {value}" for name, value in given if value not in (None, "", NOT_GIVEN))


def shown_themes(themes: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Those that count, and those that a person rejected; never a suggestion too weak to count."""
    return [theme for theme in themes if theme["accepted"] or theme["status"] == "rejected"]


def fit(confidence: float | None) -> str:
    """How often a suggestion like this is right, in words.

    >>> fit(0.83)
    'right about 8 times in 10'
    """
    if confidence is None or confidence != confidence:
        return "suggested"
    times = round(confidence * 10)
    if times >= 10:
        return "nearly always right"
    return f"right about {times} times in 10" if times > 1 else "rarely right"


def sign(sentiment: float | None) -> str:
    """ "negative", "positive" or "".

    >>> sign(-0.6), sign(0.1)
    ('negative', '')
    """
    if sentiment is None or sentiment != sentiment:
        return ""
    return "negative" if sentiment <= NEGATIVE_AT else "positive" if sentiment >= POSITIVE_AT else ""


def _chip(theme: Mapping[str, Any], threshold: float) -> dict[str, Any]:
    confidence = theme["confidence"]
    # a theme that the machine alone would not count is counted because one of its sub-themes was confirmed
    inherited = theme["status"] == "suggested" and confidence is not None and confidence < threshold
    words = "with its sub-theme" if inherited else fit(confidence)
    return {"name": theme["theme"], "status": theme["status"], "fit": words}


def _count(totals: Mapping[str, int], *, people: bool = True) -> str:
    """How many people and quotes there are. people: else their number would say which quotes are one person's."""
    if not people:
        return counted(totals["passages"], "quote")
    heard, quotes = totals["participants"], totals["passages"]
    if "interviews" in totals:
        return f"{counted(quotes, 'turn')} in {counted(totals['interviews'], 'interview')}"
    return f"{heard:,} {'person' if heard == 1 else 'people'}, {quotes:,} {'quote' if quotes == 1 else 'quotes'}"


def _narrowed(of: Evidence, keys: dict[str, Any], key: str, *, of_turns: bool = False) -> tuple[Evidence, Keys, str]:
    """What is searched, by which keys, in which order: the list's own controls."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        orders = ORDERS if session.joins() else ORDERS_APART
        order, feeling = "as they were said", "any feeling"  # of turns, nothing else can be asked
        if not of_turns:
            order = st.selectbox("Order", list(orders), key=f"{key}:order", label_visibility="collapsed", width=165)
            feeling = st.selectbox(
                "Feeling", list(FEELINGS), key=f"{key}:feeling", label_visibility="collapsed", width=130
            )
        if not of.filters.text:
            text = st.text_input(
                "Find in these quotes", key=f"{key}:find", placeholder="Find in these quotes",
                label_visibility="collapsed", max_chars=200,
            ).strip()  # fmt: skip
            of = of.where(replace(of.filters, text=text)) if text else of
    if FEELINGS[feeling]:
        keys["feeling"] = FEELINGS[feeling]
    return of, tuple(sorted(keys.items())), {**ORDERS, **ORDERS_APART}[order]


def _heard(key: str) -> None:
    _answer(key)


def _answer(key: str) -> bool:
    """Do what was asked in the list since the last run; whether there was anything."""
    events = deciding.heard(key)
    for event in events:
        with session.doing():
            whole = session.evidence()
            if whole is None:
                raise NotFound("The study has no quotes any more; open it again.")
            if event.get("do") == "open":
                session.read(str(event["passage"]), _list_around(whole, key))
            elif event.get("do") == "decide":
                deciding.decide_on(whole, str(event["passage"]), str(event["theme"]), str(event["status"]))
            else:
                keeping.heard(whole, event, key)
    return bool(events)


def _list_around(whole: Evidence, key: str) -> session.Reading:
    """The list that the reader steps through: as it stands, or of a long one what stands around the open page."""
    filters, keys, measure, order, offset, title, page = session.kept(f"{key}:held")
    first = max(0, offset - _MOST_HELD // 2)
    found = cached.quotes(whole.where(filters), keys, measure, order, _MOST_HELD, first)
    return session.Reading(tuple(found.rows["passage"]), title, page, first, found.totals["passages"])
