"""A second coder, blind: asked of quotes and themes without a word of what the machine or anybody else says of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal
from zlib import crc32

import narwhals as nw
import pandas as pd

from dashboard.analysis.agreement import agreement
from dashboard.errors import InvalidStudy, NotAllowed
from dashboard.evidence.tables import Evidence
from dashboard.workspace.access import Workspace

Drawn = Literal["judged", "random"]
"""What is asked: what others judged already, or a random part of what may speak of a theme."""
_LONGEST_NAME = 60


@dataclass(frozen=True)
class Asked:
    """One question to a second coder: does this passage speak of this theme?"""

    passage: str
    source: str
    turn: int
    start: int
    end: int
    participant: str
    question: str
    text: str
    theme: str


@dataclass(frozen=True)
class Agreed:
    """How far a coder and another agree on one theme; kappa and alpha are None where neither answer varies."""

    theme: str
    other: str
    apart: int
    judged: int
    kappa: float | None
    alpha: float | None


def as_coder(ws: Workspace, name: str) -> Workspace:
    """The workspace in the hands of this coder. On one's own machine several may sit down in turn and say who they are.

    Raises InvalidStudy for a name that cannot be one, and NotAllowed where people sign in: there they are who they are.
    """
    name = " ".join(name.split())
    if name == ws.user.name:
        return ws
    if ws.settings.shared:
        raise NotAllowed("Decisions are kept under the name that you signed in with; the other coder must sign in.")
    if not name or len(name) > _LONGEST_NAME or name == "machine":
        raise InvalidStudy(f"Give the coder's name, in up to {_LONGEST_NAME} characters.")
    return replace(ws, user=replace(ws.user, name=name))


def ask(
    evidence: Evidence, coder: str, *, drawn: Drawn = "judged", themes: Sequence[str] = (), count: int = 30
) -> tuple[Asked, ...]:
    """What to ask this coder, who is asked nothing twice; the same questions for everybody, in an order of no meaning.

    drawn: ``judged``: what another person confirmed or rejected; ``random``: any passage that the machine thought of
    for a theme, however unlikely. themes: these alone. Drawn by a digest of passage and theme, so whoever codes next
    is asked the same, though the machine has learned in between.
    """
    whole = evidence.unfiltered()
    codings: pd.DataFrame = whole.codings().select("passage", "theme", "by", "status").collect("pandas").to_pandas()
    codings = codings[codings["theme"].isin(themes or whole.study.themes)]
    suggested = codings["status"] == "suggested"
    own = codings[~suggested & (codings["by"] == coder)]
    pool = codings[~suggested & (codings["by"] != coder)] if drawn == "judged" else codings
    pairs = pool[["passage", "theme"]].drop_duplicates().astype(str)
    lot = [
        crc32(f"{passage}\n{theme}".encode("utf-8", "surrogatepass"))
        for passage, theme in pairs.itertuples(index=False)
    ]
    pairs = pairs.assign(lot=lot).sort_values(["lot", "passage", "theme"], ignore_index=True)
    pairs = pairs.head(count) if drawn == "random" else pairs
    pairs = pairs.merge(own[["passage", "theme"]].drop_duplicates(), how="left", indicator=True)
    pairs = pairs[pairs.pop("_merge") == "left_only"]
    columns = ["passage", "source", "turn", "start", "end", "participant", "question", "text"]
    wanted = whole.passages().filter(nw.col("passage").is_in(pairs["passage"].tolist())).select(columns)
    rows = pairs.merge(wanted.collect("pandas").to_pandas(), on="passage")
    rows = rows.sort_values(["lot", "passage", "theme"], ignore_index=True).head(count)
    return tuple(
        Asked(**{name: _plain(row[name]) for name in Asked.__dataclass_fields__}) for row in rows.to_dict("records")
    )


def compared(evidence: Evidence, coder: str) -> tuple[Agreed, ...]:
    """How far this coder agrees with each other person, theme by theme; the most apart first."""
    rows = agreement(evidence).rows
    found = [_agreed(row, coder) for row in rows.to_dict("records") if coder in (row["one"], row["another"])]
    persons = [each for each in found if each.other != "machine"]
    return tuple(sorted(persons, key=lambda each: (-each.apart, each.theme, each.other)))


def said(found: Sequence[Agreed]) -> str:
    """How far a coder agrees with others, all themes together, in words.

    >>> said((Agreed("Pricing", "Ada", 1, 8, 0.6, 0.6), Agreed("Support", "Ada", 0, 2, None, None)))
    'You and Ada agree on 9 of 10 (90 %).'
    """
    judged: dict[str, int] = {}
    apart: dict[str, int] = {}
    for each in found:
        judged[each.other] = judged.get(each.other, 0) + each.judged
        apart[each.other] = apart.get(each.other, 0) + each.apart
    return " ".join(
        f"You and {other} agree on {n - apart[other]} of {n} ({round(100 * (n - apart[other]) / n)} %)."
        for other, n in sorted(judged.items())
    )


def _agreed(row: Mapping[Any, Any], coder: str) -> Agreed:
    other = row["another"] if row["one"] == coder else row["one"]
    kappa, alpha = (None if pd.isna(row[name]) else float(str(row[name])) for name in ("kappa", "alpha"))
    return Agreed(str(row["theme"]), str(other), int(str(row["k"])), int(str(row["n"])), kappa, alpha)


def _plain(value: Any) -> Any:
    plain = value.item() if hasattr(value, "item") else value
    return "" if plain is None else plain
