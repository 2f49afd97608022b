"""The third step of publishing: a person reads the quotes, with what the rules replaced and what they doubt."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import partial
from typing import Any

import streamlit as st

from dashboard.evidence.tables import Evidence
from dashboard.sharing.policy import Policy
from dashboard.sharing.redaction import RECALL
from dashboard.ui import deciding, frame, session
from dashboard.ui.publish_quotes import (
    ALL,
    DOUBTFUL,
    FACETS,
    LABELS,
    UNREAD,
    Quote,
    card,
    counted,
    hide,
    listed,
    quotes_of,
    show,
)
from dashboard.ui.rows import Event
from dashboard.workspace import sharing
from dashboard.workspace.sharing import SharedLink

_COMPONENT: Any = st.components.v2.component(
    "dashboard.redact",
    html='<div class="dr-redact"></div>',
    css=frame.asset("redact.css"),
    js=frame.asset("dom.js") + frame.asset("outbox.js") + frame.asset("redact.js"),
)
_KEY = "publish:redact"
_PAGE = 10
_SHOWN = "publish:redact:shown"  # kept: the quotes of the list
_BULK = "publish:bulk"  # kept: whether the list is looked through before all of it is passed


def review(of: Evidence, policy: Policy, links: Sequence[SharedLink]) -> None:
    """Draw how far the reading is, the lists, and one page of quotes with what can be done to each."""
    frame.say(
        f"Names and contact details are replaced by rules. On texts they were not written on, the rules found "
        f"{RECALL['names']:.0%} of names of persons, {RECALL['numbers']:.0%} of numbers and e-mail addresses and "
        f"{RECALL['addresses']:.0%} of postal addresses; so a person must look."
    )
    if _answer(of):  # where the callback did not come first
        st.rerun()
    with st.spinner("Looking for names", show_time=True):
        quotes = quotes_of(of, policy, links)
    if not quotes:
        frame.say("No quote would be shown: nobody's consent allows it, or nothing was coded yet.", tone="quiet")
        return
    frame.say(counted(quotes), tone="lead")
    with st.container(horizontal=True, vertical_alignment="bottom", key="publish-lists"):
        counts = {facet: len(listed(quotes, facet)) for facet in FACETS}
        offered = [facet for facet in FACETS if counts[facet] or facet == ALL]
        first = DOUBTFUL if counts[DOUBTFUL] else UNREAD if counts[UNREAD] else ALL
        facet = st.selectbox(
            "Quotes shown", [first, *(f for f in offered if f != first)], key="publish:facet",
            format_func=lambda name: f"{name} ({counts[name]:,})", width=300,
        )  # fmt: skip
        words = st.text_input("With these words", key="publish:words", max_chars=100, width=240)
    here = listed(quotes, str(facet), str(words or ""))
    if not here:
        frame.say("No quote of this list has these words.", tone="quiet")
        return
    _bulk(of.study.id, here, str(facet))
    pages = math.ceil(len(here) / _PAGE)
    at = min(pages, max(1, int(session.widget("publish:page", 1) or 1)))
    shown = here[(at - 1) * _PAGE : at * _PAGE]
    session.keep(_SHOWN, {quote.id: quote for quote in here})
    _COMPONENT(
        key=_KEY,
        data={
            "quotes": [card(quote) for quote in shown], "label": str(facet), "labels": list(LABELS),
            "still": False, "counted": deciding.counted(_KEY),
        },
        on_said_change=partial(_answer, of),
    )  # fmt: skip
    if pages > 1:
        st.pagination(pages, key="publish:page", max_visible_pages=5)
    frame.say(
        "With a quote in focus: P passes it, L leaves it out, H hides words (those you selected, or those you type), "
        "U takes your word back, arrows go from quote to quote. What is in your own study stays as it was said.",
        tone="quiet",
    )


def still(quoted: Sequence[tuple[str, str]], *, key: str, label: str) -> None:
    """Draw quotes to read alone. quoted: (id, text as viewers see it)."""
    shown = [{"id": id, "pieces": [{"text": text}], "state": "", "doubts": []} for id, text in quoted]
    _COMPONENT(key=key, data={"quotes": shown, "label": label, "labels": list(LABELS), "still": True, "counted": 0})


def _bulk(study: str, here: Sequence[Quote], facet: str) -> None:
    """Pass all of a list at once, after looking it through as viewers would see it."""
    unread = [quote for quote in here if not quote.state]
    if len(unread) < 2:
        return
    opened = session.kept(_BULK) == facet
    if not opened:
        st.button(
            f"Pass all {len(unread):,} of them…", key="publish:bulk", type="tertiary",
            on_click=session.keep, args=(_BULK, facet),
        )  # fmt: skip
        return
    with st.container(border=True, key="publish-bulk"):
        doubtful = sum(bool(quote.found.reasons) for quote in unread)
        frame.say(
            f"Look through them as viewers will see them. {len(unread):,} quotes are passed in your name"
            + (f", {doubtful:,} of them with something suspicious." if doubtful else "."),
            tone="caution" if doubtful else "plain",
        )
        pages = math.ceil(len(unread) / (3 * _PAGE))
        at = min(pages, max(1, int(session.widget("publish:bulk-page", 1) or 1)))
        part = unread[(at - 1) * 3 * _PAGE : at * 3 * _PAGE]
        with st.container(height=320):
            still([(quote.id, quote.found.redacted) for quote in part], key="publish:bulk-quotes", label="To be passed")
        if pages > 1:
            st.pagination(pages, key="publish:bulk-page", max_visible_pages=5)
        with st.container(horizontal=True):
            st.button(
                f"Pass these {len(unread):,}", key="publish:bulk-yes", type="primary",
                on_click=_pass, args=(study, [quote.id for quote in unread]),
            )  # fmt: skip
            st.button("Not now", key="publish:bulk-no", on_click=session.keep, args=(_BULK, None))


def _pass(study: str, ids: Sequence[str]) -> None:
    quotes: dict[str, Quote] = session.kept(_SHOWN, {})
    with session.doing(f"{len(ids):,} quotes are passed."):
        anchors = [quotes[id].found.anchor for id in ids if id in quotes]
        sharing.pass_quotes(session.workspace(), study, anchors)
        session.keep(_BULK, None)


def _answer(of: Evidence) -> bool:
    """Do what the list said since it was asked last; False where it said nothing."""
    events = deciding.heard(_KEY)
    for event in events:
        with session.doing():
            _heard(of, event)
    return bool(events)


def _heard(of: Evidence, event: Event) -> None:
    quotes: dict[str, Quote] = session.kept(_SHOWN, {})
    quote = quotes.get(str(event["id"]))
    if quote is None:
        return
    ws, study = session.workspace(), of.study.id
    match event["do"]:
        case "pass":
            sharing.pass_quotes(ws, study, [quote.found.anchor])
        case "leave out":
            sharing.redact(ws, study, [quote.found.anchor], "leave out")
        case "again":
            sharing.withdraw(ws, study, quote.decisions)
        case "show":
            show(of, quote, event)
        case "hide":
            places = hide(of, quote, event)
            if places != 1:
                session.notice(
                    f"These words are hidden in {places:,} places." if places else "These words do not stand there.",
                    tone="done" if places else "wrong",
                )
