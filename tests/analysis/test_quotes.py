"""Quotes and codings: which, in which order, and what is said of their themes."""

from __future__ import annotations

import pytest
from analysis import small
from analysis.evidence_fixture import ENGINES, evidence, made

from dashboard.analysis.codings import codings
from dashboard.analysis.quotes import quotes
from dashboard.errors import InvalidFilter
from dashboard.evidence.tables import Evidence
from dashboard.filters import Filters


@pytest.fixture(params=ENGINES)
def by_hand(request: pytest.FixtureRequest) -> Evidence:
    return evidence(request.param, small.persons(), small.passages(), small.codings())


def names(table) -> list[str]:
    return list(table.rows["passage"])


def test_no_keys_open_everything_that_was_said(by_hand: Evidence) -> None:
    table = quotes(by_hand, {})
    assert table.totals == {"passages": 14, "participants": 11}
    assert set(names(table)) == {f"q{number}" for number in range(14)}


def test_a_theme_opens_where_it_is_accepted(by_hand: Evidence) -> None:
    assert set(names(quotes(by_hand, {"theme": "Pricing"}))) == {"q0", "q1", "q2", "q5"}
    assert names(quotes(by_hand, {"theme": "Pricing", "source_kind": "survey"})) == ["q2"]
    assert names(quotes(by_hand, {"theme": "Pricing", "participant": "P4"})) == ["q5"]
    assert names(quotes(by_hand, {"theme": "Login"})) == []
    assert names(quotes(by_hand, {"theme": "No such theme"})) == []


def test_a_measure_says_which_passages_count(by_hand: Evidence) -> None:
    keys = {"stage": "Set up", "source_kind": "interview"}
    assert len(names(quotes(by_hand, keys))) == 5
    assert set(names(quotes(by_hand, keys, measure="friction"))) == {"q4", "q5", "q8"}
    assert set(names(quotes(by_hand, {**keys, "feeling": "positive"}, measure="feeling"))) == {"q6", "q10"}
    pair = quotes(by_hand, {"theme": "Pricing", "other": "Onboarding"}, measure="cooccurrence")
    assert names(pair) == ["q5"]


def test_one_entry_a_theme_with_the_persons_word(by_hand: Evidence) -> None:
    rows = quotes(by_hand, {}).rows.set_index("passage")
    assert rows.loc["q1", "themes"] == [
        {
            "theme": "Pricing", "confidence": 0.4, "status": "confirmed", "by": "ada", "accepted": True,
            "disputed": False, "reason": "cue",
        }
    ]  # fmt: skip
    rejected = rows.loc["q3", "themes"][0]
    assert (rejected["status"], rejected["accepted"]) == ("rejected", False)
    suggested = rows.loc["q5", "themes"]
    assert [(each["theme"], each["by"]) for each in suggested] == [("Onboarding", "machine"), ("Pricing", "machine")]
    assert [bool(rows.loc[name, "checked"]) for name in ("q1", "q3", "q5")] == [True, False, False]
    assert rows.loc["q7", "themes"] == []


def test_the_clearest_first(by_hand: Evidence) -> None:
    assert names(quotes(by_hand, {"theme": "Pricing"}, sort="clearest")) == ["q1", "q0", "q2", "q5"]
    assert names(quotes(by_hand, {"theme": "Pricing"}, sort="participant")) == ["q0", "q1", "q2", "q5"]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("sort", ["order", "clearest", "participant"])
def test_pages_make_up_the_whole(engine: str, sort) -> None:
    given = made(engine, people=20)
    whole = quotes(given, {"theme": "Pricing"}, sort=sort)
    pages = [quotes(given, {"theme": "Pricing"}, sort=sort, limit=7, offset=start) for start in range(0, 70, 7)]
    assert [name for page in pages for name in names(page)] == names(whole)
    assert all(page.totals == whole.totals for page in pages)


def test_filters_reach_quotes(by_hand: Evidence) -> None:
    assert set(names(quotes(by_hand.where(Filters(text="bank")), {}))) == {"q5", "q7"}


@pytest.mark.parametrize("keys", [{"colour": "red"}, {"attr:colour": "red"}, {"text": "x"}])
def test_unknown_keys(by_hand: Evidence, keys: dict[str, str]) -> None:
    with pytest.raises(InvalidFilter):
        quotes(by_hand, keys)


def test_unknown_order(by_hand: Evidence) -> None:
    with pytest.raises(InvalidFilter, match="sorted by"):
        quotes(by_hand, {}, sort="loudest")  # type: ignore[arg-type]


def test_codings_are_one_row_a_coder(by_hand: Evidence) -> None:
    table = codings(by_hand)
    rows = table.rows[table.rows["passage"] == "q1"].set_index("by")
    assert list(rows.index) == ["ada", "machine"]
    assert rows.loc["ada", "status"] == "confirmed"
    assert rows.loc["ada", "confidence"] != rows.loc["ada", "confidence"]
    assert (rows.loc["machine", "status"], rows.loc["machine", "confidence"]) == ("suggested", 0.4)
    assert rows["accepted"].all()
    assert not table.rows.loc[table.rows["passage"] == "q3", "accepted"].any()
    assert {"passage", "source", "participant", "text", "theme", "reason"} <= set(table.rows)
    only = codings(by_hand.where(Filters(source_kinds=("survey",))))
    assert list(only.rows["passage"]) == ["q2"]


@pytest.mark.parametrize("engine", ENGINES)
def test_nothing_said(engine: str) -> None:
    nothing = made(engine, people=0)
    assert not len(quotes(nothing, {}).rows)
    assert not len(quotes(nothing, {"theme": "Pricing"}, sort="clearest", limit=5).rows)
    assert not len(codings(nothing).rows)
