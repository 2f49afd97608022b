"""``python -m benchmarks.cards``: how often intervals of a share of people cover the truth, before and after cards.

Simulated studies of 12 to 1,000 people, a third of whom speak of a theme, coded by a machine that is good, misses, or
over-flags; a person reads 0, 20, 60 or 200 passages, five a card. Beside multiple imputation stand Wilson's interval of
the machine's own share, prediction-powered inference with a tuned weight (PPI++: Angelopoulos, Duchi and Zrnic,
arXiv 2311.01453) and the estimator of Rogan and Gladen (American Journal of Epidemiology 107, 1978, 71–76).
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence

import numpy as np

from benchmarks.card_studies import FLAGGING, GOOD, MISSING, Bools, Machine, Studies, carded, studies, tallied
from dashboard.analysis.corrected import corrected
from dashboard.analysis.statistics import Floats, Z, wilson

SHARE = 0.35
PEOPLE = (12, 24, 100, 1_000)
PASSAGES = (0, 20, 60, 200)

Interval = tuple[Floats, Floats]


def raw(found: Studies, read: Bools) -> Interval:
    """Wilson's interval of what the machine says."""
    return wilson(found.word.sum(axis=1), found.word.shape[1])


def imputed(found: Studies, read: Bools) -> Interval:
    """Multiple imputation from the cards."""
    of = corrected(tallied(found, read), seed=1, draws=400)
    return of.low, of.high


def ppi(found: Studies, read: Bools) -> Interval:
    """PPI++: the machine's mean over all, and the weighted error on the cards, with the weight of least variance."""
    n, k = found.word.shape[1], np.maximum(1, read.sum(axis=1))
    word, truth = found.word.astype(float), (found.speaks & found.seen).astype(float)
    mean_word = (word * read).sum(axis=1) / k
    mean_truth = (truth * read).sum(axis=1) / k
    spread = ((word - mean_word[:, None]) ** 2 * read).sum(axis=1) / np.maximum(1, k - 1)
    both = ((word - mean_word[:, None]) * (truth - mean_truth[:, None]) * read).sum(axis=1) / np.maximum(1, k - 1)
    weight = np.clip(np.divide(both, (1 + k / n) * spread, out=np.zeros(len(k)), where=spread > 0), 0, 1)
    error = truth - weight[:, None] * word
    mean_error = (error * read).sum(axis=1) / k
    of_error = ((error - mean_error[:, None]) ** 2 * read).sum(axis=1) / np.maximum(1, k - 1)
    at = weight * word.mean(axis=1) + mean_error
    half = Z * np.sqrt(weight**2 * word.var(axis=1) / n + of_error / k)
    return np.maximum(0, at - half), np.minimum(1, at + half)


def rogan_gladen(found: Studies, read: Bools) -> Interval:
    """(apparent + specificity − 1) ÷ (sensitivity + specificity − 1), with the delta method's variance."""
    n = found.word.shape[1]
    truth = found.speaks & found.seen
    yes, no = (read & truth).sum(axis=1), (read & ~truth).sum(axis=1)
    sensitivity = ((read & truth & found.word).sum(axis=1) + 0.5) / (yes + 1)
    specificity = ((read & ~truth & ~found.word).sum(axis=1) + 0.5) / (no + 1)
    apparent = found.word.mean(axis=1)
    by = sensitivity + specificity - 1
    by = np.where(np.abs(by) < 0.05, 0.05, by)
    at = np.clip((apparent + specificity - 1) / by, 0, 1)
    variance = (
        apparent * (1 - apparent) / n
        + at**2 * sensitivity * (1 - sensitivity) / (yes + 1)
        + (1 - at) ** 2 * specificity * (1 - specificity) / (no + 1)
    ) / by**2
    half = Z * np.sqrt(variance)
    return np.maximum(0, at - half), np.minimum(1, at + half)


METHODS = {"imputed": imputed, "Wilson, raw": raw, "PPI++": ppi, "Rogan–Gladen": rogan_gladen}


def coverage(machine: Machine, *, n: int, cards: int, runs: int, seed: int = 1) -> dict[str, tuple[float, float]]:
    """Method → (coverage, mean width) over so many studies; what needs cards is left out where there are none."""
    found, _ = studies(machine, n=n, share=SHARE, runs=runs, seed=seed)
    read = carded(found, cards)
    of: dict[str, tuple[float, float]] = {}
    for name, method in METHODS.items():
        if cards or method is raw:
            low, high = method(found, read)
            of[name] = float(((low <= SHARE) & (high >= SHARE)).mean()), float((high - low).mean())
    return of


def main(given: Sequence[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.cards", description=__doc__)
    parser.add_argument("--runs", type=int, default=400, help="simulated studies in each cell")
    asked = parser.parse_args(given)
    print("\nCoverage of 95 % intervals, and their mean width, in percent and percentage points")
    print(f"{'machine':12}{'people':>7}{'read':>6}" + "".join(f"{name:>16}" for name in METHODS))
    for machine in (GOOD, MISSING, FLAGGING):
        for n in PEOPLE:
            for passages in PASSAGES:
                if passages // 5 > n:
                    continue
                of = coverage(machine, n=n, cards=passages // 5, runs=asked.runs)
                cells = [f"{100 * of[m][0]:.0f} ({100 * of[m][1]:.0f})" if m in of else "–" for m in METHODS]
                print(f"{machine.name:12}{n:>7}{passages:>6}" + "".join(f"{cell:>16}" for cell in cells))


if __name__ == "__main__":
    main()
