"""Corrected shares: their formula, and by simulation that each of the four rules is needed."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from benchmarks.card_studies import FLAGGING, GOOD, MISSING, Machine, Studies, carded, studies, tallied
from dashboard.analysis.corrected import FEWEST_CARDS, Tally, corrected, tally
from dashboard.analysis.statistics import wilson

RUNS = 500
DRAWS = 300


def coverage(of: Tally, truth: float, **options: object) -> float:
    """In how many of the studies the interval holds the share of customers."""
    found = corrected(of, seed=7, draws=DRAWS, **options)
    return float(((found.low <= truth) & (truth <= found.high)).mean())


def test_everybody_read_is_the_exact_share_with_jeffreys_interval() -> None:
    found = corrected(tally(0, [10, 14], yes=[8, 1], absent=[2, 13]), seed=1, draws=40_000)
    assert float(found.share) == pytest.approx(9 / 24)
    assert (float(found.heard_low), float(found.heard_high)) == (9, 9)
    low, high = stats.beta.ppf([0.025, 0.975], 9.5, 15.5)
    assert float(found.low) == pytest.approx(low, abs=0.005)
    assert float(found.high) == pytest.approx(high, abs=0.005)


def test_one_stratum_unread_people_are_beta_binomial() -> None:
    """10 of 30 read, 4 speak; whole transcripts read for all: T − 4 is beta-binomial(20, 4.5, 6.5)."""
    found = corrected(tally(0, [30], yes=[4], absent=[6]), seed=1, draws=40_000)
    of = stats.betabinom(20, 4.5, 6.5)
    assert float(found.share) == pytest.approx((4 + of.mean()) / 30, abs=0.003)
    assert abs(float(found.heard_low) - (4 + of.ppf(0.025))) <= 1
    assert abs(float(found.heard_high) - (4 + of.ppf(0.975))) <= 1


def test_a_card_that_held_everything_missed_nothing() -> None:
    """The same answers without doubt: nobody of 24 can speak of it, whatever a longer transcript might hide."""
    sure = corrected(tally(0, [24], nowhere=[24]), seed=1)
    doubt = corrected(tally(0, [24], no=[24]), seed=1)
    assert (float(sure.share), float(sure.heard_high)) == (0, 0)
    assert float(doubt.heard_high) > 5


def test_nobody_and_nothing() -> None:
    nobody = corrected(tally([0, 3], [[0, 0], [0, 0]]), seed=1)
    assert np.isnan([nobody.share[0], nobody.low[0], nobody.high[0]]).all()
    assert nobody.share[1] == 1
    assert nobody.high[1] == 1
    none = corrected(tally(0, [24], absent=[24]), seed=1)
    assert float(none.low) == 0
    with pytest.raises(ValueError, match="more cards than people"):
        tally(0, [3], yes=[4])


def test_the_same_seed_draws_the_same() -> None:
    first, second = (corrected(tally(2, [10, 14], yes=[3, 1], no=[1, 4]), seed=5) for _ in range(2))
    assert (first.low, first.high, first.share) == (second.low, second.high, second.share)


@pytest.mark.parametrize("machine", [GOOD, MISSING, FLAGGING], ids=lambda machine: machine.name)
def test_covers_whatever_the_machine_does(machine: Machine) -> None:
    """Twelve cards of 24 people, and forty of 100; the raw share covers as often only where the errors cancel."""
    for n, cards in ((24, 12), (100, 40)):
        found, _ = studies(machine, n=n, share=0.35, runs=RUNS, seed=3)
        assert coverage(tallied(found, carded(found, cards)), 0.35) >= 0.92
    low, high = wilson(found.word.sum(axis=1), 100)
    raw = float(((low <= 0.35) & (high >= 0.35)).mean())
    assert raw >= 0.9 if machine is GOOD else raw < 0.5


def test_rule_a_the_stratum_is_frozen_before_the_card() -> None:
    """A coder that learned from the cards says of those who were read what was read, and cards say nothing any more."""
    found, _ = studies(FLAGGING, n=100, share=0.35, runs=RUNS, seed=5)
    read = carded(found, 20)
    learned = np.where(read, found.speaks, found.word)
    assert coverage(tallied(found, read), 0.35) >= 0.92
    assert coverage(tallied(found, read, word=learned), 0.35) < 0.7


def _reviewed(found: Studies, draw: np.random.Generator) -> np.ndarray:
    """A person went through suggestions of half of those whom the machine named, and decided on them rightly."""
    return found.word & (draw.random(found.word.shape) < 0.5)


def test_rule_b_outside_the_cards_only_a_confirmation_is_certain() -> None:
    """Suggestions are rejected, but what the machine missed of these people is not: they stay in the pool."""
    # half of those who speak of it and are named are named for the wrong words: the suggestion is rejected rightly
    found, draw = studies(Machine("wrong words", 0.8, 0.3), n=100, share=0.5, runs=RUNS, seed=6)
    reviewed = _reviewed(found, draw)
    right = draw.random(found.word.shape) < 0.4
    confirmed = reviewed & found.speaks & right
    rejected = reviewed & ~confirmed
    among = ~confirmed
    read = carded(found, 40, among=among)
    assert coverage(tallied(found, read, certain=confirmed), 0.5) >= 0.92
    # a rejected passage taken for a certain "no" of its person
    without = carded(found, 40, among=~(confirmed | rejected))
    of = tallied(found, without, certain=confirmed | rejected)
    wrong = Tally(confirmed.sum(axis=1), of.people, of.yes, of.no, of.missed, of.absent, of.nowhere)
    inside = corrected(wrong, seed=7, draws=DRAWS)
    n = 100
    shares = inside.share * (wrong.certain + wrong.people.sum(axis=-1)) / n
    low, high = wilson(np.round(shares * n), n)
    assert float(((low <= 0.5) & (high >= 0.5)).mean()) < 0.7


def test_rule_c_of_every_fifth_no_the_whole_transcript_is_read() -> None:
    """Where the machine ranks passages weakly, five of them miss two of five people who do speak of it."""
    found, _ = studies(MISSING, n=100, share=0.4, runs=RUNS, seed=8, missed=0.4)
    read = carded(found, 60)
    assert coverage(tallied(found, read), 0.4) >= 0.92
    assert coverage(tallied(found, read, every=0), 0.4, missed=False) < 0.7


def test_rule_d_a_segment_needs_cards_of_its_own() -> None:
    """The machine errs by segment (it misses the words of one): the others' cards do not correct it."""
    n, share = 200, 0.5
    draw = np.random.default_rng(9)
    speaks = draw.random((RUNS, n)) < share
    mine = np.arange(n) < 30
    sensitivity = np.where(mine, 0.2, 0.95)
    word = draw.random((RUNS, n)) < np.where(speaks, sensitivity, 0.05)
    found = Studies(speaks, word, draw.random((RUNS, n)), np.ones((RUNS, n), dtype=bool))
    segment = Studies(*(each[:, mine] for each in (found.speaks, found.word, found.order, found.seen)))
    # with eight cards of its own
    assert coverage(tallied(segment, carded(segment, FEWEST_CARDS)), share) >= 0.92
    # without: the rates of its strata are those of everybody's cards
    read = carded(found, 60)
    rates = [
        ((read & stratum & found.speaks).sum(axis=1) + 0.5) / ((read & stratum).sum(axis=1) + 1)
        for stratum in (found.word, ~found.word)
    ]
    people = [(stratum[:, mine]).sum(axis=1) for stratum in (found.word, ~found.word)]
    borrowed = sum(rate * of for rate, of in zip(rates, people, strict=True))
    low, high = wilson(np.round(borrowed), 30)
    assert float(((low <= share) & (share <= high)).mean()) < 0.8
