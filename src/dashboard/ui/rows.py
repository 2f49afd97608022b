"""Two plain forms that pages share: rows of things to open and act on, and a table whose cells can be changed.

Both show whatever came from outside as text, and hand back what was done as events in order, none lost or twice.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

import streamlit as st

from dashboard.ui import deciding, frame, session

_ROWS = st.components.v2.component(
    "dashboard.rows",
    html='<div class="dr-rows"></div>',
    css=frame.asset("rows.css"),
    js=frame.asset("dom.js") + frame.asset("outbox.js") + frame.asset("rows.js"),
)
_FIELDS = st.components.v2.component(
    "dashboard.fields",
    html='<div class="dr-fields"></div>',
    css=frame.asset("fields.css"),
    js=frame.asset("dom.js") + frame.asset("outbox.js") + frame.asset("fields.js"),
)

Tone = Literal["quiet", "good", "caution", "wrong"]
Type = Literal["text", "date", "url", "number"]
Event = Mapping[str, Any]
Heard = Callable[[Event], None]


@dataclass(frozen=True)
class Ask:
    """What an action asks before it is done. value: prefills a field for one word or name; None: no field.

    known: the field offers what its list offers (the list's ``known``).
    """

    text: str
    yes: str
    no: str = "Cancel"
    value: str | None = None
    known: bool = False


@dataclass(frozen=True)
class Action:
    """One button of a row. do: what the event says. strong: the action that most people want."""

    do: str
    label: str
    ask: Ask | None = None
    strong: bool = False


@dataclass(frozen=True)
class Tag:
    """One short word beside a title."""

    text: str
    tone: Tone = "quiet"


@dataclass(frozen=True)
class Row:
    """One thing in a list. indent: how deep it stands below the rows before it. said: somebody's own words."""

    id: str
    title: str
    lines: tuple[str, ...] = ()
    tags: tuple[Tag, ...] = ()
    actions: tuple[Action, ...] = ()
    indent: int = 0
    said: str = ""


@dataclass(frozen=True)
class Column:
    """One column of a table of fields.

    kind: text (is read), choice (one of options: value, words), words (a field) or button (its event says ``key``).
    """

    key: str
    label: str
    kind: Literal["text", "choice", "words", "button"] = "text"
    options: tuple[tuple[str, str], ...] = ()
    type: Type = "text"
    placeholder: str = ""
    quiet: bool = False


@dataclass(frozen=True)
class Line:
    """One row of a table of fields. name: what a screen reader calls it. cells: column key → text.

    type: of its fields, where it is not the column's.
    """

    id: str
    name: str
    cells: Mapping[str, str] = field(default_factory=dict)
    type: Type | Literal[""] = ""


def rows(
    items: Sequence[Row],
    heard: Heard,
    *,
    key: str,
    label: str,
    opens: str = "",
    current: str = "",
    bounded: bool = False,
    known: Sequence[str] = (),
) -> None:
    """Draw rows. heard: is told each event: ``do``, ``id`` and, where a field was filled, ``value``.

    opens: titles are buttons whose event says this. current: id of the row that is marked. bounded: the list scrolls
    by itself. known: what a field that asks for a name offers. An error that ``heard`` raises is shown at the top of
    the page that follows.
    """
    data = {
        "rows": [asdict(item) for item in items],
        "label": label,
        "opens": opens,
        "current": current,
        "bounded": bounded,
        "known": list(known),
    }
    _draw(_ROWS, data, heard, key)


def fields(
    lines: Sequence[Line], columns: Sequence[Column], heard: Heard, *, key: str, label: str, headless: bool = False
) -> None:
    """Draw a table of fields. heard: is told each event: ``do`` "set" with id, column and value, or a button's.

    headless: the columns' labels are not shown.
    """
    data = {
        "rows": [asdict(line) for line in lines],
        "columns": [asdict(column) for column in columns],
        "label": label,
        "headless": headless,
    }
    _draw(_FIELDS, data, heard, key)


def _draw(component: Any, data: dict[str, Any], heard: Heard, key: str) -> None:
    def answer() -> bool:
        events = deciding.heard(key)
        for event in events:
            with session.doing():
                heard(event)
        return bool(events)

    if answer():  # where the callback did not come first
        st.rerun()
    component(key=key, data={**data, "counted": deciding.counted(key)}, on_said_change=answer)
