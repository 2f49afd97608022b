"""How each interview was led: who spoke how much, how the questions were put, and what of the guide was left out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from dashboard.analysis.counting import group_order, in_order, keyed, order_of, overlap_note
from dashboard.analysis.guide import asked_of
from dashboard.analysis.question_turns import INTERVIEW, KINDS, chosen, groups, narrowed, talks
from dashboard.analysis.questions import left_out
from dashboard.analysis.table import Table
from dashboard.evidence.tables import Evidence

MUCH = 0.3
"""An interviewer with more than this share of the words speaks much for an interview about somebody else's life."""

LONG = 120
"""Words from which on an interviewer's turn is a long stretch: about three quarters of a minute."""


def interviews(evidence: Evidence, by: str | None = None, *, pool: bool = False) -> Table:
    """One row an interview (and group of those who were interviewed): how it was led.

    k: turns of the interviewer, of n turns of interviewer and participants; talk_share = interviewer_words ÷ words, the
    interviewer's share of all words; questions: turns that ask, and how many of them are open, closed, leading,
    double_barrelled; longest: words of the interviewer's longest turn; not_asked: questions of the guide that were not
    asked (null without a guide). Observers count nowhere. Interviews stand in the order of their names.
    Raises InvalidFilter where the study has no attribute ``by``.
    """
    found = talks(evidence)
    of_groups = groups(evidence, by)
    rows = found.interviews.merge(of_groups, on="source")
    rows = rows.merge(_of_interviewers(evidence, found.turns), on="source", how="left")
    numbers = ["k", "interviewer_words", "questions", "open", "closed", "leading", "double_barrelled", "longest"]
    rows[numbers] = rows[numbers].fillna(0).astype("int64")
    rows["talk_share"] = rows["interviewer_words"] / rows["words"].where(rows["words"] > 0)
    rows["not_asked"] = _not_asked(evidence, rows["source"])
    rows = rows.rename(columns={"turns": "n"}).assign(source_kind="interview")
    names = found.interviews[INTERVIEW].tolist()
    rows = in_order(
        rows[[INTERVIEW, "source_kind", "group", "date", "k", "n", "words", "interviewer_words", "talk_share",
              *numbers[2:], "not_asked"]],
        interview=names,
        group=group_order(evidence, by, rows["group"]),
    )  # fmt: skip
    rows, keys = keyed(rows, evidence.group_column(by), first=(INTERVIEW,), pool=pool)
    return Table(
        measure="interviews",
        rows=rows,
        keys=keys,
        counted="k",
        unit="turns",
        by=by,
        denominator="all words of interviewers and participants",
        notes=(*overlap_note(evidence, by), *_searched(evidence), *_notes(rows), *left_out(found)),
        order=order_of(rows, keys, interview=names, group=group_order(evidence, by, ())),
        intervals=False,
    )


def behind(evidence: Evidence, keys: Mapping[str, Any]) -> pd.DataFrame:
    """The turns behind a row: everything that its interviewer says."""
    return chosen(evidence, keys)


def long_stretches(evidence: Evidence, *, most: int = 5) -> pd.DataFrame:
    """The interviewers' longest turns of at least ``LONG`` words, the longest first: source, interview, turn, words."""
    turns = behind(evidence, {})
    long = turns[turns["words"] >= LONG].sort_values(
        ["words", "interview", "turn"], ascending=[False, True, True], kind="stable"
    )
    return long.head(most)[["source", "interview", "turn", "words", "text"]].reset_index(drop=True)


def _of_interviewers(evidence: Evidence, turns: pd.DataFrame) -> pd.DataFrame:
    """One row a source: what its interviewer says. Turns count where they hold the text searched for."""
    whole = turns.groupby("source").agg(interviewer_words=("words", "sum"), longest=("words", "max"))
    seen = narrowed(evidence, turns)
    asking = seen[seen["asks"]].groupby("source")
    counts = pd.DataFrame({"k": seen.groupby("source").size(), "questions": asking.size()})
    for kind in KINDS:
        counts[kind.replace("-", "_")] = asking[kind].sum()
    return whole.join(counts).reset_index()


def _not_asked(evidence: Evidence, sources: pd.Series[str]) -> pd.Series[float]:
    number = len(evidence.study.guide)
    if not number:
        return pd.Series(float("nan"), index=sources.index)
    asked = asked_of(evidence)
    return sources.map(lambda source: number - len(asked.get(source, ()))).astype("float64")


def _searched(evidence: Evidence) -> tuple[str, ...]:
    text = evidence.filters.text
    return (f"Questions are those with “{text}”; the words are all that were said.",) if text else ()


def _notes(rows: pd.DataFrame) -> tuple[str, ...]:
    if not len(rows):
        return ("There is no interview here.",)
    silent = rows.loc[rows["interviewer_words"] == 0, INTERVIEW].unique()
    if not len(silent):
        return ()
    named = ", ".join(f"“{name}”" for name in silent[:3]) + (" …" if len(silent) > 3 else "")
    return (f"No interviewer was found in {named}; say who interviews on Sources.",)
