"""People and roles as an administrator sees them, and the floor of k."""

from __future__ import annotations

import streamlit as st

from dashboard.ui import frame, session
from dashboard.ui.rows import Action, Ask, Event, Row, Tag, rows
from dashboard.workspace import backups, people_and_roles, retention

_SUBJECT, _ROLE, _K = "admin:subject", "admin:role", "admin:k"
_ROLES = {
    "viewer": "reads what was shared with them",
    "researcher": "works on studies and shares them",
    "admin": "does that, and what is on this page",
}


def allowed() -> bool:
    """Whether the person in front of the page is an administrator; says so where not."""
    if session.may_change() and people_and_roles.may_administer(session.workspace()):
        return True
    frame.say("This page is for administrators; ask one of yours.", tone="caution")
    return False


def lead() -> str:
    """The sentence under the title: what an administrator should know first."""
    ws = session.workspace()
    kept = retention.kept(ws)
    due, soon = [each for each in kept if each.due], [each for each in kept if each.soon]
    if due:
        first = _studies(len(due), "is past its last day and waits", "are past their last day and wait")
        return f"{first} to be erased: run “python -m dashboard retain”."
    if soon:
        nearest = min(soon, key=lambda each: each.left or 0)
        when = {0: "today", 1: "tomorrow"}.get(nearest.left or 0, f"in {nearest.left} days")
        more = {1: "", 2: " Another one follows this month."}.get(
            len(soon), f" {len(soon) - 1} more follow this month."
        )
        return f"“{nearest.name}” comes to its last day {when}, and is erased after it.{more}"
    made = next(iter(backups.known(ws)), None)
    if made is None:
        return "No backup was made yet: make one under Backups."
    return f"The last backup is of {frame.day(made.made)}. No study comes to its last day this month."


def _studies(n: int, one: str, more: str) -> str:
    return f"One study {one}" if n == 1 else f"{n} studies {more}"


def roles() -> None:
    """Who has which role; giving and ending roles; the smallest group that may be shared."""
    ws = session.workspace()
    granted = people_and_roles.grants(ws)
    if ws.settings.mode != "shared":
        frame.say(
            "This dashboard runs for one person, without sign-in: roles count once it runs as DASHBOARD_MODE=shared.",
            tone="quiet",
        )
    if granted:
        rows(
            [_row(each) for each in granted],
            _heard,
            key="admin:roles",
            label="People, domains and groups with a role",
            bounded=len(granted) > 12,
        )
    else:
        frame.say("Nobody was given a role here yet.")
    frame.section("Give a role")
    left, right = st.columns([3, 2])
    left.text_input(
        "To whom", key=_SUBJECT, max_chars=320, placeholder="ada@example.org, @example.org or group:research"
    )
    right.selectbox("Role", list(_ROLES), key=_ROLE, format_func=lambda role: f"{role}: {_ROLES[role]}")
    st.button("Give this role", key="admin:grant", type="primary", on_click=_grant)
    frame.section("The smallest group that may be shared")
    frame.say(
        "A shared version shows no group with fewer people than this; who publishes may go below it only with a reason "
        "that is recorded.",
        tone="quiet",
    )
    st.number_input(
        "Fewest people in a group", 2, 50, people_and_roles.floor_of_k(ws), key=_K, on_change=_set_k, width=220
    )


def _row(each: people_and_roles.Granted) -> Row:
    others = [role for role in _ROLES if role != each.role]
    actions = tuple(Action(f"be {role}", f"Make {role}", strong=False) for role in others)
    end = Action("end", "End", Ask(f"End the role of {each.subject}? They are signed out at once.", "End the role"))
    about = f"{_ROLES[each.role]} · given by {each.by} on {frame.day(each.at)}"
    return Row(
        each.subject,
        each.subject,
        (about,),
        (Tag(each.role, "caution" if each.role == "admin" else "quiet"),),
        (*actions, end),
    )


def _heard(event: Event) -> None:
    ws, subject, do = session.workspace(), str(event["id"]), str(event.get("do"))
    if do == "end":
        people_and_roles.end(ws, subject)
        session.notice(f"The role of {subject} has ended.")
    elif do.startswith("be "):
        people_and_roles.grant(ws, subject, do.removeprefix("be "))
        session.notice(f"{subject} is {do.removeprefix('be ')} now.")


def _grant() -> None:
    subject, role = str(session.widget(_SUBJECT, "") or ""), str(session.widget(_ROLE, "viewer"))
    with session.doing():
        people_and_roles.grant(session.workspace(), subject, role)
        session.set_widget(_SUBJECT, "")
        session.notice(f"{subject.strip()} is {role} now.")


def _set_k() -> None:
    with session.doing():
        people_and_roles.set_floor_of_k(session.workspace(), int(session.widget(_K, people_and_roles.LEAST_K)))
        session.notice("The smallest group that may be shared was changed.")
