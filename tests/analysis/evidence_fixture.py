"""Small studies made from a seed, consistent across all tables, on any engine that tests have.

``frames`` makes the tables as pandas; ``evidence`` opens them on an engine. A new engine is one more entry of ENGINES:
a function from the frames to a function from a table's name to a lazy Narwhals frame.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import duckdb
import narwhals as nw
import numpy as np
import pandas as pd

from dashboard.evidence.tables import NO_STAGE, TABLES, Evidence, Frame, attribute_column
from dashboard.study import NEGATIVE_AT, NOT_GIVEN, AttributeRule, Comparison, Objective, Segment, Stage, Study, Theme

Opened = Callable[[str], Frame]
Frames = Mapping[str, pd.DataFrame]

THEMES = ("Pricing", "Onboarding", "Support", "Reports", "Login")
STAGES = ("Discover", "Set up", "Use", "Pay", "Leave")
ATTRIBUTES: dict[str, tuple[str, ...]] = {
    "plan": ("free", "pro", "team", NOT_GIVEN),
    "status": ("loyal", "churned"),
    "n": ("small", "large", NOT_GIVEN),  # an attribute with the name of a column of every table
}
STUDY = Study(
    name="Made for tests",
    id="made",
    objectives=(Objective("o1", "Why do they leave?", (Comparison("Onboarding", "status"),)),),
    attributes=(AttributeRule("plan", order=("free", "pro", "team")),),
    segments=(Segment("paying", "plan = 'pro'"), Segment("paying or gone", "plan = 'pro' or status = 'churned'")),
    journey=tuple(Stage(name) for name in STAGES),
    codebook=tuple(Theme(name) for name in THEMES),
)


def made(
    engine: str,
    *,
    people: int = 24,
    seed: int = 0,
    study: Study = STUDY,
    days: Sequence[str] = (),
    scored: bool = False,
    **options: Any,
) -> Evidence:
    """A random study on an engine. days: when things were said, by turns; scored: with scores. options: see below."""
    persons, passages, codings = random_study(people=people, seed=seed, study=study, **options)
    if days:
        when = [days[(int(each.participant[1:]) + each.turn) % len(days)] for each in passages.itertuples()]
        passages = passages.assign(date=when)
    scores = random_scores(persons["participant"], seed=seed) if scored else None
    return evidence(engine, persons, passages, codings, study=study, scores=scores)


def random_scores(people: Sequence[str], *, seed: int) -> pd.DataFrame:
    """An NPS of most people, two of some of them, and a rating of fewer."""
    draw = np.random.default_rng(seed)
    rows = []
    for person in people:
        if draw.random() < 0.8:
            rows.append((person, "Recommend", "nps", float(draw.integers(0, 11)), "2026-03-01", "s1"))
        if draw.random() < 0.3:
            rows.append((person, "Recommend", "nps", float(draw.integers(0, 11)), "2026-06-01", "s2"))
        if draw.random() < 0.5:
            rows.append((person, "Ease", "rating", float(draw.integers(1, 6)), "", "s1"))
    return pd.DataFrame(rows, columns=list(TABLES["scores"]))


_GIVEN = (
    "passage", "source", "turn", "participant", "source_kind", "text", "codable", "stage", "sentiment", "effort",
    "need", "question",
)  # fmt: skip
_NUMBERS = {"turn", "start", "end", "passages", "uncodable", "words", "decision"}
_MEASURED = {"sentiment", "confidence", "value"}
_SIGNS = {"codable", "effort", "need", "struggle", "accepted", "checked", "disputed", "heard"}


def random_study(
    *, people: int, seed: int, study: Study = STUDY, passages_each: float = 6.0, checked: float = 0.2
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Persons (participant and attributes), passages and codings of a random study.

    One in four persons is surveyed, one in six both; one in twelve says nothing that is codable. The last stage is
    spoken of by nobody.
    """
    draw = np.random.default_rng(seed)
    persons = pd.DataFrame({"participant": [f"P{number:05d}" for number in range(people)]}, dtype=str)
    for name, values in ATTRIBUTES.items():
        persons[name] = draw.choice(values, people)
    rows, codings = [], []
    stages = [*study.stages[:-1], NO_STAGE]
    for position, person in enumerate(persons["participant"]):
        kinds = ("interview", "survey") if position % 6 == 0 else ("survey",) if position % 4 == 1 else ("interview",)
        for kind in kinds:
            for turn in range(1 + draw.poisson(passages_each if kind == "interview" else 1.0)):
                codable = bool(position % 12 != 7 and draw.random() < 0.9)
                name = f"{kind}-{person}.{turn}.0"
                feeling = float(np.round(draw.uniform(-1, 1), 2)) if draw.random() < 0.7 else 0.0
                rows.append(
                    {
                        "passage": name, "source": f"{kind}-{person}", "turn": turn, "participant": person,
                        "source_kind": kind, "text": f"{'Bank' if draw.random() < 0.3 else 'word'} " * (turn + 1),
                        "codable": codable, "stage": str(draw.choice(stages)) if codable else NO_STAGE,
                        "sentiment": feeling if codable else 0.0, "effort": bool(codable and draw.random() < 0.15),
                        "need": bool(codable and draw.random() < 0.1), "question": "Tell me more?",
                    }
                )  # fmt: skip
                for theme in draw.choice(study.themes, 2, replace=False) if codable and study.themes else ():
                    codings.append(
                        (name, str(theme), "machine", "suggested", float(np.round(draw.uniform(0.05, 1), 2)))
                    )
                    if draw.random() < checked:
                        decided = str(draw.choice(["confirmed", "rejected"], p=[0.7, 0.3]))
                        codings.append((name, str(theme), "ada", decided, np.nan))
    columns = ["passage", "theme", "by", "status", "confidence"]
    given = pd.DataFrame(rows, columns=list(_GIVEN))
    return persons, given, pd.DataFrame(codings, columns=columns)


