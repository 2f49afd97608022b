"""The sources of a study: a list that stays short whatever was dropped, and the one that is looked at beside it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from dashboard.study import Theme
from dashboard.ui import corrected_list, frame, languages, misheard, session, source_fields, source_words
from dashboard.ui.rows import Event, rows
from dashboard.workspace import sources, studies
from dashboard.workspace.sources import SourceCard

_PAGE = 25
_CHOSEN, _REMOVED = "sources:chosen", "sources:removed"
_ALL = "all"
_FACETS = {_ALL: "All", "look": "To look at", "Interview": "Interviews", "Survey": "Surveys", "other": "Others"}


def cards_of(study: str) -> list[SourceCard]:
    """The sources of a study, looked at afresh."""
    source_fields.begin()
    with st.spinner("Looking at what was understood", show_time=True):
        return sources.cards(session.workspace(), study)


@st.fragment
def source_cards(study: str, cards: Sequence[SourceCard]) -> None:
    """Draw the list of sources and, beside it, everything about the one that was chosen.

    A fragment: going from source to source reads none of them again; a correction draws the whole page anew.
    """
    if session.kept(source_fields.CHANGED):
        st.rerun()
    session.show_notices()
    _undo_line(study)
    if not cards:
        return
    chosen = chosen_of(cards, session.kept(_CHOSEN, ""))
    left, right = st.columns([2, 3], gap="large")
    with left:
        _list(cards, chosen)
        misheard.misheard(study, cards)
    with right, st.container(key="source"):
        if chosen:
            _detail(study, chosen, cards)
        else:
            frame.say("Choose a source to see what was understood of it.", tone="quiet")


def chosen_of(cards: Sequence[SourceCard], id: str) -> SourceCard | None:
    """The source with this id; else the first that needs a person, else the first."""
    found = next((card for card in cards if card.id == id), None)
    return found or next((card for card in cards if source_words.doubts(card)), cards[0] if cards else None)


def narrowed(cards: Sequence[SourceCard], *, find: str = "", facet: str = _ALL) -> list[SourceCard]:
    """The sources whose name, kind or speakers hold the words, of one kind of the list's facets."""

    def belongs(card: SourceCard) -> bool:
        if facet == "look":
            return bool(source_words.doubts(card))
        kind = source_words.kind(card)
        return facet == _ALL or kind == facet or (facet == "other" and kind not in _FACETS)

    words = find.casefold().split()
    found = []
    for card in cards:
        labels = " ".join(s.name or "" for s in card.summary.parsed.speakers) if card.summary else ""
        text = f"{card.name} {source_words.kind(card)} {labels}".casefold()
        if belongs(card) and all(word in text for word in words):
            found.append(card)
    return found


def _list(cards: Sequence[SourceCard], chosen: SourceCard | None) -> None:
    facet, find = _ALL, ""
    if len(cards) > 6:
        counts = {name: len(narrowed(cards, facet=name)) for name in _FACETS}
        offered = [name for name in _FACETS if name == _ALL or 0 < counts[name] < len(cards)]
        with st.container(horizontal=True, vertical_alignment="bottom"):
            find = st.text_input(
                "Find a source",
                key="sources:find",
                placeholder="Find a source",
                label_visibility="collapsed",
                max_chars=100,
            )
            if len(offered) > 1:
                facet = st.selectbox(
                    "Sources shown",
                    offered,
                    format_func=lambda name: f"{_FACETS[name]} ({counts[name]})",
                    key="sources:facet",
                    label_visibility="collapsed",
                    width=170,
                )
    found = narrowed(cards, find=find, facet=facet)
    pages = max(1, math.ceil(len(found) / _PAGE))
    at = min(pages, max(1, int(session.widget("sources:page", 1) or 1)))
    here = found[(at - 1) * _PAGE : at * _PAGE]
    if not here:
        frame.say("No source has these words.", tone="quiet")
    rows(
        [source_words.row_of(card) for card in here],
        _choose,
        key="sources:rows",
        label="Sources",
        opens="choose",
        current=chosen.id if chosen else "",
        bounded=True,
    )
    if pages > 1:
        st.pagination(pages, key="sources:page", max_visible_pages=5)


