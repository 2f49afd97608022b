"""What no theme covers, on the page: a group becomes a theme, or is dismissed and comes back."""

from __future__ import annotations

import pytest
from conftest import Opened
from ui.shown import opened, texts

from dashboard.workspace import studies


def test_a_group_becomes_a_theme_and_another_is_dismissed(sample: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    ws, study = sample.ws, sample.study
    at = opened("coding", ws.settings.data_dir, monkeypatch, study=study)
    at.session_state["coding:tab"] = "Not covered yet"
    at.run()
    assert not at.exception
    assert "quotes that no theme covers" in texts(at)
    before = studies.get(ws, study).themes
    name = next(field for field in at.text_input if str(field.key).startswith("discovery:name:"))
    name.input("A name of ours")
    next(button for button in at.button if button.label == "Add to the codebook").click().run()
    assert not at.exception
    assert studies.get(ws, study).themes == (*before, "A name of ours")
    next(button for button in at.button if button.label == "Dismiss for good").click().run()
    assert "Show 1 dismissed group again" in [button.label for button in at.button]
    at.button(key="discovery:back").click().run()
    assert not [button for button in at.button if "dismissed" in button.label]
