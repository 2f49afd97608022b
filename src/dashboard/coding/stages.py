"""Which stage of the journey a passage is placed at: the likeliest one, or none where the choice is not clear."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dashboard.coding.features import Floats, Passages
from dashboard.coding.learning import calibrators
from dashboard.coding.meaning import Sentences
from dashboard.study import GuideQuestion

LEAST_SURE = 0.4
"""Below this confidence a passage is placed at no stage."""

_SAME_QUESTION = 0.8  # cosine of a question as asked to one of the guide
_GUIDE = 1.5  # log-odds that the guide's stage adds


@dataclass(frozen=True)
class Placed:
    """choice (n,): position of the stage, −1 for none; confidence (n,), 0 for none; asked (n,): the guide decided."""

    choice: npt.NDArray[np.int64]
    confidence: Floats
    asked: npt.NDArray[np.bool_]


def choice_features(log_odds: Floats) -> dict[str, Floats]:
    """Features of the calibrator of choices, each (n,): the best stage's log-odds, and its lead over the next."""
    ordered = np.sort(log_odds, axis=1)[:, ::-1]
    second = ordered[:, 1] if log_odds.shape[1] > 1 else np.full(len(ordered), -4.0)
    return {"best": ordered[:, 0], "lead": np.minimum(ordered[:, 0] - second, 4.0)}


def place(
    passages: Passages, log_odds: Floats, *, stages: Sequence[str], guide: Sequence[GuideQuestion], model: Sentences
) -> Placed:
    """The stage of each passage from the stages' log-odds (n, stages) and from the question of the guide it answers."""
    count = len(passages)
    if not log_odds.shape[1] or not count:
        return Placed(np.full(count, -1), np.zeros(count), np.zeros(count, dtype=bool))
    by_guide = _stage_of_questions(passages.questions, stages, guide, model)[passages.asked]
    moved = log_odds.copy()
    rows = np.flatnonzero(by_guide >= 0)
    moved[rows, by_guide[rows]] += _GUIDE
    best = moved.argmax(axis=1)
    sure = 1 / (1 + np.exp(-calibrators()["choice"].log_odds(choice_features(moved))))
    sure = np.round(sure, 4)
    placed = sure >= LEAST_SURE
    return Placed(np.where(placed, best, -1), np.where(placed, sure, 0.0), placed & (best == by_guide))


def _stage_of_questions(
    questions: Sequence[str], stages: Sequence[str], guide: Sequence[GuideQuestion], model: Sentences
) -> npt.NDArray[np.int64]:
    """For each question, the position of the stage that the guide gives to the same question; −1 for none."""
    fixed = [(each.question, stages.index(each.stage)) for each in guide if each.stage in stages]
    found = np.full(len(questions), -1, dtype=np.int64)
    asked = [position for position, text in enumerate(questions) if text.strip()]
    if not fixed or not asked:
        return found
    own = model.embed_kept([text for text, _ in fixed]).astype(float)
    likeness = model.embed_kept([questions[position] for position in asked]).astype(float) @ own.T
    for row, position in enumerate(asked):
        if likeness[row].max() >= _SAME_QUESTION:
            found[position] = fixed[int(likeness[row].argmax())][1]
    return found
