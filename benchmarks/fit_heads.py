"""Fit the weights that the coder comes with, from openly licensed labelled sets given by path.

    python -m benchmarks.fit_heads --coding a.csv a.yaml --coding b.csv b.yaml \
        --sentiment signs.csv [--out src/dashboard/coding/model] [--kept FOLDER] [--check]

A coding set has the columns id, text, themes (or stage) and split, and a YAML with its codebook (or journey). A sentiment
set has text, sign (−1, 0, 1), set and split. Only rows of the train split are used. With --check nothing is written:
each set is scored on its held-out half with weights fitted on the other sets alone.
"""

# ruff: noqa: E501

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from scipy import sparse
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression

from benchmarks.labelled import (
    Labelled,
    calibration_error,
    embedded,
    macro_average_precision,
    read_labelled,
)
from dashboard.coding.blend import LEAST_CONFIDENCE
from dashboard.coding.features import Passages, inverse_frequency, prepare, weighted
from dashboard.coding.learning import KNOTS, Calibrator, blend_features, codebook_features, curve_features, learn
from dashboard.coding.meaning import sentences
from dashboard.coding.sentiment import WEIGHTS, lexicon_features
from dashboard.coding.stages import choice_features

CODEBOOK = ("combined", "beyond", "rarity", "share")
BLEND = ("blended", "untrusted", "level", "blended taught", "taught")
CURVE = ("below", "first", "second", "third", "above")
CHOICE = ("best", "lead")
STRAIGHT = 30.0  # how strongly the curve is held to a slope of one
CONDITIONS = ((0, 0), (0, 0), (3, 0), (10, 0), (25, 0), (0, 300), (10, 300), (0, 60))
"""(confirmed a theme, passages of the corpus; 0 for all): what the blend is calibrated for."""

Part = tuple[np.ndarray, np.ndarray]  # features (rows, features), labels


def logistic(parts: Sequence[Part], names: Sequence[str]) -> Calibrator:
    """A logistic calibrator in which every part has the same weight."""
    x, y = np.concatenate([part[0] for part in parts]), np.concatenate([part[1] for part in parts])
    weight = np.concatenate([np.full(len(part[1]), 1e4 / max(1, len(part[1]))) for part in parts])
    middle = np.average(x, axis=0, weights=weight)
    deviation = np.sqrt(np.average((x - middle) ** 2, axis=0, weights=weight)) + 1e-6
    model = LogisticRegression(C=1.0, max_iter=2000).fit((x - middle) / deviation, y, sample_weight=weight)
    weights = model.coef_[0] / deviation
    found = {name: round(float(value), 5) for name, value in zip(names, weights, strict=True)}
    return Calibrator(found | {"constant": round(float(model.intercept_[0] - weights @ middle), 5)})


def stacked(features: dict[str, np.ndarray], names: Sequence[str], rows: np.ndarray) -> np.ndarray:
    return np.stack([np.asarray(features[name])[rows].ravel() for name in names], axis=1)


def passages_of(labelled: Labelled, rows: np.ndarray) -> Passages:
    return prepare([labelled.texts[row] for row in rows], labelled.vectors[rows])


def fit_codebook(sets: Sequence[Labelled]) -> Calibrator:
    """The first calibrator: codebook against labels, no example."""
    parts = []
    for labelled in sets:
        rows = np.flatnonzero(~labelled.test)
        corpus = passages_of(labelled, rows)
        none = np.zeros((0, len(labelled.things)), dtype=np.int8)
        learned = learn(
            labelled.things, corpus, passages_of(labelled, rows[:0]), none, sentences(), codebook=Calibrator({})
        )
        features, _ = codebook_features(corpus, learned, sentences())
        parts.append((stacked(features, CODEBOOK, np.arange(len(rows))), labelled.truth[rows].ravel()))
    return logistic(parts, CODEBOOK)


