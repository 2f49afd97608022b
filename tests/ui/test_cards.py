"""What a card shows of one person's words."""

from __future__ import annotations

from dashboard.records.cards import Card
from dashboard.ui.cards import shown
from dashboard.workspace.cards import Heard


def test_a_card_asks_of_one_person_and_marks_the_words() -> None:
    card = Card("P07", "Pricing", "yes", 0, "digest")
    heard = (Heard("It cost too much.", "x " * 400, " So we left.", "Why?"),)
    found = shown(card, heard, definition="what it costs", whole=False)
    assert found["ask"] + found["theme"] == "Does P07 speak of Pricing"
    passage = found["passages"][0]
    assert passage["text"] == "It cost too much."
    assert passage["before"].startswith("… ")
    assert len(passage["before"]) < 300
    assert passage["after"] == " So we left."
