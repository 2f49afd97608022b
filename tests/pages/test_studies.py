"""The start page: studies are made, opened, renamed, copied, archived, deleted and restored."""

from pathlib import Path

import pytest
from conftest import Opened
from ui.shown import opened, tell, texts, titles

from dashboard.workspace import Workspace, studies

HOSTILE = "Why :red[they] <b>leave</b> $x$"


def test_without_a_study_the_sample_and_a_new_one_are_offered(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    at = opened("studies", ws.settings.data_dir, monkeypatch)
    assert "There is no study yet" in texts(at)
    assert [button.label for button in at.button if "sample" in button.label] == ["Open the sample study"]
    at.button(key="studies:create").click().run()
    assert "A study needs a name" in texts(at)
    assert studies.cards(ws) == []


def test_a_study_begins_with_a_codebook_and_a_journey_and_opens_on_sources(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = opened("studies", ws.settings.data_dir, monkeypatch)
    starters = studies.starters()
    at.text_input(key="studies:name").set_value(HOSTILE).run()
    at.selectbox(key="studies:codebook").set_value(starters.codebooks[0].key).run()
    at.selectbox(key="studies:journey").set_value(starters.journeys[0].key).run()
    assert starters.codebooks[0].items[0] in texts(at)
    at.button(key="studies:create").click().run()
    (card,) = studies.cards(ws)
    assert card.name == HOSTILE
    assert studies.get(ws, card.id).themes == starters.codebooks[0].items
    assert studies.get(ws, card.id).stages == starters.journeys[0].items
    assert "What was given, and was it understood?" in texts(at)
    assert HOSTILE in texts(at)


def test_a_study_is_renamed_and_copied_where_it_stands(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    study = studies.create(ws, "First")
    at = opened("studies", ws.settings.data_dir, monkeypatch)
    tell(at, "studies:rows", do="rename", id=study, value="Second")
    assert titles(at, "studies:rows") == ["Second"]
    tell(at, "studies:rows", do="duplicate", id=study, value="Third")
    assert sorted(titles(at, "studies:rows")) == ["Second", "Third"]
    tell(at, "studies:rows", do="rename", id=study, value="  ")
    assert "A study needs a name" in texts(at)


def test_a_study_is_archived_deleted_restored_and_each_step_undone(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    study = studies.create(ws, "Only one")
    at = opened("studies", ws.settings.data_dir, monkeypatch)
    tell(at, "studies:rows", do="delete", id=study)
    assert "“Only one” was deleted." in texts(at)
    assert [card.id for card in studies.cards(ws, state="deleted")] == [study]
    at.button(key="studies:undo-button").click().run()
    assert titles(at, "studies:rows") == ["Only one"]
    tell(at, "studies:rows", do="archive", id=study)
    at.segmented_control(key="studies:state").set_value("archived").run()
    assert titles(at, "studies:rows") == ["Only one"]
    tell(at, "studies:rows", do="restore", id=study)
    assert [card.id for card in studies.cards(ws)] == [study]


def test_a_link_to_a_study_that_is_gone_says_so(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    for page in ("sources", "coding"):
        at = opened(page, ws.settings.data_dir, monkeypatch, study="no-such-study")
        assert not at.exception
        assert "not there" in texts(at) or "no study" in texts(at).lower()


@pytest.mark.slow
def test_the_sample_study_opens_as_it_is_where_it_is_there(sample: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    folder: Path = sample.ws.settings.data_dir
    at = opened("studies", folder, monkeypatch)
    assert "ready to read" in str(at.get("bidi_component")[0].proto.json)
    at.button(key="studies:sample-button").click().run()
    assert at.query_params["study"] in (sample.study, [sample.study])
    assert len(studies.cards(sample.ws)) == 1
