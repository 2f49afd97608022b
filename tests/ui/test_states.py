"""Empty, unbuilt and behind: each says what to do next, with the button that does it."""

import pytest
from conftest import Opened
from ui.shown import data, opened, texts

from dashboard.workspace import Workspace, jobs, sources, studies

INTERVIEW = b"I: How was it?\nR: I could not connect my bank at all, and nobody answered when I wrote.\n" * 3


def test_sources_that_were_not_built_offer_to_build(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    study = studies.create(ws, "New")
    sources.add(ws, study, [("P01.txt", INTERVIEW)])
    at = opened("overview", ws.settings.data_dir, monkeypatch, study=study)
    assert "nothing was made of them yet" in texts(at)
    assert at.button(key="empty-build-action").label == "Build the evidence"


def test_a_study_without_a_codebook_shows_its_quotes(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    study = studies.create(ws, "New")
    sources.add(ws, study, [("P01.txt", INTERVIEW)])
    jobs.build_now(ws, study)
    for page in ("overview", "themes", "quotes"):
        at = opened(page, ws.settings.data_dir, monkeypatch, study=study)
        assert "has no codebook yet" in texts(at)
        assert data(at, "quotes")["cards"]
    at = opened("journey", ws.settings.data_dir, monkeypatch, study=study)
    assert "has no journey yet" in texts(at)
    at.button(key="empty-journey-action").click().run()
    assert "What should be looked for" in texts(at)


def test_a_changed_codebook_says_that_the_page_is_behind(sample: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    sources.remove(sample.ws, sample.study, sources.cards(sample.ws, sample.study)[0].id)
    at = opened("themes", sample.ws.settings.data_dir, monkeypatch, study=sample.study)
    assert "changed since this was computed" in texts(at)
    assert at.button(key="behind-action").label == "Bring it up to date"
