"""Learning by hand is offered where decisions wait."""

from __future__ import annotations

import pytest
from conftest import Opened
from ui.shown import opened

from dashboard.study import Decision
from dashboard.workspace import coding, jobs
from dashboard.workspace.evidence import evidence


def test_the_button_starts_a_build_in_the_background(sample: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    ws, study = sample.ws, sample.study
    whole = evidence(ws, study)
    assert whole is not None
    item = coding.queue(whole)[0]
    anchor = coding.anchor(whole, item.source, item.turn, item.start, item.end)
    coding.decide(ws, study, [Decision(anchor, "theme", item.theme, "confirmed", "")])
    at = opened("coding", ws.settings.data_dir, monkeypatch, study=study).run()
    assert at.button(key="learning:now").label == "Learn from 1 decision now"
    at.button(key="learning:now").click().run()
    assert not at.exception
    job = jobs.current(ws, study)
    assert job is not None
    jobs.cancel(ws, job.id)
