import numpy as np
import pytest

from benchmarks.needs import KINDS, labelled, scores
from dashboard.coding.features import prepare
from dashboard.coding.meaning import sentences
from dashboard.coding.needs import Needs, needs, today
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


def test_how_people_manage_today_is_told_from_a_wish() -> None:
    texts = [
        "We copy and paste it into our own spreadsheet.",
        "I wish it could do that for me.",
        "It was never done manually, not once.",
        "Nichts davon, alles von Hand.",
        "",
    ]
    assert today(texts).tolist() == [True, False, False, True, False]
    assert today([]).shape == (0,)


def test_a_denied_lack_is_none_and_a_wish_of_goodwill_neither() -> None:
    for text in ("Nothing is missing, really.", "I wish you a lovely evening.", "I would love to recommend it."):
        assert stated(text).log_odds[0] < 0


def test_each_passage_is_judged_the_same_in_any_batch() -> None:
    texts = [text for _, text in labelled("unseen")][:40]
    alone = [stated(text).log_odds[0] for text in texts]
    assert np.abs(stated(*texts).log_odds - alone).max() < 1e-9


def test_the_labelled_passages_are_what_they_are_said_to_be() -> None:
    seen, unseen = labelled("seen"), labelled("unseen")
    assert len(seen) + len(unseen) == 300
    assert 135 <= len(seen) <= 165
    assert {kind for kind, _ in [*seen, *unseen]} == {*KINDS, ""}
    assert sum(bool(kind) for kind, _ in [*seen, *unseen]) == 135
    assert len({text for _, text in [*seen, *unseen]}) == 300


def test_on_the_unseen_half_needs_are_found_as_well_as_is_said() -> None:
    """README's figures; a change of rules that loses by them must say so there."""
    measured = scores("unseen")
    for name, precision, recall in (("need", 0.9, 0.45), ("today", 0.9, 0.45)):
        labels, taken, right = measured[name]
        assert right / taken >= precision
        assert right / labels >= recall
