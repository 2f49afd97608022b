"""What a quote is called by when a viewer takes it away: who said it, where, in which study and version."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pandas as pd

from dashboard.evidence.tables import attribute_column
from dashboard.sharing.anonymity import OTHER
from dashboard.sharing.groups import TOGETHER
from dashboard.sharing.rewriting import UNQUOTED
from dashboard.study import NOT_GIVEN
from dashboard.ui import session

if TYPE_CHECKING:
    from dashboard.sharing.frozen import About

_WHERE = {"interview": "interview", "survey": "survey answer"}
_MONTH = len("2026-05")


def on_cards(cards: list[dict[str, Any]], rows: pd.DataFrame, attributes: Sequence[str]) -> list[dict[str, Any]]:
    """The cards of a list of quotes (of these rows), each with its citation and the address that leads to it alone."""
    told = session.about()
    if told is None:
        return cards
    return [
        {
            **card,
            "about": " · ".join(given(row, attributes)),
            "themes": [theme for theme in card["themes"] if theme["status"] != "rejected"],
            **(_taken(card, row, attributes, told) if card["text"] != UNQUOTED else {"withheld": True}),
        }
        for card, row in zip(cards, rows.to_dict("records"), strict=True)
    ]


def _taken(card: Mapping[str, Any], row: Mapping[Any, Any], attributes: Sequence[str], told: About) -> dict[str, str]:
    name = {session.PASSAGE: card["passage"]}
    return {"cite": citation(row, attributes, told), "link": link("quotes", **name)}


def citation(row: Mapping[Any, Any], attributes: Sequence[str], told: About) -> str:
    """Who said a quote, and where it was published; never who they are.

    "customer, plan pro, interview 2026-05 — Why customers leave, version 2"
    """
    where = _WHERE.get(str(row.get("source_kind")), "")
    month = str(row.get("date") or "")[:_MONTH]
    return (
        ", ".join(["customer", *given(row, attributes), f"{where} {month}".strip()])
        + f" — {told.title}, version {told.number}"
    )


def given(row: Mapping[Any, Any], attributes: Sequence[str]) -> list[str]:
    """The attributes of who said a quote, as far as they were published and say anything."""
    values = [(name, row.get(attribute_column(name))) for name in attributes]
    return [f"{name} {value}" for name, value in values if value not in (None, "", NOT_GIVEN, OTHER, TOGETHER)]


def link(page: str, **names: Any) -> str:
    """The address of one thing of the open share, from the page's own folder on: ``quotes?share=…&passage=…``."""
    return f"{page}?{urlencode({session.SHARE: session.share(), **names})}"
