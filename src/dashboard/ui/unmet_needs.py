"""What people lack: needs grouped by theme and stage, counted in people, with what they do today in their own words."""

from __future__ import annotations

from typing import Any

from dashboard.analysis.needs import NO_THEME, TODAY
from dashboard.evidence.tables import NO_STAGE, Evidence
from dashboard.ui import cached, frame
from dashboard.ui.lines import Group, Line, lines
from dashboard.ui.show import show

_MOST = 6
_LONGEST = 160  # characters of a quote in a line
KINDS = {"interview": "interviews", "survey": "survey"}


def unmet_needs(of: Evidence, *, pool: bool, page: str) -> None:
    """Draw the needs, and under them how people manage today; a click on either opens the quotes."""
    frame.section("What do they lack?")
    show("needs", of, pool=pool, page=page)
    found = today(of, pool=pool)
    if found:
        frame.section("What do they do today?")
        lines(of, [Group("", tuple(found))], key="needs:today", page=page)


def today(of: Evidence, *, pool: bool) -> list[Line]:
    """The needs of which most people say how they manage, each with one quote that says it."""
    table = cached.table(of, "needs", None, (("pool", pool),))
    telling = sorted((row for row in table.records() if row["today"]), key=lambda row: (-row["today"], -row["k"]))
    found = []
    for row in telling[:_MOST]:
        keys: dict[str, Any] = {name: row[name] for name in table.keys} | {TODAY: True}
        quote = cached.quotes(of, tuple(sorted(keys.items())), "needs", "clearest", 1).rows["text"].iloc[0]
        says = "says" if row["today"] == 1 else "say"
        detail = f"{row['today']} of the {row['k']} who lack it {says} how they manage: “{cut(str(quote))}”"
        found.append(Line(about(row), "needs", keys, detail))
    return found


def about(row: dict[str, Any]) -> str:
    """A need in words.

    >>> about({"theme": "Reports", "stage": "Use", "source_kind": "interview"})
    'Reports, at “Use”, interviews'
    """
    theme = "Without a theme" if row["theme"] == NO_THEME else str(row["theme"])
    where = "" if row["stage"] == NO_STAGE else f"at “{row['stage']}”"
    kind = KINDS.get(row.get("source_kind", ""), "")
    return ", ".join(part for part in (theme, where, kind) if part)


def cut(quote: str) -> str:
    """The beginning of a quote, whole words.

    >>> cut("one " * 60)[-8:]
    'one one…'
    """
    text = " ".join(quote.split())
    return text if len(text) <= _LONGEST else text[:_LONGEST].rsplit(" ", 1)[0] + "…"
