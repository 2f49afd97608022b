"""Going through suggestions one by one."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from dashboard.ui.review_cards import AROUND, Counts, Round, Verdict, around, card, counts_said, together
from dashboard.workspace.coding import Suggestion

ITEM = Suggestion(
    "s.1.0", "s", 1, 13, 30, "P07", "Why?", "It cost too much.", "Pricing", 0.83, "cue: cost*", "Renew", -0.6, "likely"
)
ROUND = Round("r1", None, tuple(replace(ITEM, passage=f"s.{n}.0") for n in range(3)))
YES, NO = Verdict("confirmed", (1,)), Verdict("rejected", (2,))


def test_deciding_goes_on_to_the_next_open_card_and_past_the_last() -> None:
    first = ROUND.decided(0, YES)
    assert (first.at, first.left) == (1, 2)
    last = ROUND.moved(2).decided(2, NO)
    assert last.at == 0
    done = first.decided(1, NO).decided(2, YES)
    assert (done.at, done.left) == (3, 0)


def test_undoing_leads_back_to_the_card() -> None:
    done = ROUND.decided(0, YES).decided(1, NO)
    back = done.undone(done.order[-1])
    assert (back.at, back.verdicts, back.order) == (1, {0: YES}, (0,))


def test_deciding_again_replaces_what_was_said() -> None:
    again = ROUND.decided(0, YES).decided(1, YES).decided(0, NO)
    assert again.verdicts == {0: NO, 1: YES}
    assert again.order == (1, 0)


@given(st.lists(st.sampled_from([-1, 1]), max_size=12))
def test_moving_stays_within_the_round(steps: list[int]) -> None:
    held = ROUND
    for step in steps:
        held = held.moved(step)
        assert 0 <= held.at <= len(held.items)


@given(st.text(max_size=2000), st.integers(0, 2000), st.integers(0, 2000))
def test_what_stands_around_is_of_the_turn_and_bounded(turn: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(turn)), min(other, len(turn))))
    before, after = around(turn, start, end)
    assert turn[:start].endswith(before.removeprefix("… "))
    assert turn[end:].startswith(after.removesuffix(" …"))
    assert max(len(before), len(after)) <= AROUND + 2


def test_a_card_says_fit_reason_and_why_it_is_shown() -> None:
    shown = card(ITEM, "It was fine. It cost too much. So we left.", YES)
    assert (shown["before"], shown["after"]) == ("It was fine. ", " So we left.")
    assert shown["why"] == "right about 8 times in 10 · cue: cost* · one of the surest"
    assert shown["who"] == "P07 · Renew · negative"
    assert (shown["status"], shown["verdict"]) == ("confirmed", "you confirmed it")
    assert card(ITEM, "", None)["verdict"] == ""


def test_counts_are_added_and_said() -> None:
    assert counts_said(together([Counts(1, 2), Counts(1200, 3)])) == (
        "1,201 checked by a person, 5 counted and not checked yet"
    )
