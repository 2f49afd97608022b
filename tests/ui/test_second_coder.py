"""A blind round: nothing of others until it is over, then how far the two agree, and what they differ on."""

from __future__ import annotations

import pytest
from conftest import Opened
from ui.shown import data, opened, texts

from dashboard.study import Decision
from dashboard.workspace import coding
from dashboard.workspace.evidence import evidence


@pytest.mark.slow
def test_a_blind_round_from_the_first_quote_to_the_agreement(sample: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    ws, study = sample.ws, sample.study
    whole = evidence(ws, study)
    assert whole is not None
    items = coding.queue(whole)[:3]
    coding.decide(
        ws,
        study,
        [Decision(coding.anchor_of(whole, item.passage), "theme", item.theme, "confirmed", "") for item in items],
    )
    at = opened("coding", ws.settings.data_dir, monkeypatch, study=study)
    at.session_state["coding:tab"] = "Agreement"
    at.run()
    at.text_input(key="second:coder").set_value("Ada")
    at.button(key="second:begin").click().run()
    assert not at.exception
    said = texts(at)
    assert "Ada codes, blind" in said
    assert "In dispute" not in said  # nothing of what others say
    card = data(at, "second:card")
    assert "8 times in 10" not in str(card)
    assert "checked" not in str(card)
    for place, key in enumerate("nyy"):
        at.button(key=f"second:{key}:{place}").click().run()
        assert not at.exception
    said = texts(at)
    assert "You and researcher agree on 2 of 3" in said or "agree on 2 of 3" in said
    assert "1 case in which one person confirmed" in said
    at.button(key="second:undo").click().run()
    assert "Ada codes, blind" in texts(at)
