"""Sentiment: within its range, and on the right side for plain words."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.coding.features import prepare
from dashboard.coding.meaning import sentences
from dashboard.coding.sentiment import lexicon_features, sentiment
from dashboard.study import NEGATIVE_AT, POSITIVE_AT


def of(*texts: str) -> np.ndarray:
    return sentiment(prepare(list(texts), sentences().embed(list(texts))))


@pytest.mark.parametrize(
    "text", ["It is great and so easy to use.", "I love it!", "Support was kind and very helpful."]
)
def test_plain_praise_is_positive(text: str) -> None:
    assert of(text)[0] >= POSITIVE_AT


@pytest.mark.parametrize("text", ["It is terrible.", "I hate how slow it is.", "The worst support I have ever had."])
def test_plain_complaint_is_negative(text: str) -> None:
    assert of(text)[0] <= NEGATIVE_AT


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=120))
def test_range(text: str) -> None:
    assert -1 <= of(text)[0] <= 1


def test_alone_and_in_a_batch() -> None:
    texts = ["I love it!", "It is terrible.", "It is a kettle."]
    assert of(*texts).tolist() == [float(of(text)[0]) for text in texts]
    assert len(sentiment(prepare([], np.zeros((0, sentences().width))))) == 0


def test_the_lexicon_minds_negation_degree_and_but() -> None:
    texts = ["good", "not good", "very good", "bad but good", "good but bad", "kettle"]
    good, negated, very, rising, falling, none = lexicon_features([text.split() for text in texts])[:, 0]
    assert negated < none < good < very
    assert falling < none < rising
