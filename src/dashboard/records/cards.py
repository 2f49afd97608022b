"""Cards: one person and one theme, read by a coder, so that the coding's own error can be part of an interval."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

import sqlalchemy as sa

from dashboard.records import schema
from dashboard.records.anchors import anchor_from_mapping, anchor_to_mapping
from dashboard.study import Anchor

if TYPE_CHECKING:
    from dashboard.records.transaction import Transaction

Answer = Literal["yes", "no"]


@dataclass(frozen=True)
class Card:
    """One card of one coder.

    stratum: what the machine said of this person before the card and before decisions ("yes" or "no"), frozen.
    number: its place in the random order of its stratum. digest: of the machine's coder. passages: up to five, where
    the theme is likeliest. whole: everything the person said is to be read as well, with whole_answer.
    """

    participant: str
    theme: str
    stratum: str
    number: int
    digest: str
    passages: tuple[Anchor, ...] = ()
    answer: Answer | None = None
    whole: bool = False
    whole_answer: Answer | None = None
    coder: str = ""
    at: datetime | None = None


def cards(connection: sa.Connection, study_id: str, *, theme: str | None = None) -> list[Card]:
    """The cards of a study, or of one theme of it, answered or not: by theme, number, participant and coder."""
    table = schema.card
    query = sa.select(table).where(table.c.study_id == study_id)
    if theme is not None:
        query = query.where(table.c.theme == theme)
    found = [_card(row) for row in connection.execute(query)]
    return sorted(found, key=lambda card: (card.theme, card.number, card.participant, card.coder))


def _card(row: Any) -> Card:
    anchors = tuple(anchor_from_mapping(each) for each in row.passages)
    return Card(
        row.participant, row.theme, row.stratum, row.number, row.digest, anchors,
        row.answer, row.whole, row.whole_answer, row.coder, row.at,
    )  # fmt: skip


def put(transaction: Transaction, study_id: str, drawn: Sequence[Card]) -> None:
    """Keep cards as this person's, each in place of the one of the same participant and theme; numbers change.

    What was frozen stays: of a card that is there only answer, whole and whole_answer change.
    """
    transaction.touch(study_id)
    for card in drawn:
        answers = {
            "answer": card.answer, "whole": card.whole, "whole_answer": card.whole_answer, "at": transaction.at,
        }  # fmt: skip
        mine = {
            "study_id": study_id, "participant": card.participant, "theme": card.theme, "coder": transaction.by,
        }  # fmt: skip
        frozen = {
            "stratum": card.stratum, "number": card.number, "digest": card.digest,
            "passages": [anchor_to_mapping(anchor) for anchor in card.passages],
        }  # fmt: skip
        number = transaction.put(schema.card, mine, answers, once=frozen)
        if card.answer:
            transaction.audit("answer card", study_id, str(number))
    if unread := sum(not card.answer for card in drawn):
        transaction.audit("draw cards", study_id, str(unread))


def rename(connection: sa.Connection, study_id: str, kind: str, old: str, new: str) -> None:
    """Let cards follow a theme to its new name."""
    if kind == "theme":
        table = schema.card
        of_theme = sa.and_(table.c.study_id == study_id, table.c.theme == old)
        connection.execute(sa.update(table).where(of_theme).values(theme=new))
