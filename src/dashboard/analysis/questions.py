"""How the interviewers' questions are put: open or closed, leading, double-barrelled, counted in turns that ask."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from dashboard.analysis.counting import group_order, in_order, keyed, order_of, overlap_note
from dashboard.analysis.prevalence import with_share
from dashboard.analysis.question_kinds import Flag
from dashboard.analysis.question_turns import KIND, KINDS, Talks, asked_in, chosen, groups, narrowed, talks
from dashboard.analysis.table import Table
from dashboard.evidence.tables import Evidence

_NAME = re.compile(r"(?<=[\w,;] )[A-Z]\w+\b")  # a capital within a sentence
CHECK = "By their wording alone: a flag says “check this”, never that a question was wrong."


def questions(evidence: Evidence, by: str | None = None, *, pool: bool = False) -> Table:
    """Turns of interviewers that ask, by how they are put; one row a kind and group.

    share = k ÷ n with Wilson's interval: k turns that ask in this way, n turns that ask anything. Each such turn is
    open (one of its questions leaves the answer to the person) or closed; besides, it may lead, or ask two things at
    once. by: the groups of those who were interviewed. Observers count nowhere. Raises InvalidFilter where the study
    has no attribute ``by``.
    """
    found = talks(evidence)
    asking = found.turns[found.turns["asks"]]
    of_groups = groups(evidence, by)
    base = asking[["source", "turn"]].merge(of_groups, on="source")
    rows = _grid(base)
    seen = narrowed(evidence, asking).merge(of_groups, on="source")
    counted = [seen[seen[kind]].groupby("group").size() for kind in KINDS]
    number = {(kind, group): int(k) for kind, of in zip(KINDS, counted, strict=True) for group, k in of.items()}
    rows["k"] = [number.get(key, 0) for key in zip(rows[KIND], rows["group"], strict=True)]
    rows = in_order(
        rows[[KIND, "source_kind", "group", "k", "n"]].astype({"k": "int64", "n": "int64"}),
        kind=KINDS,
        group=group_order(evidence, by, rows["group"]),
    )
    rows, keys = keyed(with_share(rows), evidence.group_column(by), first=(KIND,), pool=pool)
    return Table(
        measure="questions",
        rows=rows,
        keys=keys,
        counted="k",
        unit="turns",
        by=by,
        denominator="questions that interviewers asked, a turn that asks being one" + _text(evidence),
        notes=(*overlap_note(evidence, by), *([CHECK] if len(rows) else ["No interviewer asks anything here."]),
               *left_out(found)),
        order=order_of(rows, keys, kind=KINDS, group=group_order(evidence, by, ())),
        intervals=False,
        totals={"questions": len(asking[asking["source"].isin(of_groups["source"])])},
    )  # fmt: skip


def behind(evidence: Evidence, keys: Mapping[str, Any]) -> pd.DataFrame:
    """The turns behind a row, which ask in its way."""
    turns = chosen(evidence, keys)
    return turns[turns["asks"]]


@dataclass(frozen=True)
class Flagged:
    """One thing to check in a question, where it stands. start, end: of the question in its turn."""

    source: str
    interview: str
    turn: int
    question: str
    flag: Flag


def flagged(evidence: Evidence, *, kinds: tuple[str, ...] = ("leading", "double-barrelled")) -> tuple[Flagged, ...]:
    """Questions to check, in the order they were asked; of these kinds ("leading" is also what is loaded)."""
    wanted = {*kinds, *(["loaded"] if "leading" in kinds else [])}
    turns = behind(evidence, {})
    found = []
    for source, interview, turn, text in turns[["source", "interview", "turn", "text"]].itertuples(index=False):
        for each in asked_in(text):
            flags = [flag for flag in each.judgement.flags if flag.kind in wanted]
            question = text[each.start : each.end]
            found += [
                Flagged(source, interview, int(turn), question, replace(flag, better=with_names(flag.better, text)))
                for flag in flags
            ]
    return tuple(found)


def with_names(better: str, text: str) -> str:
    """A better wording with the names of the turn written as they were said.

    >>> with_names("How did you first hear of acme?", "Did you hear of Acme from a friend?")
    'How did you first hear of Acme?'
    """
    for name in dict.fromkeys(_NAME.findall(text)):
        better = re.sub(rf"\b{re.escape(name.lower())}\b", name, better)
    return better


def left_out(found: Talks) -> tuple[str, ...]:
    """That only some of the interviews were looked at, where there are too many."""
    if not found.left_out:
        return ()
    looked = len(found.interviews)
    return (f"Of {looked + found.left_out:,} interviews, {looked:,} drawn at random were looked at.",)


def _grid(base: pd.DataFrame) -> pd.DataFrame:
    """One row a kind and group with n ≥ 1."""
    of = base.groupby("group").size().rename("n").reset_index() if len(base) else pd.DataFrame({"group": [], "n": []})
    kinds = pd.DataFrame({KIND: list(KINDS)}, dtype=str)
    return kinds.merge(of.astype({"group": "str"}), how="cross").assign(source_kind="interview")


def _text(evidence: Evidence) -> str:
    text = evidence.filters.text
    return f"; counted are those with “{text}”" if text else ""
