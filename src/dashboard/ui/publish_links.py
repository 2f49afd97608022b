"""Links to what was published: each with its state, its versions, its address, and what ends it at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import streamlit as st

from dashboard.ui import frame, session
from dashboard.ui.publish_draft import load
from dashboard.ui.publish_terms import Terms, audience_of, done, terms, written
from dashboard.ui.rows import Action, Ask, Event, Row, Tag, rows
from dashboard.workspace import publishing, sharing
from dashboard.workspace.sharing import Share, SharedLink

CHOSEN = "publish:link"
SOON = timedelta(days=7)


def links_of(study: str) -> list[SharedLink]:
    """Every link of the study, the newest first."""
    return sharing.shares(session.workspace(), study)


def lead(links: Sequence[SharedLink], now: datetime, *, shared: bool = True) -> str:
    """What is shared of the study at the moment, in one sentence. shared: whether people sign in."""
    open_ = [link for link in links if state_of(link, now) == "open"]
    if not open_:
        return "Nothing is open to others now." if links else "Nothing was shared yet."
    others = " to others" if shared else ""
    if len(open_) > 1:
        return f"{len(open_)} links are open{others}."
    return f"One link is open{others}: {_latest(open_[0])}, {audience_of(open_[0].share.audience, shared=shared)}."


def state_of(link: SharedLink, now: datetime) -> str:
    """open, ended (its last day is over), revoked, or empty (no version stands behind it)."""
    share = link.share
    if share.revoked_at is not None:
        return "revoked"
    if share.expires_at is not None and share.expires_at <= now:
        return "ended"
    return "open" if link.versions else "empty"


def address_of(token: str, page: str) -> str:
    """The address of a share. page: the address of the page that shows it.

    >>> address_of("abc", "http://127.0.0.1:8501/research/publish?study=1")
    'http://127.0.0.1:8501/research/?share=abc'
    """
    base = page.split("?", 1)[0].split("#", 1)[0].removesuffix("/").removesuffix("publish").rstrip("/")
    return f"{base}/?share={token}"


def links(study: str, there: Sequence[SharedLink], *, now: datetime) -> None:
    """Draw the links, and beside them the one that was chosen."""
    if not there:
        frame.say("There is no link yet. Go through the steps before this one, and publish at the end.")
        return
    chosen = next((link for link in there if link.share.token == session.kept(CHOSEN)), there[0])
    left, right = st.columns([2, 3], gap="large")
    with left:
        rows(
            [row_of(link, now, shared=session.workspace().settings.shared) for link in there],
            lambda event: session.keep(CHOSEN, str(event["id"])),
            key="publish:links", label="Links", opens="choose", current=chosen.share.token,
        )  # fmt: skip
    with right, st.container(key="publish-link"):
        _detail(study, chosen, now)


def row_of(link: SharedLink, now: datetime, *, shared: bool = True) -> Row:
    """One link as a row: its title, its state, who may open it and until when. shared: whether people sign in."""
    share, state = link.share, state_of(link, now)
    tones = {"open": "good", "ended": "quiet", "revoked": "wrong", "empty": "caution"}
    until = f"until {frame.day(share.expires_at)}" if share.expires_at else "without an end"
    if share.revoked_at is not None:
        until = f"revoked on {frame.day(share.revoked_at)}"
    soon = state == "open" and share.expires_at is not None and share.expires_at - now <= SOON
    tags = (Tag(state, tones[state]), *([Tag("ends soon", "caution")] if soon else []))  # type: ignore[arg-type]
    who = audience_of(share.audience, shared=shared)
    return Row(share.token, share.title, (f"{_latest(link)} · {who} · {until}",), tags)


def _latest(link: SharedLink) -> str:
    if not link.versions:
        return "nothing published"
    return f"version {link.versions[0].number} of {frame.day(link.versions[0].at)}"


def _detail(study: str, link: SharedLink, now: datetime) -> None:
    share, state = link.share, state_of(link, now)
    frame.section(share.title)
    if state == "open":
        shared = session.workspace().settings.shared
        what = "send it" if shared else "open it"
        frame.say(f"The link. Copy it by the sign at its right end, and {what}.", tone="quiet")
        st.code(address_of(share.token, str(st.context.url or "")), language=None, wrap_lines=True)
        if not shared:
            frame.say(
                "This runs on your machine alone, so the link opens here and nowhere else: use it to look at what "
                "others would see, and send the one HTML file.",
                tone="caution",
            )
        with st.container(horizontal=True, key="publish-open"):
            st.button(
                "See it as a viewer", key="publish:see", icon=":material/visibility:",
                on_click=session.see_as_viewer, args=(share.token,),
            )  # fmt: skip
            st.download_button(
                "Download as one HTML file", data=lambda: html_of(share.token), file_name="research.html",
                mime="text/html", key="publish:html", icon=":material/download:", on_click="ignore",
            )  # fmt: skip
            st.button(
                "Begin a new version from it", key="publish:again", type="tertiary", on_click=load,
                args=(study, link.versions[0].policy, share.token),
            )  # fmt: skip
        with st.expander(f"Change its title{', who may open it,' if shared else ''} or its last day"):
            _terms(share, now, shared=shared)
        _revoke(share.token, ends=share.expires_at is not None)
    else:
        said = {
            "revoked": "This link was revoked: whoever opens it is told that it opens nothing.",
            "ended": "Its last day is over: whoever opens it is told that it opens nothing.",
            "empty": "No version stands behind this link.",
        }
        frame.say(said[state], tone="quiet")
    _versions(link)


def html_of(token: str) -> bytes:
    """The latest version under a link as one HTML file."""
    return publishing.html_of(session.workspace(), token).encode("utf-8")


def _terms(share: Share, now: datetime, *, shared: bool) -> None:
    last = share.expires_at.astimezone().date() if share.expires_at else None
    first = Terms(share.title, share.audience, last)
    terms(share.token, first, shared=shared, now=now)
    st.button("Change the link", key="publish:change", on_click=change, args=(share, first))


def change(share: Share, first: Terms) -> None:
    """Put what was written in place of what holds for a link; its address and its versions stay. first: what held."""
    with session.doing("The link was changed; its address is the same."):
        given = written(share.token, first)
        ends = share.expires_at if given.last == first.last else given.expires_at
        sharing.change_link(
            session.workspace(), share.token, title=given.title, audience=given.audience, expires_at=ends
        )
        done(share.token)


def _revoke(token: str, *, ends: bool) -> None:
    def heard(event: Event) -> None:
        sharing.revoke(session.workspace(), token)
        session.notice("The link is revoked. Whoever has it open sees nothing more at the next click.")

    ask = Ask("Revoke this link? It cannot be opened again by anybody.", "Revoke now", "Keep it")
    title = "It can be opened until " + ("its last day, or until you revoke it" if ends else "you revoke it")
    rows([Row(token, title, actions=(Action("revoke", "Revoke", ask),))], heard, key="publish:revoke", label="Revoke")


def _versions(link: SharedLink) -> None:
    if not link.versions:
        return
    frame.section("Versions")
    rows(
        [
            Row(
                version.id,
                f"Version {version.number}, {frame.day(version.at)}",
                tuple(filter(None, (f"groups of {version.policy.get('k', '?')} or more", version.changed))),
                tags=(Tag("what viewers see", "good"),) if place == 0 else (),
            )
            for place, version in enumerate(link.versions)
        ],
        lambda event: None,
        key="publish:versions",
        label="Versions",
    )


def today() -> datetime:
    """Now, for pages."""
    return datetime.now(UTC)
