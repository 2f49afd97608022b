"""Numbers and addresses that lead to a person are found, each once, and ordinary numbers are left."""

from __future__ import annotations

import re
import time
from itertools import pairwise

import pytest

from dashboard.sharing.contacts import RULES, contacts, iban, luhn

WORST = [
    "1",
    "1 ",
    "1.",
    "a-",
    "a.",
    "@a",
    "+1",
    "at ",
    "born ",
    "www.",
    "12 elm ",
    "rue de ",
    "the corner of ",
    "a@a.",
]


@pytest.mark.parametrize(
    ("text", "label", "found"),
    [
        ("ring 01.84.17.61.18 at noon", "phone", "01.84.17.61.18"),
        ("from 10.0.0.12, twice", "IP address", "10.0.0.12"),
        ("the account DE89 3704 0044 0532 0130 00 there", "IBAN", "DE89 3704 0044 0532 0130 00"),
        ("she was born on 3 May 1971 in Leeds", "date of birth", "3 May 1971"),
        ("I am @zarb_q there", "handle", "@zarb_q"),
        ("it is ada at example dot com", "e-mail", "ada at example dot com"),
        ("at 14 Larch Lane we", "address", "14 Larch Lane"),
    ],
)
def test_what_leads_to_a_person_is_found(text: str, label: str, found: str) -> None:
    assert [(mark.label, text[mark.start : mark.end]) for mark in contacts(text)] == [(label, found)]


@pytest.mark.parametrize("text", ["version 10.4.2", "in 2024 it cost 1,250.00", "12:30 to 14:45", "300 rows in 20 s"])
def test_ordinary_numbers_are_left(text: str) -> None:
    assert not list(contacts(text))


def test_no_two_marks_overlap() -> None:
    text = "Ship it to 41086 Larch Road 12, Suite 4, Springfield 12345 or ring +44 20 7946 0958 about a@example.com"
    marks = sorted(contacts(text, strict=True), key=lambda mark: mark.start)
    assert all(one.end <= other.start for one, other in pairwise(marks))
    left = "".join(" " if any(m.start <= i < m.end for m in marks) else c for i, c in enumerate(text))
    assert re.findall(r"\d+", left) == []


def test_check_digits_decide() -> None:
    assert luhn("4111111111111111")
    assert not luhn("4111111111111112")
    assert iban("DE89370400440532013000")
    assert not iban("DE89370400440532013001")
    assert {label for label, *_ in RULES} >= {"e-mail", "phone", "IBAN", "card number", "IP address"}


@pytest.mark.parametrize("bait", WORST)
def test_time_grows_with_the_text_and_not_with_its_square(bait: str) -> None:
    def took(length: int) -> float:
        text = bait * (length // len(bait))
        start = time.process_time()
        list(contacts(text, strict=True))
        return time.process_time() - start

    took(1_000)
    # eight times the text takes eight times as long, not sixty-four; the floor is for the clock's own grain
    assert took(80_000) < 30 * max(took(10_000), 0.01)
