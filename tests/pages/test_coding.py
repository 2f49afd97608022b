"""Coding: suggestions are decided on, codebook and journey are written."""

from dataclasses import replace

import pytest
from conftest import Opened
from streamlit.testing.v1 import AppTest
from ui.shown import data, opened, tell, texts, titles

from dashboard.study import Stage, Study, Theme
from dashboard.workspace import Workspace, studies
from dashboard.workspace.evidence import evidence

CODEBOOK = "Codebook and journey"


@pytest.fixture
def study(ws: Workspace) -> str:
    """A study with a small codebook and journey, and no sources."""
    made = studies.create(ws, "Codebook test")
    framed = Study(
        "Codebook test",
        id=made,
        codebook=(Theme("Import", "bringing data along", ("import*",)), Theme("Support", parent="Import")),
        journey=(Stage("Set up"), Stage("Use")),
    )
    studies.save(ws, framed, version=studies.version(ws, made))
    return made


def editor(ws: Workspace, study: str, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The page with its codebook tab open."""
    at = opened("coding", ws.settings.data_dir, monkeypatch, study=study)
    at.session_state["coding:tab"] = CODEBOOK
    return at.run()


def field(at: AppTest, kind: str, name: str):  # type: ignore[no-untyped-def]
    """One field of the form of a theme or stage."""
    every = [*at.text_input, *at.text_area, *at.selectbox]
    return next(
        each for each in every if str(each.key).startswith(f"coding:{kind}:") and str(each.key).endswith(f":{name}")
    )


def submit(at: AppTest, label: str) -> AppTest:
    """Press the button of a form."""
    next(button for button in at.button if button.label == label).click()
    at.run()
    assert not at.exception
    return at


def test_a_study_without_a_codebook_is_offered_one(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    study = studies.create(ws, "Bare")
    at = opened("coding", ws.settings.data_dir, monkeypatch, study=study)
    assert "This study has no themes yet" in texts(at)
    at.button(key="coding:theme:adopt").click().run()
    assert len(studies.get(ws, study).codebook) == len(studies.starters().codebooks[0].items)
    at.button(key="coding:stage:adopt").click().run()
    assert studies.get(ws, study).stages == studies.starters().journeys[0].items


def test_a_theme_is_changed_renamed_added_and_removed(
    ws: Workspace, study: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = editor(ws, study, monkeypatch)
    tell(at, "coding:theme:rows", do="choose", id="Import")
    field(at, "theme", "name").set_value("Bringing data")
    field(at, "theme", "cues").set_value("import*\n\nmigrate\nimport*")
    field(at, "theme", "include").set_value("It took three evenings.")
    submit(at, "Save the theme")
    import_, support = studies.get(ws, study).codebook
    assert import_ == Theme(
        "Bringing data", "bringing data along", ("import*", "migrate"), ("It took three evenings.",)
    )
    assert support.parent == "Bringing data"
    at.button(key="coding:theme:new").click().run()
    field(at, "theme", "name").set_value("Bringing data")
    submit(at, "Add the theme")
    assert "There is a theme called “Bringing data” already" in texts(at)
    field(at, "theme", "name").set_value("Speed")
    submit(at, "Add the theme")
    assert studies.get(ws, study).themes == ("Bringing data", "Support", "Speed")
    at.button(key="coding:theme:remove").click().run()
    assert studies.get(ws, study).themes == ("Bringing data", "Support")


def test_what_somebody_else_saved_in_between_is_not_overwritten(
    ws: Workspace, study: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = editor(ws, study, monkeypatch)
    tell(at, "coding:theme:rows", do="choose", id="Import")
    other = studies.get(ws, study)
    studies.save(ws, replace(other, name="Changed elsewhere"), version=studies.version(ws, study))
    field(at, "theme", "definition").set_value("my words")
    submit(at, "Save the theme")
    assert "Somebody changed this study" in texts(at)
    assert studies.get(ws, study).codebook[0].definition == "bringing data along"
    assert field(at, "theme", "definition").value == "my words"
    at.button(key="coding:theme:load").click().run()
    field(at, "theme", "definition").set_value("my words again")
    submit(at, "Save the theme")
    assert studies.get(ws, study).codebook[0].definition == "my words again"
    assert studies.get(ws, study).name == "Changed elsewhere"


def test_a_list_of_themes_is_pasted_at_once(ws: Workspace, study: str, monkeypatch: pytest.MonkeyPatch) -> None:
    at = editor(ws, study, monkeypatch)
    field(at, "theme", "paste:0").set_value("Pricing: what it costs\n- Discounts\nimport").run()
    assert "2 new themes: Pricing, Discounts (part of Pricing). There already: import." in texts(at)
    at.button(key="coding:theme:paste-add").click().run()
    assert studies.get(ws, study).themes == ("Import", "Support", "Pricing", "Discounts")


def test_ones_own_saves_are_not_taken_for_somebody_elses(
    ws: Workspace, study: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = editor(ws, study, monkeypatch)
    tell(at, "coding:theme:rows", do="choose", id="Import")
    tell(at, "coding:stage:rows", do="choose", id="Use")
    field(at, "theme", "definition").set_value("changed")
    submit(at, "Save the theme")
    at.button(key="coding:stage:up").click().run()
    at.run()
    assert "Somebody changed this study" not in texts(at)
    field(at, "stage", "definition").set_value("every day")
    submit(at, "Save the stage")
    field(at, "theme", "definition").set_value("changed again")
    submit(at, "Save the theme")
    assert studies.get(ws, study).journey[0] == Stage("Use", "every day")
    assert studies.get(ws, study).codebook[0].definition == "changed again"


def test_stages_are_moved_and_saved_in_order(ws: Workspace, study: str, monkeypatch: pytest.MonkeyPatch) -> None:
    at = editor(ws, study, monkeypatch)
    tell(at, "coding:stage:rows", do="choose", id="Use")
    at.button(key="coding:stage:up").click().run()
    assert studies.get(ws, study).stages == ("Use", "Set up")
    assert titles(at, "coding:stage:rows") == ["Use", "Set up"]


def test_nothing_built_says_where_to_go(ws: Workspace, study: str, monkeypatch: pytest.MonkeyPatch) -> None:
    at = opened("coding", ws.settings.data_dir, monkeypatch, study=study)
    assert "Nothing was built yet" in texts(at)


@pytest.mark.slow
def test_a_suggestion_is_confirmed_rejected_and_undone_and_every_count_follows(
    sample: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = opened("coding", sample.ws.settings.data_dir, monkeypatch, study=sample.study)
    first = data(at, "review:card")
    assert "50 undecided" in texts(at)
    assert "All themes: 0 checked by a person" in texts(at)
    press(at, "y")
    second = data(at, "review:card")
    assert (second["theme"], second["text"]) != (first["theme"], first["text"])
    assert "49 undecided" in texts(at)
    decided = decisions(sample)
    assert decided == [(first["theme"], "confirmed")]
    assert "All themes: 0 checked" not in texts(at)
    press(at, "n")
    assert decisions(sample) == [(first["theme"], "confirmed"), (second["theme"], "rejected")]
    at.button(key="review:undo").click().run()
    assert decisions(sample) == decided
    assert data(at, "review:card") == second
    at.button(key="review:previous").click().run()
    assert data(at, "review:card")["verdict"] == "you confirmed it"
    at.segmented_control(key="review:shown").set_value("Decided by people").run()
    (row,) = data(at, "review:decided")["rows"]
    assert (row["title"], row["tags"][0]["text"]) == (first["theme"], "confirmed")
    tell(at, "review:decided", do="undo", id=row["id"])
    assert decisions(sample) == []
    assert "Nobody decided on anything here yet" in texts(at)


@pytest.mark.slow
def test_a_suggestion_opens_in_its_conversation(sample: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    at = opened("coding", sample.ws.settings.data_dir, monkeypatch, study=sample.study)
    words = data(at, "review:card")["text"]
    at.button(key="review:read").click().run()
    assert not at.exception
    assert words in str(data(at, "reader"))


@pytest.mark.slow
def test_one_theme_is_reviewed_by_itself(sample: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    at = opened("coding", sample.ws.settings.data_dir, monkeypatch, study=sample.study)
    theme = studies.get(sample.ws, sample.study).themes[-1]
    at.selectbox(key="review:theme").set_value(theme).run()
    assert f"{theme}: 0 checked by a person" in texts(at)
    assert data(at, "review:card")["theme"] == theme


def press(at: AppTest, key: str) -> AppTest:
    """Press the button of the card that has this key on the keyboard."""
    next(button for button in at.button if str(button.key).startswith(f"review:{key}:")).click()
    at.run()
    assert not at.exception
    return at


def decisions(sample: Opened) -> list[tuple[str, str]]:
    """(theme, status) of every decision that holds, in the order they were taken."""
    whole = evidence(sample.ws, sample.study)
    assert whole is not None
    found = whole.open_table("spans").collect("pandas").to_native().sort_values("decision")
    return list(zip(found["value"], found["status"], strict=True))
