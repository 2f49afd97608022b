"""Scores beside friction: what those who struggle at a stage give, and what those give who talk of it without."""

from __future__ import annotations

import re

import narwhals as nw
import numpy as np
import pandas as pd

from dashboard.analysis.counting import Columns, at_a_stage, collected, kind_of, of_people_only, with_group
from dashboard.analysis.in_words import FEWEST
from dashboard.analysis.scores import latest
from dashboard.evidence.tables import Evidence, Frame

_ROWS: Columns = {
    "what": nw.String, "source_kind": nw.String, "stage": nw.String, "group": nw.String, "participant": nw.String,
    "score": nw.String, "kind": nw.String, "value": nw.Float64, "date": nw.String, "source": nw.String,
}  # fmt: skip
_PEOPLE: dict[str, str | float | int] = {"score": "", "kind": "", "value": 0.0, "date": "", "source": ""}
_KEYS = ["source_kind", "stage", "group"]


def with_scores(rows: pd.DataFrame, evidence: Evidence, by: str | None, *, pool: bool) -> pd.DataFrame:
    """Rows of friction with two columns for each score that people here gave, and rows as they were where none did.

    ``SCORE, struggling``: the mean of the latest values of those who struggle at the stage; ``SCORE, others``: of those
    who talk about it and do not. Null below five people; ``… n`` says how many they are. A score whose name holds the
    name of a stage was asked about that stage, and stands there alone. Means, and no test: see ``scores``.
    """
    gave = evidence.open_table("scores").select("participant").unique()

    def people(frame: Frame) -> Frame:
        there = frame.join(gave, on="participant", how="semi")
        return with_group(evidence, there, by, "stage", "participant", source_kind=kind_of(pool=pool)).unique()

    found = collected(
        [
            (evidence.scores(), {"what": "score", "source_kind": "", "stage": "", "group": ""}),
            (people(at_a_stage(of_people_only(evidence))), {"what": "talk", **_PEOPLE}),
            (people(at_a_stage(evidence).filter(nw.col("struggle"))), {"what": "struggle", **_PEOPLE}),
        ],
        _ROWS,
    )
    given = latest(found[found["what"] == "score"])
    if not len(given) or not len(rows):
        return rows
    whole = [*_KEYS, "participant"]
    talk = found.loc[found["what"] == "talk", whole]
    struggle = found.loc[found["what"] == "struggle", whole].assign(struggling=True)
    each = talk.merge(struggle, on=whole, how="left")
    each["struggling"] = each["struggling"].notna()
    for score in sorted(given["score"].unique()):
        values = each.merge(given.loc[given["score"] == score, ["participant", "value"]], on="participant")
        values = values[values["stage"].isin(stages_of(score, evidence.study.stages))]
        for side, chosen in (("struggling", values["struggling"]), ("others", ~values["struggling"])):
            sums = values[chosen].groupby(_KEYS)["value"].agg(["sum", "size"]).reset_index()
            beside = rows[_KEYS].merge(sums, on=_KEYS, how="left")
            n = beside["size"].fillna(0).to_numpy(dtype="int64")
            mean = beside["sum"].to_numpy(dtype=float) / np.maximum(n, 1)
            rows[f"{score}, {side}"] = np.where(n >= FEWEST, mean, np.nan).round(9)
            rows[f"{score}, {side} n"] = n
    return rows


def stages_of(score: str, stages: tuple[str, ...]) -> tuple[str, ...]:
    """The stages that a score is about: those whose names its own name holds, else all.

    >>> stages_of("CSAT onboarding", ("Onboarding", "Use")), stages_of("Because of NPS", ("Onboarding", "Use"))
    (('Onboarding',), ('Onboarding', 'Use'))
    """
    return tuple(stage for stage in stages if _words(stage) in _words(score)) or stages


def _words(name: str) -> str:
    return " ".join(["", *re.findall(r"[^\W_]+", name.casefold()), ""])
