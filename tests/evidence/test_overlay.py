"""Decisions find their passages again, and together say one thing."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.evidence.overlay import ATTACHED, Attached, attach_all, decisions_of_codings, placements, theme_verdicts
from dashboard.intake.parsed import QuotedCoding
from dashboard.study import Anchor, Decision, Study, Theme

TEXT = "It is expensive. The set up was confusing for all of us."
PASSAGES = pd.DataFrame(
    [("s.1.0", "s", 1, 0, 16), ("s.1.17", "s", 1, 17, len(TEXT))],
    columns=["passage", "source", "turn", "start", "end"],
)
STUDY = Study("x", codebook=(Theme("Money"), Theme("Pricing", parent="Money"), Theme("Onboarding")))


def attach(decisions: list[Decision]) -> Attached:
    """Attached to one turn with two passages."""
    texts = pd.DataFrame({"source": ["s"], "turn": [1], "text": [TEXT]})
    return attach_all(
        decisions,
        texts_at=lambda turns: turns.merge(texts, on=["source", "turn"]),
        texts_of=lambda source: {1: TEXT},
        passages_at=lambda turns: turns.merge(PASSAGES, on=["source", "turn"]),
    )


def said(*words: tuple[str, str, str, bool]) -> pd.DataFrame:
    """Attached decisions on one passage: theme, status, coder, adjudicated."""
    rows = [("p", "theme", theme, status, coder, final, i, i) for i, (theme, status, coder, final) in enumerate(words)]
    return pd.DataFrame(rows, columns=ATTACHED)


def verdict(*words: tuple[str, str, str, bool]) -> dict[str, tuple[bool, bool]]:
    frame = theme_verdicts(said(*words), STUDY)
    return {row["theme"]: (row["accepted"], row["disputed"]) for row in frame.to_dict("records")}


def test_a_decision_holds_for_each_passage_that_it_covers_by_half() -> None:
    whole = Decision(Anchor("s", 1, 0, len(TEXT), TEXT), "theme", "Pricing", "confirmed", "Ada")
    word = Decision(Anchor("s", 1, 6, 15, "expensive"), "theme", "Pricing", "confirmed", "Ada")
    attached = attach([whole])
    assert attached.rows["passage"].tolist() == ["s.1.0", "s.1.17"]
    assert attach([word]).rows["passage"].tolist() == ["s.1.0"]


def test_a_decision_whose_text_is_gone_is_detached_and_not_dropped() -> None:
    lost = Decision(Anchor("s", 1, 0, 5, "never said"), "theme", "Pricing", "confirmed", "Ada")
    attached = attach([lost])
    assert (len(attached.rows), attached.detached) == (0, (lost,))


def test_the_latest_word_of_a_coder_holds() -> None:
    anchor = Anchor("s", 1, 0, 16, TEXT[:16])
    words = [
        Decision(anchor, "theme", "Pricing", "confirmed", "Ada"),
        Decision(anchor, "theme", "Pricing", "rejected", "Ada"),
    ]
    rows = attach(words).rows
    assert rows["status"].tolist() == ["rejected"]


def test_one_confirmation_accepts_and_a_rejection_disputes() -> None:
    assert verdict(("Onboarding", "confirmed", "Ada", False)) == {"Onboarding": (True, False)}
    both = (("Onboarding", "confirmed", "Ada", False), ("Onboarding", "rejected", "Bo", False))
    assert verdict(*both) == {"Onboarding": (False, True)}
    assert verdict(*both, ("Onboarding", "confirmed", "Cy", True)) == {"Onboarding": (True, False)}


def test_a_confirmed_child_confirms_its_parent_unless_a_person_judged_that() -> None:
    assert verdict(("Pricing", "confirmed", "Ada", False)) == {"Pricing": (True, False), "Money": (True, False)}
    judged = verdict(("Pricing", "confirmed", "Ada", False), ("Money", "rejected", "Ada", False))
    assert judged["Money"] == (False, False)


@given(
    st.lists(st.tuples(st.sampled_from(["confirmed", "rejected"]), st.sampled_from("ABC"), st.booleans()), max_size=6)
)
def test_nothing_is_accepted_against_every_person(words: list[tuple[str, str, bool]]) -> None:
    judged = verdict(*(("Onboarding", status, coder, final) for status, coder, final in words))
    if words and all(status == "rejected" for status, _, _ in words):
        assert judged == {"Onboarding": (False, False)}
    elif words and all(status == "confirmed" for status, _, _ in words):
        assert judged == {"Onboarding": (True, False)}


def test_the_latest_placement_holds() -> None:
    rows = pd.DataFrame(
        [
            ("p", "stage", "Set up", "confirmed", "Ada", False, 0, 0),
            ("p", "stage", "Pay", "confirmed", "Ada", False, 1, 1),
            ("p", "sentiment", "-1", "rejected", "Ada", False, 2, 2),
        ],
        columns=ATTACHED,
    )
    found = {row["kind"]: (row["value"], row["status"]) for row in placements(rows).to_dict("records")}
    assert found == {"stage": ("Pay", "confirmed"), "sentiment": ("-1", "rejected")}


TURNS = pd.DataFrame(
    [
        ("a", 0, "The price went up.", "R-1", ""),
        ("a", 1, "no idea", "R-2", ""),
        ("a", 2, "no idea", "R-3", ""),
        ("b", 0, TEXT, "P01", ""),
    ],
    columns=["source", "turn", "text", "participant", "document"],
)


@pytest.mark.parametrize(
    ("coding", "stands"),
    [
        (QuotedCoding("The price went up.", "Pricing"), ("a", 0, 0)),
        (QuotedCoding("no idea", "Pricing", participant="R-3"), ("a", 2, 0)),
        (QuotedCoding("The  price went\nup.", "Pricing", document="a.csv"), ("a", 0, 0)),
        (QuotedCoding("set up was confusing", "Onboarding", participant="p01"), ("b", 0, 21)),
        (QuotedCoding("set up was confusing", "Onboarding", document="a.csv"), ("a", -1, 0)),
        (QuotedCoding("never said", "Onboarding"), ("own", -1, 0)),
    ],
)
def test_a_coding_that_came_as_text_finds_its_turn(coding: QuotedCoding, stands: tuple[str, int, int]) -> None:
    (decision,) = decisions_of_codings([coding], own_source="own", sources={"a.csv": "a", "b.vtt": "b"}, turns=TURNS)
    assert (decision.anchor.source, decision.anchor.turn, decision.anchor.start) == stands
