"""What the codebook and the examples say of a whole corpus, smoothed, so that passages alike are judged alike."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy import linalg, sparse

from dashboard.coding.features import BUCKETS, Floats

_FEW = 10  # pseudo-passages with the usual value, so that a corpus of a few passages is standardised sensibly
_EXAMPLE = 10.0  # weight of a decided example beside a passage of the corpus


def standardising(values: Floats, *, usual: tuple[float, float]) -> tuple[Floats, Floats]:
    """Mean and deviation of each column, with a few pseudo-passages of the usual ones."""
    count = len(values)
    mean = (values.sum(axis=0) + _FEW * usual[0]) / (count + _FEW)
    square = ((values - mean) ** 2).sum(axis=0) + _FEW * usual[1] ** 2
    return mean, np.sqrt(square / (count + _FEW))


def ridge(centred: Floats, target: Floats, examples: Floats, labels: npt.NDArray[np.int8]) -> Floats:
    """Weights (width, things) of a ridge regression of the target on vectors, decided examples counting tenfold.

    (XᵀX + λI + 10 UᵀU) w = XᵀT + 10 UᵀY, one thing at a time by the matrix inversion lemma; λ is the mean eigenvalue.
    """
    width, things = centred.shape[1], target.shape[1]
    if not len(centred):
        return np.zeros((width, things))
    mean = target.mean(axis=0)
    gram = centred.T @ centred
    gram[np.diag_indices(width)] += np.trace(gram) / width + 1e-6
    factor = linalg.cho_factor(gram, check_finite=False)
    right = centred.T @ (target - mean)
    weights = np.asarray(linalg.cho_solve(factor, right, check_finite=False))
    if not len(examples):
        return weights
    spread = linalg.cho_solve(factor, examples.T, check_finite=False)  # (width, examples)
    for thing in range(things):
        rows = np.flatnonzero(labels[:, thing] >= 0)
        if not len(rows):
            continue
        use, reach = examples[rows], spread[:, rows]
        first = weights[:, thing] + _EXAMPLE * (reach @ (labels[rows, thing] - mean[thing]))
        inner = use @ reach
        inner[np.diag_indices_from(inner)] += 1 / _EXAMPLE
        weights[:, thing] = first - reach @ linalg.solve(inner, use @ first, assume_a="pos", check_finite=False)
    return weights


def word_weights(
    grams: sparse.csr_matrix, target: Floats, examples: sparse.csr_matrix, labels: npt.NDArray[np.int8]
) -> Floats:
    """Weights (BUCKETS, things): log of how much oftener a gram stands in passages of the thing than in the others."""
    if not grams.shape[0]:
        return np.zeros((BUCKETS, target.shape[1]))
    total = np.asarray(grams.sum(axis=0)).ravel()[:, None]
    inside = np.asarray(grams.T @ target)
    outside = total - inside
    if examples.shape[0]:
        inside = inside + _EXAMPLE * np.asarray(examples.T @ (labels == 1).astype(float))
        outside = outside + _EXAMPLE * np.asarray(examples.T @ (labels == 0).astype(float))
    mean = target.mean(axis=0)
    one = np.log((inside + mean + 1e-6) / (inside.sum(axis=0) + 1.0))
    other = np.log((outside + 1 - mean + 1e-6) / (outside.sum(axis=0) + 1.0))
    return np.asarray((one - other) * (total > 0))
