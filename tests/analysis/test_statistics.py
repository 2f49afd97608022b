"""Each formula against published tables or an independent implementation."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint
from statsmodels.stats.weightstats import CompareMeans, DescrStatsW

from dashboard.analysis.statistics import (
    benjamini_hochberg,
    fisher_mid_p,
    intensity_interval,
    mover_product,
    newcombe,
    student_interval,
    welch,
    wilson,
)

COUNTS = st.tuples(st.integers(0, 60), st.integers(1, 60)).map(lambda pair: (min(pair), max(1, *pair)))


# Newcombe 1998, Statistics in Medicine 17, 857–872, table I, method 3
@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_is_the_published_one(k: int, n: int, low: float, high: float) -> None:
    assert [round(float(bound), 4) for bound in wilson(k, n)] == [low, high]


@given(COUNTS)
def test_wilson_is_that_of_statsmodels(counts: tuple[int, int]) -> None:
    k, n = counts
    assert np.allclose(wilson(k, n), proportion_confint(k, n, method="wilson"), atol=1e-12)


def test_wilson_says_nothing_of_nobody() -> None:
    assert np.isnan(wilson(0, 0)).all()
    with pytest.raises(ValueError, match="0 ≤ k ≤ n"):
        wilson(3, 2)


# Newcombe 1998, Statistics in Medicine 17, 873–890, table II, method 10
@pytest.mark.parametrize(
    ("table", "low", "high"),
    [
        ((56, 70, 48, 80), 0.0524, 0.3339),
        ((9, 10, 3, 10), 0.1705, 0.8090),
        ((6, 7, 2, 7), 0.0582, 0.8062),
        ((5, 56, 0, 29), -0.0381, 0.1926),
        ((0, 10, 0, 20), -0.1611, 0.2775),
        ((0, 10, 0, 10), -0.2775, 0.2775),
        ((10, 10, 0, 20), 0.6791, 1.0000),
        ((10, 10, 0, 10), 0.6075, 1.0000),
    ],
)
def test_newcombe_is_the_published_one(table: tuple[int, int, int, int], low: float, high: float) -> None:
    assert [round(float(bound), 4) for bound in newcombe(*table)] == [low, high]


@given(COUNTS, COUNTS)
def test_newcombe_is_that_of_statsmodels(first: tuple[int, int], second: tuple[int, int]) -> None:
    theirs = confint_proportions_2indep(*first, *second, method="newcomb", compare="diff")
    assert np.allclose(newcombe(*first, *second), theirs, atol=1e-9)


def by_hand(k: int, n: int, rest_k: int, rest_n: int) -> float:
    """Mid-P from SciPy's hypergeometric probabilities, table by table."""
    both = k + rest_k
    support = np.arange(max(0, both - rest_n), min(both, n) + 1)
    probability = stats.hypergeom(n + rest_n, both, n).pmf(support)
    observed = probability[k - support[0]]
    same = np.isclose(probability, observed, rtol=1e-7, atol=0)
    return float(probability[(probability < observed) & ~same].sum() + probability[same].sum() / 2)


@given(COUNTS, COUNTS)
@settings(max_examples=300)
def test_fisher_is_that_of_scipy_with_half_of_the_equally_probable(
    first: tuple[int, int], second: tuple[int, int]
) -> None:
    mid = float(fisher_mid_p(*first, *second))
    assert mid == pytest.approx(by_hand(*first, *second), rel=1e-6)
    (k, n), (rest_k, rest_n) = first, second
    plain = stats.fisher_exact([[k, n - k], [rest_k, rest_n - rest_k]]).pvalue
    assert mid <= plain + 1e-9
    assert float(fisher_mid_p(*second, *first)) == pytest.approx(mid, rel=1e-6)


def test_fisher_takes_rows_and_large_groups() -> None:
    large = fisher_mid_p([3_100, 5_010, 3], [6_000, 10_000, 9], [2_000, 4_990, 0], [4_000, 10_000, 0])
    assert large[0] == pytest.approx(by_hand(3_100, 6_000, 2_000, 4_000), rel=1e-5)
    assert large[1] == pytest.approx(by_hand(5_010, 10_000, 4_990, 10_000), rel=1e-5)
    assert np.isnan(large[2])
    assert float(fisher_mid_p(100_000, 100_000, 0, 100_000)) == pytest.approx(0, abs=1e-300)
    assert float(fisher_mid_p(50_100, 100_000, 49_900, 100_000)) == pytest.approx(
        stats.norm.sf(200 / np.sqrt(50_000)) * 2, abs=1e-3
    )
    assert fisher_mid_p([[1, 2]], [[5, 5]], [[3, 3]], [[7, 7]]).shape == (1, 2)


