"""Labelled sets for benchmarks and for fitting: a CSV with texts and labels, a YAML with the codebook or journey."""

from __future__ import annotations

import csv
import hashlib
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import yaml

from dashboard.coding.learning import Thing
from dashboard.coding.meaning import MODEL, sentences


@dataclass(frozen=True)
class Labelled:
    """Texts with what they were labelled: truth is (texts, things) of booleans; test marks the rows held out."""

    name: str
    ids: list[str]
    texts: list[str]
    vectors: np.ndarray
    things: tuple[Thing, ...]
    truth: np.ndarray
    test: np.ndarray

    def picked(self, confirmed: int, *, seed: int = 1) -> np.ndarray:
        """Rows of the train split that hold ``confirmed`` texts a thing: every thing is decided for each of them."""
        order = list(range(len(self.texts)))
        random.Random(seed).shuffle(order)
        train = [row for row in order if not self.test[row]]
        chosen = {
            row for thing in range(len(self.things)) for row in [r for r in train if self.truth[r, thing]][:confirmed]
        }
        return np.array(sorted(chosen), dtype=np.int64)


def read_labelled(table: Path, codebook: Path, *, kept: Path | None = None) -> Labelled:
    """One set; kept: a folder where its vectors stay, so that a second run does not embed again."""
    with table.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    written = yaml.safe_load(codebook.read_text(encoding="utf-8"))
    word = "stage" if "journey" in written else "theme"
    things = tuple(
        Thing(each[word], each.get("definition", ""), tuple(map(str, each.get("cues", ()))))
        for each in written["journey" if word == "stage" else "codebook"]
    )
    labels = [set(row["stage"].split("|") if word == "stage" else row["themes"].split("|")) for row in rows]
    truth = np.array([[thing.name in label for thing in things] for label in labels], dtype=bool)
    # Sets without a split of their own are halved by the digest of their id.
    test = np.array([row.get("split", _half(row["id"])) == "test" for row in rows])
    texts = [row["text"] for row in rows]
    return Labelled(table.stem, [row["id"] for row in rows], texts, embedded(texts, kept=kept), things, truth, test)


def embedded(texts: Sequence[str], *, kept: Path | None = None) -> np.ndarray:
    """Vectors of the texts, read from or written to the folder where one is given."""
    if kept is None:
        return sentences().embed(texts)
    digest = hashlib.sha256("\0".join([MODEL, *texts]).encode("utf-8", "replace")).hexdigest()[:24]
    path = kept / f"vectors-{digest}.npy"
    if not path.exists():
        kept.mkdir(parents=True, exist_ok=True)
        np.save(path, sentences().embed(texts))
    return np.asarray(np.load(path))


def _half(id: str) -> str:
    return "test" if hashlib.sha256(id.encode()).digest()[0] % 2 else "train"


def average_precision(truth: np.ndarray, score: np.ndarray) -> float:
    """Average precision, ties counted together."""
    order = np.argsort(-score, kind="stable")
    truth, score = truth[order], score[order]
    last = np.flatnonzero(np.append(score[1:] != score[:-1], True))
    hits = np.cumsum(truth)[last]
    return float((np.diff(np.append(0, hits)) * hits / (last + 1)).sum() / max(1, truth.sum()))


def macro_average_precision(truth: np.ndarray, score: np.ndarray) -> float:
    """Mean average precision over the columns with at least five positives."""
    enough = [n for n in range(truth.shape[1]) if truth[:, n].sum() >= 5]
    return float(np.mean([average_precision(truth[:, n], score[:, n]) for n in enough])) if enough else 0.0


def calibration_error(truth: np.ndarray, confidence: np.ndarray) -> float:
    """Expected calibration error over ten equal bins."""
    bins = np.minimum((confidence * 10).astype(int), 9).ravel()
    gap = (confidence - truth).ravel()
    return float(sum(abs(gap[bins == n].sum()) for n in range(10)) / max(1, gap.size))
