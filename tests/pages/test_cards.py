"""Coding, Read cards: answered by buttons, undone, and offered on Themes."""

from __future__ import annotations

import pytest
from conftest import Opened
from streamlit.testing.v1 import AppTest
from ui.shown import opened, texts

from dashboard.records import cards as kept
from dashboard.workspace import Workspace, studies

NOBODY = "nobody: everyone together"


def reading(ws: Workspace, study: str, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    at = opened("coding", ws.settings.data_dir, monkeypatch, study=study)
    at.session_state["coding:tab"] = "Read cards"
    return at.run()


def answers(sample: Opened) -> list[kept.Card]:
    with sample.ws.records.read() as connection:
        return [card for card in kept.cards(connection, sample.study) if card.answer]


def press(at: AppTest, label: str) -> AppTest:
    next(button for button in at.button if button.label == label).click()
    at.run()
    assert not at.exception
    return at


def test_answers_are_kept_counted_and_undone(sample: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    at = reading(sample.ws, sample.study, monkeypatch)
    assert "0 of 40 cards" in texts(at)
    press(at, "Yes")
    (card,) = answers(sample)
    assert card.answer == "yes"
    assert "1 of 40 cards" in texts(at)
    assert f"{card.theme} is now" in texts(at)
    assert "after 1 card" in texts(at)
    press(at, "Undo")
    assert answers(sample) == []


def test_themes_offers_the_cards_where_suggestions_are_unchecked(
    sample: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = opened("themes", sample.ws.settings.data_dir, monkeypatch, study=sample.study)
    assert "unchecked suggestions. Read a few cards" in texts(at)
    press(at, "Read cards")
    assert at.selectbox(key="cards:theme").value


def test_without_themes_or_sources_it_says_what_to_do(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    at = reading(ws, studies.create(ws, "Bare"), monkeypatch)
    assert "there is nothing to ask of anybody" in texts(at)
