"""The review of suggestions: one card at a time, one key each for confirm, reject, undo, next and previous."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from dashboard.evidence.tables import Evidence
from dashboard.study import Decision
from dashboard.ui import frame, learning, review_cards, session
from dashboard.ui.review_cards import Counts, Round, Verdict, card, counts_said
from dashboard.ui.rows import Event, rows
from dashboard.workspace import coding, studies

CARD = st.components.v2.component(
    "dashboard.card",
    html='<div class="dr-card" role="group" aria-label="Suggestion"></div>',
    css=frame.asset("card.css"),
    js=frame.asset("dom.js") + frame.asset("card.js"),
)
_ALL = ""
_LEAVING = "review:leaving"
_PAGE = 15
TO_REVIEW, DECIDED = "To review", "Decided by people"


def review(study: str, *, on_codebook: Callable[[], None]) -> None:
    """Draw the review, or what to do first where nothing can be reviewed. on_codebook: leads to the codebook."""
    if not studies.get(session.workspace(), study).codebook:
        frame.empty(
            "This study has no themes yet, so nothing is suggested. Write the codebook, or start from one.",
            action="Go to the codebook",
            key="no-themes",
            on_click=on_codebook,
        )
    elif session.evidence() is None:
        frame.empty(
            "Nothing was built yet, so there is nothing to review. Drop the sources and build first.",
            action="Go to the sources",
            key="no-evidence",
            on_click=lambda: session.go("sources"),
        )
    else:
        _review(study)


@st.fragment
def _review(study: str) -> None:
    """Draw the review; a fragment, so that one key redraws one card.

    The next card is drawn before the decision is learned from: only the counts, and what it brought, wait for that.
    """
    if session.kept(_LEAVING):
        session.keep(_LEAVING, False)
        st.rerun()  # another page is drawn by the whole app alone
    session.show_notices()
    with session.catching():
        theme, shown = _choices(studies.get(session.workspace(), study).themes)
        counted = st.container(key="review-counted")
        held: Round | None = session.kept(_name(study))
        drawn = shown == TO_REVIEW and held is not None and held.theme == theme
        if drawn and held is not None:
            _to_review(study, held)
        learning.follow(study)
        whole = session.evidence()
        if whole is None:
            return
        if held is not None and held.state != _state(study, whole):
            session.keep(_name(study), None)
            if drawn:  # the suggestions are of another revision or codebook: begin anew
                st.rerun()
        with counted:
            found = review_cards.counts(whole)
            of = review_cards.together(found.values()) if theme is None else found.get(theme, Counts())
            frame.say(f"{theme or 'All themes'}: {counts_said(of)}.", tone="quiet")
            learning.learned(study)
        if shown == DECIDED:
            _decided(study, whole, theme)
        elif not drawn:
            _to_review(study, _begun(study, whole, theme))


def _choices(themes: Sequence[str]) -> tuple[str | None, str | None]:
    """The theme that is reviewed (None for all), and whether it is reviewed or what was decided is looked at."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="review-choices"):
        theme = st.selectbox(
            "Theme to review",
            [_ALL, *themes],
            format_func=lambda name: name or "All themes",
            key="review:theme",
            width=360,
        )
        shown = st.segmented_control(
            "What to look at",
            [TO_REVIEW, DECIDED],
            default=TO_REVIEW,
            required=True,
            key="review:shown",
            label_visibility="collapsed",
        )
    return theme if theme in themes else None, shown


# ---------------------------------------------------------------- one card at a time


def _name(study: str) -> str:
    return f"review:round:{study}"


def _state(study: str, whole: Evidence) -> str:
    """What a round depends on: what was given and the codebook. Learning brings another revision, and ends no round."""
    return "\n".join((coding.given(session.workspace(), study), *whole.study.themes))


def _begun(study: str, whole: Evidence, theme: str | None) -> Round:
    """A new round, asked for now."""
    # a theme that was renamed or removed since the suggestions were made cannot be decided on any more
    items = tuple(item for item in coding.queue(whole, theme=theme) if item.theme in whole.study.themes)
    held = Round(_state(study, whole), theme, items, review_cards.turns_of(whole, items))
    session.keep(_name(study), held)
    return held


