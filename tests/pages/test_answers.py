"""Answers: the question in the address, what each person said to it, and the way into the conversation."""

from __future__ import annotations

import pytest
from conftest import Opened
from ui.shown import data, opened, tell, texts

from dashboard.workspace import Workspace, studies


def test_a_question_is_chosen_and_its_answers_open_where_they_were_given(
    sample: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = opened("answers", sample.ws.settings.data_dir, monkeypatch, study=sample.study)
    asked = data(at, "answers:questions")
    assert asked["current"] == "q1"
    assert asked["rows"][-1]["tags"][0]["text"] == "survey"
    tell(at, "answers:questions", do="choose", id="q8")
    assert data(at, "answers:questions")["current"] == "q8"
    shown = data(at, "answers:people")["rows"]
    assert f"{len(shown)} people answered." in texts(at)
    assert any(
        tag["text"] == "Pricing, asked" or tag["text"] == "Pricing, volunteered" for row in shown for tag in row["tags"]
    )
    tell(at, "answers:people", do="open", id=shown[1]["id"])
    assert "Quote 2 of" in texts(at)
    at.button(key="reader:back").click().run()
    assert data(at, "answers:questions")["current"] == "q8", "the way back leads to the same question"


def test_a_question_that_is_not_there_is_the_first(sample: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    at = opened("answers", sample.ws.settings.data_dir, monkeypatch, study=sample.study)
    at.session_state["question"] = "no such"
    at.run()
    assert not at.exception
    assert data(at, "answers:questions")["current"] == "q1"


def test_without_sources_the_next_step(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    at = opened("answers", ws.settings.data_dir, monkeypatch, study=studies.create(ws, "Blank"))
    assert "no sources yet" in texts(at)
