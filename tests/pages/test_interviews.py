"""Interviews: what is said first, every number's turns, the questions to check, and the guide given and saved."""

from __future__ import annotations

import pytest
import small_study
from conftest import Opened
from ui.shown import data, opened, tell, texts, titles

from dashboard.workspace import Workspace, guide, jobs, sources, studies


def test_the_sentence_first_and_the_turns_behind_a_bar(sample: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    at = opened("interviews", sample.ws.settings.data_dir, monkeypatch, study=sample.study)
    assert "Interviewers spoke 20 % of the words; " in texts(at).replace("\u00a0", " ")
    at.session_state["show:questions:chart"] = {"selection": {"points": [{"customdata": ["leading", "interview"]}]}}
    at.run()
    assert not at.exception
    cards = data(at, "show:questions:quotes")["cards"]
    assert f"{len(cards)} turns in " in texts(at)
    assert f"{len(cards)} of " in texts(at).split("leads")[0].split("lead,")[0]
    tell(at, "show:questions:quotes", do="open", passage=cards[0]["passage"])
    assert data(at, "reader")["at"]["turn"] == int(cards[0]["passage"].rpartition("/")[2])
    at.button(key="reader:back").click().run()
    assert "How well did we ask?" in texts(at)


def test_a_flagged_question_says_why_and_how_else_and_opens_in_place(
    sample: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = opened("interviews", sample.ws.settings.data_dir, monkeypatch, study=sample.study)
    first = data(at, "interviews:flags")["rows"][0]
    assert first["tags"][0]["text"] == "leading"
    assert first["lines"][0].startswith("Check this: ")
    assert first["lines"][1].startswith("Better: ")
    at.segmented_control(key="interviews:signs").set_value("Closed").run()
    assert {row["tags"][0]["text"] for row in data(at, "interviews:flags")["rows"]} == {"closed"}
    tell(at, "interviews:flags", do="open", id="0")
    assert data(at, "reader")["turns"]


def test_what_of_the_guide_was_asked_opens_its_answers(sample: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    at = opened("interviews", sample.ws.settings.data_dir, monkeypatch, study=sample.study)
    (group,) = data(at, "interviews:guide")["groups"]
    line = next(each for each in group["lines"] if each["text"].startswith("How was signing up"))
    people = int(line["detail"].split("; ")[1].split(" ")[0])
    at.session_state["interviews:guide"] = {"line": {"id": line["id"]}}
    at.run()
    assert not at.exception
    assert f"{people} people, " in texts(at)


def test_a_guide_is_read_looked_at_and_saved(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    study = studies.create(ws, "Small")
    sources.add(ws, study, [(name, text.encode()) for name, text in small_study.FILES.items()])
    jobs.build_now(ws, study)
    at = opened("interviews", ws.settings.data_dir, monkeypatch, study=study)
    assert "This study has no guide yet" in texts(at)
    at.file_uploader[0].upload("guide.md", b"# Guide\n1. How was it?\n2. What else?\n", "text/markdown").run()
    assert "2 questions read from “guide.md”" in texts(at)
    assert guide.guide(ws, study) == ()
    at.button(key="guide:save").click().run()
    assert not at.exception
    assert [each.question for each in guide.guide(ws, study)] == ["How was it?", "What else?"]


def test_a_study_of_surveys_alone_says_so(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    study = studies.create(ws, "Survey")
    answers = "Response ID,What is the main reason for your score?\n" + "".join(
        f"R{i},The price went up again in month {i}\n" for i in range(8)
    )
    sources.add(ws, study, [("nps.csv", answers.encode())])
    jobs.build_now(ws, study)
    at = opened("interviews", ws.settings.data_dir, monkeypatch, study=study)
    assert "survey answers only" in texts(at)
    assert "The guide" in texts(at)
    at = opened("answers", ws.settings.data_dir, monkeypatch, study=study)
    assert titles(at, "answers:questions") == ["What is the main reason for your score?"]
    assert len(data(at, "answers:people")["rows"]) == 8
    assert "no guide" in texts(at)
