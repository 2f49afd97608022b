"""Reading cards: one person and one theme at a time, one key for yes, no and undo; and where cards are offered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from dashboard.analysis.in_words import count
from dashboard.charts.card_words import about, is_corrected
from dashboard.evidence.tables import Evidence
from dashboard.records.cards import Answer, Card
from dashboard.ui import cached, frame, session
from dashboard.ui.review_cards import around
from dashboard.workspace import cards, studies
from dashboard.workspace.cards import Dealt, Heard

TAB, READ = "coding:tab", "Read cards"
_THEME = "cards:theme"
_CARD = st.components.v2.component(
    "dashboard.read_card",
    html='<div class="dr-read-card" role="group" aria-label="Card"></div>',
    css=frame.asset("read_card.css"),
    js=frame.asset("dom.js") + frame.asset("read_card.js"),
)
_FEW = 8
"""Cards of a theme from which on no more are offered."""
_MANY = 40
"""Cards of a theme that are enough, where so many people were heard."""


def read_cards(study: str, *, on_codebook: Callable[[], None]) -> None:
    """Draw the cards, or what to do first where none can be read. on_codebook: leads to the codebook."""
    if not studies.get(session.workspace(), study).codebook:
        frame.empty(
            "This study has no themes yet, so there is nothing to ask of anybody. Write the codebook first.",
            action="Go to the codebook", key="cards-no-themes", on_click=on_codebook,
        )  # fmt: skip
    elif session.evidence() is None:
        frame.empty(
            "Nothing was built yet, so there is nobody to read. Drop the sources and build first.",
            action="Go to the sources", key="cards-no-evidence", on_click=lambda: session.go("sources"),
        )  # fmt: skip
    else:
        _read(study)


def offer(of: Evidence) -> None:
    """Say that shares stand on unchecked suggestions, with the way to the cards; nothing where they do not."""
    rows = cached.table(of, "prevalence", None, (("pool", False),)).rows
    k, checked = int(rows["k"].sum()), int(rows["checked"].sum())
    if not k or 2 * checked >= k or int(rows["cards"].fillna(0).sum()) >= _FEW * len(of.study.themes):
        return
    with st.container(horizontal=True, vertical_alignment="center", key="offer-cards"):
        frame.say(
            f"{_unchecked(k, checked)} unchecked suggestions. Read a few cards, one person and one theme at a time, "
            "and the shares allow for what the coding misses and finds wrongly.",
            tone="quiet",
        )
        st.button(READ, key="offer-cards-go", on_click=_go)


def _unchecked(k: int, checked: int) -> str:
    return f"{k - checked:,} of these {k:,} counts are" if checked else f"All {k:,} counts here are"


def _go() -> None:
    session.go("coding", **{TAB: READ})


@st.fragment
def _read(study: str) -> None:
    """Draw the next card; a fragment, so that one key redraws one card."""
    session.show_notices()
    with session.catching():
        whole = session.evidence()
        if whole is None:
            return
        theme = st.selectbox("Theme of the cards", _order(study, whole), key=_THEME, width=360)
        if theme is None or theme not in whole.study.themes:
            return
        dealt = cards.deal(session.workspace(), study, whole, theme)
        done: tuple[Card, ...] = session.kept(_done(study), ())
        if dealt is None:
            frame.say(f"Nobody is left to read for “{theme}”. Choose another theme.", tone="done")
            _undo_button(study, done)
        else:
            _card(study, whole, dealt, done)
        whole = session.evidence() or whole  # the first deal freezes the cards
        _progress(whole, theme)


def _order(study: str, whole: Evidence) -> list[str]:
    """The themes, what matters most first; the order stays while the page is open."""
    held: tuple[str, ...] = session.kept(f"cards:order:{study}", ())
    if set(held) != set(whole.study.themes):
        held = tuple(cards.by_weight(whole))
        session.keep(f"cards:order:{study}", held)
    return list(held)


def _card(study: str, whole: Evidence, dealt: Dealt, done: tuple[Card, ...]) -> None:
    card = dealt.card
    definition = next((each.definition for each in whole.study.codebook if each.name == card.theme), "")
    if dealt.whole:
        frame.say("Of every fifth “no”, please read everything this person said: five quotes may miss it.")
    passages = cards.everything(whole, card) if dealt.whole else dealt.passages
    _CARD(key="cards:card", data=shown(card, passages, definition=definition, whole=dealt.whole))
    with st.container(horizontal=True, key="cards-answer"):
        for label, said, shortcut in (("Yes", "yes", "y"), ("No", "no", "n")):
            st.button(
                label,
                # the card's own: pressed twice, it never answers the next
                key=f"cards:{shortcut}:{card.theme}:{card.participant}:{dealt.whole}",
                type="primary" if said == "yes" else "secondary",
                shortcut=shortcut,
                on_click=_answer,
                args=(study, dealt, said),
            )
        _undo_button(study, done)


def shown(card: Card, passages: tuple[Heard, ...], *, definition: str, whole: bool) -> dict[str, Any]:
    """What the card shows: the question, and the words of the person with a little around them."""
    found = []
    for heard in passages:
        text = heard.before + heard.text + heard.after
        before, after = around(text, len(heard.before), len(heard.before) + len(heard.text))
        found.append({"question": heard.question, "before": before, "text": heard.text, "after": after})
    return {
        "ask": f"Does {card.participant} speak of ",
        "theme": card.theme,
        "definition": definition,
        "whole": whole,
        "label": "Everything this person said" if whole else "The quotes most likely to speak of it",
        "passages": found,
    }


def _undo_button(study: str, done: tuple[Card, ...]) -> None:
    st.button("Undo", key="cards:undo", shortcut="u", disabled=not done, on_click=_undo, args=(study,))


def _progress(whole: Evidence, theme: str) -> None:
    read, of = cards.read(whole, theme)
    so_far = f"{read} of {min(of, _MANY)} cards" if read < min(of, _MANY) else count(read, "card")
    now = _now(whole, theme)
    frame.say(f"{so_far}; {theme} is now {', and '.join(now)}." if now else f"{so_far}.", tone="quiet")


def _now(whole: Evidence, theme: str) -> list[str]:
    """What the share of a theme is now, in each source kind with cards."""
    table = cached.table(whole, "prevalence", None, (("pool", False),))
    return [
        about(row, kind=row["source_kind"]) for row in table.records() if row["theme"] == theme and is_corrected(row)
    ]


def _done(study: str) -> str:
    return f"cards:done:{study}"


def _answer(study: str, dealt: Dealt, said: Answer) -> None:
    with session.doing():
        keep = cards.answer_whole if dealt.whole else cards.answer
        card = keep(session.workspace(), study, dealt.card, said)
        session.keep(_done(study), (*session.kept(_done(study), ()), card))


def _undo(study: str) -> None:
    """The last answer taken back; of a card whose whole transcript was read, first what that told."""
    done: tuple[Card, ...] = session.kept(_done(study), ())
    if not done:
        return
    with session.doing():
        card = done[-1]
        if card.whole_answer:
            cards.answer_again(session.workspace(), study, card)
        else:
            cards.withdraw(session.workspace(), study, card)
        session.keep(_done(study), done[:-1])
        session.set_widget(_THEME, card.theme)
