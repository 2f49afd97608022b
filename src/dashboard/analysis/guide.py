"""The guide, as it was asked and answered: which of its questions each interview put, and what people said to them.

A question as asked is matched to the guide (``question_match``); what an interviewer asks after it belongs to it until
the next match. A survey's open question is the guide's where it is alike, else a question of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd

from dashboard.analysis import question_match as match
from dashboard.analysis.question_turns import asked_in, groups, talks
from dashboard.analysis.statistics import Floats
from dashboard.errors import InvalidFilter
from dashboard.evidence.likeness import likeness
from dashboard.evidence.tables import Evidence, Frame
from dashboard.study import Theme

MOST_COMPARED = 4_000
"""Questions that are compared by meaning; of more, by their words alone."""

QUESTION = "guide"
"""A key of its own: the id of a question of the guide, or a survey's question."""


@dataclass(frozen=True)
class Question:
    """One thing that people were asked.

    id: of the guide's question, or the survey's column. text: as the guide or the survey puts it. columns: the survey
    questions that ask the same. of_guide: it is the guide's. stage: where the guide places it.
    """

    id: str
    text: str
    columns: tuple[str, ...] = ()
    of_guide: bool = True
    stage: str = ""


def questions_of(evidence: Evidence) -> tuple[Question, ...]:
    """The guide's questions in order, then the survey questions that are none of them, by name."""
    whole = evidence.unfiltered()
    return whole.once("asked questions", lambda: _questions(whole))


def asked_of(evidence: Evidence) -> Mapping[str, tuple[str, ...]]:
    """Interview's source → ids of the guide's questions that were asked in it, in the guide's order."""
    found = _placed(evidence.unfiltered())
    order = {question.id: place for place, question in enumerate(evidence.study.guide)}
    return {
        str(source): tuple(sorted(set(ids), key=order.__getitem__)) for source, ids in found.groupby("source")["guide"]
    }


def coverage(evidence: Evidence) -> pd.DataFrame:
    """One row a question: id, asked (interviews that put it), interviews (all), people (who answered)."""
    sources = set(groups(evidence, None)["source"])
    asked = [ids for source, ids in asked_of(evidence).items() if source in sources]
    given = _answered(evidence)
    people = given.groupby(QUESTION)["participant"].nunique()
    rows = [
        (each.id, sum(each.id in ids for ids in asked), len(sources), int(people.get(each.id, 0)))
        for each in questions_of(evidence)
    ]
    return pd.DataFrame(rows, columns=["id", "asked", "interviews", "people"])


def never_asked(evidence: Evidence) -> tuple[Question, ...]:
    """Questions of the guide that nobody was asked, as far as the filters leave interviews and surveys."""
    rows = coverage(evidence)
    silent = set(rows.loc[(rows["asked"] == 0) & (rows["people"] == 0), "id"])
    return tuple(each for each in questions_of(evidence) if each.of_guide and each.id in silent)


def answers(evidence: Evidence, question: str) -> pd.DataFrame:
    """What each participant answered: participant, source_kind, source, turn, asked, text, themes, passages, passage.

    One row a participant and source in the order of the participants' ids. asked: the question as it was put to them.
    text: their passages under it, in order, joined. themes: theme → "asked" where its words are in a question that was
    put, else "volunteered", in the order of the codebook; a theme of which a sub-theme stands there is left out.
    passages: how many; passage: the first. Raises InvalidFilter where the study asks no such question.
    """
    if question not in {each.id for each in questions_of(evidence)}:
        raise InvalidFilter(f"The study asks no question “{question}”; choose one of its guide or surveys.")
    given = _answered(evidence)
    given = given[given[QUESTION] == question]
    texts = _texts(evidence, given["passage"].tolist())
    given = given.merge(texts, on="passage")
    themes = _accepted(evidence, given["passage"].tolist())
    rows = []
    for (participant, source), each in given.sort_values(["turn", "start"]).groupby(["participant", "source"]):
        found: dict[str, str] = {}
        for passage, put in zip(each["passage"], each["question"], strict=True):
            for theme in themes.get(passage, ()):
                if found.get(theme.name) != "asked":
                    found[theme.name] = "asked" if is_asked(theme, put) else "volunteered"
        above = {theme.parent for theme in evidence.study.codebook if theme.name in found}
        ordered = {name: found[name] for name in evidence.study.themes if name in found and name not in above}
        rows.append(
            (participant, each["source_kind"].iloc[0], source, int(each["turn"].iloc[0]), each["question"].iloc[0],
             " ".join(each["text"]), ordered, len(each), each["passage"].iloc[0])
        )  # fmt: skip
    columns = [
        "participant",
        "source_kind",
        "source",
        "turn",
        "asked",
        "text",
        "themes",
        "passages",
        "passage",
    ]
    return pd.DataFrame(rows, columns=columns)


