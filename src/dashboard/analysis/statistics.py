"""Statistics: numbers in, numbers out. Every interval is a 95 % interval unless it says otherwise.

Arguments are numbers or arrays of one shape; what comes back has that shape. Counts are whole numbers with 0 ≤ k ≤ n.
Where a figure is not defined (no people, too few for an interval) it is NaN, never an error.
"""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats: TypeAlias = NDArray[np.float64]

Z = 1.959963984540054
"""The 97.5 percentile of the standard normal distribution."""

_SAME = 1e-7
"""Two tables whose log probabilities differ by less are equally probable: arithmetic, not chance, parts them."""


def wilson(k: ArrayLike, n: ArrayLike) -> tuple[Floats, Floats]:
    """The interval of a share k ÷ n, as (low, high) in 0 … 1.

    (2k + z² ∓ z √(z² + 4k(n − k) ÷ n)) ÷ (2(n + z²)): Wilson 1927, as method 3 of Newcombe, Statistics in Medicine 17
    (1998), 857–872. NaN where n is 0; ValueError where k is not between 0 and n.

    >>> [round(float(bound), 4) for bound in wilson(81, 263)]  # Newcombe's first example
    [0.2553, 0.3662]
    """
    k, n = np.broadcast_arrays(np.asarray(k, dtype=float), np.asarray(n, dtype=float))
    if ((k < 0) | (k > n)).any():
        raise ValueError("a share needs 0 ≤ k ≤ n")
    with np.errstate(invalid="ignore", divide="ignore"):
        spread = Z * np.sqrt(Z * Z + 4 * k * (n - k) / n)
        low = (2 * k + Z * Z - spread) / (2 * (n + Z * Z))
        high = (2 * k + Z * Z + spread) / (2 * (n + Z * Z))
    # at k = 0 and k = n the bound is 0 and 1 exactly, which floating point misses by one digit
    low = np.where(k == 0, np.where(n > 0, 0.0, np.nan), low)
    high = np.where(k == n, np.where(n > 0, 1.0, np.nan), high)
    return low, high


def newcombe(k: ArrayLike, n: ArrayLike, rest_k: ArrayLike, rest_n: ArrayLike) -> tuple[Floats, Floats]:
    """The interval of a difference of two independent shares, k ÷ n − rest_k ÷ rest_n, as (low, high) in −1 … 1.

    With p, l, u the share and its Wilson bounds: low = d − √((p₁ − l₁)² + (u₂ − p₂)²), high = d + √((u₁ − p₁)² +
    (p₂ − l₂)²): method 10 of Newcombe, Statistics in Medicine 17 (1998), 873–890. NaN where a group is empty.

    >>> [round(float(bound), 4) for bound in newcombe(56, 70, 48, 80)]  # Newcombe's example (a)
    [0.0524, 0.3339]
    """
    low_1, high_1 = wilson(k, n)
    low_2, high_2 = wilson(rest_k, rest_n)
    with np.errstate(invalid="ignore", divide="ignore"):
        p_1 = np.asarray(k, dtype=float) / np.asarray(n, dtype=float)
        p_2 = np.asarray(rest_k, dtype=float) / np.asarray(rest_n, dtype=float)
    low = p_1 - p_2 - np.hypot(p_1 - low_1, high_2 - p_2)
    high = p_1 - p_2 + np.hypot(high_1 - p_1, p_2 - low_2)
    return low, high


def fisher_mid_p(k: ArrayLike, n: ArrayLike, rest_k: ArrayLike, rest_n: ArrayLike) -> Floats:
    """The two-sided mid-P value of Fisher's exact test of k of n against rest_k of rest_n.

    Over the tables with the same margins: the probability of all that are less probable than the one observed, and half
    of the probability of those as probable (the observed one among them). Lancaster, JASA 56 (1961), 223–234; Hwang and
    Yang, Statistica Sinica 11 (2001), 807–826. NaN where a group is empty.

    >>> round(float(fisher_mid_p(3, 3, 0, 3)), 6)  # 20 tables; the two extreme ones have 1/20 each: half of 2/20
    0.05
    >>> round(float(fisher_mid_p(7, 9, 3, 15)), 4)
    0.0062
    """
    arrays = np.broadcast_arrays(*(np.asarray(given, dtype=np.int64) for given in (k, n, rest_k, rest_n)))
    shape = arrays[0].shape
    tables = np.stack([array.ravel() for array in arrays], axis=1)
    if not len(tables):
        return np.empty(shape)
    different, where = np.unique(tables, axis=0, return_inverse=True)
    log_factorial = _log_factorials(int((different[:, 1] + different[:, 3]).max()))
    found = np.array([_mid_p(*map(int, table), log_factorial=log_factorial) for table in different])
    return found[where.ravel()].reshape(shape)


