"""Participants: against the plan, the list, one person's own view, person by theme, and new themes."""

import pytest
import small_study
from conftest import Opened
from ui.shown import data, opened, tell, texts, titles

from dashboard.ui.participants import MATRIX, NEW, PEOPLE, TAB
from dashboard.ui.participants_matrix import HEAT
from dashboard.ui.participants_person import LIST, THEMES
from dashboard.workspace import Workspace, jobs, notes, sources, studies


def test_the_plan_is_compared_with_the_interviews(sample: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    at = opened("participants", sample.ws.settings.data_dir, monkeypatch, study=sample.study)
    said = texts(at)
    assert "We heard 175 people" in said
    assert "planned people were heard" in said
    assert "The plan is for the interviews." in said
    at.session_state["show:mix:chart"] = {"selection": {"points": [{"customdata": ["status", "new", "interview"]}]}}
    at.run()
    assert "4 people, " in texts(at)


def test_a_person_is_found_opened_and_summed_up(sample: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    at = opened("participants", sample.ws.settings.data_dir, monkeypatch, study=sample.study)
    at.session_state[TAB] = PEOPLE
    at.run()
    everybody = titles(at, LIST)
    assert everybody[0] == "P01"
    assert len(everybody) == 208
    at.text_input(key="participants:find").set_value("IRELAND p03").run()
    assert titles(at, LIST) == ["P03"]
    tell(at, LIST, do="open", id="P03")
    said = texts(at)
    assert "Everything P03 said" in said
    assert "region: Ireland" in said
    assert at.query_params["person"] in ("P03", ["P03"])  # a link to this address opens them again
    rows = data(at, THEMES)["rows"]
    theme, quotes = rows[0]["id"], rows[0]["cells"]["open"]
    tell(at, THEMES, do="open", id=theme)
    assert f"P03 on {theme}" in texts(at)
    assert f"1 person, {quotes}" in texts(at)
    tell(at, THEMES, do="set", id=theme, column="summary", value="Pays because switching costs more")
    assert data(at, THEMES)["rows"][0]["cells"]["summary"] == "Pays because switching costs more"
    assert notes.summaries(sample.ws, sample.study)["P03", theme].text == "Pays because switching costs more"
    at.button(key="participants:after").click().run()
    assert "Everything P04 said" in texts(at)
    tell(at, "participants:quotes", do="open", passage=data(at, "participants:quotes")["cards"][0]["passage"])
    assert at.session_state["person"] == "P04", "the way back from the conversation leads to the person"


def test_a_link_opens_a_person_and_one_to_nobody_says_so(sample: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    at = opened("participants", sample.ws.settings.data_dir, monkeypatch, study=sample.study)
    for person, words in (("P07", "Everything P07 said"), ("P99", "the study knows nobody of the id “P99”")):
        del at.session_state[TAB]
        at.session_state["person"] = person
        at.run()
        assert words in texts(at)
    at.button(key="empty-nobody-action").click().run()
    assert "208 people" in texts(at)


def test_a_cell_of_the_matrix_opens_exactly_its_quotes(sample: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    at = opened("participants", sample.ws.settings.data_dir, monkeypatch, study=sample.study)
    at.session_state[TAB] = MATRIX
    at.run()
    heat = data(at, HEAT)
    assert len(heat["rows"]) == 50
    assert heat["columns"][0]["name"] == "all quotes"
    row, column = next((i, j) for i, line in enumerate(heat["cells"]) for j, cell in enumerate(line[1:], 1) if cell)
    at.session_state[HEAT] = {"cell": {"row": row, "column": column}}
    at.run()
    person, theme = heat["rows"][row], heat["columns"][column]["name"]
    number = heat["cells"][row][column]["share"]
    assert f"{person}, {theme}" in texts(at)
    assert f"1 person, {number} quote" in texts(at)
    assert data(at, HEAT)["pressed"] == f"{row},{column}"
    at.button(key="participants:open").click().run()
    assert f"Everything {person} said" in texts(at)


def test_new_themes(sample: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    at = opened("participants", sample.ws.settings.data_dir, monkeypatch, study=sample.study)
    at.session_state[TAB] = NEW
    at.run()
    said = texts(at)
    assert "The last 5 interviews brought" in said
    assert "not how common it is" in said


def test_without_themes_and_without_a_plan(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    study = studies.create(ws, "Blank")
    at = opened("participants", ws.settings.data_dir, monkeypatch, study=study)
    assert "no sources yet" in texts(at)
    sources.add(ws, study, [(name, text.encode()) for name, text in small_study.FILES.items()])
    jobs.build_now(ws, study)
    at = opened("participants", ws.settings.data_dir, monkeypatch, study=study)
    for tab, words in ((PEOPLE, "interviewed"), (MATRIX, "With themes"), (NEW, "no themes yet")):
        at.session_state[TAB] = tab
        at.run()
        assert words in texts(at)
    at.session_state[TAB] = PEOPLE
    at.run()
    tell(at, LIST, do="open", id=titles(at, LIST)[0])
    assert "This study has no themes yet." in texts(at)
