"""The study's records: frozen values, with what follows from them."""

from __future__ import annotations

import dataclasses

import pytest

from dashboard import study as module
from dashboard.study import NEGATIVE_AT, POSITIVE_AT, Anchor, AttributeRule, Span, Stage, Study, Theme

RECORDS = [each for each in vars(module).values() if isinstance(each, type) and dataclasses.is_dataclass(each)]


def test_themes_and_stages_keep_the_order_of_the_study() -> None:
    study = Study("A", codebook=(Theme("Z"), Theme("B")), journey=(Stage("Use"), Stage("Buy")))
    assert study.themes == ("Z", "B")
    assert study.stages == ("Use", "Buy")


def test_an_attribute_without_a_rule_has_an_empty_one() -> None:
    rule = AttributeRule("plan", ("free", "pro"))
    study = Study("A", attributes=(rule,))
    assert study.attribute("plan") is rule
    assert study.attribute("seats") == AttributeRule("seats")
    assert not study.attribute("seats").cluster


def test_an_anchor_knows_its_span() -> None:
    assert Anchor("s1", 3, 5, 9, "dear").span == Span("s1", 3, 5, 9)


def test_sentiment_has_a_middle() -> None:
    assert NEGATIVE_AT < 0 < POSITIVE_AT


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__)
def test_every_record_is_frozen_and_explained(record: type) -> None:
    assert record.__dataclass_params__.frozen  # type: ignore[attr-defined]
    assert record.__doc__
    assert not record.__doc__.startswith(f"{record.__name__}(")


def test_defaults_are_not_shared() -> None:
    assert Study("A").plan is not Study("B").plan
