"""Fit the weights that tell by meaning whether a passage states an unmet need, on the seen half of the labelled set.

    python -m benchmarks.fit_needs [--out src/dashboard/coding/model/needs.npz]

Logistic regression on the sentence vectors with a ridge; what it scores by cross-validation on that half is printed.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from benchmarks.needs import KINDS, labelled
from dashboard.coding.meaning import sentences
from dashboard.coding.needs import WEIGHTS

RIDGE = 0.3
FOLDS = 10

Floats = npt.NDArray[np.float64]


def fitted(vectors: Floats, need: npt.NDArray[np.bool_]) -> Floats:
    """Weights (width + 1,), the constant last."""

    def loss(weights: Floats) -> tuple[float, Floats]:
        log_odds = vectors @ weights[:-1] + weights[-1]
        chance = 1 / (1 + np.exp(-log_odds))
        missed = np.logaddexp(0.0, -log_odds)[need].sum() + np.logaddexp(0.0, log_odds)[~need].sum()
        slope = np.append(vectors.T @ (chance - need) + 2 * RIDGE * weights[:-1], (chance - need).sum())
        return float(missed + RIDGE * (weights[:-1] ** 2).sum()), slope

    found: Floats = minimize(loss, np.zeros(vectors.shape[1] + 1), jac=True).x
    return found


def main(arguments: list[str] | None = None) -> None:
    """Write the weights, and print how they rank passages that they were not fitted on."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--out", type=Path, default=Path("src/dashboard/coding/model") / WEIGHTS)
    out = options.parse_args(arguments).out
    rows = labelled("seen")
    need = np.array([kind in KINDS for kind, _ in rows])
    vectors = sentences().embed([text for _, text in rows]).astype(float)
    fold = np.random.default_rng(0).integers(0, FOLDS, len(rows))
    ranked = np.zeros(len(rows))
    for each in range(FOLDS):
        weights = fitted(vectors[fold != each], need[fold != each])
        ranked[fold == each] = vectors[fold == each] @ weights[:-1] + weights[-1]
    area = float((ranked[need][:, None] > ranked[~need][None]).mean())
    print(f"{len(rows)} passages; in {100 * area:.0f} of 100 pairs the one that states a need ranks higher")
    weights = fitted(vectors, need)
    np.savez_compressed(out, vector=weights[:-1].astype(np.float16), constant=np.float16(weights[-1]))


if __name__ == "__main__":
    main()
