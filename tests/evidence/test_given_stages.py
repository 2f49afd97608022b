"""A survey's column of stages places its answers, until a person says otherwise."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from dashboard.evidence.given_stages import fixed
from dashboard.evidence.parts import PartName
from dashboard.evidence.tables import NO_STAGE
from dashboard.study import Decision
from dashboard.workspace import Workspace, coding, directory, evidence, jobs
from tests import small_study

SURVEY = (
    "Response ID,Touchpoint,How likely are you to recommend us? (0-10),What is the main reason for your score?\n"
    "R-1,pay,3,The tutorial lost me in the first week and the set up was confusing\n"
    "R-2,Set up,9,Fair price and the invoice is always right when I pay\n"
    "R-3,elsewhere,8,The first week with the set up was confusing for all of us\n"
    "R-4,Pay,2,n/a\n"
)


def placed(ws: Workspace, study: str) -> dict[str, tuple[str, str]]:
    there = evidence.evidence(ws, study)
    assert there is not None
    rows = there.passages().select("participant", "stage", "stage_status").collect("pandas").to_pandas()
    return {str(row.participant): (str(row.stage), str(row.stage_status)) for row in rows.itertuples()}


def reasons(ws: Workspace, study: str) -> list[str]:
    """Why each answer of the survey stands where it stands."""
    revision = ws.records.revision(study)
    survey = next(row.id for row in ws.records.sources(study) if row.name == "nps.csv")
    assert revision is not None
    parts = [part for part in map(PartName.of, revision.parts) if (part.source, part.step) == (survey, "placed")]
    return [str(reason) for reason in ws.parts.read(parts[0].file)["stage_reason"].to_pylist()]


def test_answers_stand_where_their_column_says(ws: Workspace, tmp_path: Path) -> None:
    folder = small_study.write(tmp_path / "study")
    (folder / "nps.csv").write_text(SURVEY, encoding="utf-8")
    study, _ = directory.take_in(ws, folder)
    jobs.build_now(ws, study)
    found, why = placed(ws, study), reasons(ws, study)
    assert found["R-1"] == ("Pay", "suggested")
    assert found["R-2"] == ("Set up", "suggested")
    assert why[:2] == ["as the column “Touchpoint” of the survey says"] * 2
    assert why[2] != why[0]  # a value that names no stage says nothing
    assert why[3] == ""  # nothing that could be placed was said
    assert found["R-4"][0] == NO_STAGE

    there = evidence.evidence(ws, study)
    assert there is not None
    passages = there.passages().select("passage", "participant").collect("pandas").to_pandas()
    mine = str(passages.loc[passages["participant"] == "R-1", "passage"].iloc[0])
    coding.decide(ws, study, [Decision(coding.anchor_of(there, mine), "stage", "Set up", "confirmed", "")])
    assert placed(ws, study)["R-1"] == ("Set up", "confirmed")  # a person is above the column


def test_nothing_given_changes_nothing() -> None:
    frame = pd.DataFrame({"stage": ["Pay", ""], "stage_confidence": [0.5, 0.0], "stage_reason": ["cue", ""]})
    passages = pd.DataFrame({"turn": [0, 1], "codable": [True, False]})
    assert fixed(frame, passages, {}).equals(frame)
    assert fixed(frame, passages, {1: ("Pay", "Stage")}).equals(frame)
