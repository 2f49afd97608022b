"""What interviewers said, turn by turn, each with the questions it puts and how they are put.

Read once for each evidence, from interviews alone; observers count nowhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd

from dashboard.analysis.question_kinds import Asked, asked
from dashboard.errors import InvalidFilter
from dashboard.evidence.tables import EVERYONE, NO_STAGE, SEGMENT, Evidence, attribute_column
from dashboard.filters import ATTRIBUTE_PREFIX
from dashboard.study import NOT_GIVEN

KINDS = ("open", "closed", "leading", "double-barrelled")
"""How a question is put; a turn that asks is open or closed, and besides those may lead or ask two things at once."""

MOST_TURNS = 20_000
"""Interviewers' turns that are looked at; of a study with more, interviews drawn at random up to this many."""

INTERVIEW, KIND = "interview", "kind"
"""Keys of their own: the name of an interview's source; how a question is put."""


@dataclass(frozen=True)
class Talks:
    """The interviews of a study as far as their interviewers go.

    turns: one row a turn of an interviewer: source, interview, date, turn, speaker, text, start, end, words, asks, and
    one column a kind. interviews: one row an interview: source, interview, date, turns and words of interviewers and
    participants, participant_words. people: source, participant. left_out: interviews that were not looked at.
    """

    turns: pd.DataFrame
    interviews: pd.DataFrame
    people: pd.DataFrame
    left_out: int = 0


@lru_cache(maxsize=MOST_TURNS)
def asked_in(text: str) -> tuple[Asked, ...]:
    """The questions of a turn, judged once for each text."""
    return asked(text)


def talks(evidence: Evidence) -> Talks:
    """All interviews of the study, whatever the filters; worked out once."""
    whole = evidence.unfiltered()
    return whole.once("talks", lambda: _talks(whole))


def groups(evidence: Evidence, by: str | None) -> pd.DataFrame:
    """source, group: the interviews that the filters leave, once for each group of those who were interviewed."""
    return evidence.once(("talk groups", by), lambda: _groups(evidence, by))


def _groups(evidence: Evidence, by: str | None) -> pd.DataFrame:
    found = talks(evidence)
    kinds = evidence.filters.source_kinds
    if kinds and "interview" not in kinds:
        return pd.DataFrame({"source": [], "group": []}, dtype=str)
    column = evidence.group_column(by)
    if column is None and not (evidence.filters.attributes or evidence.filters.segments):
        return found.interviews[["source"]].assign(group=EVERYONE)
    people = evidence.grouped(evidence.people(), by)
    group = nw.lit(EVERYONE) if column is None else nw.col(column)
    rows = people.select("participant", group=group.cast(nw.String)).unique().collect("pandas").to_pandas()
    joined = found.people.merge(rows.astype("str"), on="participant")
    return (
        joined[["source", "group"]].astype("str").drop_duplicates().sort_values(["source", "group"], ignore_index=True)
    )


def narrowed(evidence: Evidence, turns: pd.DataFrame) -> pd.DataFrame:
    """Turns that hold the text that is searched for; stages and themes are of quotes and choose no question."""
    text = evidence.filters.text.lower()
    return turns[turns["text"].str.lower().str.contains(text, regex=False)] if text and len(turns) else turns


def chosen(evidence: Evidence, keys: Mapping[str, Any]) -> pd.DataFrame:
    """The turns of interviewers that the filters and these keys leave, in order.

    keys: any of kind, interview, source, source_kind, segment and ``attr:NAME``. Raises InvalidFilter for any other.
    """
    turns = talks(evidence).turns
    sources = set(groups(evidence, None)["source"])
    for name, value in keys.items():
        if name == KIND:
            if value not in KINDS:
                raise InvalidFilter(f"There is no kind of question “{value}”; choose one of: {', '.join(KINDS)}.")
            turns = turns[turns[str(value)]]
        elif name in (INTERVIEW, "source"):
            turns = turns[turns[name] == value]
        elif name == "source_kind":
            turns = turns if value == "interview" else turns.iloc[:0]
        elif name == SEGMENT or name.startswith(ATTRIBUTE_PREFIX):
            of = groups(evidence, name.removeprefix(ATTRIBUTE_PREFIX))
            sources &= set(of.loc[of["group"] == value, "source"])
        else:
            known = f"{KIND}, {INTERVIEW}, source, source_kind, {SEGMENT}, {ATTRIBUTE_PREFIX}…"
            raise InvalidFilter(f"Questions cannot be chosen by “{name}”; choose by one of: {known}.")
    return narrowed(evidence, turns[turns["source"].isin(sources)])


