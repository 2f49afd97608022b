"""A second coder is asked what others judged, blind, and told how far they agree."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest
from conftest import Opened

from dashboard.errors import InvalidStudy, NotAllowed
from dashboard.settings import Settings
from dashboard.study import Decision
from dashboard.workspace import coding, second
from dashboard.workspace.evidence import evidence


def test_a_second_coder_is_asked_what_the_first_judged(sample: Opened) -> None:
    ws, study = sample.ws, sample.study
    whole = evidence(ws, study)
    assert whole is not None
    assert second.ask(whole, "Ada") == ()
    items = coding.queue(whole)[:6]
    first = [
        Decision(coding.anchor_of(whole, item.passage), "theme", item.theme, ("confirmed", "rejected")[n % 2], "")  # type: ignore[arg-type]
        for n, item in enumerate(items)
    ]
    coding.decide(ws, study, first)
    whole = evidence(ws, study)
    assert whole is not None
    asked = second.ask(whole, "Ada")
    assert {(each.passage, each.theme) for each in asked} == {(item.passage, item.theme) for item in items}
    shown = {field.name for field in fields(asked[0])}
    assert not shown & {"confidence", "reason", "status", "by", "stage", "sentiment"}
    assert second.ask(whole, ws.user.name) == ()  # nobody is asked what he said himself
    ada = second.as_coder(ws, " Ada ")
    said = [Decision(coding.anchor_of(whole, each.passage), "theme", each.theme, "confirmed", "") for each in asked[:4]]
    coding.decide(ada, study, said)
    whole = evidence(ws, study)
    assert whole is not None
    assert len(second.ask(whole, "Ada")) == len(asked) - 4
    found = second.compared(whole, "Ada")
    assert sum(each.judged for each in found) == 4
    confirmed = {(d.anchor.turn, d.anchor.start, d.value) for d in first if d.status == "confirmed"}
    apart = sum((d.anchor.turn, d.anchor.start, d.value) not in confirmed for d in said)
    assert sum(each.apart for each in found) == apart
    assert second.said(found).startswith(f"You and Maren agree on {4 - apart} of 4")


def test_two_coders_are_asked_the_same_random_sample(sample: Opened) -> None:
    whole = evidence(sample.ws, sample.study)
    assert whole is not None
    one, other = (second.ask(whole, name, drawn="random", count=12) for name in ("Ada", "Jonas"))
    assert one == other
    assert len(one) == 12
    theme = whole.study.themes[0]
    assert {each.theme for each in second.ask(whole, "Ada", drawn="random", themes=[theme])} == {theme}


def test_who_may_code_under_which_name(sample: Opened) -> None:
    ws = sample.ws
    assert second.as_coder(ws, ws.user.name) is ws
    for name in ("", "machine", "x" * 61):
        with pytest.raises(InvalidStudy):
            second.as_coder(ws, name)
    shared = replace(ws, settings=replace(ws.settings, mode="shared"))
    assert isinstance(shared.settings, Settings)
    with pytest.raises(NotAllowed):
        second.as_coder(shared, "Ada")
