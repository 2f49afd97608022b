"""The list of studies, and how a new one is begun."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import datetime

import streamlit as st

from dashboard.records.rows import StudyState
from dashboard.ui import frame, session
from dashboard.ui.rows import Action, Ask, Event, Row, Tag, rows
from dashboard.workspace import directory, jobs, studies
from dashboard.workspace.studies import Starter, StudyCard

_PAGE = 20
_STATES: dict[StudyState, str] = {"active": "Open", "archived": "Archived", "deleted": "Deleted"}
_SHOWN, _UNDO, _SAMPLE = "studies:shown", "studies:undo", "studies:sample"
_BLANK = "Blank"


def lead() -> str:
    """The sentence under the title: how many studies there are."""
    count = len(studies.cards(session.workspace()))
    return {0: "None so far: begin one, or look around in the sample.", 1: "One study is open."}.get(
        count, f"{count} studies are open, the last changed first."
    )


def study_list() -> None:
    """Draw the studies in one state, each with what can be done with it; or what to do where there is none."""
    _take_in_the_sample()
    _undo_line()
    cards = {state: studies.cards(session.workspace(), state=state) for state in _STATES}
    shown = _state_shown({state: len(found) for state, found in cards.items()})
    found = cards[shown]
    if not found:
        if shown == "active":
            frame.empty(
                "There is no study yet. The sample study shows everything, with twelve invented interviews and a "
                "survey; or begin your own below.",
                action="Open the sample study",
                key="studies",
                on_click=_ask_for_the_sample,
            )
        else:
            frame.say(f"No study is {_STATES[shown].lower()}.", tone="quiet")
        return
    pages = math.ceil(len(found) / _PAGE)
    at = min(pages, max(1, int(session.widget("studies:page", 1) or 1)))
    here = found[(at - 1) * _PAGE : at * _PAGE]
    rows(
        [row_of(card) for card in here],
        _heard,
        key="studies:rows",
        label=f"{_STATES[shown]} studies",
        opens="open" if shown == "active" else "",
        current=session.study_id() or "",
    )
    if pages > 1:
        st.pagination(pages, key="studies:page", max_visible_pages=5)


def new_study() -> None:
    """Draw the form that begins a study: a name, and a codebook and a journey to start from."""
    frame.section("Begin a study")
    st.text_input(
        "Name of the study",
        key="studies:name",
        max_chars=200,
        placeholder="For example: Why customers leave",
        width=480,
    )
    found = studies.starters()
    left, right = st.columns(2)
    with left:
        _starter("Codebook to start from", found.codebooks, key="studies:codebook")
    with right:
        _starter("Journey to start from", found.journeys, key="studies:journey")
    with st.container(horizontal=True):
        st.button(
            "Create the study",
            key="studies:create",
            type="primary",
            on_click=_create,
        )
        if studies.cards(session.workspace()):
            st.button("Open the sample study", key="studies:sample-button", on_click=_ask_for_the_sample)


def none_open() -> None:
    """Say that no study is open, and lead to where one is."""
    frame.empty(
        "No study is open. Open one, or begin with the sample study.",
        action="Go to the studies",
        key="no-study",
        on_click=lambda: session.go("studies"),
    )


def row_of(card: StudyCard) -> Row:
    """What the list shows of one study."""
    return Row(card.id, card.name, (_about(card),), _tags(card), _actions(card))


def when(moment: datetime) -> str:
    """A moment as a reader says it, without the year's clutter of zones.

    >>> when(datetime(2026, 3, 4, 9, 5))
    '4 March 2026, 09:05'
    """
    local = moment.astimezone() if moment.tzinfo else moment
    return f"{local.day} {local:%B %Y, %H:%M}"


def _about(card: StudyCard) -> str:
    count = {0: "no sources yet", 1: "1 source"}.get(card.sources, f"{card.sources:,} sources")
    return f"{count} · changed {when(card.changed_at)}"


def _tags(card: StudyCard) -> tuple[Tag, ...]:
    if card.built:
        return (Tag("ready to read", "good"),)
    return (Tag("not built yet"),) if card.sources else ()


def _actions(card: StudyCard) -> tuple[Action, ...]:
    delete = Action("delete", "Delete", Ask(f"Delete “{card.name}”? You can restore it afterwards.", "Delete"))
    if card.state == "deleted":
        return (Action("restore", "Restore", strong=True),)
    if card.state == "archived":
        return (Action("restore", "Put back", strong=True), delete)
    return (
        Action("open", "Open", strong=True),
        Action("rename", "Rename", Ask("New name", "Rename", value=card.name)),
        Action("duplicate", "Duplicate", Ask("Name of the copy", "Duplicate", value=f"Copy of {card.name}")),
        Action("archive", "Archive"),
        delete,
    )


def _heard(event: Event) -> None:
    ws, study, value = session.workspace(), str(event["id"]), str(event.get("value") or "")
    match event.get("do"):
        case "open":
            _open(study)
        case "rename":
            studies.rename(ws, study, value)
        case "duplicate":
            studies.duplicate(ws, study, value)
            session.notice(f"“{value.strip()}” was made: the same sources, corrections, codebook and decisions.")
        case "archive":
            _move(study, "archived")
        case "delete":
            _move(study, "deleted")
        case "restore":
            _move(study, "active")


def _open(study: str) -> None:
    built = any(card.built for card in studies.cards(session.workspace()) if card.id == study)
    session.open_study(study, page="overview" if built else "sources")


def _move(study: str, state: StudyState) -> None:
    """Put a study into another state, and remember where it was."""
    ws = session.workspace()
    before = session.kept(_SHOWN, "active")
    name = studies.get(ws, study).name
    studies.set_state(ws, study, state)
    session.keep(_UNDO, (study, name, before, state))
    if state != "active" and session.study_id() == study:
        session.open_study("", page="")


def _undo_line() -> None:
    done = session.kept(_UNDO)
    if not done:
        return
    study, name, before, state = done
    said = {"active": "is open again", "archived": "was archived", "deleted": "was deleted"}[state]
    with st.container(horizontal=True, vertical_alignment="center", key="studies-undo"):
        frame.say(f"“{name}” {said}.", tone="done")
        st.button("Undo", key="studies:undo-button", on_click=_undo, args=(study, before))


def _undo(study: str, state: StudyState) -> None:
    with session.doing():
        studies.set_state(session.workspace(), study, state)
        session.keep(_UNDO, None)


def _state_shown(counts: Mapping[StudyState, int]) -> StudyState:
    """The state whose studies are shown; offered where there is more than one to choose."""
    options: list[StudyState] = [state for state in _STATES if counts[state] or state == "active"]
    shown: StudyState = "active"
    if len(options) > 1:
        chosen = st.segmented_control(
            "Studies shown",
            options,
            default="active",
            required=True,
            format_func=lambda state: f"{_STATES[state]} ({counts[state]})",
            key="studies:state",
            label_visibility="collapsed",
        )
        shown = chosen if chosen in options else "active"
    session.keep(_SHOWN, shown)
    return shown


def _starter(label: str, found: tuple[Starter, ...], *, key: str) -> None:
    by_key = {starter.key: starter for starter in found}
    chosen = st.selectbox(label, ["", *by_key], format_func=lambda name: by_key[name].name if name else _BLANK, key=key)
    if not chosen:
        frame.say("You can write your own later, or paste a list.", tone="quiet")
        return
    starter = by_key[chosen]
    frame.say(f"{starter.description} {len(starter.items)}: {', '.join(starter.items)}.".strip(), tone="quiet")


def _create() -> None:
    """Begin the study that the form describes: read from the widgets, for a name just typed comes with the click."""

    def said(field: str) -> str:
        return str(session.widget(f"studies:{field}", "") or "")

    with session.doing():
        study = studies.create(
            session.workspace(), said("name"), codebook=said("codebook") or None, journey=said("journey") or None
        )
        session.open_study(study, page="sources")


def _ask_for_the_sample() -> None:
    session.keep(_SAMPLE, True)


def _take_in_the_sample() -> None:
    """Take the sample study in where it was asked for, start its build and open it."""
    if not session.kept(_SAMPLE):
        return
    session.keep(_SAMPLE, None)
    ws, study = session.workspace(), ""
    with (
        session.catching(),
        st.spinner("Taking in the sample study: twelve interviews, a sheet of participants and a survey"),
    ):
        study = directory.sample(ws)
        built = any(card.built for card in studies.cards(ws) if card.id == study)
        if not built:
            jobs.build(ws, study)
        session.open_study(study, page="overview" if built else "sources")
    if study:
        st.rerun()
