"""The stage that a survey's own column says of its answers: the study's word, no suggestion and nobody's decision."""

from __future__ import annotations

import pandas as pd

from dashboard.evidence.parts import Parts
from dashboard.evidence.reading import Reading, rows_of, source_kind, summary_of
from dashboard.study import Study

Given = dict[int, tuple[str, str]]
"""Turn → the stage of its answer, and the column that says so."""


def given_stages(reading: Reading, parts: Parts, study: Study) -> Given:
    """What the columns with the role ``stage`` say of the answers of a survey.

    The first column of a row whose value is the name of a stage, in any case, counts; what names none says nothing.
    """
    parsed = summary_of(reading, parts).parsed
    columns = [column.name for column in parsed.columns if column.role == "stage"]
    if not columns or source_kind(parsed) != "survey":
        return {}
    stages = {stage.casefold(): stage for stage in study.stages}
    of_row: dict[str, tuple[str, str]] = {}
    for row in rows_of(reading, parts):
        for column in columns:
            if stage := stages.get(" ".join(row.attributes.get(column, "").split()).casefold()):
                of_row.setdefault(str(row.number), (stage, column))
    turns = parts.read(reading.turns).select(["turn", "speaker"]).to_pydict()
    return {
        turn: of_row[speaker]
        for turn, speaker in zip(turns["turn"], turns["speaker"], strict=True)
        if speaker in of_row
    }


def fixed(placed: pd.DataFrame, passages: pd.DataFrame, given: Given) -> pd.DataFrame:
    """The placed passages, row by row those of ``passages``, at the stages given: certain, with a reason."""
    if not given:
        return placed
    columns = {name: placed[name].tolist() for name in ("stage", "stage_confidence", "stage_reason")}
    for row, (turn, codable) in enumerate(zip(passages["turn"], passages["codable"], strict=True)):
        if codable and turn in given:
            stage, column = given[turn]
            columns["stage"][row], columns["stage_confidence"][row] = stage, 1.0
            columns["stage_reason"][row] = f"as the column “{column}” of the survey says"
    return placed.assign(**columns)
