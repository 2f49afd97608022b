"""Prevalence, counted by hand."""

from __future__ import annotations

import pytest
from analysis import small
from analysis.evidence_fixture import ENGINES, evidence, made, with_study

from dashboard.analysis.prevalence import prevalence
from dashboard.analysis.statistics import wilson
from dashboard.errors import InvalidFilter
from dashboard.evidence.tables import Evidence
from dashboard.filters import NO_FILTERS, Filters

# views narrowed by what was said are rolled up by an expression that is slow in pandas alone
pytestmark = pytest.mark.filterwarnings("ignore:Found complex group-by expression")


@pytest.fixture(params=ENGINES)
def by_hand(request: pytest.FixtureRequest) -> Evidence:
    return evidence(request.param, small.persons(), small.passages(), small.codings())


def row(table, **keys):
    found = table.rows
    for name, value in keys.items():
        found = found[found[name] == value]
    assert len(found) == 1
    return found.iloc[0]


def test_people_are_counted_not_mentions(by_hand: Evidence) -> None:
    table = prevalence(by_hand)
    assert table.keys == ("theme", "source_kind")
    pricing = row(table, theme="Pricing", source_kind="interview")
    # P1 twice, P4 at the threshold; P2's was rejected; P11 said nothing codable
    assert (pricing.k, pricing.n, pricing.checked) == (2, 10, 1)
    assert (pricing.low, pricing.high) == tuple(float(bound) for bound in wilson(2, 10))
    survey = row(table, theme="Pricing", source_kind="survey")
    assert (survey.k, survey.n) == (1, 1)
    assert row(table, theme="Login", source_kind="interview").k == 0
    assert table.rows["corrected"].isna().all()
    assert (
        "1 answer in the interviews was not codable (such as “n/a” or “don't know”), and 1 person said nothing else."
        in table.notes
    )


def test_groups_have_their_own_bases(by_hand: Evidence) -> None:
    table = prevalence(by_hand, "plan")
    assert table.keys == ("theme", "source_kind", "attr:plan")
    pro = row(table, **{"theme": "Pricing", "source_kind": "interview", "attr:plan": "pro"})
    assert (pro.k, pro.n) == (2, 5)
    # nobody of whom the plan is not known said anything codable
    assert set(table.rows["attr:plan"]) == {"free", "pro"}
    assert table.order["attr:plan"] == ("free", "pro", "not given")


def test_pooled_a_person_counts_once(by_hand: Evidence) -> None:
    table = prevalence(by_hand, pool=True)
    assert table.keys == ("theme",)
    pricing = row(table, theme="Pricing")
    assert (pricing.k, pricing.n, pricing.checked) == (2, 10, 1)


def test_what_is_looked_at_narrows_the_count_and_never_the_base(by_hand: Evidence) -> None:
    table = prevalence(by_hand.where(Filters(stages=("Set up",), text="BANK")))
    pricing = row(table, theme="Pricing", source_kind="interview")
    assert (pricing.k, pricing.n) == (1, 10)
    assert "stage Set up" in table.denominator
    churned = prevalence(by_hand.where(NO_FILTERS.with_attribute("status", ["churned"])))
    assert row(churned, theme="Pricing", source_kind="interview").n == 3


def test_segments_may_overlap(by_hand: Evidence) -> None:
    table = prevalence(by_hand, "segment")
    found = table.rows[(table.rows["theme"] == "Onboarding") & (table.rows["source_kind"] == "interview")]
    assert found.set_index("segment")[["k", "n"]].T.to_dict("list") == {"paying": [2, 5], "paying or gone": [3, 6]}
    assert any("overlap" in note for note in table.notes)


def test_recruited_to_a_plan_there_is_no_interval_to_draw(by_hand: Evidence) -> None:
    recruited = with_study(by_hand, plan={"status": {"loyal": 8}})
    assert not prevalence(recruited).intervals
    assert any("of those we heard" in note for note in prevalence(recruited).notes)
    assert prevalence(recruited, "status").intervals


def test_unknown_attribute(by_hand: Evidence) -> None:
    with pytest.raises(InvalidFilter, match="no attribute “colour”"):
        prevalence(by_hand, "colour")


@pytest.mark.parametrize("engine", ENGINES)
def test_nobody_and_nothing(engine: str) -> None:
    assert not len(prevalence(made(engine, people=0)).rows)
    assert not len(prevalence(with_study(made(engine, people=9), codebook=())).rows)


def test_records_are_plain_values(by_hand: Evidence) -> None:
    first = prevalence(by_hand).records()[0]
    assert first["corrected"] is None
    assert type(first["k"]) is int
    assert type(first["share"]) is float