def as_quotes(turns: pd.DataFrame, attributes: tuple[str, ...]) -> pd.DataFrame:
    """Turns in the columns that quotes have, named ``source/turn`` as the reader opens them; nothing is coded."""
    rows = pd.DataFrame(
        {
            "passage": [f"{source}/{turn}" for source, turn in zip(turns["source"], turns["turn"], strict=True)],
            "source": turns["source"].to_numpy(),
            "source_name": turns["interview"].to_numpy(),
            "turn": turns["turn"].to_numpy(),
            "start": 0,
            "end": turns["text"].str.len().to_numpy() if len(turns) else 0,
            "participant": turns["speaker"].to_numpy(),
            "source_kind": "interview",
            "question": "",
            "text": turns["text"].to_numpy(),
            "words": turns["words"].to_numpy(),
            "codable": False,
            "stage": NO_STAGE,
            "stage_status": "suggested",
            "sentiment": 0.0,
            "sentiment_status": "suggested",
            "effort": False,
            "need": False,
            "need_status": "suggested",
            "struggle": False,
            "date": turns["date"].to_numpy(),
        }
    )
    for name in attributes:
        rows[attribute_column(name)] = NOT_GIVEN
    return rows


# ---------------------------------------------------------------- reading


def _talks(whole: Evidence) -> Talks:
    names = whole.sources().filter(nw.col("source_kind") == "interview")
    sources: pd.DataFrame = names.select("source", "name", "date").collect("pandas").to_pandas()
    sources = sources.sort_values(["name", "source"], ignore_index=True)
    again = sources["name"].duplicated(keep=False)
    sources["interview"] = sources["name"].where(~again, sources["name"] + " · " + sources["source"])
    spoken = whole.turns().filter(
        (nw.col("source_kind") == "interview") & nw.col("role").is_in(["interviewer", "participant"])
    )
    number = spoken.group_by("source").agg(turns=nw.len()).collect("pandas").to_pandas()
    sources = sources.merge(number, on="source")
    kept = _drawn(sources, whole.seed)
    left_out = len(sources) - len(kept)
    if left_out:
        spoken = spoken.filter(nw.col("source").is_in(kept["source"].tolist()))
    columns = ("source", "turn", "speaker", "role", "participant", "text", "start", "end")
    rows: pd.DataFrame = spoken.select(*columns).collect("pandas").to_pandas()
    rows = kept[["source", "interview", "date"]].merge(rows, on="source")
    rows = rows.sort_values(["interview", "turn"], kind="stable", ignore_index=True)
    rows["speaker"] = (
        rows["speaker"].astype(object).where(rows["speaker"].notna() & (rows["speaker"] != ""), "interviewer")
    )
    rows["words"] = np.array([len(text.split()) for text in rows["text"]], dtype="int64")
    own = rows["role"] == "interviewer"
    asking = _judged(rows[own].drop(columns=["role", "participant"]).reset_index(drop=True))
    people = rows.loc[~own, ["source", "participant"]].drop_duplicates().reset_index(drop=True)
    return Talks(asking, _interviews(kept, rows, own), people, left_out)


def _drawn(sources: pd.DataFrame, seed: int) -> pd.DataFrame:
    """All interviews, or of too many a random part in the same order."""
    if sources["turns"].sum() <= 2 * MOST_TURNS:  # about every other turn is an interviewer's
        return sources
    order = np.random.default_rng(seed).permutation(len(sources))
    within = np.cumsum(sources["turns"].to_numpy()[order]) <= 2 * MOST_TURNS
    return sources.iloc[sorted(order[within])].reset_index(drop=True)


def _judged(turns: pd.DataFrame) -> pd.DataFrame:
    found = [asked_in(text) for text in turns["text"]]
    judged = [[each.judgement for each in questions] for questions in found]
    is_open = np.array([any(each.kind == "open" for each in of) for of in judged], dtype=bool)
    asks = np.array([bool(of) for of in judged], dtype=bool)
    return turns.assign(
        asks=asks,
        **{
            "open": is_open,
            "closed": asks & ~is_open,
            "leading": np.array([any(each.leading for each in of) for of in judged], dtype=bool),
            "double-barrelled": np.array([any(each.double_barrelled for each in of) for of in judged], dtype=bool),
        },
    )


def _interviews(sources: pd.DataFrame, rows: pd.DataFrame, own: pd.Series[bool]) -> pd.DataFrame:
    total = rows.groupby("source").agg(turns=("turn", "size"), words=("words", "sum"))
    said = rows[~own].groupby("source").agg(participant_words=("words", "sum"))
    found = sources[["source", "interview", "date"]].merge(total, on="source").merge(said, on="source", how="left")
    found["participant_words"] = found["participant_words"].fillna(0).astype("int64")
    return found
