"""The two promises: every number opens into exactly its quotes, and no number claims more than the data."""

from __future__ import annotations

from functools import cache

import pandas as pd
import pytest
from analysis.evidence_fixture import ENGINES, made

from dashboard.analysis.in_words import CHANCE, CLEAR, FEWEST, LOOK
from dashboard.analysis.quotes import quotes
from dashboard.analysis.table import Table
from dashboard.charts.headlines import TOO_FEW
from dashboard.charts.measures import MEASURES
from dashboard.errors import InvalidFilter
from dashboard.evidence.tables import NO_STAGE, SEGMENT, Evidence
from dashboard.filters import NO_FILTERS, Filters
from dashboard.study import NOT_GIVEN

# a view narrowed by what was said is rolled up by an expression that is quick on engines and slow in pandas, which is
# here for the test alone
pytestmark = pytest.mark.filterwarnings("ignore:Found complex group-by expression")

VIEWS = {
    "everything": NO_FILTERS,
    "an attribute": NO_FILTERS.with_attribute("plan", ["pro", NOT_GIVEN]),
    "a segment": Filters(segments=("paying or gone",)),
    "a source kind": Filters(source_kinds=("survey",)),
    "a stage": Filters(stages=("Set up", NO_STAGE)),
    "a theme": Filters(themes=("Pricing",)),
    "a text": Filters(text="BANK"),
    "all of them": Filters(
        attributes=(("status", ("churned",)),),
        segments=("paying or gone",),
        source_kinds=("interview",),
        stages=("Use", "Pay"),
        themes=("Pricing", "Login"),
        text="bank",
    ),
    "nobody": NO_FILTERS.with_attribute("plan", ["nothing of the kind"]),
}
SOME_VIEWS = ("everything", "a segment", "all of them", "nobody")
POOLED_TOO = ("everything", "all of them")
MOST_OF_ALL, MOST = 8, 2  # rows of one table that are opened: each table is one of hundreds
SPLITS = (None, "plan", "n", SEGMENT, "theme")
EVERY_SPLIT = ("prevalence", "differences", "friction", "cooccurrence")
"""Measures that are tried by every split and view; the others, which count by the same frames, by fewer."""
LISTS = ("quotes", "codings")
"""Measures whose rows are read one by one: nothing is counted."""
WITHOUT_KIND = ("scores", "saturation", "agreement", "overview")
"""Measures in which no key parts source kinds."""
CHURN = (None, SEGMENT)
"""Splits that say who left; of any other, churn says that it does not."""
DAYS = ("2026-03-02", "2026-04-11", "2026-05-31", "")
NO_SHARES = ("mix", "saturation", "scores", "overview")
"""Measures that count alone, whose figures are means (tested below), or are those of the tables that they speak of."""
NO_GROUPS = ("mix", "saturation", "agreement", "overview")
"""Measures that compare no groups of people."""
SHARES = {
    "share": ("n", "low", "high"),
    "rest_share": ("rest_n", "rest_low", "rest_high"),
    "difference": ("n", "difference_low", "difference_high"),
    "reach": ("n", "reach_low", "reach_high"),
    "talk_share": ("words",),
    "agreement": ("n", "agreement_low", "agreement_high"),
    "negative_share": ("n", "negative_low", "negative_high"),
    "positive_share": ("n", "positive_low", "positive_high"),
}


@cache
def evidence(engine: str) -> Evidence:
    return made(engine, people=45, seed=3, days=DAYS, scored=True)


def tables() -> list[tuple[str, str | None]]:
    """Every measure that counts, with every split it takes."""
    return [
        (name, by)
        for name, measure in MEASURES.items()
        for by in SPLITS
        if name not in LISTS
        and not (measure.by == "never" and by is not None)
        and not (measure.by == "must" and by is None)
        and (by != "theme" or name == "friction")
        and (by in CHURN or name != "churn")
        and (name in EVERY_SPLIT or by in ((None, SEGMENT) if measure.by == "may" else (None, "plan", SEGMENT)))
    ]


