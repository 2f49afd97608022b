"""What goes with a score, against counting person by person and scipy."""

from __future__ import annotations

from dataclasses import replace

import narwhals as nw
import numpy as np
import pandas as pd
import pytest
from analysis.evidence_fixture import ENGINES, STUDY, frames, made, random_study
from scipy import stats

from dashboard.analysis.quotes import quotes
from dashboard.analysis.scores import behind, distribution, impact_of, scores, welch_p
from dashboard.charts.score_headlines import of_scores
from dashboard.evidence.tables import Evidence
from dashboard.filters import NO_FILTERS, Filters

pytestmark = pytest.mark.filterwarnings("ignore:Found complex group-by expression")


def given(engine: str, *, people: int = 60, seed: int = 4) -> Evidence:
    """A random study in which most people gave an NPS, some of them twice, and some a rating."""
    persons, passages, codings = random_study(people=people, seed=seed)
    draw = np.random.default_rng(seed)
    rows = []
    for person in persons["participant"]:
        if draw.random() < 0.8:
            rows.append((person, "Recommend", "nps", float(draw.integers(0, 11)), "2026-03-01", "s1"))
        if draw.random() < 0.3:
            rows.append((person, "Recommend", "nps", float(draw.integers(0, 11)), "2026-06-01", "s2"))
        if draw.random() < 0.4:
            rows.append((person, "Ease", "rating", float(draw.integers(1, 6)), "", "s1"))
    rows.append(("stranger", "Ease", "rating", 1.0, "", "s1"))
    tables = dict(frames(persons, passages, codings))
    tables["scores"] = pd.DataFrame(rows, columns=["participant", "score", "kind", "value", "date", "source"])
    made_of = made("pandas", people=people, seed=seed)
    return replace(made_of, study=STUDY, open_table=ENGINES[engine](tables))


def frame(lazy: object) -> pd.DataFrame:
    return lazy.collect("pandas").to_pandas()  # type: ignore[attr-defined]


@pytest.mark.parametrize("engine", ENGINES)
def test_every_figure_is_that_of_the_people_one_by_one(engine: str) -> None:
    evidence = given(engine)
    said = frame(evidence.said())
    heard = set(said.loc[said["passages"] > 0, "participant"])
    voiced = frame(evidence.voiced())
    latest = frame(evidence.scores()).sort_values("date").groupby(["score", "participant"])["value"].last()
    table = scores(evidence)
    assert len(table.rows) == 2 * len(STUDY.themes)
    for row in table.records():
        values = latest[row["score"]]
        values = values[values.index.isin(heard)]
        has = values.index.isin(voiced.loc[voiced["theme"] == row["theme"], "participant"])
        with_it, without = values[has], values[~has]
        assert (row["k"], row["n"]) == (has.sum(), len(values))
        assert row["mean_with"] == pytest.approx(with_it.mean())
        assert row["mean_without"] == pytest.approx(without.mean())
        if row["difference_low"] is not None:
            bounds = stats.ttest_ind(with_it, without, equal_var=False).confidence_interval()
            assert (row["difference_low"], row["difference_high"]) == pytest.approx((bounds.low, bounds.high))
        if row["score"] == "Recommend":
            points = ((values >= 9).astype(float) - (values <= 6).astype(float)) * 100
            assert row["impact"] == pytest.approx(points.mean() - points[~has].mean())
            assert row["nps"] == pytest.approx(points.mean())
            assert row["promoters_with"] == (with_it >= 9).sum()
            assert row["detractors_without"] == (without <= 6).sum()
            assert sum(row[f"{name}_with"] for name in ("promoters", "passives", "detractors")) == row["k"]
        else:
            assert row["impact"] == pytest.approx(values.mean() - without.mean())
            assert row["nps"] is row["promoters_with"] is None


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("by", [None, "plan", "segment"])
@pytest.mark.parametrize(
    "filters",
    [NO_FILTERS, Filters(source_kinds=("survey",)), Filters(stages=("Set up",)), Filters(text="bank")],
)
def test_a_row_opens_into_its_people(engine: str, by: str | None, filters: Filters) -> None:
    evidence = given(engine, people=30).where(filters)
    table = scores(evidence, by)
    for position in range(0, len(table.rows), 5):
        keys = table.keys_of(position)
        passages = frame(behind(evidence, keys))
        if by == "plan":
            passages = passages[passages["attr:plan"] == keys["attr:plan"]]
        elif by:
            members = frame(evidence.open_table("memberships"))
            passages = passages[
                passages["participant"].isin(members.loc[members["segment"] == keys[by], "participant"])
            ]
        assert passages["participant"].nunique() == table.rows.iloc[position]["k"]


def test_engines_agree() -> None:
    one, other = (scores(given(engine), "status") for engine in ENGINES)
    pd.testing.assert_frame_equal(one.rows, other.rows)
    assert one.notes == other.notes


