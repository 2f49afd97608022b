"""The page on whom we heard: against the plan, person by person, who says what, and whether new themes still come."""

from __future__ import annotations

import streamlit as st

from dashboard.evidence.tables import Evidence
from dashboard.ui import choosing, frame, participants_matrix, participants_person, session
from dashboard.ui.show import show

PLAN, PEOPLE, MATRIX, NEW = "Against the plan", "Person by person", "Who says what", "New themes"
TAB = "participants:tab"


def participants(of: Evidence) -> None:
    """Draw the four views; a link to one person opens theirs."""
    if choosing.person() and session.widget(TAB) is None:
        session.set_widget(TAB, PEOPLE)
    plan, people, matrix, new = st.tabs([PLAN, PEOPLE, MATRIX, NEW], key=TAB, on_change="rerun")
    with plan:
        if plan.open:
            show("mix", of, page="participants")
    with people:
        if people.open:
            participants_person.people(of)
    with matrix:
        if matrix.open:
            participants_matrix.matrix(of, on_person=_open)
    with new:
        if new.open:
            if of.study.codebook:
                show("saturation", of, page="participants")
            else:
                frame.say("This study has no themes yet; with some, this shows whether new ones still come.")


def _open(participant: str) -> None:
    """Go from the matrix to one person's own view at the next run."""
    session.go(**{choosing.PERSON: participant, TAB: PEOPLE})