def frames(
    persons: pd.DataFrame,
    passages: pd.DataFrame,
    codings: pd.DataFrame,
    study: Study = STUDY,
    *,
    scores: pd.DataFrame | None = None,
) -> Frames:
    """All tables, from persons, passages and codings; what is not given is made up, the rest follows.

    persons: participant and one column an attribute. passages: passage, participant, source_kind; besides text, stage,
    sentiment, effort, need, codable, source, turn, question. codings: passage, theme, by, status, confidence.
    """
    names = [name for name in persons.columns if name != "participant"]
    persons = persons.rename(columns={name: attribute_column(name) for name in names})
    attributes = [attribute_column(name) for name in names]
    passages = _with_defaults(passages)
    passages = passages.astype({"passage": "str"}).merge(persons, on="participant", how="left")
    passages["struggle"] = (passages["sentiment"] <= NEGATIVE_AT) | passages["effort"] | passages["need"]
    codings = codings.assign(reason="cue").astype({"confidence": float, "passage": "str", "theme": "str"})
    verdicts = _verdicts(codings, study.threshold)
    accepted = verdicts[verdicts["accepted"]].merge(passages, on="passage")
    accepted = accepted[[*TABLES["accepted"], *attributes]]
    keys = ["participant", "source_kind"]
    voiced = accepted.groupby([*keys, "theme", *attributes], as_index=False).agg(
        passages=("passage", "size"), checked=("checked", "max")
    )
    said = (
        passages.assign(passages=passages["codable"].astype("int64"), uncodable=(~passages["codable"]).astype("int64"))
        .groupby([*keys, *attributes], as_index=False)[["passages", "uncodable"]]
        .sum()
    )
    heard = set(said.loc[said["passages"] > 0, "participant"])
    sources = passages.drop_duplicates("source")
    members = [
        (p, segment.name)
        for segment in study.segments
        for p in persons.loc[_fits(persons, segment.name), "participant"]
    ]
    tables = {
        "sources": pd.DataFrame(
            {
                "source": sources["source"], "name": sources["source"] + ".vtt", "kind": "transcript",
                "format": "WebVTT", "source_kind": sources["source_kind"], "date": "2026-05-04", "recording": "",
            }
        ),
        "turns": pd.concat([_answers(passages), _questions(passages)], ignore_index=True),
        "passages": passages[[*TABLES["passages"], *attributes]],
        "placed": passages[[*TABLES["placed"], *attributes]],
        "codings": codings[list(TABLES["codings"])],
        "verdicts": verdicts[list(TABLES["verdicts"])],
        "accepted": accepted,
        "voiced": voiced[[*TABLES["voiced"], *attributes]],
        "said": said[[*TABLES["said"], *attributes]],
        "participants": persons.assign(name="", consent="quote", heard=persons["participant"].isin(heard)),
        "cards": passages.iloc[:0].assign(theme="", stratum="", card="")[[*TABLES["cards"], *attributes]],
        "memberships": pd.DataFrame(members, columns=["participant", "segment"], dtype=str),
        "scores": pd.DataFrame(
            {"participant": ["x"], "score": ["nps"], "kind": ["nps"], "value": [9.0], "date": [""], "source": ["s"]}
        ).iloc[:0] if scores is None else scores,
    }  # fmt: skip
    return {name: _typed(frame) for name, frame in tables.items()}


ASKED = (
    "Right. How did that go with the bank?", "Was it easy?", "Don't you think it was quick?", "I see.",
    "What did you like, and how much did it cost?",
)  # fmt: skip


def _answers(passages: pd.DataFrame) -> pd.DataFrame:
    turns = passages[["source", "turn", "participant", "text", "question", "source_kind"]]
    return turns.assign(document="", speaker=passages["participant"], role="participant", start=np.nan, end=np.nan)


