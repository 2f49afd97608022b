"""The sentences said first of how interviews were led and how questions were put."""

from __future__ import annotations

from typing import Any

from dashboard.analysis.in_words import FEWEST, count, percent
from dashboard.analysis.interviews import MUCH
from dashboard.analysis.table import Table
from dashboard.charts.headlines import TOO_FEW, group_of, is_a_group

NO_INTERVIEWS = "There is no interview here with an interviewer to look at."

Row = dict[str, Any]


def of_interviews(table: Table) -> str:
    """How much of the words were the interviewers', and where they spoke much."""
    each = {row["interview"]: row for row in table.records() if row["talk_share"] is not None}
    led = [row for row in each.values() if row["interviewer_words"]]
    if not led:
        return NO_INTERVIEWS
    sure = [row for row in led if row["n"] >= FEWEST]
    if not sure:
        return TOO_FEW
    share = sum(row["interviewer_words"] for row in sure) / sum(row["words"] for row in sure)
    who = "The interviewer" if len(sure) == 1 else "Interviewers"
    said = f"{who} spoke {percent(share)} of the words in {count(len(sure), 'interview')}"
    if len(sure) == 1:
        return said + "."
    much = [row for row in sure if row["talk_share"] > MUCH]
    if not much:
        shares = [row["talk_share"] for row in sure]
        lowest, highest = percent(min(shares)), percent(max(shares))
        return f"{said}, {f'between {lowest} and {highest}' if lowest != highest else 'as much'} in each."
    most = max(much, key=lambda row: (row["talk_share"], row["interview"]))
    named = f"“{most['interview']}” ({percent(most['talk_share'])})"
    if len(much) == 1:
        return f"{said}, the most in {named}."
    return f"{said}; in {len(much)} of them more than {percent(MUCH)}, the most in {named}."


def of_questions(table: Table) -> str:
    """How many questions lead and how many ask two things at once."""
    rows = table.records()
    if not rows:
        return NO_INTERVIEWS
    if all(row["n"] < FEWEST for row in rows):
        return TOO_FEW
    if table.by:
        return _of_groups(table)
    number = {row["kind"]: row for row in rows}
    leading, double, is_open = (number[kind] for kind in ("leading", "double-barrelled", "open"))
    n = leading["n"]
    return (
        f"{leading['k']} of {n} questions {'leads' if leading['k'] == 1 else 'lead'}, {double['k']} "
        f"{'asks' if double['k'] == 1 else 'ask'} two things at once, and {is_open['k']} "
        f"({percent(is_open['k'] / n)}) {'is' if is_open['k'] == 1 else 'are'} open."
    )


def _of_groups(table: Table) -> str:
    """The group whose interviews hold the largest share of leading questions."""
    rows = [row for row in table.records() if row["kind"] == "leading" and row["n"] >= FEWEST]
    known = [row for row in rows if is_a_group(table, row)] or rows
    most = max(known, key=lambda row: (row["share"], row["n"]))
    if not most["k"]:
        return "No question leads, in any of these groups."
    return (
        f"Questions lead most often in interviews with {group_of(table, most)}: {most['k']} of {most['n']} "
        f"({percent(most['share'])})."
    )