def _choose(event: Event) -> None:
    session.keep(_CHOSEN, str(event["id"]))


def _detail(study: str, card: SourceCard, cards: Sequence[SourceCard]) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        frame.section(card.name)
        st.button("Remove", key="sources:remove", on_click=_remove, args=(study, card))
    if card.summary is None:
        frame.say(
            card.error or "This source cannot be read; remove it, and drop it again in another format.", tone="wrong"
        )
        source_fields.details(study, card)
        return
    parsed = card.summary.parsed
    about = (
        source_words.kind(card),
        parsed.format,
        source_words.amount(card),
        languages.name(parsed.language),
        source_words.size(card.size),
        f"added {frame.day(card.added_at)}",
    )
    frame.say(" · ".join(part for part in about if part), tone="quiet")
    for doubt in source_words.doubts(card):
        frame.say(doubt, tone="caution")
    source_fields.speakers(study, card, cards)
    source_fields.columns(study, card)
    _themes(study, card)
    _preview(card)
    source_fields.details(study, card)
    corrected_list.corrected_list(study, card)
    if parsed.left_out:
        frame.section("Left out")
        for sentence in parsed.left_out:
            frame.say(sentence, tone="quiet")


def _preview(card: SourceCard) -> None:
    """The first and the last thing in it, as they were understood."""
    title, lines = source_words.ends(card)
    if lines:
        frame.section(title)
    for who, text in lines:
        frame.say(who, tone="quiet")
        frame.say(text)


def _themes(study: str, card: SourceCard) -> None:
    """The themes that came with a file, and the button that takes them into the codebook."""
    if card.summary is None or not card.summary.parsed.themes:
        return
    known = set(studies.get(session.workspace(), study).themes)
    themes = card.summary.parsed.themes
    new = tuple(theme for theme in themes if theme.name not in known)
    frame.section(f"Themes in it ({len(themes)})")
    frame.say(", ".join(theme.name for theme in themes), tone="quiet")
    if new:
        label = f"Add {len(new)} theme{'' if len(new) == 1 else 's'} to the codebook"
        st.button(label, key="sources:themes", on_click=_add_themes, args=(study, new))
    else:
        frame.say("All of them are in the codebook.", tone="quiet")


def _add_themes(study: str, new: tuple[Theme, ...]) -> None:
    ws = session.workspace()
    with session.doing(f"The codebook has {len(new)} more theme{'' if len(new) == 1 else 's'}."):
        version, present = studies.version(ws, study), studies.get(ws, study)
        names = {*present.themes, *(theme.name for theme in new)}
        fitting = tuple(replace(theme, parent=theme.parent if theme.parent in names else None) for theme in new)
        studies.save(ws, replace(present, codebook=(*present.codebook, *fitting)), version=version)
        session.keep(source_fields.CHANGED, True)


def _remove(study: str, card: SourceCard) -> None:
    with session.doing():
        sources.remove(session.workspace(), study, card.id)
        session.keep(source_fields.CHANGED, True)
        session.keep(_REMOVED, (study, card.id, card.name))


def _undo_line(study: str) -> None:
    """What was done last, and the button that undoes it."""
    removed = session.kept(_REMOVED)
    if removed and removed[0] == study:
        with st.container(horizontal=True, vertical_alignment="center", key="sources-removed"):
            frame.say(f"“{removed[2]}” was removed.", tone="done")
            st.button("Bring it back", key="sources:restore", on_click=_restore, args=(study, removed[1]))
    source_fields.undo_line(study)


def _restore(study: str, source: str) -> None:
    with session.doing():
        sources.restore(session.workspace(), study, source)
        session.keep(source_fields.CHANGED, True)
        session.keep(_REMOVED, None)
        session.keep(_CHOSEN, source)
