"""The overview: what a study says, in a few lines, each of which opens its quotes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from dashboard.analysis.differences import kept_attributes
from dashboard.analysis.in_words import CLEAR, FEWEST, LOOK, how_strongly, share_of
from dashboard.analysis.table import Table
from dashboard.errors import InvalidFilter
from dashboard.evidence.tables import SEGMENT, Evidence
from dashboard.ui import cached
from dashboard.ui.lines import Group, Line, lines
from dashboard.ui.show import in_words

KINDS = {"interview": "in the interviews", "survey": "in the survey"}
_TOP, _WORST, _DIFFERENT = 5, 3, 3
Rows = list[dict[str, Any]]


def overview(of: Evidence) -> None:
    """Draw whom we heard, what comes up most, where it hurts, who differs, and what the objectives are."""
    groups = [*top_themes(of), *worst_friction(of), *clearest_differences(of), *objectives(of)]
    lines(of, [group for group in groups if group.lines or group.note], key="overview", page="overview")


def whom_we_heard(of: Evidence) -> str:
    """How many people said anything, where; the sentence under the page's question.

    "We heard 212 people: 12 in the interviews, 200 in the survey."
    """
    sizes = {kind: cached.people_heard(of_kind) for kind, of_kind in _by_kind(of)}
    all_of_them = cached.people_heard(of)
    parts = [f"{n:,} {KINDS[kind]}" for kind, n in sizes.items() if n]
    people = "person" if all_of_them == 1 else "people"
    return f"We heard {all_of_them:,} {people}: {', '.join(parts)}."


def top_themes(of: Evidence) -> list[Group]:
    """The themes that most people voice, for each source kind."""
    if not of.study.themes:
        return []
    table = cached.table(of, "prevalence", None, (("pool", False),))
    groups = []
    for kind, rows in _of_kinds(table).items():
        sure = sorted((row for row in rows if row["n"] >= FEWEST and row["k"]), key=lambda row: -row["share"])
        found = [
            Line(row["theme"], "prevalence", _keys(table, row), share_of(row["k"], row["n"], kind=kind), row["share"])
            for row in sure[:_TOP]
        ]
        groups.append(Group(f"What comes up most {KINDS.get(kind, '')}", tuple(found)))
    return groups


def worst_friction(of: Evidence) -> list[Group]:
    """The stages at which most people struggle."""
    if not of.study.stages:
        return []
    table = cached.table(of, "friction", None, (("pool", False),))
    found = [
        Line(
            f"{row['stage']}, {KINDS.get(kind, '')}", "friction", _keys(table, row),
            f"{row['k']:,} of {row['n']:,} who talk about it struggle, {how_strongly(row['intensity'])}", row["reach"],
        )
        for kind, rows in _of_kinds(table).items()
        for row in [row for row in rows if row["n"] >= FEWEST and row["k"]][:_WORST]
    ]  # fmt: skip
    return [Group("Where people struggle most", tuple(found), tone="friction")]


def clearest_differences(of: Evidence) -> list[Group]:
    """The differences that stand out, over all attributes and segments that are compared."""
    if not of.study.themes:
        return []
    found: list[tuple[tuple[bool, float], Line]] = []
    for by in (*kept_attributes(of), *([SEGMENT] if of.study.segments else [])):
        table = cached.table(of, "differences", by, (("pool", False),))
        for row in table.records():
            if row["verdict"] in (CLEAR, LOOK) and (row["difference"] or 0) > 0:
                found.append(((row["verdict"] != CLEAR, row["p"]), _difference(table, row)))
    found.sort(key=lambda each: each[0])
    note = "" if found else "No difference between groups stands out: each could be chance."
    return [Group("Who says more often", tuple(line for _, line in found[:_DIFFERENT]), note)]


def objectives(of: Evidence) -> list[Group]:
    """What the study must answer, each with the comparisons it declared."""
    groups = []
    for objective in of.study.objectives:
        found = []
        for comparison in objective.comparisons:
            try:
                table = cached.table(of, "differences", comparison.by, (("pool", False),))
            except InvalidFilter:  # the study declares a comparison by an attribute that no sheet has given yet
                continue
            rows = [row for row in table.records() if row["theme"] == comparison.theme and row["p"] is not None]
            more = [row for row in rows if row["difference"] > 0]  # who says it more often, of all that were compared
            found += [_difference(table, row) for row in sorted(more, key=lambda row: row["p"])[:1]]
        groups.append(Group(objective.question, tuple(found), "" if found else "An objective of this study."))
    return groups


def _difference(table: Table, row: dict[str, Any]) -> Line:
    detail = f"{row['k']:,} of {row['n']:,}, of the others {row['rest_k']:,} of {row['rest_n']:,}: {row['verdict']}"
    return Line(in_words(_keys(table, row)), "differences", _keys(table, row), detail, row["share"])


def _keys(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in table.keys}


def _of_kinds(table: Table) -> dict[str, Rows]:
    found: dict[str, Rows] = {}
    for row in table.records():
        found.setdefault(row["source_kind"], []).append(row)
    return found


def _by_kind(of: Evidence) -> Iterable[tuple[str, Evidence]]:
    for kind in of.filters.source_kinds or tuple(KINDS):
        yield kind, of.where(replace(of.filters, source_kinds=(kind,)))
