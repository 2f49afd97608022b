"""What a person does to codings from a page, each undoable: confirm, reject, mark a stretch, take a mark away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from dashboard.evidence.tables import Evidence
from dashboard.study import Decision
from dashboard.ui import session
from dashboard.workspace import coding
from dashboard.workspace import evidence as of_evidence

_UNDO = "undo"
_MOST_UNDO = 100


@dataclass(frozen=True)
class _Step:
    """One thing done: decisions to withdraw to undo it, and decisions to take again."""

    study: str
    made: tuple[int, ...] = ()
    taken: tuple[Decision, ...] = ()


def heard(key: str) -> list[dict[str, Any]]:
    """What the component with this key said since it was asked last, in order, each thing once.

    A component sends everything that was not counted yet, so that clicks in quick succession are never lost.
    """
    value = session.widget(key)
    said = value.get("said") if isinstance(value, Mapping) else None
    last = counted(key)
    fresh = [event for event in said or () if isinstance(event, dict) and int(event.get("number", 0)) > last]
    if fresh:
        session.keep(f"counted:{key}", max(int(event["number"]) for event in fresh))
    return fresh


def counted(key: str) -> int:
    """The number of the last thing that this component said."""
    return int(session.kept(f"counted:{key}", 0))


def decide(decisions: Iterable[Decision]) -> None:
    """Keep decisions of the open study, as one undoable step."""
    study = session.study_id() or ""
    wanted = tuple(decisions)
    if wanted:
        _done(_Step(study, tuple(coding.decide(session.workspace(), study, wanted))))


def decide_on(of: Evidence, passage: str, theme: str, status: str) -> None:
    """Confirm or reject a theme of a passage."""
    decide([Decision(coding.anchor_of(of, passage), "theme", theme, _status(status), "")])


def mark(of: Evidence, event: Mapping[str, Any]) -> None:
    """Code exactly the stretch that the reader named: keys source, turn, start, end, kind, value."""
    decide([_decision(of, event, "confirmed")])


def unmark(of: Evidence, event: Mapping[str, Any]) -> None:
    """Take a mark away: one's own is withdrawn; what the machine or another person said is rejected."""
    study, number = session.study_id() or "", int(event.get("id") or 0)
    own = number and event.get("by") == session.workspace().user.name
    made: list[int] = []
    taken: tuple[Decision, ...] = ()
    if own:
        taken = (_decision(of, event, "confirmed"),)
        coding.withdraw(session.workspace(), study, [number])
        of = session.evidence() or of
    if event["kind"] == "theme" and (not own or _still_there(of, event)):
        made = coding.decide(session.workspace(), study, [_decision(of, event, "rejected")])
    _done(_Step(study, tuple(made), taken))


def undo() -> bool:
    """Undo the last step in the open study; False where there is none."""
    steps: list[_Step] = session.kept(_UNDO, [])
    mine = [step for step in steps if step.study == session.study_id()]
    if not mine:
        return False
    step = mine[-1]
    if step.made:
        coding.withdraw(session.workspace(), step.study, step.made)
    if step.taken:
        coding.decide(session.workspace(), step.study, step.taken)
    session.keep(_UNDO, [other for other in steps if other is not step])
    return True


def _done(step: _Step) -> None:
    session.keep(_UNDO, [*session.kept(_UNDO, []), step][-_MOST_UNDO:])


def _decision(of: Evidence, event: Mapping[str, Any], status: str) -> Decision:
    kind, value = str(event["kind"]), str(event["value"])
    anchor = coding.anchor(of, str(event["source"]), int(event["turn"]), int(event["start"]), int(event["end"]))
    return Decision(anchor, kind, value, _status(status), "")  # type: ignore[arg-type]  # the workspace checks both


def _still_there(of: Evidence, event: Mapping[str, Any]) -> bool:
    """Whether the machine still says the theme of this stretch, now that the person's word is withdrawn."""
    turns = of_evidence.conversation(of, str(event["source"]), around=int(event["turn"])).turns
    return any(
        other.kind == "theme" and other.value == event["value"] and other.status == "suggested"
        and other.start < int(event["end"]) and int(event["start"]) < other.end
        for turn in turns if turn.turn == int(event["turn"]) for other in turn.marks
    )  # fmt: skip


def _status(word: str) -> Any:
    return "confirmed" if word == "confirmed" else "rejected"
