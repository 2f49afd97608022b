"""Redaction: each kind is found, and ordinary prose stays."""

from __future__ import annotations

import pytest

from dashboard.sharing.redaction import Person, redact

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
    assert redact(text, [ADA]).text == expected


def test_marks_are_offsets_into_the_original() -> None:
    text = "Maria: m@example.com"
    assert [text[mark.start : mark.end] for mark in redact(text).marks] == ["Maria", "m@example.com"]


def test_a_name_before_a_number_does_not_let_the_number_through() -> None:
    text = "We sent it with the IBAN GB82WEST12345698765432 and Zarb GB82WEST12345698765432."
    assert "GB82" not in redact(text, strict=True).text
    assert "1234" not in redact(text, strict=True).text
