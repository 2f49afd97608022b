import numpy as np

from dashboard.coding.features import prepare
from dashboard.coding.meaning import sentences
from dashboard.coding.stages import LEAST_SURE, choice_features, place
from dashboard.study import GuideQuestion


def placed(log_odds: list[list[float]], question: str = "", guide: tuple[GuideQuestion, ...] = ()):
    said = prepare(["text"] * len(log_odds), np.zeros((len(log_odds), 4)), questions=[question] * len(log_odds))
    stages = ["First", "Second"][: len(log_odds[0]) if log_odds else 2]
    return place(
        said, np.array(log_odds).reshape(len(log_odds), len(stages)), stages=stages, guide=guide, model=sentences()
    )


def test_the_clear_choice_or_none() -> None:
    found = placed([[3.0, -4.0], [-4.0, 3.0], [-4.0, -4.0]])
    assert found.choice.tolist() == [0, 1, -1]
    assert (found.confidence[:2] > LEAST_SURE).all()
    assert found.confidence[2] == 0


def test_one_stage_and_no_passage() -> None:
    assert placed([[3.0]]).choice.tolist() == [0]
    assert placed([]).choice.tolist() == []


def test_the_guide_decides_a_close_call() -> None:
    guide = (GuideQuestion("q", "How did you set it up?", "Second"), GuideQuestion("r", "What next?", "Gone"))
    assert placed([[0.2, 0.0]], "How did you set it up?", guide).choice.tolist() == [1]
    assert placed([[0.2, 0.0]], "How did you set it up?", guide).asked.tolist() == [True]
    assert placed([[0.2, 0.0]], "Is it raining today?", guide).choice.tolist() != [1]


def test_lead_is_of_the_best_over_the_next() -> None:
    found = choice_features(np.array([[1.0, 3.0, 2.0]]))
    assert (found["best"][0], found["lead"][0]) == (3.0, 1.0)
