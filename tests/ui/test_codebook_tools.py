"""A codebook as a whole, on the page: merged, undone, brought in and taken away."""

from __future__ import annotations

from dataclasses import replace

import pytest
from ui.shown import opened, texts

from dashboard.study import Theme
from dashboard.workspace import Workspace, studies


def test_themes_are_merged_and_the_history_undoes_it(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    study = studies.create(ws, "Codes")
    themes = (Theme("Money", "what it costs", ("price",)), Theme("Fees", "what is added", ("fee",)))
    studies.save(ws, replace(studies.get(ws, study), codebook=themes), version=1)
    at = opened("coding", ws.settings.data_dir, monkeypatch, study=study)
    at.session_state["coding:tab"] = "Codebook and journey"
    at.session_state["codebook:history"] = True
    at.run()
    assert [button.label for button in at.get("download_button")] == [
        "YAML, with everything", "CSV, for a spreadsheet", "REFI-QDA, for other programs",
    ]  # fmt: skip
    at.selectbox(key="codebook:merge").select("Fees").run()
    at.selectbox(key="codebook:into").select("Money").run()
    at.button(key="codebook:merge:do").click().run()
    assert not at.exception
    assert studies.get(ws, study).themes == ("Money",)
    assert "“Fees” is part of “Money” now." in texts(at)
    assert "“Fees” was taken out" in texts(at)
    at.button(key="codebook:undo").click().run()
    assert studies.get(ws, study).codebook == themes


def test_a_theme_is_split_by_its_cues(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    study = studies.create(ws, "Codes")
    themes = (Theme("Money", "what it costs", ("price", "fee")), Theme("Help"))
    studies.save(ws, replace(studies.get(ws, study), codebook=themes), version=1)
    at = opened("coding", ws.settings.data_dir, monkeypatch, study=study)
    at.session_state["coding:tab"] = "Codebook and journey"
    at.run()
    at.selectbox(key="codebook:split").select("Money").run()
    at.multiselect(key="codebook:cues:Money").select("fee")
    at.text_input(key="codebook:new:Money").input("Fees").run()
    at.button(key="codebook:split:do").click().run()
    assert not at.exception
    assert studies.get(ws, study).themes == ("Money", "Fees", "Help")
