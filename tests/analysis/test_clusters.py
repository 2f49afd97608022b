"""Whole clusters are permuted: the false alarms of people who belong together, and the cases that are known."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from analysis.evidence_fixture import ENGINES, STUDY, evidence
from scipy import stats

from dashboard.analysis.clusters import cluster_p, permutation_p
from dashboard.analysis.differences import differences
from dashboard.analysis.in_words import NOT_TESTED
from dashboard.analysis.statistics import fisher_mid_p
from dashboard.study import AttributeRule


def test_clusters_of_one_person_are_fishers_test() -> None:
    for k, n, rest_k, rest_n in ((7, 9, 3, 15), (5, 10, 6, 14)):
        group = np.repeat([1, 0], [n, rest_n])
        says = np.concatenate([np.arange(n) < k, np.arange(rest_n) < rest_k]).astype(int)
        p = permutation_p(np.ones_like(group), group, says[:, None], np.array([k]), seed=1, permutations=20_000)
        # two-sided by distance instead of by probability: the same but for tables that are as far on the other side
        x = np.arange(0, n + 1)
        of = stats.hypergeom(n + rest_n, k + rest_k, n)
        far, seen = np.abs(x - of.mean()), abs(k - of.mean())
        exact = of.pmf(x)[far > seen + 1e-9].sum() + 0.5 * of.pmf(x)[np.isclose(far, seen)].sum()
        assert float(p[0]) == pytest.approx(exact, abs=0.01)
        assert float(p[0]) == pytest.approx(float(fisher_mid_p(k, n, rest_k, rest_n)), abs=0.15)


def test_whole_clusters_against_every_permutation() -> None:
    """Six companies, three of them in the group: twenty ways to choose three, counted one by one."""
    from itertools import combinations

    size, yes = np.array([3, 5, 2, 4, 6, 4]), np.array([3, 4, 2, 1, 2, 0])
    inside = np.array([3, 5, 2, 0, 0, 0])
    expected = yes.sum() / size.sum()
    away = [abs(yes[list(c)].sum() - size[list(c)].sum() * expected) for c in combinations(range(6), 3)]
    seen = abs(9 - 10 * expected)
    exact = np.mean([1.0 if one > seen + 1e-9 else 0.5 * (abs(one - seen) < 1e-9) for one in away])
    p = permutation_p(size, inside, yes[:, None], np.array([9]), seed=1, permutations=20_000)
    assert float(p[0]) == pytest.approx(exact, abs=0.01)


@pytest.mark.parametrize("mixed", [False, True])
def test_false_alarms_where_people_belong_together(mixed: bool) -> None:
    """Colleagues say the same things: Fisher's test is wrong in far more than one of twenty."""
    draw = np.random.default_rng(4)
    runs, alarms, plain = 300, 0, 0
    for run in range(runs):
        size = draw.integers(2, 9, 24)
        rate = draw.beta(0.4, 0.4, 24)
        yes = draw.binomial(size, rate)
        # mixed: part of a company is in the group
        part = draw.binomial(size, draw.choice([0.1, 0.9], 24))
        inside = part if mixed else size * (draw.permutation(24) < 12)
        said = int(draw.hypergeometric(yes, size - yes, inside).sum())
        n, k = int(inside.sum()), int(yes.sum())
        p = permutation_p(size, inside, yes[:, None], np.array([said]), seed=run, permutations=400)
        alarms += float(p[0]) <= 0.05
        plain += float(fisher_mid_p(said, n, k - said, int(size.sum()) - n)) <= 0.05
    assert alarms / runs <= 0.08
    assert plain / runs >= 0.15


def of_companies(engine: str):
    """Sixteen companies of four; each of one plan; in eight everybody speaks of Pricing."""
    names = [f"P{number:02}" for number in range(64)]
    company = [f"c{number // 4:02}" for number in range(64)]
    plan = ["pro" if number // 4 < 8 else "free" for number in range(64)]
    persons = pd.DataFrame({"participant": names, "plan": plan, "company": company})
    passages = pd.DataFrame({"passage": [f"q-{n}" for n in names], "participant": names, "source_kind": "interview"})
    said = [name for number, name in enumerate(names) if number // 4 < 6]
    codings = pd.DataFrame(
        [(f"q-{name}", "Pricing", "ada", "confirmed", np.nan) for name in said],
        columns=["passage", "theme", "by", "status", "confidence"],
    )
    study = replace(STUDY, objectives=(), segments=(), attributes=(AttributeRule("company", cluster=True),))
    return evidence(engine, persons, passages, codings, study=study)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_table_of_differences_permutes_clusters(engine: str) -> None:
    found = of_companies(engine)
    table = differences(found, "plan")
    row = table.rows[(table.rows["theme"] == "Pricing") & (table.rows["attr:plan"] == "pro")].iloc[0]
    # six of eight companies against none of eight
    assert row.p == pytest.approx(float(fisher_mid_p(6, 8, 0, 8)), abs=0.01)
    assert row.p > 100 * float(fisher_mid_p(24, 32, 0, 32))
    other = table.rows[(table.rows["theme"] == "Pricing") & (table.rows["attr:plan"] == "free")].iloc[0]
    assert other.p == row.p
    assert any("whole clusters" in note for note in table.notes)
    assert set(differences(found, "company").rows["verdict"]) <= {NOT_TESTED, "too few people to compare (4)"}
    assert differences(found, "plan").rows.equals(table.rows)


def test_no_clusters_no_permutation() -> None:
    found = of_companies("duckdb")
    alone = replace(found, study=replace(found.study, attributes=()))
    assert cluster_p(alone, pd.DataFrame(), [], pool=False) is None