def _log_factorials(most: int) -> Floats:
    from scipy.special import gammaln  # here: half a second that pages without a test need not wait for

    found: Floats = gammaln(np.arange(most + 1) + 1.0)
    return found


def _mid_p(k: int, n: int, rest_k: int, rest_n: int, *, log_factorial: Floats) -> float:
    if n == 0 or rest_n == 0:
        return float("nan")
    both, people = k + rest_k, n + rest_n
    least, most = max(0, both - rest_n), min(both, n)
    if both in (0, people):
        return 0.5  # one table only: half of its probability
    # forty standard deviations around the mean hold everything that floating point can see
    mean = n * both / people
    reach = 40 * np.sqrt(mean * (1 - both / people) * rest_n / max(1, people - 1)) + 40
    if abs(k - mean) < reach:
        least, most = max(least, int(mean - reach)), min(most, int(mean + reach) + 1)
    x = np.arange(least, most + 1)
    log_p = (
        log_factorial[n] - log_factorial[x] - log_factorial[n - x]
        + log_factorial[rest_n] - log_factorial[both - x] - log_factorial[rest_n - both + x]
        - (log_factorial[people] - log_factorial[both] - log_factorial[people - both])
    )  # fmt: skip
    observed = log_p[k - least]
    less = np.exp(log_p[log_p < observed - _SAME]).sum()
    same = np.exp(log_p[np.abs(log_p - observed) <= _SAME]).sum()
    return float(min(1.0, less + same / 2))


def benjamini_hochberg(p: ArrayLike) -> Floats:
    """The q value of each p value: the smallest rate of false alarms at which its row would be marked.

    q₍ᵢ₎ = min over j ≥ i of m p₍ⱼ₎ ÷ j, at most 1: Benjamini and Hochberg, JRSS B 57 (1995), 289–300. NaN marks a row
    where no test is made; it stays NaN and does not count in m.

    >>> benjamini_hochberg([0.01, 0.04, np.nan, 0.03, 0.005]).round(3).tolist()
    [0.02, 0.04, nan, 0.04, 0.02]
    """
    p = np.asarray(p, dtype=float)
    q = np.full(p.shape, np.nan)
    tested = np.flatnonzero(~np.isnan(p))
    if len(tested):
        order = tested[np.argsort(p[tested], kind="stable")]
        scaled = p[order] * len(order) / np.arange(1, len(order) + 1)
        q[order] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1.0)
    return q


def _student(degrees: ArrayLike) -> Any:
    """The 97.5 percentile of Student's t."""
    from scipy.special import stdtrit

    return stdtrit(np.asarray(degrees, dtype=float), 0.975)


def student_interval(mean: ArrayLike, deviation: ArrayLike, n: ArrayLike) -> tuple[Floats, Floats]:
    """The interval of a mean of n numbers with this standard deviation (n − 1 in its denominator), as (low, high).

    mean ∓ t(0.975; n − 1) × deviation ÷ √n: Student, Biometrika 6 (1908), 1–25. NaN below two numbers.

    >>> [round(float(bound), 3) for bound in student_interval(5.0, 2.0, 16)]
    [3.934, 6.066]
    """
    mean, deviation, n = np.broadcast_arrays(*(np.asarray(given, dtype=float) for given in (mean, deviation, n)))
    enough = n >= 2
    with np.errstate(invalid="ignore"):
        half = _student(np.where(enough, n - 1, 1.0)) * deviation / np.sqrt(np.where(enough, n, 1.0))
    half = np.where(enough, half, np.nan)
    return mean - half, mean + half


