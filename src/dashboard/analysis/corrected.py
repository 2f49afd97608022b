"""The coding's own error as part of an interval: a share of people, corrected by the cards that a person read.

A card is one person and one theme: the coder reads the five passages most likely to speak of it and says yes or no.
Cards come in random order within strata, which are the machine's word before the card and before any decision.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dashboard.analysis.statistics import Floats

DRAWS = 2_000
"""Imputed data sets; the bounds are percentiles of them."""

FEWEST_CARDS = 8
"""A group among others shows a corrected share from so many cards of its own on."""

MISSED_PRIOR = (0.5, 2.0)
"""Beta prior of the rate at which five passages miss what the whole transcript says."""


@dataclass(frozen=True)
class Tally:
    """What cards say of n people, by stratum; arrays (…, strata) of whole numbers, certain (…).

    certain: people with a passage that a person confirmed, in no stratum. people: all others. yes: cards answered yes.
    no: cards answered no after five passages, where nothing more was read. missed and absent: cards answered no where
    the whole transcript was read as well, and does speak of the theme, or does not. nowhere: cards answered no that
    held everything the person said, so that nothing can have been missed.
    """

    certain: NDArray[np.int64]
    people: NDArray[np.int64]
    yes: NDArray[np.int64]
    no: NDArray[np.int64]
    missed: NDArray[np.int64]
    absent: NDArray[np.int64]
    nowhere: NDArray[np.int64]

    @property
    def cards(self) -> NDArray[np.int64]:
        """Cards read, (…)."""
        read: NDArray[np.int64] = self.read.sum(axis=-1)
        return read

    @property
    def read(self) -> NDArray[np.int64]:
        """Cards read in each stratum, (…, strata)."""
        return self.yes + self.no + self.missed + self.absent + self.nowhere


@dataclass(frozen=True)
class Corrected:
    """Corrected shares, each (…). low, high: of customers like these; heard_low, heard_high: people of those heard."""

    share: Floats
    low: Floats
    high: Floats
    heard_low: Floats
    heard_high: Floats


def tally(certain: ArrayLike, people: ArrayLike, **counts: ArrayLike) -> Tally:
    """A tally from numbers or nested lists; what is not given is 0. Raises ValueError where cards exceed people.

    >>> int(tally(0, [10, 14], yes=[3, 0], no=[1, 2]).cards)
    6
    """
    of = np.asarray(people, dtype=np.int64)
    arrays = {
        name: np.broadcast_to(np.asarray(counts.get(name, 0), dtype=np.int64), of.shape)
        for name in ("yes", "no", "missed", "absent", "nowhere")
    }
    if (of < sum(arrays.values())).any():
        raise ValueError("a stratum cannot have more cards than people")
    return Tally(np.asarray(certain, dtype=np.int64), of, **arrays)


def corrected(of: Tally, *, seed: int | list[int], draws: int = DRAWS, missed: bool = True) -> Corrected:
    """The share of people who voice a theme, with a 95 % interval that covers sampling and the coder's errors.

    Multiple imputation (Rubin, Multiple Imputation for Nonresponse in Surveys, 1987, chapter 4). One draw: the rate of
    what five passages miss from Beta(missed + ½, absent + 2), and with it how many of the other "no" cards speak of the
    theme nevertheless; for each stratum of N people with y speaking of k read, the rate of its unread people from
    Beta(y + ½, k − y + ½) and the number of them who speak; all together T of n; the share of customers from
    Beta(T + ½, n − T + ½). low and high are the 2.5 and 97.5 percentiles of the last, heard_low and heard_high of T,
    share the mean of T ÷ n. A bound never leaves the share outside, so that 0 of n has the bound 0. NaN where n is 0.

    missed=False believes five passages (for comparison).

    >>> found = corrected(tally(0, [10, 14], yes=[4, 1], absent=[2, 5]), seed=1)
    >>> round(float(found.share), 2), int(found.heard_low), int(found.heard_high)
    (0.39, 6, 13)
    """
    rng = np.random.default_rng(seed)
    size = (*of.people.shape, draws)
    whole_missed, whole_absent = of.missed.sum(axis=-1), of.absent.sum(axis=-1)
    yes = np.broadcast_to((of.yes + of.missed)[..., None], size)
    if missed:
        a, b = whole_missed + MISSED_PRIOR[0], whole_absent + MISSED_PRIOR[1]
        rate = rng.beta(a[..., None], b[..., None], (*size[:-2], draws))
        yes = yes + rng.binomial(of.no[..., None], rate[..., None, :], size)
    read = of.read[..., None]
    speaking = rng.beta(yes + 0.5, read - yes + 0.5)
    unread = rng.binomial(of.people[..., None] - read, speaking)
    total = of.certain[..., None] + (yes + unread).sum(axis=-2)
    n = (of.certain + of.people.sum(axis=-1))[..., None]
    shares = rng.beta(total + 0.5, n - total + 0.5)
    with np.errstate(invalid="ignore"):
        share = np.where(n[..., 0] > 0, total.mean(axis=-1) / np.maximum(n[..., 0], 1), np.nan)
    low, high = np.quantile(shares, (0.025, 0.975), axis=-1)
    heard_low, heard_high = np.quantile(total, (0.025, 0.975), axis=-1, method="nearest")
    nobody = n[..., 0] == 0
    return Corrected(
        share,
        np.where(nobody, np.nan, np.minimum(low, share)),
        np.where(nobody, np.nan, np.maximum(high, share)),
        np.where(nobody, np.nan, heard_low),
        np.where(nobody, np.nan, heard_high),
    )
