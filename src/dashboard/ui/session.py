"""One browser session: where it is, what it may see, what it remembers.

The address of a page holds the study or the share, the filters and the quote that is read, each bound to a widget that
``app.py`` draws on every run. All keys of the session's state are named here, and written here alone.

With a share in the address the whole session is in a viewer's form, whoever looks: :func:`shared` is what may be seen,
:func:`may_change` is False, and there is no workspace to be had.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, cast

import streamlit as st
from streamlit.runtime.pages_manager import PagesManager

from dashboard.errors import DashboardError, NotAllowed
from dashboard.evidence.tables import Evidence
from dashboard.filters import ATTRIBUTE_PREFIX, Filters, from_query
from dashboard.settings import Settings
from dashboard.ui import cached, frame
from dashboard.ui.filtering import known

if TYPE_CHECKING:
    from dashboard.sharing.frozen import About
    from dashboard.workspace.access import Published, User, Workspace

log = logging.getLogger(__name__)

STUDY = "study"  # in the address: the id of the study that is open
SHARE = "share"  # in the address, instead of the study: the token of what was published
PASSAGE = "passage"  # in the address: the quote that is read in its conversation
PERSON = "person"  # in the address: the person whose own view is open
QUESTION = "question"  # in the address: the question whose answers are read
_SHUT = {PASSAGE: "", PERSON: "", QUESTION: ""}
FILTER_KEYS = ("segment", "source_kind", "stage", "theme", "text")  # in the address, beside attr:NAME
_SETTINGS = "_settings"
_USER = "_user"
_TOLD = "_told"  # what stands above the share, as it was asked for in this run
_NEXT = "_next"  # what the next run sets before any widget is drawn, and the page it goes to
_NOTICES = "_notices"  # sentences to show once
_READING = "_reading"  # the list of quotes that the reader steps through
_KEPT = "_kept:"  # everything a page remembers by name


@dataclass(frozen=True)
class Reading:
    """The list that the reader steps through: ids of its passages in order, what it is called, where it was opened.

    first: position of the first of these passages in the whole list, of ``total``; a long list is held in part.
    """

    passages: tuple[str, ...] = ()
    title: str = ""
    page: str = "quotes"
    first: int = 0
    total: int = 0


def settle(settings: Settings, user: User | None = None) -> None:
    """Say under which settings a run stands, and who looks (None: the one researcher of this machine).

    The first thing of a run, before the menu is made: what stands in it depends on what is shared.
    """
    st.session_state[_SETTINGS], st.session_state[_USER] = settings, user
    st.session_state.pop(_TOLD, None)


def begin(page: str) -> None:
    """Start a run on a page: do what the last one asked for (also switch to another page), and draw the address.

    Called by ``app.py`` after ``settle``, before anything else is drawn.
    Raises NotFound and NotAllowed where the address names a share that this person may not see (any more).
    """
    state = st.session_state
    token = share()
    asked: dict[str, Any] = state.pop(_NEXT, {})
    wanted = str(asked.pop("page", ""))
    if page != "quotes" and not wanted:
        state[PASSAGE] = ""  # a quote is read on its own page alone
        if page != "participants":
            state[PERSON] = ""  # and a person looked at on theirs, also after a quote was read in between
    for key, value in asked.items():
        state[key] = value
    if token:
        state[STUDY] = ""  # a link to what was published does not name the study it was made from
    if wanted not in ("", page):
        for key in _address():
            state[key] = state[key]  # else it is gone, since no widget is drawn in this run
        st.switch_page(f"pages/{wanted}.py", query_params={})  # the widgets of the next run write the address
    with st.container(key="address"):
        if not token:
            st.text_input("Study", key=STUDY, bind="query-params")
        st.text_input("Share", key=SHARE, bind="query-params")
        st.text_input("Quote", key=PASSAGE, bind="query-params")
    if share() != token:  # the menu was made for the other form of the pages
        st.rerun()
    about()  # before anything of a share is drawn, and whatever was drawn of it before


def go(page: str = "", **state: Any) -> None:
    """At the next run, set these keys and switch to this page (``"themes"``).

    Call it in a callback; in the body of a page follow it by ``st.rerun()``.
    """
    asked = {**st.session_state.get(_NEXT, {}), **state}
    st.session_state[_NEXT] = asked | ({"page": page} if page else {})


def keep(name: str, value: Any) -> None:
    """Remember a value under a name of the page's own (``"coding:position"``), until the browser tab is closed."""
    st.session_state[_KEPT + name] = value