def mover_product(
    first: ArrayLike, first_interval: tuple[ArrayLike, ArrayLike],
    second: ArrayLike, second_interval: tuple[ArrayLike, ArrayLike],
) -> tuple[Floats, Floats]:  # fmt: skip
    """The interval of a product of two positive estimates, each with an interval of its own, as (low, high).

    The variance of each logarithm is recovered from its own bounds: low = ab ÷ exp √(ln²(a ÷ a_low) + ln²(b ÷ b_low)),
    high likewise. Zou and Donner, Statistics in Medicine 27 (2008), 1693–1702. Where the first estimate is 0 the
    interval is 0 to the product of the upper bounds; where a lower bound is 0 so is that of the product.

    >>> [round(float(bound), 3) for bound in mover_product(0.5, (0.4, 0.6), 0.5, (0.5, 0.5))]  # nothing but the first
    [0.2, 0.3]
    """
    a, a_low, a_high, b, b_low, b_high = np.broadcast_arrays(
        *(np.asarray(given, dtype=float) for given in (first, *first_interval, second, *second_interval))
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        low = a * b * np.exp(-np.hypot(np.log(a / a_low), np.log(b / b_low)))
        high = a * b * np.exp(np.hypot(np.log(a_high / a), np.log(b_high / b)))
    none = a == 0
    return np.where(none | (a_low <= 0) | (b_low <= 0), 0.0, low), np.where(none, a_high * b_high, high)


def intensity_interval(
    mean: ArrayLike, deviation: ArrayLike, n: ArrayLike, *, same: ArrayLike, least: float = 0.25
) -> tuple[Floats, Floats]:
    """The interval of a mean intensity over n people, as (low, high) in least … 1.

    Student's, cut to where an intensity can lie. Below 12 people, or where all intensities are equal (``same``), their
    spread says little of the truth's (simulated coverage 83–93 %), and the interval is the full range.

    >>> [round(float(bound), 2) for bound in intensity_interval(0.5, 0.2, 20, same=False)]
    [0.41, 0.59]
    >>> [float(bound) for bound in intensity_interval(0.5, 0.2, 11, same=False)]
    [0.25, 1.0]
    """
    low, high = student_interval(mean, deviation, n)
    unsure = (np.asarray(n) < 12) | np.asarray(same, dtype=bool)
    return np.where(unsure, least, np.maximum(low, least)), np.where(unsure, 1.0, np.minimum(high, 1.0))


def welch(
    mean: ArrayLike, deviation: ArrayLike, n: ArrayLike,
    rest_mean: ArrayLike, rest_deviation: ArrayLike, rest_n: ArrayLike,
) -> tuple[Floats, Floats, Floats]:  # fmt: skip
    """A difference of two means of independent groups, as (difference, low, high).

    t with Satterthwaite's degrees of freedom: Welch, Biometrika 34 (1947), 28–35. The bounds are NaN below five numbers
    in either group, where the interval does not cover as often as it says.

    >>> [round(float(number), 3) for number in welch(8.0, 2.0, 10, 5.0, 3.0, 12)]
    [3.0, 0.757, 5.243]
    """
    m_1, s_1, n_1, m_2, s_2, n_2 = np.broadcast_arrays(
        *(np.asarray(given, dtype=float) for given in (mean, deviation, n, rest_mean, rest_deviation, rest_n))
    )
    enough = (n_1 >= 5) & (n_2 >= 5)
    size_1, size_2 = np.where(enough, n_1, 5.0), np.where(enough, n_2, 5.0)
    error_1, error_2 = s_1**2 / size_1, s_2**2 / size_2
    with np.errstate(invalid="ignore", divide="ignore"):
        degrees = (error_1 + error_2) ** 2 / (error_1**2 / (size_1 - 1) + error_2**2 / (size_2 - 1))
    # two groups that each agree entirely have no spread: the interval is the difference itself
    half = np.where(error_1 + error_2 > 0, _student(np.where(degrees > 0, degrees, 1.0)), 0.0)
    half = np.where(enough, half * np.sqrt(error_1 + error_2), np.nan)
    difference = m_1 - m_2
    return difference, difference - half, difference + half
