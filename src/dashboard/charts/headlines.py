"""The one sentence that a colleague would say first of a table, never stronger than its figures are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboard.analysis.in_words import (
    AT,
    CHANCE,
    CLEAR,
    FEWEST,
    LOOK,
    count,
    how_strongly,
    in_the,
    percent,
    share_of,
)  # fmt: skip
from dashboard.analysis.table import Table
from dashboard.charts.card_words import about, best, is_corrected, is_weighted, weighted
from dashboard.evidence.tables import SEGMENT
from dashboard.study import NOT_GIVEN

Row = dict[str, Any]

NOTHING_SAID = "Nobody has said anything yet that could be counted."
NO_THEMES = "This study has no themes yet."
TOO_FEW = "Too few people were heard here to say anything."


def of_prevalence(table: Table) -> str:
    """What comes up most, in each source kind."""
    said = []
    for kind, rows in table.by_kind().items():
        sure = [row for row in rows if row["n"] >= FEWEST and row["k"] and is_a_group(table, row)]
        if not sure:
            continue
        top = max(sure, key=lambda row: (best(row)["share"], row["n"]))
        equal = {row["theme"] for row in sure if best(row)["share"] == best(top)["share"]}
        among = f" among {group_of(table, top)}" if table.by else ""
        verb = "comes up most" if len(equal) == 1 else "comes up as often as any"
        if is_corrected(top):  # the next one may come up as often, as far as the cards tell
            verb = "seems to come up most"
        said.append(f"“{top['theme']}” {verb}{among} {in_the(kind)}: {_people(top, kind)}")
    if not said:
        return NO_THEMES if not table.order.get("theme") else _nothing(table)
    unchecked = not table.rows["checked"].sum() and not any(map(is_corrected, table.records()))
    return "; ".join(said) + (" (unchecked suggestions)." if unchecked else ".")


def _people(row: Row, kind: str | None) -> str:
    if is_corrected(row):
        return about(row, kind=kind or "")
    return weighted(row, kind=kind or "") if is_weighted(row) else share_of(row["k"], row["n"], kind=kind)


def of_differences(table: Table) -> str:
    """The clearest difference and its verdict, or that none is clear."""
    tested = [row for row in table.records() if row["verdict"] in (CLEAR, LOOK, CHANCE)]
    rows = [row for row in tested if is_a_group(table, row)] or tested
    if not rows:
        return "No two groups are large enough to compare." if len(table.rows) else NOTHING_SAID
    first = min(
        rows, key=lambda row: (row["verdict"] != CLEAR, row["verdict"] != LOOK, row["p"], -abs(row["difference"]))
    )
    if first["verdict"] == CHANCE:
        looks = max(row["comparisons"] for row in rows)
        among = f" among {looks} comparisons" if looks > 1 else ""
        return f"None of these differences stands out{among}: each could be chance."
    where = f", {in_the(first['source_kind'])}" if len(table.by_kind()) > 1 else ""
    said = (
        f"{_sentence(group_of(table, first))}{where}: "
        f"{first['k']} of {first['n']} speak of “{first['theme']}” ({percent(first['share'])}), of the others "
        f"{first['rest_k']} of {first['rest_n']} ({percent(first['rest_share'])})"
    )
    return f"{said}: {how_sure(first, first['comparisons'])}."


def how_sure(row: Row, looks: int, *, clear: str = "a clear difference", of: str = "comparisons") -> str:
    """How sure one may be of what stands out among so many looks."""
    if row["verdict"] == CLEAR:
        return clear
    if row["q"] is not None and row["q"] <= AT:
        return "worth a look, once a person has checked the suggestions it stands on"
    return f"worth a look, though {f'among {looks} {of} ' if looks > 1 else ''}it could be chance"


def of_cooccurrence(table: Table) -> str:
    """The pair that goes together beyond chance most clearly, or the most common one."""
    rows = [row for row in table.records() if row["n"] >= FEWEST and row["k"] and is_a_group(table, row)]
    if not rows:
        return TOO_FEW if len(table.rows) else NOTHING_SAID
    together = [row for row in rows if row["q"] is not None and row["q"] <= AT and row["lift"] > 1]
    first = min(together, key=lambda row: row["p"]) if together else max(rows, key=lambda row: (row["k"], row["share"]))
    pair = f"“{first['theme']}” and “{first['other']}”"
    people = share_of(first["k"], first["n"], kind=first.get("source_kind"))
    if together:
        return f"{pair} go together: {people} speak of both, {first['lift']:.1f} times as many as by chance."
    said = f"{pair} come up together most often: {people}."
    # under a filter, and of too few people, no pair is tested
    tested = any(row["q"] is not None for row in rows)
    return f"{said} No pair goes together clearly more than by chance." if tested else said


def of_friction(table: Table) -> str:
    """Where most people struggle, and how strongly, in each source kind."""
    said = []
    for kind, rows in table.by_kind().items():
        sure = [row for row in rows if row["n"] >= FEWEST and row["k"] and is_a_group(table, row)]
        if not sure:
            continue
        worst = sure[0]  # rows are ranked
        where = f"“{worst['stage']}”" + (f", {group_of(table, worst)}" if table.by else "")
        said.append(
            f"At {where} {worst['k']} of {worst['n']} who talk about it {in_the(kind)} struggle, "
            f"{how_strongly(worst['intensity'])}"
        )
    if said:
        return "; ".join([said[0], *(each[0].lower() + each[1:] for each in said[1:])]) + "."
    if not len(table.rows):
        return "Nobody has talked about a stage of the journey yet."
    return (
        TOO_FEW if all(row["n"] < FEWEST for row in table.records()) else "Nobody struggles at a stage of the journey."
    )


def of_feeling(table: Table) -> str:
    """Where people are most often negative."""
    rows = [row for row in table.records() if row["n"] >= FEWEST and is_a_group(table, row)]
    if not rows:
        return TOO_FEW if len(table.rows) else "Nobody has talked about a stage of the journey yet."
    worst = max(rows, key=lambda row: (row["negative_low"], row["negative"]))
    if not worst["negative"]:
        return "Nobody says anything negative at a stage of the journey."
    where = f"“{worst['stage']}”" + (f", {group_of(table, worst)}" if table.by else "")
    people = f"{worst['negative']} of {worst['n']} who talk about it {in_the(worst.get('source_kind'))}"
    return f"Something negative is said most often at {where}: by {people}."


def of_quotes(table: Table) -> str:
    """How many quotes of how many people."""
    quotes = count(table.totals.get("passages", 0), "quote")
    return f"{quotes} of {count(table.totals.get('participants', 0), 'person', 'people')}."


def of_codings(table: Table) -> str:
    """How many suggestions and decisions there are."""
    decided = int(table.rows["confidence"].isna().sum())
    return f"{count(len(table.rows) - decided, 'suggestion')} and {count(decided, 'decision')} of a person."


def group_of(table: Table, row: Row) -> str:
    """The group of a row in words: ``plan pro``, or the name of a segment or theme."""
    if not table.by:
        return "everyone"
    value = row[table.keys[-1]]
    return f"“{value}”" if table.keys[-1] in (SEGMENT, "theme") else f"{table.by} {value}"


def is_a_group(table: Table, row: Row) -> bool:
    """Whether a row is of a group one would speak of first: not of those of whom nothing is known."""
    return not table.by or bool(row[table.keys[-1]] != NOT_GIVEN)


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _nothing(table: Table) -> str:
    rows: Sequence[Row] = table.records()
    if not rows:
        return NOTHING_SAID
    return TOO_FEW if all(row["n"] < FEWEST for row in rows) else "None of the themes has come up yet."
