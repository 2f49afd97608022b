"""Who is in front of the page, and what is shown to somebody who has not signed in."""

from __future__ import annotations

import html
from collections.abc import Sequence
from urllib.parse import quote, urlencode, urlsplit

import streamlit as st

from dashboard.errors import ConfigurationError, DashboardError, NotAllowed
from dashboard.settings import Settings
from dashboard.ui import doorway, frame
from dashboard.workspace.access import User, signed_in

WELCOME = "Sign in to see what was shared with you."


def person_or_ask(settings: Settings, pages: Sequence[str]) -> User | None:
    """Who signed in; where somebody still has to, the run ends with the way to do it. None where nobody signs in.

    pages: every name that an address may have, the first at the start, so that the one that was asked for stays.
    """
    try:
        user, problem = person(settings), None
    except NotAllowed as refused:
        user, problem = None, refused
    if user is None and settings.shared:

        def closed() -> None:
            ask(settings, problem)

        doors = [st.Page(closed, title="Sign in", url_path=name, default=name == pages[0]) for name in pages]
        st.navigation([*doors, st.Page(closed, title="Sign in", url_path="start")], position="hidden").run()
        st.stop()
    return user


def person(settings: Settings) -> User | None:
    """Who signed in, in the role they have now; None where nobody signs in, or somebody still has to.

    Asked on every run: the provider's word ends when it says, and a role when it is taken away.
    Raises NotAllowed where this person may see nothing, ConfigurationError where signing in was not set up.
    """
    if not settings.shared:
        return None
    claims = st.user.to_dict()
    if "is_logged_in" not in claims:
        raise ConfigurationError("Signing in is set up by serve.py: start the dashboard by “streamlit run serve.py”.")
    if claims["is_logged_in"] is not True:
        return None
    return signed_in(claims, settings)


def ask(settings: Settings, problem: DashboardError | None = None) -> None:
    """Ask the person to sign in, by a way that comes back to the same place. problem: why they have to, again."""
    place = quote(_here(settings), safe="")
    with st.container(key="sign-in"):
        st.html('<h1 class="dr-question">Customer research</h1>')
        frame.say(str(problem) if problem else WELCOME, tone="caution" if problem else "plain")
        label = "Sign in" if problem is None else "Sign in again"
        address = f"{settings.base_path}{doorway.SIGN_IN}?next={place}"
        st.html(f'<a class="dr-sign-in" href="{html.escape(address)}">{label}</a>')


def leave(user: User) -> None:
    """Who is signed in, and the button to sign out, at the foot of the menu."""
    with st.sidebar.container(key="signed-in"):
        frame.say(user.email or user.name, tone="quiet")
        st.button("Sign out", key="sign-out", type="tertiary", on_click=st.logout)


def _here(settings: Settings) -> str:
    """The path and query of the page as the browser shows it."""
    path = urlsplit(st.context.url or "").path or f"{settings.base_path}/"
    pairs = [(name, value) for name in st.query_params for value in st.query_params.get_all(name)]
    place = f"{path}?{urlencode(pairs, quote_via=quote)}" if pairs else path
    return doorway.inside(place, settings.base_path) or f"{settings.base_path}/"
