"""A version holds what was chosen and no more: groups of k, consent, offsets, every measure with its quotes."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import narwhals as nw
import pandas as pd
import pytest
from analysis.evidence_fixture import STUDY, made
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from dashboard.analysis.prevalence import prevalence
from dashboard.analysis.quotes import quotes
from dashboard.charts.measures import MEASURES
from dashboard.errors import InvalidFilter
from dashboard.evidence.tables import SEGMENT, TABLES, Evidence
from dashboard.filters import NO_FILTERS, Filters
from dashboard.sharing import frozen
from dashboard.sharing.freeze import freeze
from dashboard.sharing.groups import Earlier
from dashboard.sharing.policy import Policy
from dashboard.sharing.rewriting import UNQUOTED
from dashboard.study import Segment

pytestmark = pytest.mark.filterwarnings("ignore:Found complex group-by expression")

DAYS = ("2026-03-02", "2026-04-11", "2026-05-31", "")
WITHOUT_SHRINKING = (Phase.explicit, Phase.reuse, Phase.generate)  # a study is slow to make again and again
SEGMENTS = (
    *STUDY.segments,
    Segment("not free", "plan != 'free'"),
    Segment("large or gone", "n = 'large' or not status = 'loyal'"),
)


def study(people: int, seed: int) -> Evidence:
    return made("pandas", people=people, seed=seed, study=replace(STUDY, segments=SEGMENTS), days=DAYS, scored=True)


@cache
def version(seed: int = 4, policy: Policy = Policy(), people: int = 60) -> Evidence:  # noqa: B008 -- a frozen value
    return frozen.opened(freeze(study(people, seed), policy, seed=seed), id="v")


def people(evidence: Evidence, filters: Filters) -> frozenset[str]:
    rows = evidence.where(filters).said().filter(nw.col("passages") > 0).collect("pandas").to_pandas()
    return frozenset(rows["participant"])


def any_filters(evidence: Evidence) -> st.SearchStrategy[Filters]:
    def some(values: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
        return st.lists(st.sampled_from(values), unique=True, max_size=3).map(tuple) if values else st.just(())

    def chosen(parts: tuple[tuple[str, ...], ...]) -> Filters:
        *of, segments, kinds = parts
        found = Filters(segments=segments, source_kinds=kinds)
        for name, values in zip(evidence.attributes, of, strict=True):
            found = found.with_attribute(name, values)
        return found

    values = [some(evidence.values_of(name)) for name in evidence.attributes]
    segments = some(tuple(segment.name for segment in evidence.study.segments))
    return st.tuples(*values, segments, some(("interview", "survey"))).map(chosen)


@settings(max_examples=7, deadline=None, phases=WITHOUT_SHRINKING)
@given(st.data())
def test_no_group_and_no_difference_of_two_has_fewer_than_k(data: st.DataObject) -> None:
    k = data.draw(st.sampled_from([2, 3, 5]))
    policy = Policy(k=k, months=data.draw(st.booleans()), scores=data.draw(st.booleans()))
    whole = study(data.draw(st.integers(0, 60)), data.draw(st.integers(0, 10**6)))
    shown = frozen.opened(freeze(whole, policy, seed=1), id="v")
    for _ in range(6):
        one, other = (people(shown, data.draw(any_filters(shown))) for _ in range(2))
        for group in (one, other, one - other, other - one):
            assert not group or len(group) >= k


@settings(max_examples=7, deadline=None, phases=WITHOUT_SHRINKING)
@given(st.data())
def test_two_versions_together_tell_of_no_group_of_fewer_than_k(data: st.DataObject) -> None:
    k = data.draw(st.sampled_from([2, 3, 5]))
    seed = data.draw(st.integers(0, 10**6))
    sizes = [data.draw(st.integers(10, 60)) for _ in range(2)]
    kept = [data.draw(st.sampled_from([None, ("plan",), ("status", "n")])) for _ in range(2)]
    first = freeze(study(sizes[0], seed), Policy(k=k, attributes=kept[0]), seed=1, secret=b"s")
    earlier = Earlier(first.private, k)
    second = freeze(study(sizes[1], seed), Policy(k=k, attributes=kept[1]), seed=2, secret=b"s", unrevoked=[earlier])
    classes = [dict(zip(each.private["person"], each.private["class"], strict=True)) for each in (first, second)]
    everybody = set(classes[0]) | set(classes[1])
    cells = pd.Series([f"{classes[0].get(p, '-')} {classes[1].get(p, '-')}" for p in everybody], dtype=str)
    # whatever a reader of both can put together is made of these cells
    assert (cells.value_counts() >= k).all()
    shown = [frozen.opened(each, id=str(n)) for n, each in enumerate((first, second))]
    real = [dict(zip(each.private["id"], each.private["person"], strict=True)) for each in (first, second)]
    groups = [
        {real[n][p] for p in people(each, data.draw(any_filters(each)))} for n, each in enumerate(shown)
    ]  # fmt: skip
    for group in (groups[0] & groups[1], groups[0] - groups[1], groups[1] - groups[0]):
        assert not group or len(group) >= k


POLICIES = {
    "plain": Policy(),
    "everything": Policy(k=3, pseudonyms=True, transcripts=True, persons=True, months=True, scores=True),
}


@pytest.mark.parametrize("name", [name for name in MEASURES if name not in ("quotes", "codings")])
@pytest.mark.parametrize("policy", POLICIES)
def test_every_measure_runs_and_opens_exactly_its_units(policy: str, name: str) -> None:
    shown, measure = version(policy=POLICIES[policy]), MEASURES[name]
    for by in (None, *shown.attributes[:1], SEGMENT):
        if (measure.by == "never" and by is not None) or (measure.by == "must" and by is None):
            continue
        if by == SEGMENT and not shown.study.segments:
            continue
        try:
            table = measure.function(shown, by)
        except InvalidFilter:
            assert name in ("churn",)
            continue
        assert measure.headline(table)
        some = [at for at, count in enumerate(table.rows[table.counted]) if count]
        for position in some[:: max(1, len(some) // 4)]:
            found = quotes(shown, table.keys_of(position), measure=name)
            units = {"participants": found.rows["participant"].nunique(), "turns": len(found.rows)}
            units["passages"] = len(found.rows)
            if table.unit in units:
                assert units[table.unit] == table.rows.iloc[position][table.counted]


def test_shares_are_those_of_the_study_where_nobody_is_left_out() -> None:
    columns = ["source_kind", "theme", "k", "n", "share", "checked"]
    pd.testing.assert_frame_equal(
        prevalence(version()).rows[columns], prevalence(study(60, 4)).rows[columns], check_dtype=False
    )


@pytest.mark.parametrize("policy", POLICIES)
def test_quotes_stand_where_their_offsets_say(policy: str) -> None:
    shown = version(policy=POLICIES[policy])
    turns = shown.turns().select("source", "turn", "text").collect("pandas").to_pandas()
    rows = shown.passages().collect("pandas").to_pandas().merge(turns, on=["source", "turn"], suffixes=("", "_turn"))
    seen = rows[rows["text"] != UNQUOTED]
    assert len(seen)
    for row in seen.to_dict("records"):
        assert row["text_turn"][row["start"] : row["end"]] == row["text"]


def test_no_source_holds_two_quoted_turns_where_quotes_are_not_linked() -> None:
    rows = version().passages().collect("pandas").to_pandas()
    rows = rows[(rows["text"] != UNQUOTED) & (rows["source_kind"] == "interview")]
    coded = version().accepted().select("passage").collect("pandas").to_pandas()["passage"]
    of = rows[rows["passage"].isin(set(coded))]
    assert (of.groupby("source")["turn"].nunique() == 1).all()
    turns = version().turns().collect("pandas").to_pandas()
    assert set(turns["speaker"]) <= {"Interviewer", "Participant", "Observer"}


def test_pseudonyms_are_not_the_ids_and_change_with_each_version() -> None:
    whole, policy = study(60, 4), Policy(pseudonyms=True)
    one, other = (freeze(whole, policy, seed=seed) for seed in (1, 2))
    original = set(whole.people().collect("pandas").to_pandas()["participant"])
    for made_ in (one, other):
        assert not original & set(made_.tables["participants"]["participant"])
    both = one.private.merge(other.private, on="person")
    assert (both["id_x"] != both["id_y"]).mean() > 0.8


def test_what_is_not_chosen_is_not_there() -> None:
    shown = freeze(study(60, 4), Policy(), seed=1)
    assert not len(shown.tables["scores"])
    assert set(shown.tables["passages"]["date"]) == {""}
    assert set(shown.tables["sources"]["recording"]) | set(shown.tables["sources"]["date"]) == {""}
    assert shown.tables["turns"]["start"].isna().all()
    assert set(shown.tables["codings"]["by"]) <= {"machine", "a person"}
    assert set(shown.tables["codings"]["reason"]) == {""}
    assert set(shown.tables) == set(TABLES)
    assert "o1" not in {theme.definition for theme in shown.study.codebook}


def test_segments_are_unions_of_groups_or_left_out() -> None:
    shown = freeze(study(60, 4), Policy(k=3), seed=1)
    members = shown.tables["memberships"].merge(shown.private, left_on="participant", right_on="id")
    sizes = shown.private["class"].value_counts()
    assert len(members)
    for _, each in members.groupby("segment"):
        assert all(n == sizes[number] for number, n in each["class"].value_counts().items())


def test_everything_can_be_chosen_away() -> None:
    shown = frozen.opened(freeze(study(3, 4), Policy(), seed=1), id="v")
    assert people(shown, NO_FILTERS) == frozenset()
    assert not len(prevalence(shown).rows)
