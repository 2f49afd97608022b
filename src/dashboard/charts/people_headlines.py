"""What a colleague would say first of whom we heard, of what each interview added, and of what people lack."""

from __future__ import annotations

from typing import Any

from dashboard.analysis.in_words import FEWEST, count, in_the, listed, share_of
from dashboard.analysis.needs import NO_THEME
from dashboard.analysis.saturation import LAST
from dashboard.analysis.table import Table
from dashboard.charts.headlines import NOTHING_SAID, TOO_FEW, group_of, is_a_group
from dashboard.evidence.tables import NO_STAGE

Row = dict[str, Any]
_MOST_NAMED = 3


def of_mix(table: Table) -> str:
    """Whom the plan still lacks, nobody first; without a plan, how many people were heard."""
    rows = table.records()
    planned = [row for row in rows if row["planned"]]
    if not rows:
        return "Nothing is known yet of the people we heard: no sheet or survey describes them."
    if not planned:
        return "The study has no plan of whom to hear; these are the people who were heard."
    short = [row for row in planned if row["missing"]]
    if not short:
        return f"Everybody the plan asks for was heard: {count(len(planned), 'group')}, each as many as planned."
    empty = [row for row in short if not row["n"]]
    said = []
    if empty:
        named = listed(_of(row) for row in empty[:_MOST_NAMED])
        more = f" and {len(empty) - _MOST_NAMED} more groups" if len(empty) > _MOST_NAMED else ""
        said.append(f"Nobody was heard of {named}{more}")
    few = [row for row in short if row["n"]]
    if few:
        worst = max(few, key=lambda row: (row["missing"] / row["planned"], row["planned"]))
        of_worst = f"of {listed([_of(worst)])} {worst['n']} of {worst['planned']:.0f} planned people were heard"
        others = f", and {count(len(few) - 1, 'other group')} lack people, too" if len(few) > 1 else ""
        said.append(
            ("O" if not said else "o") + of_worst[1:] + others.replace("1 other group lack ", "1 other group lacks ")
        )
    return "; ".join(said) + "."


def of_saturation(table: Table) -> str:
    """How many themes the last interviews brought."""
    rows = table.records()
    if not rows:
        return "There is no interview yet in which anything could be coded."
    if len(rows) < FEWEST:
        return f"Too few interviews ({len(rows)}) to say whether further ones would bring new themes."
    last = rows[-LAST:] if len(rows) > LAST else rows
    new = sum(row["new"] for row in last)
    which = f"The last {LAST} interviews" if len(rows) > LAST else f"The {len(rows)} interviews"
    said = f"{which} brought {count(new, 'new theme')}" if new else f"{which} brought no new theme"
    unchecked = "" if table.totals.get("by_persons") else " (unchecked suggestions)"
    return f"{said}{unchecked}."


def of_needs(table: Table) -> str:
    """What most people lack, in each source kind, and how many say what they do instead."""
    rows = table.records()
    said: dict[str, list[str]] = {}  # what about → who says so, by source kind
    for kind, of_kind in table.by_kind().items():
        sure = [row for row in of_kind if row["n"] >= FEWEST and row["k"]]
        if not sure:
            continue
        known = [row for row in sure if is_a_group(table, row)] or sure
        named = [row for row in known if row["theme"] != NO_THEME] or known
        top = max(named, key=lambda row: (row["k"] / row["n"], row["n"]))
        among = f" among {group_of(table, top)}" if table.by else ""
        people = f"{in_the(kind)} {share_of(top['k'], top['n'], kind=kind)}"
        said.setdefault(_about(top) + among, []).append(people)
    if said:
        unchecked = "" if table.rows["checked"].sum() else " (unchecked suggestions)"
        each = [f"most often {what}: {', '.join(people)}" for what, people in said.items()]
        return f"Something is wished for or missing {'; '.join(each)}{unchecked}."
    if not rows:
        return (
            "Nobody here states an unmet need." if "Nobody here states an unmet need." in table.notes else NOTHING_SAID
        )
    return TOO_FEW if all(row["n"] < FEWEST for row in rows) else "Nobody here states an unmet need."


def _about(row: Row) -> str:
    where = "" if row["stage"] == NO_STAGE else f" at “{row['stage']}”"
    return (f"about “{row['theme']}”" if row["theme"] != NO_THEME else "without any theme") + where


def _of(row: Row) -> str:
    return f"{row['attribute']} {row['value']}"
