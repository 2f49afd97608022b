"""What a page shows when there is nothing to show yet: no study, no sources, nothing built, work under way."""

from __future__ import annotations

import streamlit as st

from dashboard.evidence.tables import Evidence
from dashboard.ui import cached, frame, session
from dashboard.workspace import jobs, sources, studies

_EVERY = "2s"


def seen() -> Evidence | None:
    """The evidence of the open study as the filters leave it; where there is none, says why and what to do next."""
    if session.study_id() is None:
        frame.empty(
            "No study is open. Open one, or begin with the sample study.",
            action="Go to the studies", key="study", on_click=lambda: session.go("studies"),
        )  # fmt: skip
        return None
    whole = session.evidence()
    if whole is None:
        _unbuilt()
        return None
    _behind()
    narrowed = whole.where(session.filters(whole))
    if cached.people_heard(narrowed) == 0:
        if narrowed.filters:
            frame.empty(
                "Nobody is left under these filters. Take one of them away.",
                action="Clear the filters", key="filters", on_click=session.clear_filters,
            )  # fmt: skip
        else:
            frame.empty(
                "The sources hold nothing that a participant said. Look at what was understood, and who interviews.",
                action="Go to the sources", key="heard", on_click=lambda: session.go("sources"),
            )  # fmt: skip
        return None
    return narrowed


def needs_codebook(of: Evidence) -> bool:
    """Whether the study has themes; where it has none, says what to do next."""
    if of.study.codebook:
        return True
    frame.empty(
        "This study has no codebook yet, so nothing can be counted by theme. Add themes, or begin from a starter; "
        "everything that was said can be read already.",
        action="Add themes", key="codebook", on_click=lambda: session.go("coding"),
    )  # fmt: skip
    return False


def needs_journey(of: Evidence) -> bool:
    """Whether the study has a journey; where it has none, says what to do next."""
    if of.study.journey:
        return True
    frame.empty(
        "This study has no journey yet. Add its stages, in order, to see where people struggle.",
        action="Add stages", key="journey", on_click=lambda: session.go("coding"),
    )  # fmt: skip
    return False


def _unbuilt() -> None:
    ws, study = session.workspace(), session.study_id() or ""
    job = jobs.current(ws, study)
    if job is not None and job.unfinished:
        _progress(first=True)
        return
    if not sources.cards(ws, study):
        frame.empty(
            "This study has no sources yet. Drop transcripts, a participant sheet or a survey export to begin.",
            action="Drop files", key="sources", on_click=lambda: session.go("sources"),
        )  # fmt: skip
        return
    if job is not None and job.state == "failed":
        frame.say(job.error, tone="wrong")
    frame.empty(
        "The sources are here, but nothing was made of them yet.",
        action="Build the evidence", key="build", on_click=_build,
    )  # fmt: skip


def _behind() -> None:
    """Says that the sources or the codebook changed since the evidence was built."""
    ws, study = session.workspace(), session.study_id() or ""
    job = jobs.current(ws, study)
    if job is not None and job.unfinished:
        _progress(first=False)
    elif studies.stale(ws, study):
        with st.container(horizontal=True, vertical_alignment="center", key="behind"):
            frame.say("Sources or codebook changed since this was computed.", tone="caution")
            st.button("Bring it up to date", key="behind-action", on_click=_build)


def _build() -> None:
    with session.doing():
        jobs.build(session.workspace(), session.study_id() or "")


@st.fragment(run_every=_EVERY)
def _progress(*, first: bool) -> None:
    """How far the work is, looked at every two seconds; the page is drawn again when it ends."""
    with session.catching():
        job = jobs.current(session.workspace(), session.study_id() or "")
        if job is None or not job.unfinished:
            st.rerun()
        frame.say("Reading and coding what was said." if first else "Bringing this up to date.", tone="quiet")
        st.progress(min(1.0, max(0.0, job.progress)))
        frame.say(f"{job.step or 'waiting for its turn'}, {job.seconds:.0f} s", tone="quiet")