def trained(labelled: Labelled, codebook: Calibrator) -> Iterable[tuple[dict[str, np.ndarray], np.ndarray]]:
    """Features of the blend and labels of the rows that nobody decided, for corpora large and small, taught or not."""
    for seed, (confirmed, size) in enumerate(CONDITIONS):
        train = np.flatnonzero(~labelled.test)
        if size:
            train = np.sort(np.random.default_rng(seed).choice(train, min(size, len(train)), replace=False))
        picked = np.intersect1d(labelled.picked(confirmed, seed=seed + 10), train) if confirmed else train[:0]
        learned = learn(
            labelled.things,
            passages_of(labelled, train),
            passages_of(labelled, picked),
            labelled.truth[picked].astype(np.int8),
            sentences(),
            codebook=codebook,
        )
        rows = np.setdiff1d(train, picked)
        features, _ = blend_features(passages_of(labelled, rows), learned, sentences(), codebook=codebook)
        yield features, labelled.truth[rows]


def fit_blend(sets: Sequence[Labelled], codebook: Calibrator) -> tuple[Calibrator, Calibrator]:
    """The second calibrator, and the curve that bends its log-odds: rising everywhere, and near to straight."""
    found = [each for labelled in sets for each in trained(labelled, codebook)]
    blend = logistic([(stacked(f, BLEND, np.arange(len(truth))), truth.ravel()) for f, truth in found], BLEND)
    bent = [(curve_features(blend.log_odds(features)), truth.ravel()) for features, truth in found]
    x = np.concatenate([stacked(f, CURVE, np.arange(len(f[CURVE[0]]))) for f, _ in bent])
    y = np.concatenate([truth for _, truth in bent]).astype(float)
    weight = np.concatenate([np.full(len(truth), 1e4 / len(truth)) for _, truth in bent])

    def loss(p: np.ndarray) -> tuple[float, np.ndarray]:
        z = x @ p[:-1] + p[-1]
        gap = weight * (1 / (1 + np.exp(-z)) - y)
        value = weight @ (np.logaddexp(0, z) - y * z) + STRAIGHT * ((p[:-1] - 1) ** 2).sum()
        return float(value), np.append(x.T @ gap + 2 * STRAIGHT * (p[:-1] - 1), gap.sum())

    # What the blend gives 0.05 keeps it: the curve takes away no suggestion.
    bounds = [(0.1, 4.0)] * len(CURVE) + [(KNOTS[0], KNOTS[0])]
    best = minimize(loss, np.append(np.ones(len(CURVE)), 0.0), jac=True, bounds=bounds, method="L-BFGS-B").x
    slopes = {name: round(float(value), 5) for name, value in zip(CURVE, best, strict=False)}
    return blend, Calibrator(slopes | {"constant": round(float(best[-1]), 5)})


def check(
    labelled: Labelled, codebook: Calibrator, blend: Calibrator, curve: Calibrator, *, confirmed: int, size: int = 0
) -> dict[str, float]:
    """Figures on the held-out rows, with the whole set as corpus."""
    every = np.arange(len(labelled.texts))
    if size:
        every = np.sort(np.random.default_rng(5).choice(every, size, replace=False))
    picked = labelled.picked(confirmed) if confirmed else every[:0]
    if size:
        picked = np.intersect1d(picked, every)
    corpus = passages_of(labelled, every)
    examples = passages_of(labelled, picked)
    learned = learn(
        labelled.things, corpus, examples, labelled.truth[picked].astype(np.int8), sentences(), codebook=codebook
    )
    test = np.flatnonzero(labelled.test)
    features, _ = blend_features(passages_of(labelled, test), learned, sentences(), codebook=codebook)
    confidence = 1 / (1 + np.exp(-curve.log_odds(curve_features(blend.log_odds(features)))))
    confidence[confidence < LEAST_CONFIDENCE] = 0.0  # not suggested
    truth, sure, accepted = labelled.truth[test], confidence >= 0.8, confidence >= 0.5
    return {
        "AP": macro_average_precision(truth, confidence),
        "F1": 2 * (accepted & truth).sum() / max(1, accepted.sum() + truth.sum()),
        "ECE": calibration_error(truth, confidence),
        "P8": float(truth[sure].mean()) if sure.any() else 1.0,
        "n8": int(sure.sum()),
    }