def test_notes_say_how_many_could_be_joined() -> None:
    evidence = given("pandas")
    said = frame(evidence.said())
    heard = set(said.loc[said["passages"] > 0, "participant"])
    gave = set(frame(evidence.scores()).query("score == 'Ease'")["participant"])
    assert f"Of {len(gave)} people who gave “Ease”, {len(gave & heard)} also said" in scores(evidence).notes[0]
    assert "not thereby its cause" in scores(evidence).notes[-1]


def test_without_scores_there_is_a_note_alone() -> None:
    table = scores(made("duckdb", people=9))
    assert not len(table.rows)
    assert "Nobody here has given a score" in table.notes[0]


def test_impact_is_the_delta_method_on_influences() -> None:
    draw = np.random.default_rng(1)
    y, w = draw.normal(5, 2, 30), draw.random(30) < 0.4
    impact, low, high = impact_of(y[w].mean(), y[w].std(ddof=1), w.sum(), y[~w].mean(), y[~w].std(ddof=1), (~w).sum())
    assert impact == pytest.approx(y.mean() - y[~w].mean())
    influence = (y - y.mean()) - np.where(w, 0, (y - y[~w].mean()) / (1 - w.mean()))
    half = stats.t.ppf(0.975, 29) * influence.std() / np.sqrt(30)
    assert float(high - low) / 2 == pytest.approx(half, rel=0.08)  # n − 1 in each group's deviation, n in this one


def test_few_people_make_no_interval_and_nobody_left_no_impact() -> None:
    impact, low, high = impact_of(
        [4.0, 5.0, np.nan], [1.0, 1.0, np.nan], [4, 9, 0], [6.0, np.nan, 6.0], [1, 1, 1], [9, 0, 9]
    )
    assert impact[0] == pytest.approx(-2 * 4 / 13)
    assert np.isnan(impact[1])
    assert impact[2] == 0
    assert np.isnan(low).all()
    assert np.isnan(high).all()


def test_the_p_of_welch_is_that_of_scipy_and_all_looks_are_counted() -> None:
    table = scores(given("duckdb", people=80))
    gave = (
        frame(given("duckdb", people=80).scores()).sort_values("date").groupby(["score", "participant"])["value"].last()
    )
    said = frame(given("duckdb", people=80).said())
    heard = set(said.loc[said["passages"] > 0, "participant"])
    voiced = frame(given("duckdb", people=80).voiced())
    for row in table.records():
        values = gave[row["score"]]
        values = values[values.index.isin(heard)]
        has = values.index.isin(voiced.loc[voiced["theme"] == row["theme"], "participant"])
        if row["p"] is None:
            assert row["verdict"].startswith("too few people to compare")
        else:
            assert row["p"] == pytest.approx(stats.ttest_ind(values[has], values[~has], equal_var=False).pvalue)
    tested = table.rows["p"].dropna()
    assert table.rows["q"].dropna().to_numpy() == pytest.approx(stats.false_discovery_control(tested))
    assert f"All comparisons are counted: {len(tested)}." in " ".join(table.notes)


def test_where_all_give_the_same_nothing_is_tested_and_nothing_is_called_chance() -> None:
    evidence = given("pandas")
    tables = {"scores": frame(evidence.open_table("scores")).assign(value=7.0)}
    same = replace(
        evidence,
        open_table=lambda name: nw.from_native(tables[name]).lazy() if name in tables else evidence.open_table(name),
    )
    table = scores(same)
    assert table.rows["p"].isna().all()
    assert "not tested" in set(table.rows["verdict"])
    assert not set(table.rows["verdict"]) & {"could be chance", "worth a look", "clear difference"}
    assert of_scores(table) == "Those who speak of a theme all give the same, and so do the others."


@pytest.mark.parametrize("engine", ENGINES)
def test_a_distribution_opens_into_its_people_whatever_quotes_are_looked_at(engine: str) -> None:
    whole, filters = given(engine, people=30), Filters(stages=("Set up",), themes=("Pricing",))
    table = distribution(whole.where(filters), "Recommend")
    pd.testing.assert_frame_equal(table.rows, distribution(whole, "Recommend").rows)
    assert table.denominator == distribution(whole, "Recommend").denominator
    assert table.rows["k"].sum()
    for position, k in enumerate(table.rows["k"]):
        found = quotes(whole.where(filters), table.keys_of(position), measure="scores", limit=1)
        assert found.totals["participants"] == k


def test_nothing_unchecked_or_filtered_is_a_clear_difference() -> None:
    assert np.isnan(welch_p(5.0, 0.0, 9, 5.0, 0.0, 9))
    assert "clear difference" not in set(
        scores(given("pandas").where(Filters(source_kinds=("interview",)))).rows["verdict"]
    )
    assert scores(given("pandas").where(Filters(source_kinds=("interview",)))).rows["q"].isna().all()
