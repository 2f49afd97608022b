"""Agreement of coders, against published worked examples, scikit-learn, and counting passage by passage."""

from __future__ import annotations

from collections import Counter
from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from analysis.evidence_fixture import ENGINES, evidence, made, random_study, with_study
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from dashboard.analysis.agreement import MACHINE, agreement, alpha_of, behind, kappa_of
from dashboard.analysis.quotes import quotes
from dashboard.evidence.tables import Evidence
from dashboard.filters import Filters

ANSWERS = st.lists(st.tuples(st.booleans(), st.booleans()), min_size=2, max_size=60)


def with_two_persons(engine: str, *, people: int = 30) -> Evidence:
    """A random study in which another person judged some of what the first did."""
    persons, passages, codings = random_study(people=people, seed=9, checked=0.6)
    draw = np.random.default_rng(1)
    again = codings[(codings["by"] == "ada") & (draw.random(len(codings)) < 0.5)].assign(by="bo")
    again["status"] = [str(draw.choice(["confirmed", "rejected"])) for _ in range(len(again))]
    return evidence(engine, persons, passages, pd.concat([codings, again], ignore_index=True))


def by_coincidences(pairs: list[tuple[bool, bool]]) -> float:
    """Krippendorff's alpha the long way: every pair of answers of a unit, both ways round."""
    coincidences = Counter(pair for unit in pairs for pair in permutations(unit, 2))
    totals = Counter(value for unit in pairs for value in unit)
    n = sum(totals.values())
    observed = sum(number for (one, other), number in coincidences.items() if one != other)
    expected = sum(totals[one] * totals[other] for one in totals for other in totals if one != other)
    return 1 - (n - 1) * observed / expected


@given(ANSWERS)
def test_kappa_and_alpha_against_others(pairs: list[tuple[bool, bool]]) -> None:
    one, another = ([pair[place] for pair in pairs] for place in (0, 1))
    both, apart = sum(a and b for a, b in pairs), sum(a != b for a, b in pairs)
    kappa = float(kappa_of(both, sum(one) - both, sum(another) - both, len(pairs)))
    alpha = float(alpha_of(both, apart, len(pairs)))
    if len({*one, *another}) == 1:
        assert np.isnan(kappa)
        assert np.isnan(alpha)
        return
    assert kappa == pytest.approx(cohen_kappa_score(one, another), abs=1e-12)
    assert alpha == pytest.approx(by_coincidences(pairs), abs=1e-12)


def test_krippendorffs_own_example() -> None:
    # two coders, ten units, yes or no: alpha = 0.095
    one, another = "0100000010", "1110010000"
    pairs = [(a == "1", b == "1") for a, b in zip(one, another, strict=True)]
    assert float(alpha_of(1, 4, 10)) == pytest.approx(by_coincidences(pairs))
    assert round(by_coincidences(pairs), 3) == 0.095


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("filters", [Filters(), Filters(stages=("Set up",)), Filters(source_kinds=("survey",))])
def test_counted_are_the_passages_on_which_they_disagree(engine: str, filters: Filters) -> None:
    given = with_two_persons(engine).where(filters)
    codings = given.codings().collect("pandas").to_pandas()
    table = agreement(given)
    assert {(one, another) for one, another in zip(table.rows["one"], table.rows["another"], strict=True)} == {
        ("ada", "bo"), ("ada", MACHINE), ("bo", MACHINE)
    }  # fmt: skip
    yes: dict[tuple[str, str, str], bool] = {}
    for passage, theme, by, status, confidence in codings[
        ["passage", "theme", "by", "status", "confidence"]
    ].itertuples(index=False):
        yes[passage, theme, by] = confidence >= 0.5 if by == MACHINE else status == "confirmed"
    for position, row in enumerate(table.records()):
        first, second = (
            {passage: said for (passage, theme, by), said in yes.items() if (theme, by) == (row["theme"], row[name])}
            for name in ("one", "another")
        )
        both = set(first) & set(second)
        apart = {passage for passage in both if first[passage] != second[passage]}
        assert (row["n"], row["k"]) == (len(both), len(apart))
        assert row["agreement"] == pytest.approx(1 - len(apart) / len(both))
        assert row["agreement_low"] <= row["agreement"] <= row["agreement_high"]
        if row["kappa"] is not None:
            answers = ([each[passage] for passage in sorted(both)] for each in (first, second))
            assert row["kappa"] == pytest.approx(cohen_kappa_score(*answers), abs=1e-8)
        opened = quotes(given, table.keys_of(position), measure="agreement")
        assert set(opened.rows["passage"]) == apart
        assert len(opened.rows) == row[table.counted or ""]


def test_the_machine_says_no_to_what_it_did_not_suggest() -> None:
    persons = pd.DataFrame({"participant": ["P1"], "plan": ["pro"]})
    passages = pd.DataFrame({"passage": ["a", "b"], "participant": "P1", "source_kind": "interview"})
    codings = pd.DataFrame(
        [("a", "Pricing", "ada", "confirmed", np.nan), ("b", "Pricing", "ada", "rejected", np.nan)],
        columns=["passage", "theme", "by", "status", "confidence"],
    )
    (row,) = agreement(evidence("duckdb", persons, passages, codings)).records()
    assert (row["one"], row["another"], row["n"], row["k"], row["another_yes"]) == ("ada", MACHINE, 2, 1, 0)


def test_nobody_judged_and_no_themes() -> None:
    table = agreement(made("duckdb", people=5, checked=0.0))
    assert not len(table.rows)
    assert "Confirm or reject" in table.notes[0]
    assert not len(agreement(with_study(made("pandas", people=5, checked=0.5), codebook=())).rows)


def test_engines_agree() -> None:
    one, another = (agreement(with_two_persons(engine)).rows for engine in ENGINES)
    pd.testing.assert_frame_equal(one, another)
    assert len(behind(with_two_persons("pandas"), {"theme": "Pricing", "one": "ada", "another": "bo"}).collect())
