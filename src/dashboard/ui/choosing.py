"""What a page lets a reader choose about its chart, each in the address: compare by, order, together or apart.

``app.py`` draws all of them on every run, hidden where the page does not use them: a widget that stands in a page loses
its value at the first step to another page, also on the way back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from dashboard.analysis.differences import kept_attributes
from dashboard.evidence.tables import SEGMENT, Evidence
from dashboard.ui import cached, frame, session
from dashboard.ui.heat_table import SORTS

NOBODY = "nobody: everyone together"
NAMED = "named segments"
EVERY_STAGE = "every stage"
PERSON = session.PERSON
QUESTION = session.QUESTION
_MANY = 12
CHOICES = ("by", "sort", "at", "together", "mentions", "finding", "score")


def choices(whole: Evidence | None, used: Sequence[str]) -> None:
    """Draw the choices, and hide those that are not used on this page."""
    if whole is None:
        return
    with st.container(key="choice-person"):  # never shown: a person is opened by their row or by a link
        st.text_input("Person", key=PERSON, bind="query-params")
    frame.hide("choice-person")
    with st.container(key="choice-question"):  # never shown: a question is chosen by its row or by a link
        st.text_input("Question", key=QUESTION, bind="query-params")
    frame.hide("choice-question")
    if not (whole.study.codebook or whole.study.journey):
        return
    with st.container(horizontal=True, vertical_alignment="bottom", key="choices"):
        with st.container(key="choice-by", width=230):
            st.selectbox("Compare by", _splits(whole), key="by", bind="query-params")
        with st.container(key="choice-sort", width=190):
            st.selectbox("Sort by", SORTS, key="sort", bind="query-params")
        with st.container(key="choice-at", width=230):
            st.selectbox("Look into", [EVERY_STAGE, *whole.study.stages], key="at", bind="query-params")
        with st.container(key="choice-together", width="content"):
            st.toggle("Interviews and survey together", key="together", bind="query-params")
        with st.container(key="choice-mentions", width="content"):
            st.toggle("Mentions, too", key="mentions", bind="query-params")
        with st.container(key="choice-finding"):  # never shown: a finding is opened by its row or by a link
            st.text_input("Finding", key="finding", bind="query-params")
        if names := cached.scores(whole):
            with st.container(key="choice-score", width=620):
                st.selectbox("Which score", names, key="score", bind="query-params")
            if len(names) == 1:
                frame.hide("choice-score")
    for name in CHOICES:
        if name not in used or (name == "together" and session.share()):
            frame.hide(f"choice-{name}")


def compare_by(of: Evidence) -> str | None:
    """The attribute or ``segment`` to split by; None for everyone together."""
    chosen = session.widget("by")
    if chosen == NAMED:
        return SEGMENT
    return chosen if chosen in of.attributes else None


def order() -> str:
    """How the lines are sorted."""
    return str(session.widget("sort") or SORTS[0])


def together() -> bool:
    """Whether interviews and surveys are pooled; never in a share, in which nobody knows who was heard in both."""
    return bool(session.widget("together")) and not session.share()


def question() -> str:
    """The id of the question whose answers are read; "" where none is chosen."""
    return str(session.widget(QUESTION) or "")


def mentions() -> bool:
    """Whether mentions are counted as well as people."""
    return bool(session.widget("mentions"))


def stage() -> str | None:
    """The stage to look into; None for all of them."""
    chosen = session.widget("at")
    return None if chosen in (None, EVERY_STAGE) else str(chosen)


def person() -> str:
    """The id of the person whose own view is open; "" where none is."""
    return str(session.widget(PERSON) or "")


def score(of: Evidence) -> str:
    """The score to look at; "" where nobody gave one."""
    names = cached.scores(of.unfiltered())
    chosen = str(session.widget("score") or "")
    return chosen if chosen in names else next(iter(names), "")


def at_stage(of: Evidence, chosen: str | None) -> Evidence:
    """The evidence as far as it was said at a stage."""
    return of if chosen is None else of.where(replace(of.filters, stages=(chosen,)))


def _splits(whole: Evidence) -> list[str]:
    """What people were recruited by comes first; what has many values or is not compared (companies) last."""
    kept = kept_attributes(whole)
    several = [name for name in whole.attributes if len(whole.values_of(name)) > 1]
    several.sort(key=lambda n: (n not in whole.study.plan, n not in kept, len(whole.values_of(n)) > _MANY))
    return [*several, *([NAMED] if whole.study.segments else []), NOBODY]
