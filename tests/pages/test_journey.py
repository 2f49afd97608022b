"""The journey: friction by stage, themes within a stage, feelings along the way."""

import pytest
from conftest import Opened
from ui.shown import opened, texts

from dashboard.workspace import Workspace, studies


def test_a_stage_opens_its_quotes_and_can_be_looked_into(sample: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    at = opened("journey", sample.ws.settings.data_dir, monkeypatch, study=sample.study)
    stage = studies.get(sample.ws, sample.study).stages[2]
    at.session_state["show:feeling:chart"] = {"selection": {"points": [{"customdata": [stage, "interview"]}]}}
    at.run()
    assert f"{stage}, interviews" in texts(at)
    at.selectbox(key="at").set_value(stage).run()
    assert f"Which themes at “{stage}”?" in texts(at)


def test_a_study_without_a_journey_says_what_to_do(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    study = studies.create(ws, "Blank")
    at = opened("journey", ws.settings.data_dir, monkeypatch, study=study)
    assert "no sources yet" in texts(at)
