"""Smoothing over a corpus, against the plain formula."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from dashboard.coding.features import BUCKETS
from dashboard.coding.smoothing import ridge, standardising, word_weights

RNG = np.random.default_rng(2)


def test_ridge_is_the_regression_it_says() -> None:
    corpus, examples = RNG.normal(size=(50, 5)), RNG.normal(size=(4, 5))
    target, labels = RNG.random((50, 2)), np.array([[1, -1], [0, -1], [1, 0], [-1, -1]], dtype=np.int8)
    mean, gram = target.mean(axis=0), corpus.T @ corpus
    gram = gram + (np.trace(gram) / 5 + 1e-6) * np.eye(5)
    for thing in range(2):
        rows = labels[:, thing] >= 0
        use = examples[rows]
        right = corpus.T @ (target[:, thing] - mean[thing]) + 10 * use.T @ (labels[rows, thing] - mean[thing])
        expected = np.linalg.solve(gram + 10 * use.T @ use, right)
        np.testing.assert_allclose(ridge(corpus, target, examples, labels)[:, thing], expected, rtol=1e-8)


def test_nothing_to_smooth_over() -> None:
    none = np.zeros((0, 2), dtype=np.int8)
    assert not ridge(np.zeros((0, 5)), np.zeros((0, 2)), np.zeros((0, 5)), none).any()
    empty = sparse.csr_matrix((0, BUCKETS))
    assert not word_weights(empty, np.zeros((0, 2)), empty, none).any()


def test_standardising_few_values_stays_near_the_usual() -> None:
    mean, deviation = standardising(np.zeros((0, 1)), usual=(0.5, 2.0))
    assert (mean[0], deviation[0]) == (0.5, 2.0)
    mean, deviation = standardising(np.full((10_000, 1), 3.0), usual=(0.5, 2.0))
    assert abs(mean[0] - 3) < 0.01
    assert deviation[0] > 0


def test_words_of_a_theme_weigh_more() -> None:
    grams = sparse.csr_matrix(([1.0] * 4, ([0, 1, 2, 3], [7, 7, 9, 9])), shape=(4, BUCKETS))
    target = np.array([[0.9], [0.9], [0.1], [0.1]])
    weights = word_weights(grams, target, sparse.csr_matrix((0, BUCKETS)), np.zeros((0, 1), dtype=np.int8))
    assert weights[7, 0] > 0 > weights[9, 0]
    assert weights[8, 0] == 0