def kept(name: str, default: Any = None) -> Any:
    """What :func:`keep` remembered."""
    return st.session_state.get(_KEPT + name, default)


def widget(key: str, default: Any = None) -> Any:
    """The present value of the widget with this key."""
    return st.session_state.get(key, default)


def set_widget(key: str, value: Any) -> None:
    """Set a widget's value from a callback, or before the widget is drawn."""
    st.session_state[key] = value


# ---------------------------------------------------------------- problems and notices


@contextmanager
def catching() -> Iterator[None]:
    """Show what goes wrong inside: a DashboardError as its sentence, anything else as a reference number.

    The error is caught: what stands after the block runs.
    """
    try:
        yield
    except DashboardError as problem:
        frame.say(str(problem), tone="wrong")
    except Exception as problem:  # noqa: BLE001  the one place where a bug meets a reader
        frame.say(_reference(problem), tone="wrong")


@contextmanager
def doing(done: str = "") -> Iterator[None]:
    """The same for a callback: the sentence is shown at the top of the page that follows.

    done: what to say when all went well.
    """
    try:
        yield
    except DashboardError as problem:
        notice(str(problem), tone="wrong")
    except Exception as problem:  # noqa: BLE001  as above
        notice(_reference(problem), tone="wrong")
    else:
        if done:
            notice(done, tone="done")


def notice(text: str, *, tone: frame.Tone = "done") -> None:
    """Say one literal sentence at the top of the next run."""
    st.session_state[_NOTICES] = [*st.session_state.get(_NOTICES, []), (text, tone)]


def show_notices() -> None:
    """Draw what :func:`notice` left, once."""
    for text, tone in st.session_state.pop(_NOTICES, []):
        frame.say(text, tone=tone, stays=True)  # what was done further down is told where it is seen


def _reference(problem: Exception) -> str:
    number = secrets.token_hex(4)
    # the traceback names code, never its values, so no customer's words reach the log
    log.error("reference %s: %s", number, type(problem).__name__, exc_info=_without_text(problem))
    return f"Something went wrong that should not have; try again, and if it stays, report the reference {number}."


def _without_text(problem: Exception) -> Exception:
    """The same traceback under an exception that says nothing of the data."""
    return RuntimeError(type(problem).__name__).with_traceback(problem.__traceback__)


# ---------------------------------------------------------------- what it may see


def share() -> str:
    """The token of the share that the address names, "" where it names none; known before :func:`begin`, too."""
    state = st.session_state
    asked = state.get(_NEXT, {})
    if SHARE in asked:
        return str(asked[SHARE] or "")
    return str((state[SHARE] if SHARE in state else st.query_params.get(SHARE)) or "").strip()


def user() -> User:
    """The person in front of the page."""
    from dashboard.workspace.access import User

    _after_app()
    return st.session_state.get(_USER) or User("researcher", role="researcher")


def may_change() -> bool:
    """Whether the pages stand in a researcher's form: with what changes a study, and with who said what."""
    from dashboard.workspace.access import RESEARCHERS

    return not share() and user().role in RESEARCHERS


def as_a_viewer() -> bool:
    """Whether a researcher looks at a share, and sees what a viewer does."""
    from dashboard.workspace.access import RESEARCHERS

    return bool(share()) and user().role in RESEARCHERS


def workspace() -> Workspace:
    """The workspace of the person in front of the page. Raises NotAllowed in a viewer's form."""
    _after_app()
    if not may_change():
        raise NotAllowed("What was published can be read here and not changed; ask the researcher who shared it.")
    return cached.workspace(st.session_state[_SETTINGS], user())


def shared() -> Published | None:
    """What the share in the address opens to this person; None where the address names none.

    What comes of it is asked of ``workspace.published`` on every run: that is the access check.
    """
    _after_app()
    token = share()
    return cached.published(st.session_state[_SETTINGS], user(), token) if token else None


def about() -> About | None:
    """What stands above the pages of a share; None where the address names none. Asked for once a run.

    Raises NotFound and NotAllowed where this person may not see it (any more).
    """
    opened = shared()
    if opened is None:
        return None
    held = st.session_state.get(_TOLD)
    if held is None or held[0] != opened:
        from dashboard.workspace import published

        held = st.session_state[_TOLD] = (opened, published.about(opened))
    return cast("About", held[1])


