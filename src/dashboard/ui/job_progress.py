"""How far the building of a study is, what it brought, and the button that starts it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.ui import frame, session
from dashboard.workspace import jobs, studies
from dashboard.workspace.jobs import JobState
from dashboard.workspace.sources import SourceCard

_EVERY = 1.0


def job_progress(study: str, *, cards: Sequence[SourceCard] | None = None) -> None:
    """Draw where the building of this study stands: under way, ended badly, or behind what was given.

    cards: its sources; with them it is also said what is ready, or would be.
    """
    ws = session.workspace()
    job = jobs.current(ws, study)
    if job is not None and job.unfinished:
        _running(study)
        return
    behind = studies.stale(ws, study)
    if job is not None and behind and job.state in ("failed", "cancelled"):
        frame.say(ended(job), tone="wrong" if job.state == "failed" else "caution")
    if behind:
        built = session.evidence() is not None
        said = "Sources, corrections or the codebook changed since the pages were built; they show the state before."
        with st.container(horizontal=True, vertical_alignment="center", key="build"):
            label = "Bring the pages up to date" if built else "Build"
            st.button(label, key="build:start", type="primary", on_click=_start, args=(study,))
            frame.say(said if built else to_build(cards or ()), tone="caution" if built else "plain")
        return
    if not cards:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="built"):
        frame.say(ready(cards), tone="done")
        st.button("Look at Themes", key="build:look", on_click=session.go, args=("themes",))


def ready(cards: Sequence[SourceCard]) -> str:
    """What is ready to be read, in words."""
    said = amounts(cards)
    return f"{said} ready: look at Themes." if said else "Everything that could be read is ready."


def to_build(cards: Sequence[SourceCard]) -> str:
    """What a first build would take in, in words."""
    said = amounts(cards)
    return f"{said} waiting to be read for themes." if said else "Build to read what the sources hold."


def amounts(cards: Sequence[SourceCard]) -> str:
    """Interviews and answers that the sources hold, with the verb; "" where there are none."""
    parsed = [card.summary.parsed for card in cards if card.summary]
    interviews = sum(max(1, len(each.documents)) for each in parsed if each.kind in ("transcript", "project"))
    answers = sum(card.summary.turns for card in cards if card.summary and card.summary.parsed.kind == "survey")
    said = [f"{interviews:,} interview{'' if interviews == 1 else 's'}"] if interviews else []
    said += [f"{answers:,} answer{'' if answers == 1 else 's'}"] if answers else []
    if not said:
        return ""
    return " and ".join(said) + (" is" if interviews + answers == 1 else " are")


def ended(job: JobState) -> str:
    """How a build ended that did not get through, in one sentence."""
    if job.state == "failed":
        return job.error or "The build stopped before it was through; start it again, it goes on from where it was."
    return "The build was cancelled; what was computed is kept, and building again goes on from there."


def remaining(job: JobState) -> str:
    """How far a build is, in words: the step, and how much longer where that can be said.

    >>> remaining(JobState("1", "running", 0.5, "reading p07.vtt", "", 30.0))
    'reading p07.vtt, about 30 seconds left'
    >>> remaining(JobState("1", "queued", 0.0, "", "", 0.4))
    'waiting to begin'
    """
    if job.state == "queued":
        return "waiting to begin"
    step = job.step or "at work"
    if job.progress < 0.05 or job.seconds < 5:
        return step
    seconds = job.seconds * (1 - job.progress) / job.progress
    left = f"{round(seconds / 60)} minutes" if seconds >= 100 else f"{max(5, 5 * round(seconds / 5))} seconds"
    return f"{step}, about {left} left"


@st.fragment(run_every=_EVERY)
def _running(study: str) -> None:
    """The progress of a build under way, looked at every second; the page is drawn anew when it has ended."""
    session.show_notices()
    job = None
    with session.catching():
        job = jobs.current(session.workspace(), study)
    if job is None or not job.unfinished:
        st.rerun()
    with st.container(key="building"):
        frame.say("Building: reading and coding what was said. You can go on, leave or reload; it runs by itself.")
        st.progress(min(1.0, max(0.0, job.progress)))
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button("Cancel", key="build:cancel", on_click=_cancel, args=(job.id,))
            frame.say(remaining(job), tone="quiet")


def _start(study: str) -> None:
    with session.doing():
        jobs.build(session.workspace(), study)


def _cancel(job: str) -> None:
    with session.doing("Cancelling: the build stops after the source it is at."):
        jobs.cancel(session.workspace(), job)
