"""Turns of phrase that state a need or effort."""

from __future__ import annotations

import numpy as np
import pytest

from dashboard.coding.features import prepare
from dashboard.coding.meaning import sentences
from dashboard.coding.needs import NEED_AT, Needs, needs
from dashboard.coding.sentiment import sentiment


def of(*texts: str) -> Needs:
    said = prepare(list(texts), sentences().embed(list(texts)))
    return needs(said, sentiment(said), sentences())


def chance(text: str) -> float:
    return float(1 / (1 + np.exp(-of(text).log_odds[0])))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("I wish the kettle told me when it is done.", "a wish: “i wish”"),
        ("It would be great if I could share the list with my team.", "a wish: “would be great if”"),
        ("There is no way to export the list, so we end up copying it into a spreadsheet.", "done another way: "),
        ("Please add a calendar.", "a wish: “please add”"),
    ],
)
def test_a_need(text: str, reason: str) -> None:
    assert chance(text) >= NEED_AT
    assert of(text).reason[0].startswith(reason)


@pytest.mark.parametrize(
    "text", ["It works well and we are happy.", "We run a small shop in Ghent.", "It was too dear."]
)
def test_no_need(text: str) -> None:
    assert chance(text) < NEED_AT
    assert not of(text).effort[0]


def test_effort_and_its_denial() -> None:
    found = of(
        "It took forever and I gave up.",
        "I do it by hand every Friday.",
        "It was not difficult.",
        "Great, never confusing.",
    )
    assert found.effort.tolist() == [True, True, False, False]


def test_no_passages() -> None:
    none = prepare([], np.zeros((0, sentences().width)))
    assert of().reason == needs(none, np.zeros(0), sentences()).reason == []
