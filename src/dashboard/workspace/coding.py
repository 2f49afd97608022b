"""Coding by people: decide, undo, the review queue, and changes of the codebook that carry decisions along."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import narwhals as nw
import pandas as pd

from dashboard.errors import InvalidStudy, NotFound
from dashboard.evidence.tables import Evidence
from dashboard.records.anchors import make
from dashboard.study import Anchor, Decision
from dashboard.workspace import references, studies
from dashboard.workspace.access import Workspace

LIKELY_AT, UNCERTAIN_AT = 0.6, 0.25
"""The queue takes suggestions from here on as likely, and those from here to there as uncertain."""


@dataclass(frozen=True)
class Suggestion:
    """One suggestion to decide on. why: which part of the queue it comes from (likely, uncertain or random)."""

    passage: str
    source: str
    turn: int
    start: int
    end: int
    participant: str
    question: str
    text: str
    theme: str
    confidence: float
    reason: str
    stage: str
    sentiment: float
    why: str


def decide(ws: Workspace, study_id: str, decisions: Sequence[Decision]) -> list[int]:
    """Keep decisions as this person's; their ids, for ``withdraw``. Raises InvalidStudy for an unknown theme."""
    study = ws.records.study(study_id)
    known = {"theme": study.themes, "stage": (*study.stages, ""), "sentiment": ("-1", "0", "1"), "need": ("yes",)}
    for decision in decisions:
        if decision.value not in known[decision.kind]:
            raise InvalidStudy(f"The study has no {decision.kind} “{decision.value}”; add it to the codebook first.")
    with ws.records.begin(by=ws.user) as transaction:
        return [transaction.decide(study_id, replace(decision, coder=ws.user.name)) for decision in decisions]


def withdraw(ws: Workspace, study_id: str, ids: Sequence[int]) -> None:
    """Undo decisions: what was said before them holds again."""
    with ws.records.begin(by=ws.user) as transaction:
        for decision in ids:
            transaction.withdraw(study_id, decision)


def anchor(evidence: Evidence, source: str, turn: int, start: int, end: int) -> Anchor:
    """The anchor of a stretch of one turn. Raises NotFound where there is no such stretch."""
    wanted = (nw.col("source") == source) & (nw.col("turn") == turn)
    found = evidence.turns().filter(wanted).select("text").collect("pandas").to_native()
    if found.empty or not 0 <= start < end <= len(found["text"].iloc[0]):
        raise NotFound("That stretch of text is not there any more; open the conversation again and mark it anew.")
    return make(source, turn, found["text"].iloc[0], start, end)


def anchor_of(evidence: Evidence, passage: str) -> Anchor:
    """The anchor of a passage. Raises NotFound."""
    wanted = evidence.open_table("passages").filter(nw.col("passage") == passage)
    found = wanted.select("source", "turn", "start", "end").collect("pandas").to_native()
    if found.empty:
        raise NotFound("That quote is not part of the study any more; reload the page.")
    row = found.iloc[0]
    return anchor(evidence, str(row["source"]), int(row["turn"]), int(row["start"]), int(row["end"]))


def given(ws: Workspace, study_id: str) -> str:
    """A digest of what the latest revision was made of, decisions aside; "" before the first."""
    revision = ws.records.revision(study_id)
    return revision.inputs if revision else ""


def queue(evidence: Evidence, *, theme: str | None = None, limit: int = 50) -> list[Suggestion]:
    """Undecided suggestions in the order a person should read them: likely ones, uncertain ones, and a random sample.

    Of every five, three are likely, one is uncertain and one is drawn at random (seeded by the revision).
    """
    undecided = evidence.verdicts().filter(~nw.col("checked"))
    if theme:
        undecided = undecided.filter(nw.col("theme") == theme)
    columns = ["passage", "source", "turn", "start", "end", "participant", "question", "text", "stage", "sentiment"]
    suggested = (
        evidence.open_table("codings").filter(nw.col("status") == "suggested").select("passage", "theme", "reason")
    )
    joined = (
        undecided.select("passage", "theme", "confidence")
        .join(evidence.passages().filter(nw.col("codable")).select(columns), on="passage", how="inner")
        .join(suggested, on=["passage", "theme"], how="left")
    )
    frame: pd.DataFrame = joined.collect("pandas").to_native()
    frame = frame.sort_values(["confidence", "passage", "theme"], ascending=[False, True, True], ignore_index=True)
    likely = frame[frame["confidence"] >= LIKELY_AT].assign(why="likely")
    rest = frame[frame["confidence"] < LIKELY_AT]
    uncertain = rest[rest["confidence"] >= UNCERTAIN_AT].assign(why="uncertain")
    drawn = rest.sample(frac=1, random_state=evidence.seed % 2**32).assign(why="random")
    return [
        Suggestion(**{name: _plain(row[name]) for name in Suggestion.__dataclass_fields__})
        for row in _mixed(likely, uncertain, drawn, limit=limit)
    ]


def _mixed(likely: pd.DataFrame, uncertain: pd.DataFrame, drawn: pd.DataFrame, *, limit: int) -> list[dict[str, Any]]:
    queues = {"l": likely, "u": uncertain, "r": drawn}
    at = dict.fromkeys(queues, 0)
    seen: set[tuple[str, str]] = set()
    found: list[dict[str, Any]] = []
    pattern = "llulr"
    step = 0
    while len(found) < limit and any(at[name] < len(queues[name]) for name in queues):
        name = pattern[step % len(pattern)]
        step += 1
        while at[name] < len(queues[name]):
            row = queues[name].iloc[at[name]].to_dict()
            at[name] += 1
            key = (str(row["passage"]), str(row["theme"]))
            if key not in seen:
                seen.add(key)
                found.append({str(column): value for column, value in row.items()})
                break
    return found


def _plain(value: Any) -> Any:
    plain = value.item() if hasattr(value, "item") else value
    return "" if plain is None or (isinstance(plain, float) and plain != plain) else plain


# ---------------------------------------------------------------- the codebook


def rename(ws: Workspace, study_id: str, kind: Literal["theme", "stage"], old: str, new: str) -> None:
    """Give a theme or a stage another name; decisions, parents, comparisons and assumptions follow."""
    study, version = studies.get(ws, study_id), studies.version(ws, study_id)
    new = new.strip()
    names = study.themes if kind == "theme" else study.stages
    if old not in names or not new or (new in names and new != old):
        raise InvalidStudy(f"The {kind} “{old}” cannot be called “{new}”; choose a name that no other {kind} has.")

    study = references.renamed(study, kind, old, new)
    if kind == "theme":
        study = replace(study, codebook=tuple(replace(t, name=new) if t.name == old else t for t in study.codebook))
    else:
        study = replace(study, journey=tuple(replace(s, name=new) if s.name == old else s for s in study.journey))
    with ws.records.begin(by=ws.user) as transaction:
        transaction.save_study(study, version=version)
        transaction.rename_value(study_id, kind, old, new)


def remove(ws: Workspace, study_id: str, kind: Literal["theme", "stage"], name: str) -> None:
    """Take a theme or a stage out of the study. Its decisions are kept, and count again if the name comes back."""
    study, version = studies.get(ws, study_id), studies.version(ws, study_id)
    study = references.without(study, kind, [name])
    if kind == "theme":
        study = replace(study, codebook=tuple(theme for theme in study.codebook if theme.name != name))
    else:
        study = replace(study, journey=tuple(stage for stage in study.journey if stage.name != name))
    studies.save(ws, study, version=version)
