"""A misheard word, put right in the whole study: how often it stands where, with examples, before anything changes."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.ui import frame, session, source_fields
from dashboard.ui.corrections import with_word
from dashboard.ui.source_words import count
from dashboard.workspace import turns
from dashboard.workspace.sources import SourceCard
from dashboard.workspace.turns import Heard

_HEARD, _MEANT = "misheard:heard", "misheard:meant"


def misheard(study: str, cards: Sequence[SourceCard]) -> None:
    """Draw the two words, what would change, and the button that changes it."""
    if not any(card.summary and card.summary.turns for card in cards):
        return
    with st.expander("Was a word misheard?"):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            heard = st.text_input("It says", key=_HEARD, max_chars=100, placeholder="as it stands")
            meant = st.text_input("It should say", key=_MEANT, max_chars=100, placeholder="as it was meant")
        if not heard.strip():
            frame.say("Whole words, upper and lower case alike, in every transcript and answer.", tone="quiet")
            return
        found = turns.heard(session.workspace(), study, heard)
        frame.say(in_words(found, heard))
        for name, before, word, after in found.examples:
            frame.say(f"{name}: …{before}{word}{after}…", tone="quiet")
        if found.count:
            label = f"Put right in {count(found.count, 'place')}"
            ready = bool(meant.strip()) and heard.strip() != meant.strip()
            st.button(
                label,
                key="misheard:apply",
                type="primary",
                disabled=not ready,
                on_click=_apply,
                args=(study, cards, found),
            )


def in_words(found: Heard, word: str) -> str:
    """How often a word was heard.

    >>> in_words(Heard(3, ("a", "b"), ()), "teem")
    '“teem” stands in 3 places, in 2 sources.'
    """
    if not found.count:
        return f"“{word.strip()}” stands nowhere."
    return f"“{word.strip()}” stands in {count(found.count, 'place')}, in {count(len(found.sources), 'source')}."


def _apply(study: str, cards: Sequence[SourceCard], found: Heard) -> None:
    heard, meant = str(session.widget(_HEARD, "")), str(session.widget(_MEANT, ""))
    with session.doing():
        before = {card.id: card.correction for card in cards}
        changed = [
            (source, before[source], with_word(before[source], heard, meant))
            for source in found.sources
            if source in before
        ]
        said = f"“{heard.strip()}” is “{meant.strip()}” in {count(found.count, 'place')} now."
        source_fields.correct(study, changed, said=said)
        session.set_widget(_HEARD, "")
        session.set_widget(_MEANT, "")
