"""What a colleague would say first of words, of agreement, and of everything at once."""

from __future__ import annotations

from typing import Any

from dashboard.analysis.agreement import MACHINE
from dashboard.analysis.in_words import FEWEST, count, in_the, percent, share_of
from dashboard.analysis.overview import FRICTION, THEME
from dashboard.analysis.table import Table
from dashboard.charts.headlines import NOTHING_SAID, TOO_FEW, group_of, is_a_group

Row = dict[str, Any]

_GOOD, _TENTATIVE = 0.8, 0.667
"""Krippendorff, Content Analysis (2004), p. 241: rely on 0.8 and more; from 0.667 conclusions are tentative."""


def of_words(table: Table) -> str:
    """The word that most people use, or the one by which a group stands out most."""
    rows = table.records()
    if not rows:
        return "No word is used by three people yet."
    if not table.by:
        top = max(rows, key=lambda row: (row["n"] >= FEWEST, row["share"]))
        if top["n"] < FEWEST:
            return TOO_FEW
        return f"The word most people use is “{top['word']}”: {share_of(top['k'], top['n'], kind=_kind(top))}."
    sure = [
        row
        for row in rows
        if min(row["n"], row["rest_n"]) >= FEWEST and row["z"] is not None and is_a_group(table, row)
    ]
    if not sure:
        return TOO_FEW
    first = max(sure, key=lambda row: (row["z"], row["k"]))
    where = f" {in_the(_kind(first))}" if _kind(first) else ""
    return (
        f"Of all words, “{first['word']}” sets {group_of(table, first)} most apart{where}: "
        f"{first['k']} of {first['n']} use it, of the others {first['rest_k']} of {first['rest_n']}."
    )


def of_agreement(table: Table) -> str:
    """On how many judgements two persons agree, or the machine and those who checked it."""
    rows = table.records()
    if not rows:
        return "Nobody has judged a suggestion yet, so there is nothing to compare."
    between = [row for row in rows if row["another"] != MACHINE] or rows
    judged = sum(row["n"] for row in between)
    if judged < FEWEST:
        return f"Only {count(judged, 'judgement')} can be compared so far: too few to say."
    same = judged - sum(row["k"] for row in between)
    who = "Two persons" if between[0]["another"] != MACHINE else "The machine and those who checked it"
    said = f"{who} agree on {same:,} of {judged:,} judgements ({percent(same / judged)})"
    worst = min(
        (row for row in between if row["n"] >= FEWEST and row["alpha"] is not None),
        key=lambda row: (row["alpha"], row["theme"]),
        default=None,
    )
    if worst is None or worst["alpha"] >= _GOOD:
        return f"{said}."
    strength = "only so far" if worst["alpha"] >= _TENTATIVE else "least"
    return f"{said}, {strength} on “{worst['theme']}” (alpha {worst['alpha']:.2f}).".replace("-0.", "−0.")


def of_overview(table: Table) -> str:
    """What comes up most, and where people struggle most."""
    rows = {about: next((row for row in table.records() if row["about"] == about), None) for about in (THEME, FRICTION)}
    theme, friction = rows[THEME], rows[FRICTION]
    if not len(table.rows):
        return NOTHING_SAID
    said = []
    if theme:
        said.append(f"“{theme['of']['theme']}” comes up most: {theme['text']}")
    if friction:
        said.append(f"people struggle most at “{friction['of']['stage']}”: {friction['text']}")
    if not said:
        return TOO_FEW
    words = "; ".join(said)
    return words[:1].upper() + words[1:] + "."


def _kind(row: Row) -> str | None:
    kind = row.get("source_kind")
    return None if kind is None else str(kind)
