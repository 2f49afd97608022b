"""The correction that examples make."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from dashboard.coding.head import ANCHOR, MOST_EXAMPLES, fit_head

RNG = np.random.default_rng(4)
VECTORS = RNG.normal(size=(30, 6)) / 3
WORDS = sparse.csr_matrix((RNG.random((30, 12)) < 0.2).astype(float))
START = np.full((30, 1), -1.0)
ZERO = np.zeros_like(START)


def moved(labels: np.ndarray) -> np.ndarray:
    head = fit_head(START, ZERO, VECTORS, WORDS, labels.astype(np.int8)[:, None])
    return np.asarray(head.apply(START, ZERO, VECTORS, WORDS)[:, 0])


def test_no_example_changes_nothing() -> None:
    assert (moved(np.full(30, -1)) == -1.0).all()
    none = fit_head(START[:0], ZERO[:0], VECTORS[:0], WORDS[:0], np.zeros((0, 1), dtype=np.int8))
    assert (none.apply(START, ZERO, VECTORS, WORDS) == START).all()


def test_confirmed_rows_rise_above_rejected_ones() -> None:
    labels = np.where(VECTORS[:, 0] > 0, 1, 0)
    found = moved(labels)
    assert found[labels == 1].min() > found[labels == 0].max()


def test_all_rejected_never_raises() -> None:
    assert (moved(np.where(np.arange(30) < 5, 0, -1)) <= -1.0).all()


def test_anchors_hold_what_nobody_decided() -> None:
    free = np.where(np.arange(30) < 2, 1, -1)
    held = np.where(np.arange(30) < 2, 1, ANCHOR)
    assert moved(held)[2:].mean() < moved(free)[2:].mean()


def test_more_examples_than_it_learns_from() -> None:
    count = MOST_EXAMPLES * 3
    vectors = RNG.normal(size=(count, 4))
    labels = (vectors[:, :1] > 0).astype(np.int8)
    words = sparse.csr_matrix((count, 3))
    start = np.zeros((count, 1))
    found = fit_head(start, start, vectors, words, labels).apply(start, start, vectors, words)
    assert ((found > 0) == (labels == 1)).mean() > 0.95