def test_one_table_only_is_no_evidence() -> None:
    assert float(fisher_mid_p(0, 9, 0, 15)) == 0.5
    assert float(fisher_mid_p(9, 9, 15, 15)) == 0.5


@given(st.lists(st.floats(0, 1), min_size=1, max_size=40), st.integers(0, 5))
def test_benjamini_hochberg_is_that_of_statsmodels(p: list[float], untested: int) -> None:
    q = benjamini_hochberg([*p, *[np.nan] * untested])
    assert np.allclose(q[: len(p)], multipletests(p, method="fdr_bh")[1])
    assert np.isnan(q[len(p) :]).all()


def test_mid_p_with_benjamini_hochberg_keeps_its_promise() -> None:
    """600 studies of 24 people and 30 independent themes, no difference anywhere: at most 5 % raise any alarm."""
    draw = np.random.default_rng(5)
    alarms = 0
    for _ in range(600):
        share = draw.uniform(0.1, 0.7, 30)
        k, rest_k = draw.binomial(9, share), draw.binomial(15, share)
        alarms += bool((benjamini_hochberg(fisher_mid_p(k, 9, rest_k, 15)) <= 0.05).any())
    assert alarms / 600 <= 0.05


@given(st.lists(st.floats(-50, 50), min_size=2, max_size=30))
def test_student_is_that_of_statsmodels(values: list[float]) -> None:
    theirs = DescrStatsW(values).tconfint_mean()
    ours = student_interval(np.mean(values), np.std(values, ddof=1), len(values))
    assert np.allclose(ours, theirs, atol=1e-9)


def test_one_number_has_no_interval() -> None:
    assert np.isnan(student_interval(3.0, np.nan, 1)).all()


def test_welch_is_that_of_statsmodels() -> None:
    draw = np.random.default_rng(2)
    first, second = draw.normal(7, 2, 9), draw.normal(6, 3, 14)
    theirs = CompareMeans.from_data(first, second).tconfint_diff(usevar="unequal")
    ours = welch(*(figure for each in (first, second) for figure in (each.mean(), each.std(ddof=1), len(each))))
    assert np.allclose(ours, (first.mean() - second.mean(), *theirs))


def test_welch_claims_nothing_below_five_and_survives_equal_numbers() -> None:
    assert np.isnan(welch(8, 1, 4, 6, 1, 20)[1:]).all()
    assert [float(each) for each in welch(8, 0, 6, 6, 0, 9)] == [2, 2, 2]


def test_intensity_keeps_to_where_it_can_lie() -> None:
    assert [float(each) for each in intensity_interval(0.25, 0.0, 40, same=True)] == [0.25, 1.0]
    low, high = intensity_interval(0.3, 0.4, 12, same=False)
    assert float(low) == 0.25
    assert float(high) < 1.0


def test_a_product_with_nothing_in_it() -> None:
    low, high = mover_product(0.0, (0.0, 0.3), 0.25, (0.25, 1.0))
    assert (float(low), float(high)) == (0.0, 0.3)


@pytest.mark.parametrize("people", [15, 40, 150])
def test_the_index_covers_the_truth(people: int) -> None:
    """Graded intensities: the interval holds the true product in at least 94 of 100 simulated studies."""
    draw = np.random.default_rng(people)
    reach, runs, covered = 0.55, 1_500, 0
    truth = reach * (0.25 + 0.75 * 2 / 5)
    for _ in range(runs):
        k = draw.binomial(people, reach)
        each = 0.25 + 0.75 * draw.beta(2, 3, k)
        deviation = each.std(ddof=1) if k > 1 else 0.0
        mean = each.mean() if k else 0.25
        bounds = intensity_interval(mean, deviation, k, same=k < 2)
        low, high = mover_product(k / people, wilson(k, people), mean, bounds)
        covered += bool(low <= truth <= high)
    assert covered / runs >= 0.94
