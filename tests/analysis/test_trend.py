"""Prevalence by period, against counting person by person, and the test for a trend against statsmodels."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest
from analysis.evidence_fixture import ENGINES, evidence, random_study
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st
from statsmodels.stats.contingency_tables import Table as Contingency

from dashboard.analysis.in_words import CHANCE, CLEAR, FEWEST, LOOK, NOT_TESTED
from dashboard.analysis.quotes import quotes
from dashboard.analysis.trend import Cut, cochran_armitage, cut_of_days, trend
from dashboard.evidence.tables import Evidence
from dashboard.filters import Filters

pytestmark = pytest.mark.filterwarnings("ignore:Found complex group-by expression")
MONTHS = ("2026-03-02", "2026-04-11", "2026-05-31", "2026-07-01", "")


def dated(engine: str, *, people: int = 60, seed: int = 5, days: Sequence[str] = MONTHS) -> Evidence:
    persons, passages, codings = random_study(people=people, seed=seed)
    when = [days[(int(each.participant[1:]) * 7 + each.turn) % len(days)] for each in passages.itertuples()]
    return evidence(engine, persons, passages.assign(date=when), codings)


def frame(lazy: object) -> pd.DataFrame:
    return lazy.collect("pandas").to_pandas()  # type: ignore[attr-defined]


@pytest.mark.parametrize("engine", ENGINES)
def test_every_figure_is_that_of_the_people_one_by_one(engine: str) -> None:
    given = dated(engine)
    table = trend(given)
    assert table.keys == ("theme", "period", "source_kind")
    assert table.order["period"] == ("2026-03", "2026-04", "2026-05", "2026-06", "2026-07")
    passages = frame(given.passages())
    passages = passages[passages["codable"] & (passages["date"] != "")]
    accepted = frame(given.accepted())
    for row in table.records():
        here = passages[
            passages["date"].str.startswith(row["period"]) & (passages["source_kind"] == row["source_kind"])
        ]
        those = accepted.loc[accepted["theme"] == row["theme"], "passage"]
        assert row["n"] == here["participant"].nunique()
        assert row["k"] == here.loc[here["passage"].isin(those), "participant"].nunique()
    no_date = frame(given.passages())
    missing = int((no_date["codable"] & (no_date["date"] == "")).sum())
    assert f"{missing} quotes without a date are left out." in table.notes


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("by", "pool", "view"),
    [(None, True, Filters()), ("plan", False, Filters(stages=("Use",))), ("segment", False, Filters(text="bank"))],
)
def test_a_row_opens_into_its_people(engine: str, by: str | None, pool: bool, view: Filters) -> None:
    given = dated(engine, people=30).where(view)
    table = trend(given, by, pool=pool)
    for position in range(0, len(table.rows), 23):
        found = quotes(given, table.keys_of(position), measure="trend")
        assert found.rows["participant"].nunique() == table.rows.iloc[position]["k"]


@pytest.mark.parametrize(
    ("days", "grain", "label"),
    [
        (("2026-03-30", "2026-04-08"), "week", "2026-04-06"),
        (("2026-01-31", "2026-05-01"), "month", "2026-05"),
        (("2023-11-30", "2026-04-01"), "quarter", "2026 Q2"),
        (("1999-01-01", "2026-04-01"), "year", "2026"),
    ],
)
@pytest.mark.parametrize("engine", ENGINES)
def test_each_grain_is_cut_alike_here_and_where_the_data_is(
    engine: str, days: tuple[str, str], grain: str, label: str
) -> None:  # fmt: skip
    given = dated(engine, people=20, days=days)
    table = trend(given, pool=True)
    assert cut_of_days(days).grain == grain
    assert set(table.rows["period"]) == {cut_of_days(days).periods[0], label}
    position = table.rows.index[table.rows["period"] == label][0]
    found = quotes(given, table.keys_of(position), measure="trend").rows
    assert set(found["date"]) <= {days[1]}


@for_all(st.lists(st.dates().map(str), min_size=1, max_size=8))
def test_every_day_has_a_period_and_they_are_few(days: list[str]) -> None:
    cut = cut_of_days(days)
    assert cut.grain == "year" or 1 <= len(cut.periods) <= 24
    assert list(cut.periods) == sorted(set(cut.periods))
    first = {"year": min(days)[:4], "month": min(days)[:7]}.get(cut.grain, cut.periods[0])
    assert cut.periods[0] == first


@pytest.mark.parametrize("engine", ENGINES)
def test_a_wave_comes_before_the_dates(engine: str) -> None:
    persons, passages, codings = random_study(people=40, seed=6)
    persons["Wave"] = [("first", "second", "not given")[number % 3] for number in range(40)]
    given = evidence(engine, persons, passages, codings)
    table = trend(given, pool=True)
    assert set(table.rows["period"]) == {"first", "second"}
    assert any("Time is cut by “Wave”" in note for note in table.notes)
    assert any("without a wave are left out" in note for note in table.notes)
    for position in range(0, len(table.rows), 3):
        found = quotes(given, table.keys_of(position), measure="trend")
        assert found.rows["participant"].nunique() == table.rows.iloc[position]["k"]


@settings(max_examples=40, deadline=None)
@for_all(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 30)), min_size=2, max_size=6))
def test_the_trend_is_that_of_statsmodels(each: list[tuple[int, int]]) -> None:
    k, rest = np.array(each).T
    z, p = cochran_armitage(k, k + rest, range(len(each)))
    if k.sum() in (0,):
        assert np.isnan(p)
        return
    found = Contingency(np.stack([rest, k], axis=1), shift_zeros=False).test_ordinal_association()
    assert (z, p) == pytest.approx((found.zscore, found.pvalue))


def test_nothing_rises_without_a_test_that_says_so() -> None:
    persons = pd.DataFrame({"participant": [f"P{number}" for number in range(80)], "plan": "pro"})
    rows = [(f"q{number}", f"P{number}", "interview", MONTHS[number // 20]) for number in range(80)]
    passages = pd.DataFrame(rows, columns=["passage", "participant", "source_kind", "date"])
    said = [number for number in range(80) if number % 20 < (0, 4, 9, 16)[number // 20]]
    codings = pd.DataFrame(
        [(f"q{number}", "Pricing", "ada", "confirmed", np.nan) for number in said],
        columns=["passage", "theme", "by", "status", "confidence"],
    )
    table = trend(evidence("duckdb", persons, passages, codings))
    pricing = table.rows[table.rows["theme"] == "Pricing"]
    assert set(pricing["verdict"]) == {CLEAR}
    assert pricing["k"].tolist() == [0, 4, 9, 16]
    assert (pricing["change"] > 0.5).all()
    assert set(table.rows.loc[table.rows["theme"] != "Pricing", "verdict"]) == {NOT_TESTED}
    unchecked = trend(
        evidence("duckdb", persons, passages, codings.assign(by="machine", status="suggested", confidence=0.9))
    )
    assert set(unchecked.rows.loc[unchecked.rows["theme"] == "Pricing", "verdict"]) == {LOOK}
    filtered = trend(evidence("duckdb", persons, passages, codings).where(Filters(source_kinds=("interview",))))
    assert filtered.rows["q"].isna().all()
    assert CLEAR not in set(filtered.rows["verdict"])


def test_of_nobody_and_without_dates_there_is_a_sentence() -> None:
    assert trend(dated("duckdb", people=0)).notes == ("Nobody has said anything yet.",)
    table = trend(dated("pandas", people=9, days=("",)))
    assert table.notes == ("No quote has a date, so nothing can be said of time.",)
    assert not len(table.rows)
    assert cut_of_days([]) == Cut("month", ())


def test_small_periods_claim_nothing_and_engines_agree() -> None:
    one, other = (trend(dated(engine, people=25), "plan") for engine in ENGINES)
    pd.testing.assert_frame_equal(one.rows, other.rows)
    assert one.notes == other.notes
    small = one.rows[one.rows["n"] < FEWEST]
    assert len(small)
    assert small["p"].isna().all()
    assert not small["verdict"].isin([CLEAR, LOOK, CHANCE]).any()
