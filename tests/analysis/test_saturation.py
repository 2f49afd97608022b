"""Saturation, counted by hand, and its expected curve against the closed form of rarefaction."""

from __future__ import annotations

from dataclasses import replace
from math import comb

import narwhals as nw
import numpy as np
import pandas as pd
import pytest
from analysis.evidence_fixture import ENGINES, evidence, made

from dashboard.analysis.quotes import quotes
from dashboard.analysis.saturation import behind, expected_curve, saturation
from dashboard.errors import InvalidFilter
from dashboard.evidence.tables import Evidence
from dashboard.filters import NO_FILTERS, Filters

DATES = {"s1": "2026-05-03", "s2": "2026-05-01", "s3": "", "s4": "2026-05-02", "s5": "2026-05-09"}

# passage, source, turn, person, {theme: confidence}
SAID = [
    ("a", "s2", 0, "P2", {"Pricing": 0.9}),
    ("b", "s2", 1, "P2", {"Pricing": 0.9, "Login": 0.8}),
    ("c", "s4", 0, "P4", {"Pricing": 0.9}),
    ("d", "s1", 0, "P1", {"Reports": 0.9, "Support": 0.9}),
    ("e", "s1", 1, "P6", {"Reports": 0.9}),
    ("f", "s5", 0, "P5", {"Onboarding": 0.3}),
    ("g", "s3", 0, "P3", {"Onboarding": 0.7}),
]


def small(engine: str, *, confirmed: tuple[str, ...] = ()) -> Evidence:
    persons = pd.DataFrame({"participant": [f"P{i}" for i in range(1, 7)], "plan": "pro"})
    passages = pd.DataFrame(
        [(name, source, turn, person, "interview", DATES[source]) for name, source, turn, person, _ in SAID],
        columns=["passage", "source", "turn", "participant", "source_kind", "date"],
    )
    codings = [(name, theme, "machine", "suggested", fit) for name, *_, themes in SAID for theme, fit in themes.items()]
    codings += [(name, theme, "ada", "confirmed", np.nan) for name, *_, t in SAID for theme in t if name in confirmed]
    columns = ["passage", "theme", "by", "status", "confidence"]
    return evidence(engine, persons, passages, pd.DataFrame(codings, columns=columns))


@pytest.mark.parametrize("engine", ENGINES)
def test_by_hand(engine: str) -> None:
    table = saturation(small(engine))
    assert table.rows["source"].tolist() == ["s2.vtt", "s4.vtt", "s1.vtt", "s5.vtt", "s3.vtt"]
    assert table.rows["participants"].tolist() == ["P2", "P4", "P1, P6", "P5", "P3"]
    assert table.rows["date"].tolist() == ["2026-05-01", "2026-05-02", "2026-05-03", "2026-05-09", ""]
    assert table.rows["new"].tolist() == [2, 0, 2, 0, 1]
    assert table.rows["themes"].tolist() == [2, 2, 4, 4, 5]
    assert table.rows["expected"].iloc[-1] == 5
    assert table.notes[:2] == (
        "These are suggestions: no person has checked them yet.",
        "1 interview has no date and comes last, by name.",
    )


@pytest.mark.parametrize("engine", ENGINES)
def test_a_row_opens_where_its_new_themes_come_first(engine: str) -> None:
    given = small(engine)
    found = [quotes(given, {"source": f"{each}.vtt"}, measure="saturation").rows for each in ("s2", "s4", "s1", "s3")]
    assert [rows["passage"].tolist() for rows in found] == [["a", "b"], [], ["d"], ["g"]]
    assert not len(behind(given, {"source": "another"}).collect("pandas").to_pandas())


@pytest.mark.parametrize("engine", ENGINES)
def test_what_persons_confirmed_counts_where_they_read_at_least_half(engine: str) -> None:
    table = saturation(small(engine, confirmed=("a", "g")))
    assert table.totals["by_persons"] == 0
    assert table.notes[0] == "These are suggestions: a person has decided on themes in 2 of 5 interviews."
    table = saturation(small(engine, confirmed=("b", "c", "g")))
    assert table.totals == {"interviews": 3, "by_persons": 1}
    assert table.rows["source"].tolist() == ["s2.vtt", "s4.vtt", "s3.vtt"]
    assert table.rows["new"].tolist() == [2, 0, 1]
    assert table.notes[1] == "Left out: 2 interviews in which no person has decided on a theme yet."


def test_the_expected_curve_is_rarefaction() -> None:
    draw = np.random.default_rng(5)
    incidence = draw.random((24, 15)) < np.linspace(0.03, 0.8, 15)
    total, times = len(incidence), incidence.sum(axis=0)
    closed = [
        sum(1 - comb(total - int(n), k) / comb(total, k) for n in times if n) for k in range(1, total + 1)
    ]  # Hurlbert 1971, equation 4, over interviews
    mean, low, high = expected_curve(incidence, seed=3, orders=4_000)
    assert np.abs(mean - closed).max() < 0.1  # four standard errors of 4,000 orders
    assert ((low <= mean) & (mean <= high)).all()
    assert mean[-1] == low[-1] == high[-1] == (times > 0).sum()
    few, _, _ = expected_curve(incidence, seed=3)
    assert np.abs(few - closed).max() < 0.5


def test_the_same_evidence_gives_the_same_curve_on_each_engine() -> None:
    for people in (0, 1, 40):
        tables = [saturation(made(engine, people=people, seed=8)) for engine in ENGINES]
        pd.testing.assert_frame_equal(tables[0].rows, tables[1].rows)
        assert tables[0].notes == tables[1].notes


@pytest.mark.parametrize("filters", [NO_FILTERS, Filters(stages=("Set up",)), Filters(segments=("paying",))])
def test_no_theme_is_new_twice(filters: Filters) -> None:
    table = saturation(made("duckdb", people=40, seed=8).where(filters))
    assert table.rows["themes"].is_monotonic_increasing
    assert table.rows["new"].sum() == table.rows["themes"].max()
    assert (table.rows["expected_low"] <= table.rows["expected_high"]).all()


def test_nobody_and_what_cannot_be_split() -> None:
    table = saturation(made("duckdb", people=12, seed=1).where(Filters(source_kinds=("survey",))))
    assert not len(table.rows)
    assert table.notes == ("There is no interview in which anything could be coded.",)
    with pytest.raises(InvalidFilter, match="leave out"):
        saturation(made("duckdb", people=12, seed=1), "plan")


def test_two_interviews_of_one_name_are_told_apart() -> None:
    given = small("pandas")
    alike = nw.from_native(given.sources().collect("pandas").to_pandas().assign(name="talk.vtt")).lazy()
    opened = given.open_table
    same = replace(given, open_table=lambda name: alike if name == "sources" else opened(name))
    assert saturation(same).rows["source"].is_unique