def behind(evidence: Evidence, keys: Mapping[str, Any]) -> Frame:
    """The passages of an answer: of one question, and one participant where the keys name one."""
    given = _answered(evidence)
    for name, value in keys.items():
        if name not in (QUESTION, "participant", "source", "source_kind"):
            raise InvalidFilter(f"Answers cannot be chosen by “{name}”; choose by question or participant.")
        given = given[given[name] == value]
    return evidence.passages().filter(nw.col("passage").is_in(given["passage"].tolist()))


def is_asked(theme: Theme, question: str) -> bool:
    """Whether a question brings a theme up by itself: a word of the theme's name, or one of its cues, is in it.

    >>> is_asked(Theme("Pricing", cues=("expensive", "cost*")), "How do you feel about what it costs?")
    True
    >>> is_asked(Theme("Pricing", cues=("expensive", "cost*")), "How was signing up?")
    False
    """
    held = set(match.stems(question))
    if held & {name for name in match.stems(theme.name) if len(name) > 2}:
        return True
    said = " " + " ".join(word.strip(".,?!;:“”\"'()").lower() for word in question.split()) + " "
    return any(
        f" {cue.lower().removesuffix('*')}{'' if cue.endswith('*') else ' '}" in said
        for cue in theme.cues
        if cue.strip("*")
    )


# ---------------------------------------------------------------- who was asked what


def _questions(whole: Evidence) -> tuple[Question, ...]:
    columns = _survey_questions(whole)
    guide = whole.study.guide
    places: list[int | None] = [None] * len(columns)
    if guide and columns:
        places = match.same(_scores(columns, [each.question for each in guide]))
    found = [
        Question(
            each.id,
            each.question,
            tuple(name for name, at in zip(columns, places, strict=True) if at == place),
            stage=each.stage or "",
        )
        for place, each in enumerate(guide)
    ]
    taken = {each.id for each in guide}
    own = [name for name, at in zip(columns, places, strict=True) if at is None and name not in taken]
    return (*found, *(Question(name, name, (name,), of_guide=False) for name in own))


def _survey_questions(whole: Evidence) -> list[str]:
    frame = whole.open_table("passages").filter(nw.col("source_kind") == "survey")
    names = frame.select("question").unique().collect("pandas").to_pandas()["question"]
    return sorted(name for name in names if name)


def _placed(whole: Evidence) -> pd.DataFrame:
    """source, turn, guide: the turns that put one of the guide's questions; worked out once."""
    return whole.once("guide placed", lambda: _place(whole))


def _place(whole: Evidence) -> pd.DataFrame:
    guide = whole.study.guide
    turns = talks(whole).turns
    rows: list[tuple[str, int, str]] = []
    if guide and len(turns):
        put = [_put(text) for text in turns["text"]]
        scores = _scores_of_turns(put, [each.question for each in guide])
        turns = turns.reset_index(drop=True)
        for source, of in turns.groupby("source", sort=False):
            at = of.index.to_numpy()
            places = match.follow(scores[at], [bool(put[i]) for i in at])
            rows += [
                (str(source), int(turn), guide[place].id)
                for turn, place in zip(of["turn"], places, strict=True)
                if place is not None
            ]
    found = pd.DataFrame(rows, columns=["source", "turn", "guide"])
    return found.astype({"source": "str", "turn": "int64", "guide": "str"})


