"""Whether the coder learns from what was decided: at work, what it brought, and the button that starts it by hand."""

from __future__ import annotations

import streamlit as st

from dashboard.analysis.in_words import count
from dashboard.ui import frame, session
from dashboard.workspace import jobs, learning

_EVERY = 1.5


def learned(study: str) -> None:
    """Draw where learning stands; where it is at work, it is looked at until it is through."""
    job = jobs.current(session.workspace(), study)
    if job is not None and job.unfinished:
        _at_work(study)
        return
    ws = session.workspace()
    waiting = learning.waiting(ws, study)
    brought = learning.brought(ws, study)
    with st.container(horizontal=True, vertical_alignment="center", key="learning"):
        if waiting:
            label = f"Learn from {count(waiting, 'decision')} now"
            st.button(
                label, key="learning:now", type="tertiary", icon=":material/school:", on_click=_now, args=(study,)
            )
        elif brought:
            frame.say(f"The last change brought {learning.said(brought)}.", tone="quiet")


def follow(study: str) -> None:
    """Learn what was decided, here and now where that is over in a moment, else in the background after a few."""
    ws = session.workspace()
    if session.may_change() and not learning.learn_now(ws, study):
        learning.learn(ws, study)


@st.fragment(run_every=_EVERY)
def _at_work(study: str) -> None:
    job = None
    with session.catching():
        job = jobs.current(session.workspace(), study)
    if job is None or not job.unfinished:
        st.rerun()
    frame.say("Learning from what you decided; you can go on.", tone="quiet")


def _now(study: str) -> None:
    with session.doing():
        learning.learn(session.workspace(), study, least=1)
