"""Themes: the heat table, its quotes on a click, the table beside it, and what is said where there is nothing."""

import pytest
from conftest import Opened
from ui.shown import data, opened, tell, texts

from dashboard.workspace import Workspace, studies

HEAT = "show:differences:heat"


def test_a_cell_opens_exactly_the_people_it_counts_and_stays_marked(
    sample: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = opened("themes", sample.ws.settings.data_dir, monkeypatch, study=sample.study)
    heat = data(at, HEAT)
    row, column = next(
        (i, j) for i, line in enumerate(heat["cells"]) for j, cell in enumerate(line) if cell and cell["depth"]
    )
    at.session_state[HEAT] = {"cell": {"row": row, "column": column}}
    at.run()
    k = int(heat["cells"][row][column]["title"].split(": ")[1].split(" of ")[0].replace(",", ""))
    assert f"{k} {'person' if k == 1 else 'people'}, " in texts(at)
    assert data(at, HEAT)["pressed"] == f"{row},{column}"
    # a run that brings no click leaves the quotes open
    at.run()
    assert data(at, HEAT)["pressed"] == f"{row},{column}"
    cards = data(at, "show:differences:quotes")["cards"]
    assert all(heat["rows"][row] in [theme["name"] for theme in card["themes"]] for card in cards)


def test_rejecting_a_suggestion_in_the_list_changes_the_number(sample: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    at = opened("themes", sample.ws.settings.data_dir, monkeypatch, study=sample.study)
    heat = data(at, HEAT)
    row, column = next(
        (i, j)
        for i, line in enumerate(heat["cells"])
        for j, cell in enumerate(line)
        if cell and ": 1 of " in cell["title"]
    )
    at.session_state[HEAT] = {"cell": {"row": row, "column": column}}
    at.run()
    theme, group = heat["rows"][row], heat["columns"][column]["name"]
    quotes = "show:differences:quotes"
    while (cards := data(at, quotes)["cards"]) and at.session_state[f"_kept:{quotes}:of"]:
        tell(at, quotes, do="decide", passage=cards[0]["passage"], theme=theme, status="rejected")
        if "Nobody said this here." in texts(at):
            break
    assert "Nobody said this here." in texts(at)
    titles = [cell["title"] for line in data(at, HEAT)["cells"] for cell in line if cell]
    assert any(title.startswith(f"{theme}, {group}: 0 of") for title in titles)


def test_everyone_together_is_a_chart_and_a_table_with_the_same_quotes(
    sample: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = opened("themes", sample.ws.settings.data_dir, monkeypatch, study=sample.study)
    at.selectbox(key="by").set_value("nobody: everyone together").run()
    theme = studies.get(sample.ws, sample.study).themes[1]
    at.session_state["show:prevalence:chart"] = {"selection": {"points": [{"customdata": [theme, "interview"]}]}}
    at.run()
    assert f"{theme}, interviews" in texts(at)
    at.session_state["show:prevalence:chart"] = {"selection": {"points": []}}
    at.run()
    assert f"{theme}, interviews" in texts(at), "a second click on a mark does not close its quotes"
    at.toggle(key="together").set_value(True).run()
    assert not at.exception
    at.toggle(key="mentions").set_value(True).run()
    assert "Mentions" in texts(at)


def test_without_a_codebook_quotes_are_shown_and_the_next_step(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    study = studies.create(ws, "Blank")
    at = opened("themes", ws.settings.data_dir, monkeypatch, study=study)
    assert "This study has no sources yet" in texts(at)
    at.button(key="empty-sources-action").click().run()
    assert "What was given" in texts(at)


def test_without_a_study_the_way_to_the_studies(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    at = opened("themes", ws.settings.data_dir, monkeypatch)
    assert "No study is open" in texts(at)
    at.button(key="empty-study-action").click().run()
    assert "Which study" in texts(at)


def test_a_study_that_is_not_there_is_said_in_one_sentence(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    at = opened("themes", ws.settings.data_dir, monkeypatch, study="nothing")
    assert "reference" not in texts(at)


def test_a_word_opens_exactly_the_people_who_use_it(sample: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    at = opened("themes", sample.ws.settings.data_dir, monkeypatch, study=sample.study)
    said = data(at, "show:words:cloud")["wide"]["words"]
    word = said[1]["word"]
    at.session_state["show:words:cloud"] = {"word": word}
    at.run()
    assert not at.exception
    k = int(said[1]["say"].split(": ")[1].split(" of ")[0].replace(",", ""))
    assert f"{k} {'person' if k == 1 else 'people'}, " in texts(at)
    assert data(at, "show:words:cloud")["pressed"] == word
    cards = data(at, "show:words:quotes")["cards"]
    assert all(word.split()[0] in card["text"].lower() for card in cards)
    at.selectbox(key="by").set_value("nobody: everyone together").run()
    assert "The word most people use" in texts(at)
    assert "go together" in texts(at) or "come up together" in texts(at)
