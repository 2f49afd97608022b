"""A card's stratum is frozen when it is drawn; its answer may change, and numbers change with it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from dashboard.records import cards
from dashboard.records.cards import Card
from dashboard.records.rows import User
from dashboard.records.store import open_records
from dashboard.study import Anchor, Study, Theme

DRAWN = Card("P1", "Watering", "no", 2, "d1", (Anchor("s1", 3, 5, 9, "dear", "too ", " for"),))


def test_what_was_frozen_stays_and_answers_change(tmp_path: Path) -> None:
    records = open_records(f"sqlite:///{tmp_path / 'r.sqlite'}")
    with records.begin(by=User("Ada")) as transaction:
        study = transaction.create_study(Study("Gardeners", codebook=(Theme("Watering"), Theme("Soil"))))
    version = records.decisions_version(study)
    with records.begin(by=User("Ada")) as transaction:
        cards.put(transaction, study, [DRAWN, replace(DRAWN, participant="P2", number=1), replace(DRAWN, theme="Soil")])
    assert records.decisions_version(study) == version + 1
    with records.begin(by=User("Ada")) as transaction:
        cards.put(transaction, study, [replace(DRAWN, stratum="yes", number=9, passages=(), answer="yes", whole=True)])
    with records.begin(by=User("Ben")) as transaction:
        cards.put(transaction, study, [replace(DRAWN, answer="no")])
        transaction.rename_value(study, "theme", "Watering", "Hoses")
    assert records.decisions_version(study) == version + 3
    with records.read() as connection:
        kept = cards.cards(connection, study, theme="Hoses")
        assert len(cards.cards(connection, study)) == 4
    assert [(card.participant, card.coder, card.stratum, card.number, card.answer, card.whole) for card in kept] == [
        ("P2", "Ada", "no", 1, None, False),
        ("P1", "Ada", "no", 2, "yes", True),
        ("P1", "Ben", "no", 2, "no", False),
    ]
    assert kept[1].passages == DRAWN.passages
    trail = [(row.action, row.subject, row.by) for row in records.audit(study) if "card" in row.action]
    assert [each[0] for each in trail] == ["answer card", "answer card", "draw cards"], "one line for all drawn"
    assert trail[2] == ("draw cards", "3", "Ada")
    records.close()
