"""The terms of a link, new or there already: its title, who may open it, and its last day.

What was written is kept until it is done, since a widget of a step that is not open forgets it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import streamlit as st

from dashboard.errors import ConfigurationError
from dashboard.ui import session

EVERYBODY, NAMED = "Everybody who is signed in", "Only those named here"
ANYBODY_HERE = "whoever has the link on this machine"
_TERMS = "publish:terms:"
_USUAL = timedelta(days=90)


@dataclass(frozen=True)
class Terms:
    """What holds for a link. audience: subjects, () for everybody who is signed in. last: its last day, or no end."""

    title: str
    audience: tuple[str, ...] = ()
    last: date | None = None

    @property
    def expires_at(self) -> datetime | None:
        """The end of the last day where the server stands, in UTC."""
        return None if self.last is None else datetime.combine(self.last, time(23, 59, 59)).astimezone().astimezone(UTC)


def usual(title: str, now: datetime) -> Terms:
    """What a new link begins with."""
    return Terms(title, (), now.astimezone().date() + _USUAL)


def terms(of: str, first: Terms, *, shared: bool, now: datetime) -> None:
    """Draw the fields. of: the study of a new link, or the token of one there is. first: what they begin with.

    shared: whether people sign in; else nobody can be named.
    """
    held = _held(of, first)
    key = f"publish:title:{of}"
    st.text_input("Title of the link", held["title"], max_chars=200, key=key, on_change=_keeps(of, "title", key))
    if shared:
        options, key = [EVERYBODY, NAMED], f"publish:who:{of}"
        who = st.radio(
            "Who may open it", options, options.index(held["who"]), key=key, label_visibility="collapsed",
            on_change=_keeps(of, "who", key),
        )  # fmt: skip
        if who == NAMED:
            key = f"publish:named:{of}"
            st.text_area(
                "One a line", held["named"], key=key, height=110, max_chars=20_000,
                placeholder="ada@example.org\n@example.org\ngroup:Customer research",
                help="An e-mail address, a whole domain, or a group of your sign-in.",
                on_change=_keeps(of, "named", key),
            )  # fmt: skip
    today, key = now.astimezone().date(), f"publish:until:{of}"
    last: date | None = held["last"]
    st.date_input(
        "Last day (empty: without an end)", last and max(last, today), min_value=today, key=key, format="YYYY-MM-DD",
        width=260, on_change=_keeps(of, "last", key),
    )  # fmt: skip


def written(of: str, first: Terms) -> Terms:
    """What the fields hold by now. Raises ConfigurationError where only those named may open it and nobody is named."""
    held = _held(of, first)
    named = tuple(line.strip() for line in str(held["named"] or "").splitlines() if line.strip())
    if held["who"] == NAMED and not named:
        raise ConfigurationError("Name somebody who may open it, or choose everybody who is signed in.")
    return Terms(str(held["title"] or "").strip(), named if held["who"] == NAMED else (), held["last"])


def done(of: str) -> None:
    """Begin anew the next time: what was written holds now."""
    session.keep(_TERMS + of, None)


def audience_of(subjects: Sequence[str], *, shared: bool = True) -> str:
    """Who may open a link, in words. shared: whether people sign in.

    >>> audience_of(()), audience_of(("a@example.org", "@example.com", "group:Sales"))
    ('everybody who is signed in', 'a@example.org, everybody at example.com, the group Sales')
    >>> audience_of((), shared=False)
    'whoever has the link on this machine'
    """
    if not shared:
        return ANYBODY_HERE
    if not subjects:
        return "everybody who is signed in"
    return ", ".join(
        f"everybody at {subject[1:]}" if subject.startswith("@")
        else f"the group {subject.removeprefix('group:')}" if subject.startswith("group:") else subject
        for subject in subjects
    )  # fmt: skip


def _held(of: str, first: Terms) -> dict[str, Any]:
    begun = {
        "title": first.title, "who": NAMED if first.audience else EVERYBODY, "named": "\n".join(first.audience),
        "last": first.last,
    }  # fmt: skip
    return begun | (session.kept(_TERMS + of) or {})


def _keeps(of: str, name: str, key: str) -> Callable[[], None]:
    return lambda: session.keep(_TERMS + of, (session.kept(_TERMS + of) or {}) | {name: session.widget(key)})
