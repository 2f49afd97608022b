"""Links to what was published: each with its state, its versions, its address, and what ends it at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import streamlit as st

from dashboard.ui import frame, session
from dashboard.ui.publish_draft import load
from dashboard.ui.rows import Action, Ask, Event, Row, Tag, rows
from dashboard.workspace import publishing, sharing
from dashboard.workspace.sharing import SharedLink

CHOSEN = "publish:link"
SOON = timedelta(days=7)


def links_of(study: str) -> list[SharedLink]:
    """Every link of the study, the newest first."""
    return sharing.shares(session.workspace(), study)


def lead(links: Sequence[SharedLink], now: datetime) -> str:
    """What is shared of the study at the moment, in one sentence."""
    open_ = [link for link in links if state_of(link, now) == "open"]
    if not open_:
        return "Nothing is open to others now." if links else "Nothing was shared yet."
    if len(open_) > 1:
        return f"{len(open_)} links are open to others."
    return f"One link is open to others: {_latest(open_[0])}, {audience_of(open_[0].share.audience)}."


def state_of(link: SharedLink, now: datetime) -> str:
    """open, ended (its last day is over), revoked, or empty (no version stands behind it)."""
    share = link.share
    if share.revoked_at is not None:
        return "revoked"
    if share.expires_at is not None and share.expires_at <= now:
        return "ended"
    return "open" if link.versions else "empty"


def audience_of(subjects: Sequence[str]) -> str:
    """Who may open a link, in words.

    >>> audience_of(()), audience_of(("a@example.org", "@example.com", "group:Sales"))
    ('everybody who is signed in', 'a@example.org, everybody at example.com, the group Sales')
    """
    if not subjects:
        return "everybody who is signed in"
    return ", ".join(
        f"everybody at {subject[1:]}" if subject.startswith("@")
        else f"the group {subject.removeprefix('group:')}" if subject.startswith("group:") else subject
        for subject in subjects
    )  # fmt: skip


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
            [row_of(link, now) for link in there],
            lambda event: session.keep(CHOSEN, str(event["id"])),
            key="publish:links", label="Links", opens="choose", current=chosen.share.token,
        )  # fmt: skip
    with right, st.container(key="publish-link"):
        _detail(study, chosen, now)


def row_of(link: SharedLink, now: datetime) -> Row:
    """One link as a row: its title, its state, who may open it and until when."""
    share, state = link.share, state_of(link, now)
    tones = {"open": "good", "ended": "quiet", "revoked": "wrong", "empty": "caution"}
    until = f"until {day(share.expires_at)}" if share.expires_at else "without an end"
    if share.revoked_at is not None:
        until = f"revoked on {day(share.revoked_at)}"
    soon = state == "open" and share.expires_at is not None and share.expires_at - now <= SOON
    tags = (Tag(state, tones[state]), *([Tag("ends soon", "caution")] if soon else []))  # type: ignore[arg-type]
    return Row(share.token, share.title, (f"{_latest(link)} · {audience_of(share.audience)} · {until}",), tags)


def day(moment: datetime) -> str:
    """A day as a reader says it.

    >>> day(datetime(2026, 3, 4, 12, tzinfo=UTC))
    '4 March 2026'
    """
    local = moment.astimezone()
    return f"{local.day} {local:%B %Y}"


def _latest(link: SharedLink) -> str:
    if not link.versions:
        return "nothing published"
    return f"version {link.versions[0].number} of {day(link.versions[0].at)}"


def _detail(study: str, link: SharedLink, now: datetime) -> None:
    share, state = link.share, state_of(link, now)
    frame.section(share.title)
    if state == "open":
        frame.say("The link. Copy it by the sign at its right end, and send it.", tone="quiet")
        st.code(address_of(share.token, str(st.context.url or "")), language=None, wrap_lines=True)
        if session.workspace().settings.mode == "local":
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
        _revoke(share.token)
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


def _revoke(token: str) -> None:
    def heard(event: Event) -> None:
        sharing.revoke(session.workspace(), token)
        session.notice("The link is revoked. Whoever has it open sees nothing more at the next click.")

    ask = Ask("Revoke this link? It cannot be opened again by anybody.", "Revoke now", "Keep it")
    title = "Whoever has the link can open it until it is revoked"
    rows([Row(token, title, actions=(Action("revoke", "Revoke", ask),))], heard, key="publish:revoke", label="Revoke")


def _versions(link: SharedLink) -> None:
    if not link.versions:
        return
    frame.section("Versions")
    rows(
        [
            Row(
                version.id,
                f"Version {version.number}, {day(version.at)}",
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
