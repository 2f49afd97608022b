"""The queue of what coders disagree on: both readings, and one word that settles it."""

from __future__ import annotations

from typing import Any

from dashboard.analysis.in_words import count, listed
from dashboard.evidence.tables import Evidence
from dashboard.ui import frame, session
from dashboard.ui.rows import Action, Event, Row, rows
from dashboard.workspace import coding
from dashboard.workspace import disputes as disputed
from dashboard.workspace.disputes import Dispute

_LAST = "disputes:last"
_PART = "\n"
_ACTIONS = (
    Action("confirmed", "It is the theme", strong=True),
    Action("rejected", "It is not"),
    Action("read", "Read"),
)


def disputes() -> None:
    """Draw what persons disagree on, or that nobody does."""
    whole = session.evidence()
    if whole is None:
        return
    found = disputed.disputes(whole)
    frame.section("In dispute")
    last: tuple[str, list[int]] | None = session.kept(_LAST)
    if last:
        rows(
            [Row("undo", f"Settled: {last[0]}", actions=(Action("undo", "Undo"),))], _heard, key="disputes:undo",
            label="Settled last",
        )  # fmt: skip
    if not found:
        frame.say("No two persons disagree on a quote, or every such case is settled.", tone="quiet")
        return
    frame.say(f"{count(len(found), 'case')} in which one person confirmed and another rejected a theme.", tone="quiet")
    rows([_row(each) for each in found], _heard, key="disputes:rows", label="In dispute", bounded=True)


def _row(each: Dispute) -> Row:
    said = f"{listed(each.confirmed)} confirmed it, {listed(each.rejected)} rejected it"
    return Row(f"{each.passage}{_PART}{each.theme}", each.theme, (f"“{each.text[:400]}”", said), actions=_ACTIONS)


def _heard(event: Event) -> None:
    whole = session.evidence()
    if whole is None:
        return
    if event["do"] == "undo":
        _undo(whole)
        return
    passage, theme = str(event["id"]).split(_PART, 1)
    if event["do"] == "read":
        session.read(passage, session.Reading((passage,), "in dispute", "coding", total=1))
        return
    status: Any = event["do"]
    ids = disputed.settle(session.workspace(), whole, passage, theme, status)
    session.keep(_LAST, (f"“{theme}” is {'confirmed' if status == 'confirmed' else 'rejected'}", ids))


def _undo(whole: Evidence) -> None:
    last: tuple[str, list[int]] | None = session.kept(_LAST)
    if last:
        coding.withdraw(session.workspace(), whole.study.id, last[1])
        session.keep(_LAST, None)