def fit_choice(sets: Sequence[Labelled], codebook: Calibrator, blend: Calibrator, curve: Calibrator) -> Calibrator:
    """The calibrator of one choice among stages, on the texts that have exactly one label."""
    parts = []
    for labelled in sets:
        train = np.flatnonzero(~labelled.test)
        one = train[labelled.truth[train].sum(axis=1) == 1]
        none = np.zeros((0, len(labelled.things)), dtype=np.int8)
        corpus = passages_of(labelled, train)
        learned = learn(labelled.things, corpus, passages_of(labelled, one[:0]), none, sentences(), codebook=codebook)
        features, _ = blend_features(passages_of(labelled, one), learned, sentences(), codebook=codebook)
        log_odds = curve.log_odds(curve_features(blend.log_odds(features)))
        chosen = choice_features(log_odds)
        right = labelled.truth[one, log_odds.argmax(axis=1)]
        parts.append((stacked(chosen, CHOICE, np.arange(len(one))), right))
    return logistic(parts, CHOICE)


def read_signs(table: Path) -> tuple[list[str], np.ndarray, list[str], np.ndarray]:
    """Texts, signs (−1, 0, 1), the set each comes from, and whether it is held out."""
    with table.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return (
        [row["text"] for row in rows],
        np.array([int(row["sign"]) for row in rows]),
        [row["set"] for row in rows],
        np.array([row["split"] == "test" for row in rows]),
    )


def fit_sentiment(passages: Passages, signs: np.ndarray) -> dict[str, np.ndarray]:
    """Weights of the two sentiment models, columns negative, neutral, positive."""
    lexicon = lexicon_features(passages.tokens)
    frequency = inverse_frequency(passages.grams)
    words = weighted(passages.grams, frequency)
    of_vector = LogisticRegression(C=1.0, max_iter=3000, class_weight="balanced").fit(
        np.hstack([passages.vectors * 3, lexicon]), signs
    )
    of_words = LogisticRegression(C=3.0, max_iter=3000, class_weight="balanced").fit(
        sparse.hstack([words, sparse.csr_matrix(lexicon)]).tocsr(), signs
    )
    width = passages.vectors.shape[1]
    return {
        "vector": of_vector.coef_[:, :width].T * 3,
        "lexicon beside vector": of_vector.coef_[:, width:].T,
        "constant of vector": of_vector.intercept_,
        "frequency": frequency,
        "words": of_words.coef_[:, : words.shape[1]].T,
        "lexicon beside words": of_words.coef_[:, words.shape[1] :].T,
        "constant of words": of_words.intercept_,
    }


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--coding", nargs=2, action="append", type=Path, default=[], metavar=("TABLE", "CODEBOOK"))
    parser.add_argument("--sentiment", type=Path)
    parser.add_argument("--out", type=Path, default=Path("src/dashboard/coding/model"))
    parser.add_argument("--kept", type=Path)
    parser.add_argument("--check", action="store_true")
    given = parser.parse_args(arguments)
    sets = [read_labelled(table, codebook, kept=given.kept) for table, codebook in given.coding]
    if given.check:
        for held in sets:
            others = [each for each in sets if each is not held]
            codebook = fit_codebook(others)
            blend, curve = fit_blend(others, codebook)
            for confirmed, size in ((0, 0), (5, 0), (10, 0), (25, 0), (0, 200), (0, 30)):
                figures = check(held, codebook, blend, curve, confirmed=confirmed, size=size)
                print(
                    held.name,
                    confirmed,
                    size or "all",
                    {name: round(value, 3) for name, value in figures.items()},
                    flush=True,
                )
        return
    if given.sentiment:
        texts, signs, _, held = read_signs(given.sentiment)
        rows = np.flatnonzero(~held)
        vectors = embedded(texts, kept=given.kept)[rows]
        found = fit_sentiment(prepare([texts[row] for row in rows], vectors), signs[rows])
        np.savez_compressed(given.out / WEIGHTS, **{name: value.astype(np.float16) for name, value in found.items()})
    if sets:
        codebook = fit_codebook(sets)
        blend, curve = fit_blend(sets, codebook)
        path = given.out / "calibrators.json"
        kept = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        choice = fit_choice(sets, codebook, blend, curve)
        kept |= {
            "codebook": codebook.weights,
            "blend": blend.weights,
            "curve": curve.weights,
            "choice": choice.weights,
        }
        path.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
