"""What will be done about a finding: by whom, until when, with how much effort, and where it is tracked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import streamlit as st

from dashboard.ui import frame, session
from dashboard.ui.rows import Action as Button
from dashboard.ui.rows import Ask, Event, Row, Tag, Tone, rows
from dashboard.workspace import findings
from dashboard.workspace.findings import Action, Learned

STATUSES = ("open", "doing", "done", "dropped")
EFFORTS = {"S": "small", "M": "medium", "L": "large"}
_TONES: dict[str, Tone] = {"open": "caution", "doing": "good", "done": "good", "dropped": "quiet"}
_EDITED = "findings:action"


def actions(learned: Learned, finding: int | None) -> None:
    """Draw the actions of a finding, and a form for one more."""
    there = {str(action.id): action for action in learned.actions_of(finding)}
    study = session.study_id() or ""

    def heard(event: Event) -> None:
        action = there[event["id"]]
        if event["do"] == "remove":
            findings.remove_action(session.workspace(), study, action.id)
        elif event["do"] == "edit":
            session.keep(_EDITED, action.id)
        else:
            findings.save_action(session.workspace(), study, replace(action, status=event["do"]))

    frame.section("What we will do")
    if there:
        rows(
            [row_of(action, session.workspace().records.now().date()) for action in there.values()],
            heard,
            key=f"actions:{finding}",
            label="Actions",
        )
    edited = there.get(str(session.kept(_EDITED)))
    with st.expander("Change this action" if edited else "Add an action", expanded=edited is not None):
        _form(edited or Action(0, "", finding))


def row_of(action: Action, today: date) -> Row:
    """One action as a row: who, until when, how much, where it is tracked."""
    when = f"due {action.due:%d %b %Y}" if action.due else "no date"
    late = findings.overdue(action, today)
    effort = f"{EFFORTS[action.effort]} effort" if action.effort else ""
    next_step = {"open": Button("doing", "Start"), "doing": Button("done", "Done", strong=True)}.get(action.status)
    return Row(
        str(action.id),
        action.what,
        tuple(filter(None, (" · ".join(filter(None, (action.owner or "nobody yet", when, effort))), action.link))),
        tags=(Tag(action.status, _TONES[action.status]), *((Tag("overdue", "wrong"),) if late else ())),
        actions=(
            *((next_step,) if next_step else ()),
            Button("edit", "Change"),
            Button("remove", "Remove", Ask("Take this action away?", "Remove", "Keep")),
        ),
    )


def _form(action: Action) -> None:
    key = f"action:{action.finding}:{action.id}:{session.kept('findings:added', 0)}"
    with st.form(key, border=False):
        st.text_input("What will be done", action.what, key=f"{key}:what", max_chars=findings.LONGEST)
        left, right = st.columns(2)
        left.text_input("Owner", action.owner, key=f"{key}:owner", max_chars=200)
        right.date_input("Due", action.due, key=f"{key}:due")
        st.segmented_control(
            "Effort", list(EFFORTS), default=action.effort or None, format_func=EFFORTS.__getitem__, key=f"{key}:effort"
        )
        st.text_input(
            "Link, in your issue tracker", action.link, key=f"{key}:link", max_chars=500, placeholder="https://"
        )
        st.segmented_control("State", STATUSES, default=action.status, key=f"{key}:status", required=True)
        st.form_submit_button("Save the action", key=f"{key}:save", on_click=_save, args=(action, key))


def _save(action: Action, key: str) -> None:
    def given(name: str) -> Any:
        return session.widget(f"{key}:{name}")

    with session.doing("The action is saved."):
        changed = replace(
            action, what=str(given("what") or ""), owner=str(given("owner") or ""), due=given("due") or None,
            effort=given("effort") or "", link=str(given("link") or ""), status=given("status") or action.status,
        )  # fmt: skip
        findings.save_action(session.workspace(), session.study_id() or "", changed)
        session.keep(_EDITED, None)
        session.keep("findings:added", session.kept("findings:added", 0) + 1)