def _to_review(study: str, held: Round) -> None:
    if not held.items:
        frame.empty(
            "No suggestion waits for a word of yours here. Choose another theme, or look at what the coding shows.",
            action="Look at Themes",
            key="reviewed",
            on_click=_leave_for_themes,
        )
        return
    if held.at >= len(held.items):
        _end(study, held)
        return
    item = held.items[held.at]
    verdict = held.verdicts.get(held.at)
    turn = held.turns.get((item.source, item.turn), item.text)
    CARD(key="review:card", data=card(item, turn, verdict))
    key = f"{item.passage}:{item.theme}"
    with st.container(horizontal=True, key="review-decide"):
        for label, status, shortcut in (("Confirm", "confirmed", "y"), ("Reject", "rejected", "n")):
            st.button(
                label,
                key=f"review:{shortcut}:{key}",  # the card's own: pressed twice, it never decides the next
                type="primary" if status == "confirmed" else "secondary",
                shortcut=shortcut,
                on_click=_decide,
                args=(study, held.at, key, status),
            )
        st.button("Undo", key="review:undo", shortcut="u", disabled=not held.order, on_click=_undo, args=(study,))
    with st.container(horizontal=True, vertical_alignment="center", key="review-move"):
        st.button(
            "Previous", key="review:previous", shortcut="k", disabled=held.at == 0, on_click=_move, args=(study, -1)
        )
        st.button("Next", key="review:next", shortcut="j", on_click=_move, args=(study, 1))
        st.button("Read the conversation", key="review:read", type="tertiary", on_click=_read, args=(study, held.at))
        frame.say(f"{held.at + 1} of {len(held.items)}, {held.left} undecided", tone="quiet")


def _end(study: str, held: Round) -> None:
    confirmed = sum(verdict.status == "confirmed" for verdict in held.verdicts.values())
    frame.say(
        f"You went through these {len(held.items)}: {confirmed} confirmed, {len(held.verdicts) - confirmed} rejected, "
        f"{held.left} left open. Each decision is on every chart already.",
        tone="done",
    )
    with st.container(horizontal=True, key="review-end"):
        again = (_name(study), None)
        st.button(
            "More suggestions", key="review:more", type="primary", shortcut="j", on_click=session.keep, args=again
        )
        st.button("Back to the last card", key="review:back", shortcut="k", on_click=_move, args=(study, -1))
        st.button("Undo", key="review:undo", shortcut="u", disabled=not held.order, on_click=_undo, args=(study,))


def _decide(study: str, at: int, key: str, status: str) -> None:
    held: Round | None = session.kept(_name(study))
    if held is None or at >= len(held.items) or f"{held.items[at].passage}:{held.items[at].theme}" != key:
        return
    item, before = held.items[at], held.verdicts.get(at)
    ws, whole = session.workspace(), session.evidence()
    if whole is None:
        return
    with session.doing():
        anchor = coding.anchor(whole, item.source, item.turn, item.start, item.end)
        if before:
            coding.withdraw(ws, study, before.ids)
        decision = Decision(anchor, "theme", item.theme, "confirmed" if status == "confirmed" else "rejected", "")
        ids = coding.decide(ws, study, [decision])
        session.keep(_name(study), held.decided(at, Verdict(status, tuple(ids))))


def _undo(study: str) -> None:
    """Undo what was said of the card, else what was said last."""
    held: Round | None = session.kept(_name(study))
    if held is None or not held.order:
        return
    at = held.at if held.at in held.verdicts else held.order[-1]
    with session.doing():
        coding.withdraw(session.workspace(), study, held.verdicts[at].ids)
        session.keep(_name(study), held.undone(at))


def _move(study: str, by: int) -> None:
    held: Round | None = session.kept(_name(study))
    if held is not None:
        session.keep(_name(study), held.moved(by))


def _read(study: str, at: int) -> None:
    held: Round | None = session.kept(_name(study))
    if held is not None:
        passages = tuple(dict.fromkeys(item.passage for item in held.items))
        among = session.Reading(passages, "suggestions to review", "coding", total=len(passages))
        session.read(held.items[at].passage, among)
        session.keep(_LEAVING, True)


def _leave_for_themes() -> None:
    session.go("themes")
    session.keep(_LEAVING, True)


# ---------------------------------------------------------------- what people decided


def _decided(study: str, whole: Evidence, theme: str | None) -> None:
    me = session.workspace().user.name
    found = review_cards.decided_rows(whole, me=me, theme=theme)
    lost = [] if theme else review_cards.detached_rows(whole, me=me)
    if not found and not lost:
        frame.say(
            "Nobody decided on anything here yet. Every decision stands here afterwards, to be undone.", tone="quiet"
        )
        return
    pages = math.ceil(len(found) / _PAGE)
    at = min(max(1, pages), max(1, int(session.widget("review:page", 1) or 1)))
    heard = partial(_take_back, study)
    rows(found[(at - 1) * _PAGE : at * _PAGE], heard, key="review:decided", label="Decided by people")
    if pages > 1:
        st.pagination(pages, key="review:page", max_visible_pages=5)
    if lost:
        frame.section(f"Decisions that lost their place ({len(lost)})")
        frame.say(
            "Their words are in no source any more. Nothing was dropped: mark the words again, or undo them.",
            tone="quiet",
        )
        rows(lost, heard, key="review:lost", label="Lost their place", bounded=True)


def _take_back(study: str, event: Event) -> None:
    number = review_cards.number_of(str(event["id"]))
    coding.withdraw(session.workspace(), study, [number])
    held: Round | None = session.kept(_name(study))
    if held is not None:
        for at in [at for at, verdict in held.verdicts.items() if number in verdict.ids]:
            session.keep(_name(study), held.undone(at))
