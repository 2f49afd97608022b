"""What a passage is made of for coding: its tokens, its hashed word 1–2-grams, its vector, and the question it answers."""

# ruff: noqa: E501

from __future__ import annotations

import threading
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse
from threadpoolctl import ThreadpoolController  # type: ignore[import-untyped]

from dashboard.coding.cues import NEGATIONS, Cues, Hit, find, tokens

Floats = npt.NDArray[np.float64]

BUCKETS = 1 << 14
"""Columns that word 1–2-grams are hashed to."""

_DENIAL_WORDS = 25  # words: a longer answer that begins with “no” goes on to say something of its own
_KEPT_CUES = 3  # themes, stages, and one to spare
_NO = NEGATIONS | {"nope", "nah", "nein", "nee", "non"}


@dataclass(frozen=True)
class Passages:
    """Passages prepared for coding, row by row.

    vectors: (n, width), unit length. grams: (n, BUCKETS), 1 where a 1–2-gram occurs. words: tokens that are words.
    questions: distinct questions; asked: row → position in questions. denial: answers “no” to its question.
    """

    tokens: list[list[str]]
    vectors: Floats
    grams: sparse.csr_matrix
    words: Floats
    questions: list[str]
    asked: npt.NDArray[np.int64]
    denial: npt.NDArray[np.bool_]
    _found: dict[tuple[tuple[str, ...], tuple[int, ...]], list[Hit]] = field(default_factory=dict, compare=False)

    def hits(self, cues: Cues) -> list[Hit]:
        """The cues that stand in the passages, kept for the next decision: those change, cues seldom do."""
        key = (cues.texts, cues.owners)
        found = self._found.get(key)
        if found is None:
            found = find(self.tokens, cues)
            if len(self._found) >= _KEPT_CUES:
                self._found.clear()
            self._found[key] = found
        return found

    def __len__(self) -> int:
        return len(self.tokens)


def prepare(
    texts: Sequence[str], vectors: npt.NDArray[np.floating], *, questions: Sequence[str] | None = None
) -> Passages:
    """The passages of these texts with their vectors (n, width) and the questions they answer ("" where unknown)."""
    split = [tokens(text) for text in texts]
    codes, asked_texts = pd.factorize(
        pd.Series(list(questions) if questions is not None else [""] * len(split), dtype=object)
    )
    words = np.array([sum(map(str.isalnum, each)) for each in split], dtype=float).reshape(len(split))
    denial = np.array(
        [bool(each) and each[0] in _NO and len(each) <= _DENIAL_WORDS for each in split], dtype=bool
    ).reshape(len(split))
    return Passages(
        split,
        np.asarray(vectors, dtype=float).reshape(len(split), -1) if split else np.zeros((0, np.shape(vectors)[1])),
        hashed_grams(split),
        words,
        [str(text) for text in asked_texts],
        codes.astype(np.int64),
        denial,
    )


def hashed_grams(split: Sequence[Sequence[str]]) -> sparse.csr_matrix:
    """Which word 1–2-grams occur in each text, hashed: shape (n, BUCKETS), ones. The hash is CRC-32, alike everywhere."""
    code_of: dict[str, int] = {}
    lengths = np.fromiter((len(each) for each in split), dtype=np.int64, count=len(split))
    total = int(lengths.sum())
    codes = np.empty(total, dtype=np.uint64)
    position = 0
    for each in split:
        for token in each:
            code = code_of.get(token)
            if code is None:
                code = code_of[token] = zlib.crc32(token.encode("utf-8", "surrogatepass"))
            codes[position] = code
            position += 1
    rows = np.repeat(np.arange(len(split)), lengths)
    same = rows[1:] == rows[:-1]
    mixed = (codes[:-1] * np.uint64(0x9E3779B1) + codes[1:] * np.uint64(0x85EBCA6B)) >> np.uint64(7)
    columns = np.concatenate([codes, mixed[same]]) % np.uint64(BUCKETS)
    every = np.concatenate([rows, rows[1:][same]])
    found = sparse.csr_matrix((np.ones(len(every)), (every, columns.astype(np.int64))), shape=(len(split), BUCKETS))
    found.sum_duplicates()
    found.data[:] = 1.0
    return found


def inverse_frequency(grams: sparse.csr_matrix) -> Floats:
    """Weight of each gram, log(n / df); 0 for those in one passage alone or in more than half of all."""
    count = max(1, grams.shape[0])
    frequency = np.asarray(grams.sum(axis=0)).ravel()
    useful = (frequency >= 2) & (frequency <= max(2.0, 0.5 * count))
    return np.where(useful, np.log(count / np.maximum(frequency, 1.0)), 0.0)


def weighted(grams: sparse.csr_matrix, weights: Floats) -> sparse.csr_matrix:
    """The grams times their weights, each row of length one (rows without a useful gram stay zero)."""
    scaled = sparse.csr_matrix(grams.multiply(weights[None, :]))
    length = np.sqrt(np.asarray(scaled.multiply(scaled).sum(axis=1)).ravel())
    return sparse.csr_matrix(sparse.diags(1.0 / np.maximum(length, 1e-9)) @ scaled)


class _OneThread:
    """Linear algebra held to one thread while anybody is inside: two sessions that learn at once must not let go early."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._controller = ThreadpoolController()
        self._inside = 0
        self._limited: Any = None

    def __enter__(self) -> None:
        with self._lock:
            if not self._inside:
                self._limited = self._controller.limit(limits=1)
                self._limited.__enter__()
            self._inside += 1

    def __exit__(self, *error: object) -> None:
        with self._lock:
            self._inside -= 1
            if not self._inside:
                self._limited.__exit__(*error)


@cache
def one_thread() -> _OneThread:
    """What holds linear algebra to one thread: sums come out alike everywhere, and small systems are solved faster."""
    return _OneThread()
