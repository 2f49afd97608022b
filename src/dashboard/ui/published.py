"""What stands above and before the figures of a share: the researcher's headline, how it was done, what was learned.

Nothing here changes anything, and nothing is asked of a workspace: a share is read through ``workspace.published``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

import streamlit as st

from dashboard.evidence.tables import Evidence
from dashboard.filters import from_query
from dashboard.ui import citing, frame, saved_views, session
from dashboard.ui.findings_detail import behind
from dashboard.ui.keeping import FINDING
from dashboard.ui.quote_list import quote_list
from dashboard.ui.rows import Event, Row, rows
from dashboard.workspace.published import changes

if TYPE_CHECKING:
    from dashboard.sharing.frozen import About, PublishedFinding, PublishedView

_FIRST = 3
"""Sentences on method that stand open; the others are behind one click."""

_UPDATED = st.components.v2.component(
    "dashboard.updated",
    html='<div class="dr-updated"></div>',
    css=frame.asset("updated.css"),
    js=frame.asset("dom.js") + frame.asset("updated.js"),
)
_TAKE = st.components.v2.component(
    "dashboard.take",
    html='<div class="dr-quotes"></div>',
    css=frame.asset("quotes.css"),
    js=frame.asset("dom.js") + frame.asset("takes.js") + frame.asset("take.js"),
)


def above() -> None:
    """Draw what stands above every page of a share: that one sees it as a viewer does, and what is new in it."""
    told, opened = session.about(), session.shared()
    if told is None or opened is None:
        return
    if session.as_a_viewer():
        with st.container(horizontal=True, vertical_alignment="center", key="as-a-viewer"):
            frame.say("You see this as a viewer does.", tone="quiet")
            st.button("Back to the study", key="share:leave", type="tertiary", on_click=session.leave_share)
    _UPDATED(key="updated", data=updated(told, changes(opened), session.share()))


def updated(told: About, news: Sequence[tuple[int, str]], token: str) -> dict[str, object]:
    """What the browser compares with what it saw last.

    news: number and what is new of each version. token: of the share, which the browser keeps by its digest.
    """
    return {
        "share": hashlib.sha256(token.encode()).hexdigest()[:16],
        "number": told.number,
        "published": told.published,
        "changes": [{"number": number, "changed": changed} for number, changed in news],
    }


# ---------------------------------------------------------------- the first page


def heading(question: str) -> str:
    """The researcher's own headline in place of a page's question, where a share has one."""
    told = session.about()
    return (told.headline if told else "") or question


def opening() -> None:
    """Draw what was learned and the views that were pinned, and beside them how the study was done."""
    told = session.about()
    if told is None:
        return
    if not (told.findings or told.views):
        method(told)
        return
    left, right = st.columns([3, 2], gap="medium")
    with left:
        if told.findings:
            frame.section("What we learned")
            finding_rows(told, key="opening:findings")
        if told.views:
            frame.section("Where to look")
            view_rows(told, key="opening:views")
    with right:
        method(told)


def method(told: About) -> None:
    """Draw the box on method: who, how many, how recruited, when, and what the figures cannot say."""
    with st.container(border=True, key="method"):
        frame.section("How this was done")
        for said in told.method[:_FIRST]:
            frame.say(said)
        frame.say(f"Version {told.number}, published on {told.published}.", tone="quiet")
        if told.method[_FIRST:]:
            with st.expander("Limits, and what is not shown"):
                for said in told.method[_FIRST:]:
                    frame.say(said, tone="quiet")


# ---------------------------------------------------------------- findings


def finding_rows(told: About, *, key: str, current: int = 0) -> None:
    """Draw the findings that were published, each a row that opens it."""
    rows(
        [finding_row(finding) for finding in told.findings],
        lambda event: session.go("findings", **{FINDING: str(event["id"])}),
        key=key, label="Findings", opens="open", current=str(current or ""),
    )  # fmt: skip


def finding_row(finding: PublishedFinding) -> Row:
    """A finding as a row: its claim, and its figure in words."""
    return Row(str(finding.id), finding.claim, tuple(filter(None, (finding.said,))))


def findings(whole: Evidence) -> None:
    """Draw the page Findings of a share: the list, and beside it the one that is open."""
    told = session.about()
    if told is None:
        return
    if not told.findings:
        frame.say("No finding was published with this; the figures and quotes are on the other pages.")
        return
    asked = str(session.widget(FINDING, "") or "")
    opened = next((each for each in told.findings if str(each.id) == asked), None)
    left, right = st.columns([3, 2], gap="medium")
    with left:
        if asked and opened is None:
            frame.say("That finding is not in the version that is published now; these are.", tone="caution")
        finding_rows(told, key="findings:published", current=opened.id if opened else 0)
    with right:
        if opened is None:
            frame.nothing()
        else:
            _finding(whole, told, opened)


def _finding(whole: Evidence, told: About, finding: PublishedFinding) -> None:
    with st.container(key="aside-finding"):
        frame.section(finding.claim)
        if finding.objective:
            frame.say(f"Speaks to: {finding.objective}", tone="quiet")
        if finding.said:
            frame.say(finding.said)
        cite = f"{told.title}, version {told.number}, published on {told.published}"
        text = ": ".join(filter(None, (finding.claim.rstrip("."), finding.said)))
        link = citing.link("findings", **{FINDING: finding.id})
        _TAKE(key=f"take:{finding.id}", data={"text": text, "cite": cite, "link": link})
        if finding.figure is not None and finding.said:
            with st.expander("Read the quotes behind the figure", key=f"finding:{finding.id}:behind"):
                behind(whole, finding.figure, key=f"finding:{finding.id}:figure")
        if finding.quotes:
            frame.section("In their words")
            quote_list(
                whole.unfiltered(), {session.PASSAGE: finding.quotes}, key=f"finding:{finding.id}:quotes",
                title=finding.claim, page="findings", per_page=5,
            )  # fmt: skip


# ---------------------------------------------------------------- views


def view_rows(told: About, *, key: str) -> None:
    """Draw the views that the researcher pinned, each a row that leads to its page with its filters."""
    known = {str(place): view for place, view in enumerate(told.views)}

    def heard(event: Event) -> None:
        whole = session.evidence()
        if whole is not None:
            view = known[str(event["id"])]
            session.go(view.page, **saved_views.state_of(whole, parse_qs(view.query)))

    rows([_view(place, view) for place, view in known.items()], heard, key=key, label="Views", opens="open")


def _view(place: str, view: PublishedView) -> Row:
    words = from_query(parse_qs(view.query)).to_words()
    return Row(place, view.name, (": ".join(filter(None, (view.page.capitalize(), words))),))


def views_popover() -> None:
    """Draw the button that opens the pinned views from any page; nothing where there are none."""
    told = session.about()
    if told is None or not told.views:
        return
    box = st.popover("Views", type="tertiary", key="views:published", on_change="rerun")
    if box.open:
        with box:
            view_rows(told, key="views:pinned")
