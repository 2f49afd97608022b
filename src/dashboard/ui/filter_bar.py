"""The filter bar: who and what is looked at, in words and in the address.

``app.py`` draws it on every run, before the page: widgets that a page draws lose what a link asked for at the first
step to another page. On pages without filters it is drawn hidden, so that they are still there on the way back.
"""

from __future__ import annotations

import streamlit as st

from dashboard.analysis.in_words import in_the
from dashboard.evidence.tables import NO_STAGE, Evidence, attribute_column
from dashboard.filters import ATTRIBUTE_PREFIX, Filters
from dashboard.ui import cached, frame, published, session
from dashboard.ui.saved_views import views_popover
from dashboard.ui.segments import segment_popover

SOURCE_KINDS = {"interview": "Interviews", "survey": "Survey answers"}
_OPEN = "filter:open"
_WIDE = 210


def filter_bar(whole: Evidence | None, *, shown: bool = True, page: str = "") -> None:
    """Draw the filters of this evidence, and their present state in words.

    shown: whether the page looks at filtered evidence at all. page: the one it stands above, for saved views. The panel
    is always drawn, and hidden while it is shut: a widget that the browser does not hold loses its place in the address
    at the next step to another page.
    """
    if whole is None:
        return
    if shown:
        with st.container(horizontal=True, vertical_alignment="center", key="filter-bar"):
            st.button(
                "Filter", key="filter:open", icon=":material/filter_list:", on_click=_open_or_shut, type="secondary",
            )  # fmt: skip
            asked = session.filters(whole)
            if asked:
                st.button("Clear", key="filter:clear", on_click=session.clear_filters, type="tertiary")
            frame.say(state_in_words(whole, asked, apart=bool(session.share())), tone="quiet")
            if session.may_change():
                segment_popover(whole)
                views_popover(whole, page)
            else:
                published.views_popover()
    if not shown or not session.kept(_OPEN, False):
        frame.hide("filter-panel")
    with st.container(key="filter-panel", border=True), st.container(horizontal=True, key="filter-fields"):
        _widgets(whole)


def state_in_words(whole: Evidence, asked: Filters, *, apart: bool = False) -> str:
    """How many people the filters leave, of how many.

    apart: nobody knows who was heard both in an interview and in a survey, so the two are not added up.

    "18 of 24 people: plan pro"; "All 12 people in the interviews, 169 in the survey".
    """
    heard = cached.heard_by_kind(whole.unfiltered()) if apart else {}
    if len(heard) < 2:
        everybody = cached.people_heard(whole.unfiltered())
        if not asked:
            return "The one person we heard" if everybody == 1 else f"All {everybody:,} people we heard"
        return f"{cached.people_heard(whole.where(asked)):,} of {everybody:,} people: {asked.to_words()}"
    kinds = [kind for kind in SOURCE_KINDS if kind in heard]
    if not asked:
        return "All " + ", ".join(_people(f"{heard[kind]:,}", kind, first=kind == kinds[0]) for kind in kinds)
    left = cached.heard_by_kind(whole.where(asked))
    said = [_people(f"{left.get(kind, 0):,} of {heard[kind]:,}", kind, first=kind == kinds[0]) for kind in kinds]
    return f"{', '.join(said)}: {asked.to_words()}"


def _people(number: str, kind: str, *, first: bool) -> str:
    return f"{number}{' people' if first else ''} {in_the(kind)}"


def _widgets(whole: Evidence) -> None:
    """One widget a filter; each key is the parameter of the address."""
    study = whole.study
    for name in whole.attributes:
        values = whole.values_of(name)
        if len(values) > 1:
            _choice(name, attribute_column(name), values)
    if study.segments:
        _choice("Segment", "segment", whole.values_of("segment"))
    _choice("Source", "source_kind", tuple(SOURCE_KINDS))
    if study.stages:
        _choice("Stage", "stage", (*study.stages, NO_STAGE))
    if study.themes:
        _choice("Theme", "theme", study.themes)
    if not session.joins():  # see session.filters
        return
    with st.container(width=_WIDE, gap="xxsmall"):
        frame.say("Words in the text", tone="quiet")
        st.text_input(
            "Words in the text", key="text", bind="query-params", label_visibility="collapsed", max_chars=200,
            placeholder="as they were said",
        )  # fmt: skip


def _choice(name: str, key: str, values: tuple[str, ...]) -> None:
    """A choice of any of these values, under its name; the name is shown as text, since it may come from a file."""
    anyone = "everyone" if key.startswith(ATTRIBUTE_PREFIX) or key == "segment" else "everything"
    with st.container(width=_WIDE, gap="xxsmall"):
        frame.say(name, tone="quiet")
        st.multiselect(
            frame.as_label(name), values, key=key, bind="query-params", label_visibility="collapsed", placeholder=anyone
        )


def _open_or_shut() -> None:
    session.keep(_OPEN, not session.kept(_OPEN, False))
