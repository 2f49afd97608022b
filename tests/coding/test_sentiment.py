import numpy as np
import pytest

from dashboard.coding.cues import tokens
from dashboard.coding.features import prepare
from dashboard.coding.meaning import sentences
from dashboard.coding.sentiment import lexicon_features, sentiment
from dashboard.study import NEGATIVE_AT, POSITIVE_AT


def felt(*texts: str) -> np.ndarray:
    return sentiment(prepare(texts, sentences().embed(texts)))


def test_plain_praise_and_plain_complaint() -> None:
    good, bad, flat = felt(
        "I love it, it works wonderfully.", "Terrible, it broke twice and nobody helped.", "It is a form."
    )
    assert good >= POSITIVE_AT
    assert bad <= NEGATIVE_AT
    assert NEGATIVE_AT < flat < POSITIVE_AT


def test_in_bounds_and_alike_in_any_batch() -> None:
    texts = ["Good.", "Bad!", "x", "not bad at all but slow"]
    together = felt(*texts)
    assert (np.abs(together) <= 1).all()
    assert together.tolist() == [felt(text)[0] for text in texts]
    assert felt().shape == (0,)


@pytest.mark.parametrize(
    ("text", "above"),
    [
        ("good", "not good"),
        ("very good", "good"),
        ("good", "slightly good"),
        ("bad but good", "good but bad"),
        ("bad", "very bad"),
    ],
)
def test_rules_of_the_lexicon(text: str, above: str) -> None:
    high, low = lexicon_features([tokens(text), tokens(above)])[:, 0]
    assert high > low


def test_the_question_leans_where_the_answer_says_little() -> None:
    texts = ["a button to cancel", "a button to cancel", "It is perfect, I love it."]
    questions = ["What should we do better?", "What else?", "What should we do better?"]
    asked, plain, praise = sentiment(prepare(texts, sentences().embed(texts), questions=questions))
    assert asked < plain - 0.1
    assert praise >= POSITIVE_AT
