"""Whose words may be passed on."""

from __future__ import annotations

import pandas as pd
import pytest

from dashboard.sharing.consent import may_be_quoted

HEARD = [("P1", "interview"), ("P2", "interview"), ("P1", "survey"), ("R1", "survey")]


@pytest.mark.parametrize(
    ("consent", "allowed"),
    [
        ({}, HEARD),  # nobody was asked
        ({"P1": "quote"}, HEARD),  # at the interview or in the survey: it is not known which of them asked
        ({"P1": "quote", "P2": "quote"}, HEARD),  # the interviews asked, the survey did not
        ({"P1": "quote", "P2": "paraphrase"}, [("P1", "interview"), ("P1", "survey"), ("R1", "survey")]),
        ({"P1": "none"}, [("P2", "interview"), ("R1", "survey")]),
        ({"R1": "none"}, [("P1", "interview"), ("P2", "interview")]),  # the survey asked: who said nothing is not shown
    ],
)
def test_a_word_is_needed_where_somebody_was_asked(consent: dict[str, str], allowed: list[tuple[str, str]]) -> None:
    people = pd.DataFrame(
        {"participant": ["P1", "P2", "R1"], "consent": [consent.get(person) for person in ("P1", "P2", "R1")]}
    )
    assert may_be_quoted(people, HEARD) == frozenset(allowed)
