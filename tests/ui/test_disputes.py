"""What coders disagree on stands in a queue of its own and is settled there."""

from __future__ import annotations

from dataclasses import replace

import pytest
from conftest import Opened
from ui.shown import opened, tell, texts

from dashboard.records.rows import User
from dashboard.study import Decision
from dashboard.workspace import coding
from dashboard.workspace.evidence import evidence


def test_a_case_is_settled_and_taken_back(sample: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    ws, study = sample.ws, sample.study
    whole = evidence(ws, study)
    assert whole is not None
    item = coding.queue(whole)[0]
    anchor = coding.anchor_of(whole, item.passage)
    for name, status in (("Ada", "confirmed"), ("Jonas", "rejected")):
        decision = Decision(anchor, "theme", item.theme, status, "")  # type: ignore[arg-type]
        coding.decide(replace(ws, user=User(name)), study, [decision])
    at = opened("coding", ws.settings.data_dir, monkeypatch, study=study)
    at.session_state["coding:tab"] = "Agreement"
    at.run()
    assert "1 case in which one person confirmed" in texts(at)
    tell(at, "disputes:rows", do="rejected", id=f"{item.passage}\n{item.theme}")
    assert "No two persons disagree on a quote" in texts(at)
    tell(at, "disputes:undo", do="undo", id="undo")
    assert "1 case in which one person confirmed" in texts(at)
