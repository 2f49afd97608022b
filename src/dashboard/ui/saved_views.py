"""Saved views: the page with its filters and choices under a name, and the way back to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from dashboard.evidence.tables import NO_STAGE, Evidence
from dashboard.filters import ATTRIBUTE_PREFIX, from_query
from dashboard.ui import frame, session
from dashboard.ui.choosing import CHOICES
from dashboard.ui.rows import Action, Ask, Event, Row, rows
from dashboard.workspace import views
from dashboard.workspace.views import SavedView

_SAVED = "views:saved"


def views_popover(whole: Evidence, page: str) -> None:
    """Draw the button that opens the saved views of this study; page: the one that would be saved."""
    box = st.popover("Views", type="tertiary", key="views", on_change="rerun")
    if not box.open:
        return
    with box:
        there = views.views(session.workspace(), whole.study.id)
        frame.say("Save this view", tone="lead")
        with st.container(horizontal=True, vertical_alignment="bottom"):
            field = f"views:name:{session.kept(_SAVED, 0)}"
            st.text_input("Name", key=field, max_chars=views.LONGEST_NAME, placeholder="Churned pros at Set up")
            st.button("Save", key="views:save", type="primary", on_click=_save, args=(whole, page, field))
        if there:
            frame.say("Saved views", tone="lead")
            _list(whole, there)


def choices_now(whole: Evidence) -> dict[str, list[str]]:
    """What filters and choices ask for at the moment, as parameters of an address."""
    found = session.filters(whole).to_query()
    for name in CHOICES:
        value = session.widget(name)
        if value not in (None, "", False):
            found[name] = [str(value).lower() if isinstance(value, bool) else str(value)]
    return found


def state_of(whole: Evidence, choices: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """What a saved view sets: its filters as far as the study still has them, and its other choices."""
    asked = from_query(choices)
    state: dict[str, Any] = {f"{ATTRIBUTE_PREFIX}{name}": [] for name in whole.attributes}
    for name, values in asked.attributes:
        if name in whole.attributes:
            state[ATTRIBUTE_PREFIX + name] = [value for value in values if value in whole.values_of(name)]
    known = {
        "segment": (asked.segments, whole.values_of("segment")),
        "source_kind": (asked.source_kinds, ("interview", "survey")),
        "stage": (asked.stages, (*whole.study.stages, NO_STAGE)),
        "theme": (asked.themes, whole.study.themes),
    }
    state |= {key: [value for value in values if value in there] for key, (values, there) in known.items()}
    state["text"] = asked.text
    for name in CHOICES:
        given = next(iter(choices.get(name, ())), None)
        now = session.widget(name)
        if isinstance(now, bool):
            state[name] = given == "true"
        elif given is not None:
            state[name] = given
    return state


def _list(whole: Evidence, there: Sequence[SavedView]) -> None:
    known = {str(view.id): view for view in there}

    def heard(event: Event) -> None:
        view = known[event["id"]]
        if event["do"] == "remove":
            views.remove(session.workspace(), whole.study.id, view.id)
            session.notice(f"The view “{view.name}” was deleted.")
        else:
            session.go(view.page, **state_of(whole, views.choices_of(view)))

    rows(
        [
            Row(
                str(view.id),
                view.name,
                (_about(view),),
                actions=(Action("remove", "Delete", Ask("Delete this view?", "Delete", "Keep")),),
            )
            for view in there
        ],
        heard,
        key="views:rows",
        label="Saved views",
        opens="open",
    )


def _about(view: SavedView) -> str:
    """The page and the filters of a view, in words."""
    return ": ".join(filter(None, (view.page.capitalize(), from_query(views.choices_of(view)).to_words())))


def _save(whole: Evidence, page: str, field: str) -> None:
    with session.doing("The view is saved; you find it under Views."):
        name = str(session.widget(field) or "")
        views.save(session.workspace(), whole.study.id, name, page=page, choices=choices_now(whole))
        session.keep(_SAVED, session.kept(_SAVED, 0) + 1)
