"""Findings: claims with their quotes and live figures, verdicts on assumptions, and what will be done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import narwhals as nw
import pandas as pd

from dashboard.analysis.in_words import row_in_words
from dashboard.analysis.table import Table
from dashboard.errors import InvalidStudy, NotFound
from dashboard.evidence.overlay import attach_all
from dashboard.evidence.tables import NO_STAGE, Evidence
from dashboard.records import findings as kept
from dashboard.records.findings import (
    ACTION_STATUSES,
    EFFORTS,
    FINDING_KINDS,
    FINDING_STATUSES,
    SIDES,
    WORDS,
)
from dashboard.records.findings import Action as Action
from dashboard.records.findings import Figure as Figure
from dashboard.records.findings import Finding as Finding
from dashboard.records.findings import Pin as Pin
from dashboard.records.findings import Side as Side
from dashboard.records.findings import Verdict as Verdict
from dashboard.records.findings import Word as Word
from dashboard.study import Anchor, Decision
from dashboard.workspace import coding
from dashboard.workspace.access import Workspace

LONGEST = 2_000
"""Characters of a claim, a reason or what is to be done, at most."""


@dataclass(frozen=True)
class Learned:
    """Everything a study learned. verdicts: every one there was, the oldest first."""

    findings: tuple[Finding, ...] = ()
    pins: tuple[Pin, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    actions: tuple[Action, ...] = ()

    def finding(self, number: int) -> Finding | None:
        """The finding with this number."""
        return next((finding for finding in self.findings if finding.id == number), None)

    def pinned_to(self, subject: int | str) -> tuple[Pin, ...]:
        """The quotes pinned to a finding (its number) or to an assumption (its id)."""
        kind = "finding" if isinstance(subject, int) else "assumption"
        return tuple(pin for pin in self.pins if pin.subject_kind == kind and pin.subject == str(subject))

    def verdict_on(self, assumption: str) -> Verdict | None:
        """The verdict that holds."""
        return next((each for each in reversed(self.verdicts) if each.assumption == assumption), None)

    def actions_of(self, finding: int | None) -> tuple[Action, ...]:
        """The actions that follow from a finding (None: from none)."""
        return tuple(action for action in self.actions if action.finding == finding)


@dataclass(frozen=True)
class Place:
    """Where a pinned or starred quote stands now."""

    passage: str
    participant: str


@dataclass(frozen=True)
class Now:
    """A figure as it is now. said: in words; "" where its row is not there any more. share: k ÷ n, where it has one."""

    said: str
    share: float | None = None
    index: float | None = None


def learned(ws: Workspace, study_id: str) -> Learned:
    """Everything a study learned, as it stands."""
    with ws.records.read() as connection:
        return Learned(
            tuple(kept.findings(connection, study_id)),
            tuple(kept.pins(connection, study_id)),
            tuple(kept.verdicts(connection, study_id)),
            tuple(kept.actions(connection, study_id)),
        )


# ---------------------------------------------------------------- what is written


def add(ws: Workspace, study_id: str, finding: Finding) -> int:
    """The number of a new finding. Raises InvalidStudy without a claim."""
    checked = _checked(ws, study_id, finding)
    with ws.records.begin(by=ws.user) as transaction:
        return kept.add_finding(transaction, study_id, checked)


def save(ws: Workspace, study_id: str, finding: Finding) -> int:
    """The new version of a changed finding. Raises Conflict where somebody changed it since it was read."""
    checked = _checked(ws, study_id, finding)
    with ws.records.begin(by=ws.user) as transaction:
        return kept.save_finding(transaction, study_id, checked)


def remove(ws: Workspace, study_id: str, number: int) -> None:
    """Take a finding away."""
    with ws.records.begin(by=ws.user) as transaction:
        kept.remove_finding(transaction, study_id, number)


def pin(ws: Workspace, evidence: Evidence, passage: str, subject: int | str, *, side: Side = "") -> int:
    """Pin a quote to a finding (its number) or, for or against it, to an assumption (its id)."""
    anchor = coding.anchor_of(evidence, passage)
    there = learned(ws, evidence.study.id)
    if isinstance(subject, int):
        if there.finding(subject) is None:
            raise NotFound("This finding is not there any more; reload the page.")
        pinned = Pin(0, "finding", str(subject), "", anchor)
    else:
        _assumption(ws, evidence.study.id, subject)
        if side not in SIDES or not side:
            raise InvalidStudy("A quote speaks for an assumption or against it; choose one.")
        pinned = Pin(0, "assumption", subject, side, anchor)
    with ws.records.begin(by=ws.user) as transaction:
        return kept.pin(transaction, evidence.study.id, pinned)


def unpin(ws: Workspace, study_id: str, number: int) -> None:
    """Take a pinned quote off."""
    with ws.records.begin(by=ws.user) as transaction:
        kept.unpin(transaction, study_id, number)


def judge(ws: Workspace, study_id: str, assumption: str, verdict: str, why: str) -> None:
    """Say what the study shows of an assumption, and why. Raises InvalidStudy without a reason."""
    _assumption(ws, study_id, assumption)
    if verdict not in WORDS:
        raise InvalidStudy(f"Choose what the study shows of it: {', '.join(WORDS)}.")
    why = _text(why, "A verdict needs a reason; write what it rests on.")
    with ws.records.begin(by=ws.user) as transaction:
        kept.judge(transaction, study_id, assumption, verdict, why)


def save_action(ws: Workspace, study_id: str, action: Action) -> int:
    """The number of an action, new (id 0) or changed. Raises InvalidStudy where it does not say what to do."""
    what = _text(action.what, "An action says what will be done; write it and try again.")
    if action.status not in ACTION_STATUSES or action.effort not in EFFORTS:
        raise InvalidStudy("An action is open, doing, done or dropped, and its effort S, M or L.")
    link = action.link.strip()
    if link and not link.lower().startswith(("https://", "http://")):
        raise InvalidStudy("The link of an action begins with https://; correct it or leave it empty.")
    checked = replace(action, what=what, owner=action.owner.strip(), link=link)
    with ws.records.begin(by=ws.user) as transaction:
        return kept.save_action(transaction, study_id, checked)


def remove_action(ws: Workspace, study_id: str, number: int) -> None:
    """Take an action away."""
    with ws.records.begin(by=ws.user) as transaction:
        kept.remove_action(transaction, study_id, number)


def overdue(action: Action, today: date) -> bool:
    """Whether an action that nobody finished was due before today."""
    return action.due is not None and action.due < today and action.status in ("open", "doing")


def _checked(ws: Workspace, study_id: str, finding: Finding) -> Finding:
    claim = _text(finding.claim, "A finding needs a claim; write what was learned in one sentence.")
    if finding.kind not in FINDING_KINDS or finding.status not in FINDING_STATUSES:
        raise InvalidStudy(f"A finding is {', '.join(FINDING_STATUSES[:-1])} or {FINDING_STATUSES[-1]}.")
    known = {objective.id for objective in ws.records.study(study_id).objectives}
    if finding.objective and finding.objective not in known:
        raise InvalidStudy(f"The study has no objective “{finding.objective}”; choose one of its objectives or none.")
    return replace(finding, claim=claim)


def _assumption(ws: Workspace, study_id: str, assumption: str) -> None:
    if assumption not in {each.id for each in ws.records.study(study_id).assumptions}:
        raise InvalidStudy(f"The study has no assumption “{assumption}”; choose one of its assumptions.")


def _text(text: str, missing: str) -> str:
    text = text.strip()
    if not text:
        raise InvalidStudy(missing)
    if len(text) > LONGEST:
        raise InvalidStudy(f"This text has more than {LONGEST:,} characters; write a shorter one.")
    return text


# ---------------------------------------------------------------- live figures


def figure_of(evidence: Evidence, table: Table, keys: Mapping[str, Any], *, pool: bool = False) -> Figure:
    """The live figure of a row of a table over this evidence, with what it says at the moment."""
    position = table.find(keys)
    said = "" if position is None else row_in_words(table, position)
    named = tuple((name, keys[name]) for name in table.keys if name in keys)
    return Figure(table.measure, named, table.by, evidence.filters, pool, said)


def now(table: Table, figure: Figure) -> Now:
    """What a figure says now, in the table that it names."""
    position = table.find(dict(figure.keys))
    if position is None:
        return Now("")
    row = table.records()[position]
    k, n = row.get(table.counted or ""), row.get("n")
    share = k / n if isinstance(k, (int, float)) and n and table.counted != "n" else None
    return Now(row_in_words(table, position), share, row.get("index"))


# ---------------------------------------------------------------- where quotes stand now


def places(evidence: Evidence, anchors: Sequence[Anchor]) -> list[Place | None]:
    """Where each quote stands now, whatever reader read its source since; None where it is gone."""
    whole = evidence.unfiltered()
    if not anchors:
        return []

    def at(table: str, columns: Sequence[str]) -> Any:
        def rows(turns: pd.DataFrame) -> pd.DataFrame:
            wanted = nw.col("source").is_in(list(set(turns["source"]))) & nw.col("turn").is_in(list(set(turns["turn"])))
            found = whole.open_table(table).filter(wanted).select("source", "turn", *columns)
            return turns.merge(found.collect("pandas").to_native(), on=["source", "turn"])

        return rows

    def texts_of(source: str) -> dict[int, str]:
        rows = whole.turns().filter(nw.col("source") == source).select("turn", "text").collect("pandas").to_native()
        return dict(zip(rows["turn"].tolist(), rows["text"].tolist(), strict=True))

    decisions = [
        Decision(anchor, "need", str(position), "confirmed", "", id=position) for position, anchor in enumerate(anchors)
    ]
    attached = attach_all(
        decisions,
        texts_at=at("turns", ["text"]),
        texts_of=texts_of,
        passages_at=at("passages", ["passage", "start", "end"]),
    )
    passages = {row["decision"]: row["passage"] for row in reversed(attached.rows.to_dict("records"))}
    of = whole.open_table("passages").filter(nw.col("passage").is_in(list(passages.values())))
    people = dict(of.select("passage", "participant").collect("pandas").rows())
    return [
        Place(passages[position], people[passages[position]]) if position in passages else None
        for position in range(len(anchors))
    ]


# ---------------------------------------------------------------- how much it hurts


def friction_of(table: Table | None, figure: Figure | None) -> float:
    """The highest friction index at the stage and theme that a figure names; 0 where it names none, or none is known.

    table: ``friction`` over everybody, by theme.
    """
    asked = {name: value for name, value in (figure.keys if figure else ()) if name in ("stage", "theme")}
    if table is None or not asked or asked.get("stage") == NO_STAGE:
        return 0.0
    rows = [row for row in table.records() if all(row.get(name) == value for name, value in asked.items())]
    return max((row["index"] for row in rows if row["index"] is not None), default=0.0)
