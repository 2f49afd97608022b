"""Passages read once and kept."""

from __future__ import annotations

import numpy as np

from dashboard.coding.meaning import sentences
from dashboard.coding.read import read

TEXTS = ["I wish it were faster.", "It is terrible."]


def test_the_same_passages_are_read_once() -> None:
    model, vectors = sentences(), sentences().embed(TEXTS)
    first = read(TEXTS, vectors, questions=["", ""], model=model)
    assert read(list(TEXTS), vectors.copy(), questions=["", ""], model=model) is first
    assert first.sentiment.shape == (2,)
    assert first.needs.reason[0] == "a wish: “wish it”"


def test_other_texts_questions_or_vectors_are_read_anew() -> None:
    model, vectors = sentences(), sentences().embed(TEXTS)
    first = read(TEXTS, vectors, questions=["", ""], model=model)
    assert read(TEXTS[::-1], vectors, questions=["", ""], model=model) is not first
    assert read(TEXTS, vectors, questions=["Why?", ""], model=model).passages.questions == ["Why?", ""]
    assert read(TEXTS, np.zeros_like(vectors), questions=["", ""], model=model).passages.vectors.sum() == 0


def test_more_than_is_kept_is_read_all_the_same() -> None:
    count = 40_001
    said = read(["n"] * count, np.zeros((count, 2), dtype=np.float32), questions=[""] * count, model=sentences())
    assert len(said.passages) == count
