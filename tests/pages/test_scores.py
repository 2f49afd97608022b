"""Scores: the sentence first, values and themes open their people, those who left, and what is said of nothing."""

from __future__ import annotations

import pytest
from conftest import Opened
from ui.shown import opened, texts

from dashboard.analysis.scores import distribution, scores
from dashboard.workspace import Workspace, evidence, studies


def test_scores_open_exactly_the_people_they_count(sample: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    at = opened("scores", sample.ws.settings.data_dir, monkeypatch, study=sample.study)
    said = texts(at)
    assert "Nothing here is a cause." in said
    assert "NPS " in said
    assert "also said something that could be coded." in said
    assert "What do those who left say more often?" in said
    whole = evidence.evidence(sample.ws, sample.study)
    assert whole is not None
    names = at.selectbox(key="score").options
    assert len(names) == 2
    row = next(row for row in scores(whole).records() if row["score"] == names[0] and row["k"] > 1)
    at.session_state["scores:themes:chart"] = {"selection": {"points": [{"customdata": [names[0], row["theme"]]}]}}
    at.run()
    assert f"{row['theme']}\n" in texts(at)
    assert f"{row['k']} people, " in texts(at)
    value = next(value for value in distribution(whole, names[0]).records() if value["k"] > 1)
    picked = [names[0], value["value"], value["upto"]]
    at.session_state["scores:values:chart"] = {"selection": {"points": [{"customdata": picked}]}}
    at.run()
    assert f"Those who gave {value['value']:g}" in texts(at)
    assert f"{value['k']} people, " in texts(at)
    at.selectbox(key="score").set_value(names[1]).run()
    assert not at.exception
    assert "On average" in texts(at)
    assert "How many detractors" not in texts(at)
    at.switch_page("pages/themes.py").run()
    assert "How has it changed over time?" in texts(at)
    at.session_state["show:trend:chart"] = {"selection": {"points": [{"customdata": ["Pricing", "2026-04", "survey"]}]}}
    at.run()
    assert "Pricing, 2026-04, survey" in texts(at)


def test_without_a_score_or_a_study_the_next_step(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    at = opened("scores", ws.settings.data_dir, monkeypatch)
    assert "No study is open" in texts(at)
    study = studies.create(ws, "Blank")
    at = opened("scores", ws.settings.data_dir, monkeypatch, study=study)
    assert "This study has no sources yet" in texts(at)