def joins() -> bool:
    """Whether the pages may show which quotes are one person's; not where a share keeps that to itself."""
    told = about()
    return told is None or told.links_quotes


def by_person() -> bool:
    """Whether pages by person may be shown: to researchers, and where a share that opens has them."""
    try:
        told = about()
    except DashboardError:
        return False
    return told is None or told.persons


def see_as_viewer(token: str) -> None:
    """Show a share as a viewer sees it, from the next run on.

    Call it in a callback; in the body of a page follow it by ``st.rerun()``.
    """
    go("overview", **_free(), **_SHUT, **{SHARE: token})


def leave_share() -> None:
    """Go back from a share to the study that it was made from, at the next run. For researchers."""
    from dashboard.workspace import published

    study = ""
    with doing():  # a share that was ended meanwhile leads to the list of studies
        opened = shared()
        study = published.version(opened).study_id if opened and as_a_viewer() else ""
    go("overview", **_free(), **_SHUT, **{SHARE: "", STUDY: study})


def study_id() -> str | None:
    """The study that is open to be worked on; None where none is, or a share is looked at."""
    _after_app()
    if share():
        return None
    return st.session_state.get(STUDY) or None


def _after_app() -> None:
    """Run ``app.py`` first where Streamlit ran a page by itself.

    The first visitor of a fresh server who comes by a link to a page gets that page alone, without menu and settings:
    until ``st.navigation`` was called once, Streamlit takes a folder named ``pages`` for its older kind of menu.
    """
    if _SETTINGS not in st.session_state:
        PagesManager.uses_pages_directory = False
        st.rerun()


def study_name() -> str:
    """The name of the study or the share that is open; "" where none is."""
    told = about()
    if told is not None:
        return told.title
    study = study_id()
    if study is None:
        return ""
    from dashboard.workspace import studies

    return studies.get(workspace(), study).name


def open_study(study: str, *, page: str = "overview") -> None:
    """Open a study on a page at the next run, without the filters of the one before.

    Call it in a callback; in the body of a page follow it by ``st.rerun()``.
    """
    go(page, **_free(), **_SHUT, **{STUDY: study, SHARE: ""})


def clear_filters() -> None:
    """Look at everybody and everything again, from the next run on."""
    go(**_free())


def _free() -> dict[str, Any]:
    names = [str(key) for key in st.session_state if str(key).startswith(ATTRIBUTE_PREFIX)]
    return {key: [] for key in (*names, *FILTER_KEYS)} | {"text": ""}


def _address() -> list[str]:
    """The keys of this session that stand in the address on every page."""
    kept = (STUDY, SHARE, PASSAGE, PERSON, QUESTION, *FILTER_KEYS)
    return [key for key in map(str, st.session_state) if key in kept or key.startswith(ATTRIBUTE_PREFIX)]


def evidence() -> Evidence | None:
    """The whole evidence of the open study or share; None where it was never built or nothing is open.

    Asks the workspace on every run: that is the access check, and decisions of a moment ago are in it.
    """
    opened = shared()
    if opened is not None:
        from dashboard.workspace import published

        return published.evidence(opened)
    study = study_id()
    if study is None:
        return None
    from dashboard.workspace import evidence as of_evidence

    return of_evidence.evidence(workspace(), study)


def filters(whole: Evidence | None = None) -> Filters:
    """What the filter bar asks for. whole: leave out what this evidence does not have."""
    asked: dict[str, list[str]] = {}
    for key in st.session_state:
        name = str(key)
        if name.startswith(ATTRIBUTE_PREFIX) or name in FILTER_KEYS:
            value = st.session_state[key]
            asked[name] = [value] if isinstance(value, str) else list(value or ())
    found = from_query({name: values for name, values in asked.items() if any(values)})
    if found.text and not joins():  # words that two quotes alone hold would say that they are one person's
        found = replace(found, text="")
    return found if whole is None else known(found, whole)


def reading() -> Reading:
    """The list that the reader steps through."""
    return cast(Reading, st.session_state.get(_READING, Reading()))


def read(passage: str, among: Reading) -> None:
    """Open a passage in its conversation at the next run. among: the list it stands in.

    Call it in a callback; in the body of a page follow it by ``st.rerun()``.
    """
    st.session_state[_READING] = among
    go("quotes", **{PASSAGE: passage})


def stop_reading() -> None:
    """Close the reader at the next run and go back to where it was opened."""
    go(reading().page, **{PASSAGE: ""})
