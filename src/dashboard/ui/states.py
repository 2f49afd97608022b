"""What a page shows when there is nothing to show yet: no study, no sources, nothing built, work under way."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from dashboard.evidence.tables import Evidence
from dashboard.ui import cached, frame, session
from dashboard.workspace import jobs, sources, studies

_EVERY = "2s"


Readers = Literal["everybody", "by person", "researchers"]
"""Who may look at a page: whoever has the link, only where a share shows people one by one, or researchers alone."""


def seen(*, readers: Readers = "everybody") -> Evidence | None:
    """The evidence of the open study or share as the filters leave it; where there is none, says why and what to do.

    readers: who this page is for.
    """
    if session.share():
        return _shared(readers)
    if not session.may_change():
        no_link()
        return None
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
            _nobody_left()
        else:
            frame.empty(
                "The sources hold nothing that a participant said. Look at what was understood, and who interviews.",
                action="Go to the sources", key="heard", on_click=lambda: session.go("sources"),
            )  # fmt: skip
        return None
    return narrowed


def _shared(readers: Readers) -> Evidence | None:
    """What a viewer may see of a share on this page."""
    if readers == "researchers" or (readers == "by person" and not session.by_person()):
        frame.say("This page was not published; the pages in the menu were.")
        return None
    whole = session.evidence()
    if whole is None:
        return None
    narrowed = whole.where(session.filters(whole))
    if cached.people_heard(narrowed) == 0:
        if narrowed.filters:
            _nobody_left()
        else:
            frame.say("Nothing of what was said is in this version; ask the researcher who shared it.")
        return None
    return narrowed


def no_link() -> None:
    """Says to a viewer who came without a link what to do."""
    frame.say("Open the link that you were sent: it leads to what was published for you.")


def _nobody_left() -> None:
    frame.empty(
        "Nobody is left under these filters. Take one of them away.",
        action="Clear the filters", key="filters", on_click=session.clear_filters,
    )  # fmt: skip


def needs_codebook(of: Evidence) -> bool:
    """Whether the study has themes; where it has none, says what to do next."""
    if of.study.codebook:
        return True
    if not session.may_change():
        frame.say("Nothing here is counted by theme yet; everything that was published can be read below.")
        return False
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
    if not session.may_change():
        frame.say("This study was published without the stages of a journey.")
        return False
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
