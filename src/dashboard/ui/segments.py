"""Named segments where filters are chosen: a rule tried out as it is written, kept, changed, taken away."""

from __future__ import annotations

import streamlit as st

from dashboard.errors import DashboardError
from dashboard.evidence.tables import Evidence
from dashboard.ui import frame, session
from dashboard.ui.rows import Action, Ask, Event, Row, rows
from dashboard.workspace import segments
from dashboard.workspace.segments import Preview

_EDITED, _MADE, _DONE, _WRONG = "segments:edited", "segments:made", "segments:done", "segments:wrong"
_EXAMPLE = "plan = 'pro' and nps >= 9"


def segment_popover(whole: Evidence) -> None:
    """Draw the button that opens the segments of this study and the form of a new one."""
    box = st.popover("Segments", type="tertiary", key="segments", on_change="rerun")
    if box.open:
        with box:
            _form(whole.unfiltered())


@st.fragment
def _form(whole: Evidence) -> None:
    """A rule and its name; a fragment, so that trying out a rule redraws nothing else."""
    if session.kept(_DONE):
        session.keep(_DONE, None)
        st.rerun()
    with session.catching():
        edited = next((each for each in whole.study.segments if each.name == session.kept(_EDITED)), None)
        frame.say("Change a segment" if edited else "A new segment", tone="lead")
        key = f"segment:{edited.name if edited else ''}:{session.kept(_MADE, 0)}"
        rule = st.text_input(
            "Rule", edited.rule if edited else "", key=f"{key}:rule", max_chars=2_000, placeholder=_EXAMPLE
        ).strip()  # fmt: skip
        tried = segments.preview(session.workspace(), whole, rule) if rule else None
        if tried:
            frame.say(in_words(tried), tone="caution" if tried.problem else "plain")
        else:
            asked = ", ".join(segments.names(session.workspace(), whole)[:12])
            frame.say(f"For example: {_EXAMPLE}\nYou can ask about: {asked}.", tone="quiet")
        st.text_input("Name", edited.name if edited else "", key=f"{key}:name", max_chars=80)
        if wrong := session.kept(_WRONG):
            frame.say(wrong, tone="wrong")
        with st.container(horizontal=True):
            st.button(
                "Save the segment", key="segment:save", type="primary", disabled=tried is None or bool(tried.problem),
                on_click=_save, args=(whole.study.id, key, edited.name if edited else ""),
            )  # fmt: skip
            if edited:
                st.button("Cancel", key="segment:cancel", type="tertiary", on_click=session.keep, args=(_EDITED, None))
        _list(whole)


def in_words(tried: Preview) -> str:
    """Whom a rule fits, or what is wrong with it.

    >>> in_words(Preview(12, 40))
    'Fits 12 of 40 people.'
    """
    return tried.problem or f"Fits {tried.people:,} of {tried.of:,} people."


def _list(whole: Evidence) -> None:
    if not whole.study.segments:
        return
    frame.say("Saved segments", tone="lead")

    def heard(event: Event) -> None:
        if event["do"] == "edit":
            session.keep(_EDITED, event["id"])
        else:
            segments.remove(session.workspace(), whole.study.id, event["id"])
            session.go(segment=[name for name in session.widget("segment") or () if name != event["id"]])
            session.notice(f"The segment “{event['id']}” was deleted.")
            session.keep(_DONE, True)

    rows(
        [
            Row(
                each.name,
                each.name,
                (each.rule,),
                actions=(
                    Action("edit", "Change"),
                    Action("remove", "Delete", Ask("Delete this segment?", "Delete", "Keep")),
                ),
            )
            for each in whole.study.segments
        ],
        heard,
        key="segments:rows",
        label="Saved segments",
    )


def _save(study: str, key: str, instead_of: str) -> None:
    """Keep the segment and look at it; what is wrong is said in the form, where the rule stands."""
    name, rule = str(session.widget(f"{key}:name") or ""), str(session.widget(f"{key}:rule") or "")
    session.keep(_WRONG, None)
    try:
        segments.save(session.workspace(), study, name, rule, instead_of=instead_of)
    except DashboardError as problem:
        session.keep(_WRONG, str(problem))
        return
    made = " ".join(name.split())
    chosen = [made if each == instead_of else each for each in session.widget("segment") or ()]
    session.go(segment=chosen if instead_of else [*chosen, made])
    session.notice(f"The segment “{made}” is saved" + ("." if instead_of else ", and what you see is narrowed to it."))
    session.keep(_EDITED, None)
    session.keep(_MADE, session.kept(_MADE, 0) + 1)
    session.keep(_DONE, True)