def chosen(table: Table, *, most: int) -> list[int]:
    """Positions to be opened: spread over the rows that count somebody, and one that counts nobody."""
    some = [i for i, count in enumerate(table.rows[table.counted]) if count]
    none = [i for i, count in enumerate(table.rows[table.counted]) if not count]
    return sorted({*none[:1], *some[:: max(1, -(-len(some) // most))]})


def themes_in(table: Table, found: Table) -> set[str]:
    """The themes that count in these quotes: those that a person confirmed, or all that are accepted."""
    every = [each for themes in found.rows["themes"] for each in themes if each["accepted"]]
    return {each["theme"] for each in every if each["status"] == "confirmed" or not table.totals["by_persons"]}


def themes_before(evidence: Evidence, table: Table, keys: dict[str, object]) -> set[str]:
    """The themes in the quotes of all rows before this one."""
    before = map(table.keys_of, range(table.find(keys) or 0))
    return set().union(*(themes_in(table, quotes(evidence, each, measure=table.measure)) for each in before))


def units_behind(evidence: Evidence, table: Table, keys: dict[str, object]) -> int:
    found = quotes(evidence, keys, measure=table.measure)
    assert found.totals["participants"] == found.rows["participant"].nunique()
    assert found.rows["passage"].is_unique
    if table.unit == "themes":
        return len(themes_in(table, found) - themes_before(evidence, table, keys))
    if table.unit == "turns":
        assert found.unit == "turns"
        assert found.totals["passages"] == len(found.rows)
        return len(found.rows)
    return {"participants": found.rows["participant"].nunique(), "passages": len(found.rows)}[table.unit]


def opened() -> list[tuple[str, str, str, str | None]]:
    """Engine, view, measure and split of every table whose numbers are opened."""
    return [
        (engine, view, name, by)
        for name, by in tables()
        for engine in ENGINES
        for view in VIEWS
        if view in ("everything", "all of them")
        or (engine == "duckdb" and (name in EVERY_SPLIT or view in SOME_VIEWS))
        or (name in EVERY_SPLIT and view in SOME_VIEWS)
    ]


@pytest.mark.parametrize(("engine", "view", "name", "by"), opened())
def test_every_number_opens_into_exactly_its_quotes(engine: str, view: str, name: str, by: str | None) -> None:
    seen = evidence(engine).where(VIEWS[view])
    for pool in (False, True) if view in POOLED_TOO else (False,):
        table = MEASURES[name].function(seen, by, pool=pool)
        assert table.unit == MEASURES[name].unit
        assert table.counted in table.rows
        assert (pool or name in WITHOUT_KIND) == ("source_kind" not in table.keys)
        assert not table.rows[list(table.keys)].duplicated().any()
        for position in chosen(table, most=MOST_OF_ALL if view == "everything" else MOST):
            keys = table.keys_of(position)
            assert table.find(keys) == position
            assert units_behind(seen, table, keys) == table.rows.iloc[position][table.counted], keys


@pytest.mark.parametrize("view", SOME_VIEWS)
@pytest.mark.parametrize(("name", "by"), tables())
def test_engines_agree(view: str, name: str, by: str | None) -> None:
    found = [MEASURES[name].function(evidence(engine).where(VIEWS[view]), by) for engine in ENGINES]
    for other in found[1:]:
        pd.testing.assert_frame_equal(found[0].rows, other.rows, check_exact=False, rtol=1e-9)
        assert found[0].notes == other.notes


@pytest.mark.parametrize("view", SOME_VIEWS)
@pytest.mark.parametrize(("name", "by"), [each for each in tables() if each[0] not in NO_SHARES])
def test_every_share_has_its_denominator_and_interval(view: str, name: str, by: str | None) -> None:
    table = MEASURES[name].function(evidence("pandas").where(VIEWS[view]), by)
    assert table.denominator
    shares = [share for share in SHARES if share in table.rows]
    assert shares
    for share in shares:
        about, *bounds = SHARES[share]
        given = table.rows[table.rows[share].notna()]
        assert (given[about] >= 1).all()
        if bounds:
            low, high = (given[bound] for bound in bounds)
            assert ((low <= given[share] + 1e-12) & (given[share] <= high + 1e-12)).all()
    assert (table.rows["n"] >= 1).all()


@pytest.mark.parametrize("view", SOME_VIEWS)
@pytest.mark.parametrize("by", [None, "plan", SEGMENT])
def test_every_mean_has_its_people_and_interval(view: str, by: str | None) -> None:
    table = MEASURES["scores"].function(evidence("pandas").where(VIEWS[view]), by)
    assert table.denominator
    assert (table.rows["n"] >= 1).all()
    few = table.rows[["k"]].assign(rest=table.rows["n"] - table.rows["k"]).min(axis=1) < FEWEST
    for name in ("difference", "impact", "mean", "nps"):
        value, low, high = (table.rows[each] for each in (name, f"{name}_low", f"{name}_high"))
        if name in ("difference", "impact"):
            assert (low.isna() == few).all()
        there = low.notna()
        assert ((low <= value + 1e-9) & (value <= high + 1e-9))[there].all()


@pytest.mark.parametrize(("name", "by"), [each for each in tables() if each[0] not in NO_GROUPS])
@pytest.mark.parametrize("people", [0, 1, 9])
def test_small_groups_make_no_claim(name: str, by: str | None, people: int) -> None:
    measure = MEASURES[name]
    study = made("duckdb", people=people, seed=1, days=DAYS, scored=True)
    if name == "churn" and by is None and "churned" not in dict(study.values)["status"]:
        with pytest.raises(InvalidFilter, match="No attribute of the study says who left"):
            measure.function(study)
        return
    table = measure.function(study, by)
    small = table.rows[table.rows["n"] < FEWEST]
    if "verdict" in table.rows:
        assert not small["verdict"].isin([CLEAR, LOOK, CHANCE]).any()
        assert small["q"].isna().all()
        assert small["p"].isna().all()
    if len(table.rows) and len(small) == len(table.rows):
        assert measure.headline(table) in (TOO_FEW, "No two groups are large enough to compare.")
    assert measure.chart is not None
    figure = measure.chart(table)
    marks = [trace for trace in figure.data if trace.customdata is not None]
    assert all(len(keys) == len(table.keys) for trace in marks for keys in trace.customdata)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_base_never_moves_with_what_is_looked_at(engine: str) -> None:
    whole = evidence(engine)
    for name in ("prevalence", "friction", "trend"):
        base = MEASURES[name].function(whole).rows.set_index(list(MEASURES[name].function(whole).keys))["n"]
        for view in ("a stage", "a theme", "a text"):
            seen = MEASURES[name].function(whole.where(VIEWS[view]))
            narrowed = seen.rows.set_index(list(seen.keys))["n"]
            assert (narrowed == base.reindex(narrowed.index)).all()
