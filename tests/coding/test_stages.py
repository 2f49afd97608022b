"""One stage or none, and a guide that says which."""

from __future__ import annotations

import numpy as np

from dashboard.coding.features import Passages, prepare
from dashboard.coding.meaning import sentences
from dashboard.coding.stages import LEAST_SURE, choice_features, place
from dashboard.study import GuideQuestion

GUIDE = (GuideQuestion("q1", "How was ordering it?", "Buy"), GuideQuestion("q2", "Anything else?"))


def passages(count: int, question: str = "") -> Passages:
    return prepare(["text"] * count, sentences().embed(["text"] * count), questions=[question] * count)


def test_one_choice_or_none() -> None:
    log_odds = np.array([[4.0, -4.0], [-4.0, 4.0], [-6.0, -6.0], [-1.0, -1.0]])
    placed = place(passages(4), log_odds, stages=["Buy", "Use"], guide=(), model=sentences())
    assert placed.choice[:2].tolist() == [0, 1]
    assert placed.choice[2] == -1
    assert not placed.asked.any()
    assert ((placed.confidence == 0) == (placed.choice == -1)).all()
    assert (placed.confidence[placed.choice >= 0] >= LEAST_SURE).all()


def test_the_guide_decides_where_the_text_does_not() -> None:
    unclear = np.zeros((1, 2))
    asked = place(
        passages(1, "And how was ordering it?"), unclear, stages=["Use", "Buy"], guide=GUIDE, model=sentences()
    )
    assert (asked.choice.tolist(), asked.asked.tolist()) == ([1], [True])
    other = place(passages(1, "Anything else?"), unclear, stages=["Use", "Buy"], guide=GUIDE, model=sentences())
    assert other.asked.tolist() == [False]


def test_no_stages_and_no_passages() -> None:
    assert place(passages(2), np.zeros((2, 0)), stages=[], guide=GUIDE, model=sentences()).choice.tolist() == [-1, -1]
    none = prepare([], np.zeros((0, sentences().width)))
    assert len(place(none, np.zeros((0, 2)), stages=["a", "b"], guide=GUIDE, model=sentences()).choice) == 0
    alone = choice_features(np.array([[1.0]]))
    assert (alone["best"].tolist(), alone["lead"].tolist()) == ([1.0], [4.0])
