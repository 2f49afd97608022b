import numpy as np
import pytest

from dashboard.coding.features import prepare
from dashboard.coding.meaning import sentences
from dashboard.coding.needs import Needs, needs
from dashboard.coding.sentiment import sentiment


def stated(*texts: str) -> Needs:
    passages = prepare(texts, sentences().embed(texts))
    return needs(passages, sentiment(passages), sentences())


@pytest.mark.parametrize(
    "text",
    [
        "I wish I could see last month's figures next to these.",
        "It would be great if it told me when a parcel is late.",
        "We end up exporting everything to Excel to add it up.",
        "There is no way to undo a booking once it is sent.",
        "If only it remembered my address.",
    ],
)
def test_needs(text: str) -> None:
    found = stated(text)
    assert found.log_odds[0] > 0
    assert found.reason[0]


@pytest.mark.parametrize(
    "text",
    ["The staff were friendly.", "It is too expensive.", "I work in a small town.", "We can't complain, it is great."],
)
def test_no_needs(text: str) -> None:
    assert stated(text).log_odds[0] < 0


def test_effort_needs_more_than_a_word() -> None:
    texts = (
        "I struggled with the form and gave up in the end.",
        "We copy and paste it into our own list.",
        "It was not difficult at all, a lovely surprise.",
        "The room was blue.",
    )
    assert stated(*texts).effort.tolist() == [True, True, False, False]


def test_none() -> None:
    found = stated()
    assert found.log_odds.shape == (0,)
    assert np.asarray(found.effort).shape == (0,)