def _put(text: str) -> tuple[str, ...]:
    """The questions of a turn that are about something; “And then?” is a follow-up, whatever the guide."""
    each = (text[asked.start : asked.end] for asked in asked_in(text))
    return tuple(question for question in each if match.says_something(question))


def _scores_of_turns(put: Sequence[tuple[str, ...]], guide: Sequence[str]) -> Floats:
    """The best of each turn's questions, for each of the guide's: shape (turns, guide)."""
    texts = list(dict.fromkeys(text for each in put for text in each))
    scores = _scores(texts, guide)
    at = {text: place for place, text in enumerate(texts)}
    best = np.zeros((len(put), len(guide)))
    for place, each in enumerate(put):
        if each:
            best[place] = scores[[at[text] for text in each]].max(axis=0)
    return best


def _scores(texts: Sequence[str], guide: Sequence[str]) -> Floats:
    meaning = likeness(texts, guide) if len(texts) <= MOST_COMPARED else None
    return match.blended(meaning, match.worded(guide, texts))


# ---------------------------------------------------------------- what was answered


def _answered(evidence: Evidence) -> pd.DataFrame:
    """Codable passages that answer a question, with its id in the column ``guide``.

    Worked out once of the whole evidence, and once for each filter, which chooses among them.
    """
    return evidence.once("answered", lambda: _left(evidence) if evidence.filters else _answer(evidence))


def _left(evidence: Evidence) -> pd.DataFrame:
    found = _answered(evidence.unfiltered())
    seen = evidence.passages().select("passage").collect("pandas").to_pandas()
    return found[found["passage"].isin(set(seen["passage"]))]


def _answer(evidence: Evidence) -> pd.DataFrame:
    columns = ("passage", "participant", "source", "turn", "start", "source_kind", "question")
    given: pd.DataFrame = evidence.passages().filter(nw.col("codable")).select(*columns).collect("pandas").to_pandas()
    given["source_kind"] = given["source_kind"].astype(str)
    of_column = {name: each.id for each in questions_of(evidence) for name in each.columns}
    survey = given[given["source_kind"] == "survey"]
    survey = survey.assign(guide=survey["question"].map(of_column))
    spoken = given[given["source_kind"] != "survey"]
    spoken = spoken.assign(guide=pd.Series(_under(spoken, _placed(evidence.unfiltered())), spoken.index, dtype=object))
    return pd.concat([spoken, survey]).dropna(subset=[QUESTION]).reset_index(drop=True)


def _under(given: pd.DataFrame, placed: pd.DataFrame) -> list[str | None]:
    """The guide's question that was put last before each passage; None before the first."""
    turns = {str(source): (of["turn"].tolist(), of["guide"].tolist()) for source, of in placed.groupby("source")}
    found: list[str | None] = []
    for source, turn in zip(given["source"], given["turn"], strict=True):
        put, ids = turns.get(source, ([], []))
        at = int(np.searchsorted(put, turn))
        found.append(ids[at - 1] if at else None)
    return found


def _texts(evidence: Evidence, passages: Iterable[str]) -> pd.DataFrame:
    frame = evidence.open_table("passages").filter(nw.col("passage").is_in(list(passages)))
    rows: pd.DataFrame = frame.select("passage", "text").collect("pandas").to_pandas()
    return rows


def _accepted(evidence: Evidence, passages: Iterable[str]) -> dict[str, tuple[Theme, ...]]:
    of_name = {theme.name: theme for theme in evidence.study.codebook}
    frame = evidence.open_table("accepted").filter(nw.col("passage").is_in(list(passages)))
    rows = frame.select("passage", "theme").collect("pandas").to_pandas()
    found: dict[str, tuple[Theme, ...]] = {}
    for passage, name in zip(rows["passage"], rows["theme"].astype(str), strict=True):
        found[passage] = (*found.get(passage, ()), of_name[name])
    return found
