"""What is learned for themes, step by step."""

from __future__ import annotations

import numpy as np
import pytest

from dashboard.coding.features import Passages, prepare
from dashboard.coding.learning import Calibrator, Learned, Thing, calibrators, learn, score
from dashboard.coding.meaning import sentences

THINGS = (Thing("Price", "What it costs.", ("price", "fee")), Thing("Help", "Being helped.", ("support",)))
TEXTS = ["The price is high.", "There is no fee.", "Support was kind.", "It is blue.", "We paid too much for it."]


def passages(texts: list[str], questions: list[str] | None = None) -> Passages:
    return prepare(texts, sentences().embed(texts), questions=questions)


def learned(texts: list[str]) -> Learned:
    none = passages([])
    return learn(THINGS, passages(texts), none, np.zeros((0, len(THINGS)), dtype=np.int8), sentences())


def test_the_calibrators_that_come_with_it() -> None:
    assert {"codebook", "blend", "choice"} <= set(calibrators())
    calibrator = Calibrator({"a": 2.0, "constant": -1.0})
    assert calibrator.log_odds({"a": np.array([0.0, 1.0, 99.0]), "other": np.ones(3)}).tolist() == [-1.0, 1.0, 12.0]


def test_cues_meaning_and_negation() -> None:
    found = score(passages(TEXTS), learned(TEXTS), sentences())
    assert found.log_odds.shape == (5, 2)
    assert found.log_odds[0, 0] > found.log_odds[1, 0] > found.log_odds[3, 0]
    assert found.log_odds[2, 1] == found.log_odds[:, 1].max()
    assert found.meaning[4, 0] > found.meaning[3, 0]
    assert [(hit.text, hit.negated) for hit in found.hits] == [(0, False), (1, True), (2, False)]


def test_the_question_helps_unless_it_is_denied() -> None:
    questions = ["What about the price?", "What about the price?", "Anything else?"]
    found = score(
        passages(["Far above others.", "No, not at all.", "Far above others."], questions), learned(TEXTS), sentences()
    )
    assert found.question[0, 0] > found.question[2, 0]
    assert found.question[1].tolist() == [0.0, 0.0]


@pytest.mark.parametrize("things", [(), THINGS])
def test_nothing_to_learn_from(things: tuple[Thing, ...]) -> None:
    none = passages([])
    known = learn(things, none, none, np.zeros((0, len(things)), dtype=np.int8), sentences())
    assert score(none, known, sentences()).log_odds.shape == (0, len(things))
    assert np.isfinite(score(passages(TEXTS), known, sentences()).log_odds).all()
