"""The overview: each line opens its quotes."""

import pytest
from conftest import Opened
from ui.shown import data, opened, texts

from dashboard.workspace import studies


def test_each_line_opens_quotes_and_objectives_are_shown(sample: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    at = opened("overview", sample.ws.settings.data_dir, monkeypatch, study=sample.study)
    assert "We heard" in texts(at)
    groups = data(at, "overview")["groups"]
    titles = [group["title"] for group in groups]
    assert "What comes up most in the interviews" in titles
    assert "What goes with the score" in titles
    asked = next(group for group in groups if group["title"] == "What the study asks")
    questions = [objective.question for objective in studies.get(sample.ws, sample.study).objectives]
    assert [line["text"] for line in asked["lines"]] == questions
    for line in [group["lines"][0] for group in groups if group["lines"]]:
        at.session_state["overview"] = {"line": {"id": line["id"]}}
        at.run()
        assert data(at, "overview")["pressed"] == line["id"]
        assert data(at, "overview:quotes")["cards"]
