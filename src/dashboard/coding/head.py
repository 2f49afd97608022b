"""Examples that people decided → a correction of the codebook's own score.

A logistic model of the examples whose starting point is the codebook's log-odds f₀ (so no example means no change):
f = f₀ + g with a Gaussian prior on g whose covariance is
k(i, j) = B·b_i·b_j + V·x_i·x_j + W·w_i·w_j + C, where b is the codebook's score standardised, x the centred sentence
vector and w the weighted word 1–2-grams. Its mode is found by Newton's method with halved steps (Rasmussen and Williams
2006, Gaussian Processes for Machine Learning, algorithm 3.1) and written as plain weights.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import linalg, sparse

from dashboard.coding.features import Floats

SCORE, VECTOR, WORDS, CONSTANT = 0.5, 20.0, 10.0, 1.0
"""Prior variances of the four terms: of the codebook's score, the meaning, the words and a constant."""
ANCHOR, ANCHOR_WEIGHT = 2, 0.1
MOST_EXAMPLES = 400
"""Examples of one theme that are learned from; beyond, positives go first and negatives are thinned evenly."""

_ITERATIONS = 12
_CLOSE = 1e-3  # of the objective: nearer to the mode than any figure that is shown


@dataclass(frozen=True)
class Head:
    """Weights of the correction, one column a theme: g = b·score + x @ vector + w @ words + constant."""

    score: Floats
    vector: Floats
    words: Floats
    constant: Floats
    only_lowers: npt.NDArray[np.bool_]

    def apply(self, start: Floats, standard: Floats, centred: Floats, words: sparse.csr_matrix) -> Floats:
        """Corrected log-odds (n, themes); a theme whose every example was rejected can only fall."""
        found = start + standard * self.score + centred @ self.vector + words @ self.words + self.constant
        return np.asarray(np.where(self.only_lowers, np.minimum(found, start), found))


def fit_head(
    start: Floats, standard: Floats, centred: Floats, words: sparse.csr_matrix, labels: npt.NDArray[np.int8]
) -> Head:
    """The head of examples (m rows) by themes.

    labels: 1 confirmed, 0 rejected, −1 not decided for that theme, ANCHOR a passage of the corpus that nobody decided:
    it holds the correction near zero where there is no example, so that a few confirmations do not raise everything.
    """
    themes = labels.shape[1]
    head = Head(
        np.zeros(themes),
        np.zeros((centred.shape[1], themes)),
        np.zeros((words.shape[1], themes)),
        np.zeros(themes),
        np.array([(labels[:, t] == 0).any() and not (labels[:, t] == 1).any() for t in range(themes)], dtype=bool),
    )
    if not len(labels):
        return head
    shared = VECTOR * (centred @ centred.T) + WORDS * (words @ words.T).toarray() + CONSTANT
    for theme in range(themes):
        chosen = _chosen(labels[:, theme])
        if not len(chosen):
            continue
        rows = np.concatenate([chosen, np.flatnonzero(labels[:, theme] == ANCHOR)])
        score, begin = standard[rows, theme], start[rows, theme]
        covariance = shared[np.ix_(rows, rows)] + SCORE * np.outer(score, score)
        label = np.where(labels[rows, theme] == ANCHOR, _chance(begin), labels[rows, theme].astype(float))
        weight = np.where(labels[rows, theme] == ANCHOR, ANCHOR_WEIGHT, 1.0)
        alpha = _mode(covariance, begin, label, weight)
        head.score[theme] = SCORE * float(score @ alpha)
        head.vector[:, theme] = VECTOR * (centred[rows].T @ alpha)
        head.words[:, theme] = WORDS * (words[rows].T @ alpha)
        head.constant[theme] = CONSTANT * float(alpha.sum())
    return head


def _chosen(labels: npt.NDArray[np.int8]) -> npt.NDArray[np.int64]:
    """Rows of the decided examples, thinned where there are too many."""
    positive, negative = np.flatnonzero(labels == 1), np.flatnonzero(labels == 0)
    positive = _thinned(positive, max(MOST_EXAMPLES // 2, MOST_EXAMPLES - len(negative)))
    negative = _thinned(negative, MOST_EXAMPLES - len(positive))
    return np.sort(np.concatenate([positive, negative]))


def _thinned(rows: npt.NDArray[np.int64], most: int) -> npt.NDArray[np.int64]:
    return rows if len(rows) <= most else rows[np.linspace(0, len(rows) - 1, most).astype(np.int64)]


def _chance(log_odds: Floats) -> Floats:
    return 1 / (1 + np.exp(-np.clip(log_odds, -30, 30)))


def _mode(covariance: Floats, start: Floats, label: Floats, weight: Floats) -> Floats:
    """Weights a of the mode f = start + covariance @ a of the posterior."""

    def loss(f: Floats, a: Floats) -> float:
        return float(weight @ (np.logaddexp(0, f) - label * f) + 0.5 * a @ (f - start))

    f, a = start.copy(), np.zeros(len(start))
    now = loss(f, a)
    for _ in range(_ITERATIONS):
        p = _chance(f)
        curve = np.maximum(weight * p * (1 - p), 1e-4)
        root = np.sqrt(curve)
        target = curve * (f - start) + weight * (label - p)
        inner = root[:, None] * covariance * root[None, :]
        inner[np.diag_indices_from(inner)] += 1.0
        factor = linalg.cho_factor(inner, check_finite=False)
        wanted = target - root * linalg.cho_solve(factor, root * (covariance @ target), check_finite=False)
        step = 1.0
        while step > 0.01:
            tried = a + step * (wanted - a)
            moved = start + covariance @ tried
            reached = loss(moved, tried)
            if reached < now:
                break
            step /= 2
        else:
            break
        gained = now - reached
        f, a, now = moved, tried, reached
        if gained < _CLOSE:
            break
    return a
