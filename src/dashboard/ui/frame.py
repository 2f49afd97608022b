"""Words on a page, shown as text whatever they hold, and the states every page shares: empty, waiting, wrong.

Nothing here goes through Markdown: what came from outside is escaped and shown as it is.
"""

from __future__ import annotations

import html
from collections.abc import Callable
from contextvars import ContextVar
from datetime import date, datetime
from importlib.resources import files
from typing import Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

Tone = Literal["lead", "plain", "quiet", "caution", "wrong", "done"]

_ROLES: dict[str, str] = {"wrong": "alert", "caution": "note", "done": "status"}


def asset(name: str) -> str:
    """The text of one file of ``ui/components``."""
    return files("dashboard.ui").joinpath("components", name).read_text(encoding="utf-8")


def style() -> None:
    """The product's own style sheet; once a run."""
    st.html(f"<style>{asset('frame.css')}</style>")


_head: ContextVar[DeltaGenerator | None] = ContextVar("head", default=None)


def head() -> None:
    """Keep room above what ``app.py`` draws for the question of the page that comes after it."""
    _head.set(st.container(key="head"))


def heading(question: str, lead: str = "") -> None:
    """The question that a page answers, and under it the sentence a colleague would say first."""
    with _head.get() or st.container():
        _heading(question, lead)


def _heading(question: str, lead: str) -> None:
    st.html(f'<h1 class="dr-question">{html.escape(question)}</h1>')
    if lead:
        say(lead, tone="lead")


def study_name(name: str) -> None:
    """The study that is open, above everything."""
    if name:
        st.html(f'<p class="dr-study">{html.escape(name)}</p>')


def day(when: date) -> str:
    """A day as a reader says it; of a moment, the day it falls on where the server stands.

    >>> day(date(2026, 3, 4))
    '4 March 2026'
    """
    local = when.astimezone() if isinstance(when, datetime) and when.tzinfo else when
    return f"{local.day} {local:%B %Y}"


def as_label(name: str) -> str:
    """A name from outside as the label of a widget, which Streamlit reads as Markdown even where it is hidden.

    >>> as_label("plan ![x](http://example.com/x.png) $y$")
    'plan x http //example.com/x.png y'
    """
    return " ".join("".join(c if c.isalnum() or c in " .,'/&%" else " " for c in name).split()) or "Choice"


def hide(key: str) -> None:
    """Hide the container with this key, which the browser keeps nevertheless. key: one of our own names."""
    st.html(f'<style>[data-testid="stLayoutWrapper"]:has(> .st-key-{key}) {{ display: none; }}</style>')


def nothing() -> None:
    """Nothing, in a column that is hidden for it, so that the one beside it takes all the room."""
    st.html('<i class="dr-nothing"></i>')


def section(title: str) -> None:
    """The title of one part of a page."""
    st.html(f'<h2 class="dr-section">{html.escape(title)}</h2>')


def say(text: str, *, tone: Tone = "plain", stays: bool = False) -> None:
    """One sentence, literal. stays: it stays in sight while the page is scrolled."""
    text = text.replace(" %", "\u00a0%")  # a number keeps its sign on the line
    role = f' role="{_ROLES[tone]}"' if tone in _ROLES else ""
    more = " dr-stays" if stays else ""
    st.html(f'<p class="dr-say dr-{tone}{more}"{role} dir="auto">{html.escape(text)}</p>')


def empty(
    text: str,
    *,
    action: str = "",
    key: str = "",
    on_click: Callable[[], None] | None = None,
    icon: str | None = None,
) -> None:
    """An empty state: what is missing, what to do next, and the button that does it.

    action: the button's label, in our own words (never text from outside).
    """
    with st.container(key=f"empty-{key or 'state'}"):
        say(text, tone="plain")
        if action:
            st.button(action, key=f"empty-{key or 'state'}-action", type="primary", on_click=on_click, icon=icon)
