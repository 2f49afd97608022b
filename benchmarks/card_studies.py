"""Simulated studies in which a machine codes people and a person reads cards: what the benchmark and tests share."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dashboard.analysis.corrected import Tally

Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Machine:
    """How a coder errs on people. sensitivity: of those who speak, how many it finds; false: of the others."""

    name: str
    sensitivity: float
    false: float


GOOD, MISSING, FLAGGING = Machine("good", 0.9, 0.05), Machine("misses", 0.45, 0.03), Machine("over-flags", 0.9, 0.4)


@dataclass(frozen=True)
class Studies:
    """R studies of n people each, arrays (R, n). speaks: the truth. word: the machine's. order: a random rank."""

    speaks: Bools
    word: Bools
    order: NDArray[np.float64]
    seen: Bools
    """Whether the five passages of a card would show it, for those who speak."""


def studies(
    machine: Machine, *, n: int, share: float, runs: int, seed: int, missed: float = 0.1
) -> tuple[Studies, np.random.Generator]:
    """Studies drawn anew, and the generator they were drawn by. missed: how often five passages do not show it."""
    draw = np.random.default_rng(seed)
    speaks = draw.random((runs, n)) < share
    word = draw.random((runs, n)) < np.where(speaks, machine.sensitivity, machine.false)
    return Studies(speaks, word, draw.random((runs, n)), draw.random((runs, n)) >= missed), draw


def carded(found: Studies, cards: int, *, among: Bools | None = None) -> Bools:
    """Who has a card: so many in each study, in proportion to the strata, in random order within each."""
    allowed = np.ones_like(found.word) if among is None else among
    # the place of a person in the stratum, as a share of it: the smallest are read first, so both are read alike
    place = np.full(found.word.shape, np.inf)
    for stratum in (found.word & allowed, ~found.word & allowed):
        rank = np.where(stratum, found.order, np.inf).argsort(axis=1).argsort(axis=1)
        size = stratum.sum(axis=1, keepdims=True)
        place = np.where(stratum, (rank + 0.5) / np.maximum(size, 1), place)
    return (place.argsort(axis=1).argsort(axis=1) < cards) & allowed


def tallied(
    found: Studies,
    read: Bools,
    *,
    certain: Bools | None = None,
    word: Bools | None = None,
    every: int = 5,
) -> Tally:
    """What the cards of all studies say. word: the strata, where they are not the machine's own. every: how many "no"
    cards one whole transcript is read for (0: none)."""
    sure = np.zeros_like(read) if certain is None else certain
    strata = found.word if word is None else word
    yes, no = read & found.speaks & found.seen, read & ~(found.speaks & found.seen)
    # in the order read: of every five the first
    turn = np.where(no, found.order, np.inf).argsort(axis=1).argsort(axis=1)
    whole = no & (turn % every == 0) if every else np.zeros_like(no)

    def by_stratum(of: Bools) -> NDArray[np.int64]:
        return np.stack([(of & strata & ~sure).sum(axis=1), (of & ~strata & ~sure).sum(axis=1)], axis=-1)

    return Tally(
        certain=sure.sum(axis=1),
        people=by_stratum(np.ones_like(read)),
        yes=by_stratum(yes),
        no=by_stratum(no & ~whole),
        missed=by_stratum(whole & found.speaks),
        absent=by_stratum(whole & ~found.speaks),
        nowhere=by_stratum(np.zeros_like(read)),
    )
