"""Friction and feeling, counted by hand."""

from __future__ import annotations

import pytest
from analysis import small
from analysis.evidence_fixture import ENGINES, evidence, made, with_study

from dashboard.analysis.feeling import feeling
from dashboard.analysis.friction import friction
from dashboard.analysis.statistics import wilson
from dashboard.evidence.tables import Evidence
from dashboard.filters import Filters

# views narrowed by what was said are rolled up by an expression that is slow in pandas alone
pytestmark = pytest.mark.filterwarnings("ignore:Found complex group-by expression")


@pytest.fixture(params=ENGINES)
def by_hand(request: pytest.FixtureRequest) -> Evidence:
    return evidence(request.param, small.persons(), small.passages(), small.codings())


def at(table, stage: str, **keys):
    found = table.rows[table.rows["stage"] == stage]
    for name, value in {"source_kind": "interview", **keys}.items():
        found = found[found[name] == value]
    assert len(found) == 1
    return found.iloc[0]


def test_reach_intensity_and_index(by_hand: Evidence) -> None:
    table = friction(by_hand)
    pay = at(table, "Pay")
    # P1 struggles (0.5 and 0.9), P2 does not
    assert (pay.k, pay.n, pay.reach, pay.intensity) == (1, 2, 0.5, pytest.approx(0.7))
    assert pay["index"] == pytest.approx(35)
    set_up = at(table, "Set up")
    # P3 without negative words (0.25), P4 0.4, P7 0.3; P5 and P8 are well
    assert (set_up.k, set_up.n, set_up.intensity) == (3, 5, pytest.approx((0.25 + 0.4 + 0.3) / 3))
    assert (set_up.reach_low, set_up.reach_high) == tuple(float(bound) for bound in wilson(3, 5))
    assert (set_up.intensity_low, set_up.intensity_high) == (0.25, 1.0)
    assert set_up.index_low < set_up["index"] < set_up.index_high


def test_ranked_by_the_lower_bound_of_reach(by_hand: Evidence) -> None:
    rows = friction(by_hand).rows
    interviews = rows[rows["source_kind"] == "interview"]
    assert list(interviews["stage"]) == ["Set up", "Pay"]
    assert list(interviews["rank"]) == [1, 2]
    assert interviews["reach_low"].is_monotonic_decreasing


def test_a_stage_nobody_talks_about_is_said(by_hand: Evidence) -> None:
    notes = friction(by_hand).notes
    assert "Nobody talks about “Discover”, “Use” and “Leave” in the interviews." in notes
    assert any(note.startswith("Fewer than 5 people talk about “Pay” in the interviews") for note in notes)


def test_themes_within_a_stage_are_of_all_who_talk_about_it(by_hand: Evidence) -> None:
    table = friction(by_hand, "theme")
    assert table.keys == ("stage", "source_kind", "theme")
    onboarding = at(table, "Set up", theme="Onboarding")
    assert (onboarding.k, onboarding.n) == (3, 5)
    assert (at(table, "Set up", theme="Pricing").k, at(table, "Set up", theme="Login").k) == (1, 0)
    assert at(table, "Set up", theme="Login")["index"] == 0


def test_groups(by_hand: Evidence) -> None:
    free = at(friction(by_hand, "plan"), "Set up", **{"attr:plan": "free"})
    assert (free.k, free.n) == (1, 2)


def test_filters_narrow_strugglers_and_never_the_base(by_hand: Evidence) -> None:
    table = friction(by_hand.where(Filters(stages=("Set up",), text="bank")))
    assert list(table.rows["stage"].unique()) == ["Set up"]
    assert (at(table, "Set up").k, at(table, "Set up").n) == (1, 5)


def test_without_a_journey(by_hand: Evidence) -> None:
    table = friction(with_study(by_hand, journey=()))
    assert not len(table.rows)
    assert "no journey yet" in table.notes[0]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("by", [None, "plan", "theme", "segment"])
def test_nobody(engine: str, by: str | None) -> None:
    assert not len(friction(made(engine, people=0), by).rows)


def test_feeling_is_over_people_in_the_order_of_the_journey(by_hand: Evidence) -> None:
    table = feeling(by_hand)
    interviews = table.rows[table.rows["source_kind"] == "interview"]
    assert list(interviews["stage"]) == ["Set up", "Pay"]
    pay = at(table, "Pay")
    # P1 is −0.7 on average, P2 +0.6
    assert pay.sentiment == pytest.approx(-0.05)
    assert (pay.n, pay.passages, pay.negative, pay.positive) == (2, 3, 1, 1)
    assert (pay.negative_low, pay.negative_high) == tuple(float(bound) for bound in wilson(1, 2))
