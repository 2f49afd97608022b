"""The coder says of itself what stands beside its weights, every heading, point and table of it."""

from __future__ import annotations

from importlib.resources import files

import pandas as pd
import pytest
from ui.shown import opened, texts

from dashboard.ui.about_coder import blocks
from dashboard.workspace import Workspace, studies


def test_nothing_of_the_file_is_lost() -> None:
    text = files("dashboard.coding").joinpath("model", "README.md").read_text(encoding="utf-8")
    found = blocks()
    said = [block for block in found if isinstance(block, str)]
    assert [block for block in said if block.startswith("## ")] == [
        line for line in text.split("\n") if line[:3] == "## "
    ]
    assert any(block.startswith("Sarcasm and irony: ") for block in said)
    tables = [block for block in found if isinstance(block, pd.DataFrame)]
    assert sum(len(table) + 2 for table in tables) == sum(line.startswith("|") for line in text.split("\n"))
    assert not any("**" in block or "`" in block for block in said)


def test_it_is_read_on_the_page_once_it_is_opened(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    study = studies.create(ws, "Codes", codebook="banking")
    at = opened("coding", ws.settings.data_dir, monkeypatch, study=study)
    assert "Sarcasm and irony" not in texts(at)
    at.session_state["coder:about"] = True
    at.run()
    assert not at.exception
    assert "Sarcasm and irony" in texts(at)
