"""Shares weighted to the population."""

from __future__ import annotations

import numpy as np
import pytest
from analysis import small
from analysis.evidence_fixture import ENGINES, evidence, with_study
from statsmodels.stats.proportion import proportion_confint

from dashboard.analysis.prevalence import prevalence
from dashboard.analysis.statistics import wilson
from dashboard.analysis.weights import post_stratified
from dashboard.evidence.tables import Evidence
from dashboard.filters import NO_FILTERS


@pytest.fixture(params=ENGINES)
def by_hand(request: pytest.FixtureRequest) -> Evidence:
    found = evidence(request.param, small.persons(), small.passages(), small.codings())
    return with_study(found, population={"plan": {"pro": 0.1, "free": 0.9}}, plan={"plan": {"pro": 5}})


def test_one_stratum_is_wilson_and_weights_need_not_sum_to_one() -> None:
    assert np.allclose(post_stratified([7], [20], [3.0])[1:], wilson(7, 20))
    assert np.allclose(post_stratified([7, 1], [20, 9], [30, 10]), post_stratified([7, 1], [20, 9], [0.75, 0.25]))


def test_against_an_independent_wilson() -> None:
    k, n, w = np.array([8, 2, 5]), np.array([10, 12, 20]), np.array([0.5, 0.3, 0.2])
    low, high = proportion_confint(k, n, method="wilson")
    share, below, above = post_stratified(k, n, w)
    assert share == pytest.approx((w * k / n).sum())
    assert below == pytest.approx(share - np.sqrt((w**2 * (k / n - low) ** 2).sum()))
    assert above == pytest.approx(share + np.sqrt((w**2 * (high - k / n) ** 2).sum()))


def test_covers_the_population_where_the_raw_share_does_not() -> None:
    draw = np.random.default_rng(1)
    rates, weights, n = np.array([0.8, 0.3]), np.array([0.1, 0.9]), np.array([12, 12])
    truth = float((rates * weights).sum())
    k = draw.binomial(n, rates, (4_000, 2))
    _, low, high = post_stratified(k, n, weights)
    assert float(((low <= truth) & (high >= truth)).mean()) >= 0.93
    raw_low, raw_high = wilson(k.sum(axis=1), 24)
    assert float(((raw_low <= truth) & (raw_high >= truth)).mean()) < 0.8


def test_overall_shares_are_weighted_and_nothing_else(by_hand: Evidence) -> None:
    table = prevalence(by_hand)
    assert table.intervals
    row = table.rows[(table.rows["theme"] == "Pricing") & (table.rows["source_kind"] == "interview")].iloc[0]
    # two of five with plan pro, nobody of five with plan free
    assert (row.k, row.n) == (2, 10)
    assert row.weighted == pytest.approx(0.1 * 2 / 5)
    assert row.weighted_low <= row.weighted <= row.weighted_high
    assert any("all customers, by their plan" in note for note in table.notes)
    assert "weighted" not in prevalence(by_hand, "status").rows
    pro = NO_FILTERS.with_attribute("plan", ["pro"])
    assert "weighted" not in prevalence(by_hand.where(pro)).rows


def test_a_value_that_nobody_was_heard_of_is_said(by_hand: Evidence) -> None:
    table = prevalence(with_study(by_hand, population={"plan": {"pro": 0.1, "free": 0.6, "team": 0.3}}))
    assert any("Nobody was heard of plan “free” and “team”, at least in one kind" in n for n in table.notes)
    row = table.rows[(table.rows["theme"] == "Pricing") & (table.rows["source_kind"] == "interview")].iloc[0]
    assert row.weighted == pytest.approx(0.1 / 0.7 * 2 / 5)
