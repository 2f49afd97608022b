"""The page on whom we heard: against the plan, person by person, who says what, and whether new themes still come."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard.evidence.tables import Evidence
from dashboard.ui import choosing, frame, participants_matrix, participants_person, session
from dashboard.ui.show import show

PLAN, PEOPLE, MATRIX, NEW = "Against the plan", "Person by person", "Who says what", "New themes"
TAB = "participants:tab"


def participants(of: Evidence) -> None:
    """Draw the views; a link to one person opens theirs. A viewer is not told what was planned, or how it went."""
    if choosing.person() and session.widget(TAB) is None:
        session.set_widget(TAB, PEOPLE)
    draws: dict[str, Callable[[Evidence], None]] = {PLAN: _plan, PEOPLE: participants_person.people, MATRIX: _matrix}
    if session.may_change():
        draws[NEW] = _new
    else:
        draws.pop(PLAN)
    tabs = st.tabs(list(draws), key=TAB, on_change="rerun")
    for tab, draw in zip(tabs, draws.values(), strict=True):
        with tab:
            if tab.open:
                draw(of)


def _plan(of: Evidence) -> None:
    show("mix", of, page="participants")


def _matrix(of: Evidence) -> None:
    participants_matrix.matrix(of, on_person=_open)


def _new(of: Evidence) -> None:
    if of.study.codebook:
        show("saturation", of, page="participants")
    else:
        frame.say("This study has no themes yet; with some, this shows whether new ones still come.")


def _open(participant: str) -> None:
    """Go from the matrix to one person's own view at the next run."""
    session.go(**{choosing.PERSON: participant, TAB: PEOPLE})
