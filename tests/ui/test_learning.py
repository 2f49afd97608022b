"""What was decided is learned at the next look at the review, and what it brought is said."""

from __future__ import annotations

import pytest
from conftest import Opened
from ui.shown import opened, texts

from dashboard.study import Decision
from dashboard.workspace import coding, learning
from dashboard.workspace.evidence import evidence


@pytest.mark.slow
def test_a_decision_is_learned_from_at_the_next_look(sample: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    ws, study = sample.ws, sample.study
    whole = evidence(ws, study)
    assert whole is not None
    sure = {name: [i for i in coding.queue(whole, theme=name) if i.confidence >= 0.5] for name in whole.study.themes}
    theme = max(sure, key=lambda name: len(sure[name]))
    made = [
        Decision(coding.anchor_of(whole, item.passage), "theme", theme, "rejected", "") for item in sure[theme][:20]
    ]
    coding.decide(ws, study, made)
    at = opened("coding", ws.settings.data_dir, monkeypatch, study=study)
    assert learning.waiting(ws, study) == 0
    assert "The last change brought " in texts(at)
