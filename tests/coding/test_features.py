"""What a passage is made of for coding."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.coding.cues import tokens
from dashboard.coding.features import BUCKETS, hashed_grams, inverse_frequency, prepare, weighted


@settings(max_examples=50, deadline=None)
@given(st.lists(st.text(max_size=30), max_size=6))
def test_grams_of_a_text_depend_on_it_alone(texts: list[str]) -> None:
    split = [tokens(text) for text in texts]
    together = hashed_grams(split).toarray()
    assert together.shape == (len(texts), BUCKETS)
    for row, each in enumerate(split):
        assert (hashed_grams([each]).toarray()[0] == together[row]).all()


def test_pairs_of_words_do_not_cross_texts() -> None:
    assert hashed_grams([["a", "b"]]).sum() == 3
    assert hashed_grams([["a"], ["b"]]).sum() == 2


def test_weights_are_for_grams_that_tell_texts_apart() -> None:
    grams = hashed_grams([["the", "fee"], ["the", "fee"], ["the", "app"], ["the"]])
    weights = inverse_frequency(grams)
    alone = hashed_grams([["fee"], ["the"], ["app"]])
    assert [bool((weights[alone[row].indices] > 0).all()) for row in range(3)] == [True, False, False]


def test_questions_denials_and_words() -> None:
    said = prepare(["No, never.", "It is fine"], np.eye(2), questions=["Did it?", "Did it?"])
    assert (said.questions, said.asked.tolist(), said.denial.tolist()) == (["Did it?"], [0, 0], [True, False])
    assert said.words.tolist() == [2.0, 3.0]
    long = prepare(["No " + "and then it went on " * 9], np.eye(1))
    assert long.denial.tolist() == [False]
    assert len(prepare([], np.zeros((0, 4)))) == 0


def test_weighted_rows_are_of_length_one() -> None:
    grams = hashed_grams([["a", "fee"], ["a", "fee"], ["b"], ["c"], ["d"]])
    length = np.sqrt(np.square(weighted(grams, inverse_frequency(grams)).toarray()).sum(axis=1))
    np.testing.assert_allclose(length, [1, 1, 0, 0, 0])
