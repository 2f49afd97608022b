"""What a reader keeps: a star or a memo on a quote, a quote pinned to a finding, a number as a finding.

The list of quotes draws it; ``findings`` shows what was kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from dashboard.errors import InvalidFilter
from dashboard.evidence.tables import SEGMENT, Evidence
from dashboard.filters import ATTRIBUTE_PREFIX
from dashboard.ui import cached, frame, session
from dashboard.workspace import coding, findings, notes
from dashboard.workspace.findings import Figure, Learned

DRAFT = "findings:draft"
"""What a new finding begins with: its claim, kind and figure."""
FINDING = "finding"
"""In the address: the number of the finding that is open."""
_SHOWN = 140
_WIDE = 250


def on_cards(cards: list[dict[str, Any]], study: str) -> list[dict[str, Any]]:
    """The cards of a list of quotes, each with this person's star and memo."""
    kept = notes.on_quotes(session.workspace(), study)
    return [
        {
            **card,
            "starred": kept.get(card["passage"], (False, ""))[0],
            "memo": kept.get(card["passage"], (False, ""))[1],
        }
        for card in cards
    ]


def heard(whole: Evidence, event: Mapping[str, Any], key: str) -> None:
    """Do what was asked of a quote in the list with this key: star it, or open what can be kept of it."""
    passage = str(event.get("passage", ""))
    if event.get("do") == "star":
        _, memo = notes.on_quotes(session.workspace(), whole.study.id).get(passage, (False, ""))
        notes.note_quote(session.workspace(), whole, passage, text=memo, starred=bool(event.get("on")))
    elif event.get("do") == "keep":
        session.keep(f"{key}:keep", passage)


def panel(whole: Evidence, key: str) -> None:
    """What can be kept of the quote that was asked for in the list with this key: its memo, and where to pin it."""
    passage = session.kept(f"{key}:keep")
    if not passage:
        return
    ws, study = session.workspace(), whole.study
    with session.catching(), st.container(border=True, key=f"keep-{key}"):
        st.html(f"<style>{frame.asset('keeping.css')}</style>")
        said = coding.anchor_of(whole, passage).text
        frame.say(f"“{said if len(said) <= _SHOWN else said[:_SHOWN].rstrip() + ' …'}”", tone="quiet")
        _, memo = notes.on_quotes(ws, study.id).get(passage, (False, ""))
        field, chosen = f"{key}:memo:{passage}", f"{key}:subject"
        with st.container(horizontal=True, vertical_alignment="bottom"):
            st.text_area("Memo", memo, key=field, max_chars=notes.LONGEST, height=68, width=_WIDE)
            st.button("Keep the memo", key=f"{key}:memo", on_click=_memo, args=(key, passage, field))
        subjects = subjects_of(findings.learned(ws, study.id), study)
        with st.container(horizontal=True, vertical_alignment="bottom"):
            if subjects:
                st.selectbox("Pin it to", list(subjects), key=chosen, width=_WIDE)
                st.button("Pin", key=f"{key}:pin", on_click=_pin, args=(key, passage, chosen, subjects))
            else:
                frame.say("A quote is pinned to a finding or an assumption; this study has none yet.", tone="quiet")
            st.button("Close", key=f"{key}:keep:close", type="tertiary", on_click=_close, args=(key,))


def subjects_of(learned: Learned, study: Any) -> dict[str, tuple[int | str, findings.Side]]:
    """What a quote can be pinned to: words → (a finding's number or an assumption's id, the side it takes)."""
    found: dict[str, tuple[int | str, findings.Side]] = {}
    for finding in reversed(learned.findings):
        words = f"{finding.kind.capitalize()}: {finding.claim}"
        found[words if words not in found else f"{words} (no. {finding.id})"] = (finding.id, "")
    for assumption in study.assumptions:
        found[f"For: {assumption.belief}"] = (assumption.id, "for")
        found[f"Against: {assumption.belief}"] = (assumption.id, "against")
    return found


def _close(key: str) -> None:
    session.keep(f"{key}:keep", None)


def _memo(key: str, passage: str, field: str) -> None:
    with session.doing("The memo is kept."):
        whole = session.evidence()
        if whole is not None:
            starred, _ = notes.on_quotes(session.workspace(), whole.study.id).get(passage, (False, ""))
            text = str(session.widget(field) or "")
            notes.note_quote(session.workspace(), whole, passage, text=text, starred=starred)
            _close(key)


def _pin(key: str, passage: str, chosen: str, subjects: Mapping[str, tuple[int | str, findings.Side]]) -> None:
    with session.doing("The quote is pinned; it stands on Findings now."):
        whole = session.evidence()
        asked = subjects.get(str(session.widget(chosen)))
        if whole is not None and asked is not None:
            subject, side = asked
            findings.pin(session.workspace(), whole, passage, subject, side=side)
            _close(key)


# ---------------------------------------------------------------- a number as a finding


def offer(of: Evidence, keys: Mapping[str, Any], *, key: str, measure: str, title: str) -> None:
    """The button that makes a finding of the number whose quotes are open."""
    st.button(
        "Make this a finding", key=f"{key}:finding", type="tertiary",
        on_click=_begin, args=(of, dict(keys), measure, title),
    )  # fmt: skip


def _begin(of: Evidence, keys: dict[str, Any], measure: str, title: str) -> None:
    with session.doing():
        begin(figure_behind(of, keys, measure), title=title)


def begin(figure: Figure | None, *, title: str = "", kind: str = "finding") -> None:
    """Begin a finding on its page, at the next run."""
    claim = f"{title}: {figure.said}" if figure and figure.said and title else title
    session.keep(DRAFT, {"claim": claim, "kind": kind, "figure": figure})
    session.go("findings", **{FINDING: ""})


def figure_behind(of: Evidence, keys: Mapping[str, Any], measure: str) -> Figure | None:
    """The live figure of the row of a measure with these keys; None where no table has it."""
    for pool in (False, True):
        try:
            table = cached.table(of, measure, split_of(keys, measure), (("pool", pool),))
        except InvalidFilter:
            continue
        if table.find(keys) is not None:
            return findings.figure_of(of, table, keys, pool=pool)
    return None


def split_of(keys: Mapping[str, Any], measure: str) -> str | None:
    """What a table with such keys is split by.

    >>> split_of({"theme": "Pricing", "attr:plan": "pro"}, "differences")
    'plan'
    """
    for name in keys:
        if name.startswith(ATTRIBUTE_PREFIX):
            return name.removeprefix(ATTRIBUTE_PREFIX)
    if SEGMENT in keys:
        return SEGMENT
    return "theme" if measure == "friction" and "theme" in keys else None
