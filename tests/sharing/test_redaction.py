"""Redaction: each kind is found, and ordinary prose stays."""

from __future__ import annotations

import pytest

from dashboard.sharing.redaction import OwnNames, Person, capitalises_nouns, redact

ADA = Person("participant", ("Ottoline Vasquine",))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("write to o.v@example.com today", "write to [e-mail] today"),
        ("call +44 20 7946 0958 now", "call [phone] now"),
        ("card 4539 5787 6362 1486 was charged", "card [card number] was charged"),
        ("pay GB82 WEST 1234 5698 7654 32 please", "pay [IBAN] please"),
        ("from 192.168.10.4 again", "from [IP address] again"),
        ("see https://example.com/u/77 there", "see [link] there"),
        ("Ottoline said so, and vasquine too", "[participant] said so, and [participant] too"),
        ("then Otoline left", "then [participant] left"),
        ("Mr. Zarbinski was kind", "Mr. [name] was kind"),
        ("Yorvik from accounting rang", "[colleague] from accounting rang"),
        ("We paid 45 dollars on 2026-03-04 for 300 rows", "We paid 45 dollars on 2026-03-04 for 300 rows"),
    ],
)
def test_what_names_a_person_becomes_a_label(text: str, expected: str) -> None:
    assert redact(text, OwnNames.of([ADA])).text == expected


def test_marks_are_offsets_into_the_original() -> None:
    text = "Maria: m@example.com"
    assert [text[mark.start : mark.end] for mark in redact(text).marks] == ["Maria", "m@example.com"]


def test_a_name_before_a_number_does_not_let_the_number_through() -> None:
    text = "We sent it with the IBAN GB82WEST12345698765432 and Zarb GB82WEST12345698765432."
    assert "GB82" not in redact(text, strict=True).text
    assert "1234" not in redact(text, strict=True).text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Aaltonen told me twice", "[name] told me twice"),  # a rare name at the start of a sentence
        ("Zarbo told me twice", "[name] told me twice"),  # no English word at all
        ("Refunding it took a week", "Refunding it took a week"),
        ("we met Juan A Reyes there", "we met [name] there"),
        ("they're slow. Don't ask", "they're slow. Don't ask"),
    ],
)
def test_what_is_published_loses_rather_a_word_than_keeps_a_name(text: str, expected: str) -> None:
    assert redact(text, strict=True).text == expected


def test_names_are_found_where_nothing_is_capitalised() -> None:
    assert redact("my name is vitorio and patricia aaltonen helped").text == "my name is [name] and [name] helped"


def test_a_capital_says_nothing_where_every_noun_has_one() -> None:
    text = "Der Kunde hat im Portal die Rechnung von Jürgen gesehen, und der Preis war zu hoch."
    assert capitalises_nouns([text])
    assert not capitalises_nouns(["I asked Maria at the bank in London, and nobody there had seen the invoice at all."])
    assert redact(text, strict=True, capitals=False).text == text.replace("Jürgen", "[name]")