def _questions(passages: pd.DataFrame) -> pd.DataFrame:
    """What the interviewers said, one turn to an answer; numbered apart from the answers, whose numbers are given."""
    turns = _answers(passages[passages["source_kind"] == "interview"])
    places = (turns["turn"] + turns["source"].str.len()) % len(ASKED)
    texts = [ASKED[place] for place in places]
    return turns.assign(turn=turns["turn"] + 10_000, participant="", speaker="Ada", role="interviewer", text=texts)


def evidence(
    engine: str,
    persons: pd.DataFrame,
    passages: pd.DataFrame,
    codings: pd.DataFrame,
    *,
    study: Study = STUDY,
    scores: pd.DataFrame | None = None,
) -> Evidence:
    """Evidence over these rows on an engine."""
    names = tuple(name for name in persons.columns if name != "participant")
    values = tuple((name, _order(name, persons[name])) for name in names)
    opened = ENGINES[engine](frames(persons, passages, codings, study, scores=scores))
    return Evidence(revision="made0001", decisions=1, study=study, attributes=names, values=values, open_table=opened)


def with_study(given: Evidence, **changes: Any) -> Evidence:
    """The same tables under a changed study."""
    return replace(given, study=replace(given.study, **changes))


def pandas_opened(tables: Frames) -> Opened:
    """The tables in memory, as lazy frames over pandas."""
    return lambda name: nw.from_native(tables[name]).lazy()


def duckdb_opened(tables: Frames) -> Opened:
    """The tables in a DuckDB of its own; one cursor a thread, since frames of two cursors do not join."""
    connection = duckdb.connect()
    for name, frame in tables.items():
        connection.register("loading", frame)
        connection.execute(f'CREATE TABLE "{name}" AS SELECT * FROM loading')
        connection.unregister("loading")
    own = threading.local()

    def opened(name: str) -> Frame:
        if not hasattr(own, "cursor"):
            own.cursor = connection.cursor()
        return nw.from_native(own.cursor.table(name)).lazy()

    return opened


ENGINES: dict[str, Callable[[Frames], Opened]] = {"pandas": pandas_opened, "duckdb": duckdb_opened}


# ---------------------------------------------------------------- what follows from what


def _typed(frame: pd.DataFrame) -> pd.DataFrame:
    """Every column with its own type, also where there is no row."""
    types = {
        name: "int64" if name in _NUMBERS else "float64" if name in _MEASURED else bool if name in _SIGNS else "str"
        for name in frame.columns
    }
    if frame.columns.isin(["speaker"]).any():  # of turns, start and end are seconds
        types |= {"start": "float64", "end": "float64"}
    return frame.astype(types)


def _with_defaults(passages: pd.DataFrame) -> pd.DataFrame:
    position = pd.Series(range(len(passages)), index=passages.index)
    defaults: dict[str, Any] = {
        "source": "source-" + passages["participant"].astype(str), "turn": position, "start": 0, "question": "",
        "text": "said so",
        "codable": True, "stage": NO_STAGE, "sentiment": 0.0, "effort": False, "need": False, "date": "2026-05-04",
        "stage_status": "suggested", "sentiment_status": "suggested", "need_status": "suggested",
    }  # fmt: skip
    passages = passages.assign(**{name: value for name, value in defaults.items() if name not in passages})
    passages["text"] = passages["text"].astype("str")
    passages["words"] = passages["text"].str.split().str.len()
    passages["end"] = passages["text"].str.len()
    return passages.astype({"participant": "str"}).astype(
        {"codable": bool, "effort": bool, "need": bool, "sentiment": float}
    )


def _verdicts(codings: pd.DataFrame, threshold: float) -> pd.DataFrame:
    """One row a (passage, theme): persons decide, else confidence; disagreeing persons mean no."""
    rows = []
    for (passage, theme), each in codings.groupby(["passage", "theme"]):
        said = set(each.loc[each["by"] != "machine", "status"])
        confidence = each["confidence"].max()
        accepted = said == {"confirmed"} if said else bool(confidence >= threshold)
        rows.append((passage, theme, accepted, bool(said), len(said) > 1, confidence))
    found = pd.DataFrame(rows, columns=list(TABLES["verdicts"]))
    return found.astype(
        {"passage": "str", "theme": "str", "accepted": bool, "checked": bool, "disputed": bool, "confidence": float}
    )


def _fits(persons: pd.DataFrame, segment: str) -> pd.Series:
    paying = persons.get(attribute_column("plan"), pd.Series("", index=persons.index)) == "pro"
    gone = persons.get(attribute_column("status"), pd.Series("", index=persons.index)) == "churned"
    return paying if segment == "paying" else paying | gone


def _order(name: str, given: Sequence[str]) -> tuple[str, ...]:
    known = ATTRIBUTES.get(name, tuple(sorted(set(given))))
    there = set(given)
    return tuple(value for value in known if value in there)
