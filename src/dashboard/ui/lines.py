"""Findings in words, each a button that opens the quotes behind it beside the list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from dashboard.evidence.tables import Evidence
from dashboard.ui import frame, session
from dashboard.ui.quote_list import beside

_COMPONENT = st.components.v2.component(
    "dashboard.lines",
    html='<div class="dr-lines"></div>',
    css=frame.asset("lines.css"),
    js=frame.asset("dom.js") + frame.asset("lines.js"),
)


@dataclass(frozen=True)
class Line:
    """One finding. measure and keys: the row that it says, whose quotes it opens; no measure: a line to read alone.

    share: its bar, 0 … 1. figure: the number that stands for it, at the end of its line. title: what stands above its
    quotes, where the line alone does not say it.
    """

    text: str
    measure: str
    keys: Mapping[str, Any]
    detail: str = ""
    share: float | None = None
    figure: str = ""
    title: str = ""

    @property
    def id(self) -> str:
        """What names the line from run to run; "" where it opens nothing."""
        if not self.measure:
            return ""
        return " ".join([self.measure, *(f"{name}={value}" for name, value in sorted(self.keys.items()))])


@dataclass(frozen=True)
class Group:
    """Lines under a title. tone: "share" or "friction", the meaning of their bars; "figures": large numbers in a row.

    column: 1, 2 or 3; with 0 groups stand one after the other, and above the columns where there are any.
    """

    title: str
    lines: tuple[Line, ...] = ()
    note: str = ""
    tone: str = "share"
    column: int = 0


def lines(of: Evidence, groups: Sequence[Group], *, key: str, page: str) -> None:
    """Draw groups of findings; the quotes of the one that was clicked stand beside them."""
    value = session.widget(key)
    clicked = value.get("line") if isinstance(value, Mapping) else None
    if isinstance(clicked, Mapping):
        session.keep(f"{key}:chosen", clicked.get("id"))
    wanted = session.kept(f"{key}:chosen")
    chosen = next((line for group in groups for line in group.lines if wanted and line.id == wanted), None)
    left, right = st.columns([3, 2], gap="medium")
    with left:
        _COMPONENT(key=key, data=_data(groups, chosen), on_line_change=lambda: None)
    with right:
        beside(
            of,
            None if chosen is None else chosen.keys,
            key=key,
            measure=chosen.measure if chosen else "prevalence",
            title=(chosen.title or chosen.text) if chosen else "",
            page=page,
        )


def _data(groups: Sequence[Group], chosen: Line | None) -> dict[str, Any]:
    return {
        "pressed": chosen.id if chosen else "",
        "groups": [
            {
                "title": group.title,
                "note": group.note,
                "tone": group.tone,
                "column": group.column,
                "lines": [
                    {
                        "id": line.id,
                        "text": line.text,
                        "detail": line.detail,
                        "share": line.share,
                        "figure": line.figure,
                    }
                    for line in group.lines
                ],
            }
            for group in groups
        ],
    }
