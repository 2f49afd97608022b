"""The sentences said first of scores and of change over time; none stronger than its figures."""

from __future__ import annotations

from textwrap import shorten
from typing import Any

from dashboard.analysis.in_words import CHANCE, CLEAR, FEWEST, LOOK, NOT_TESTED, in_the, percent
from dashboard.analysis.scores import NPS
from dashboard.analysis.table import Table
from dashboard.charts.headlines import NO_THEMES, NOTHING_SAID, TOO_FEW, group_of, how_sure, is_a_group
from dashboard.charts.scores import points

Row = dict[str, Any]
NO_SCORES = "Nobody here has given a score."


def of_scores(table: Table) -> str:
    """The theme whose people give the score that stands out most, and that nothing of it is a cause."""
    rows = [row for row in table.records() if row["verdict"] in (CLEAR, LOOK, CHANCE)]
    if not rows:
        if len(table.rows):
            alike = (table.rows["verdict"] == NOT_TESTED).any()
            return "Those who speak of a theme all give the same, and so do the others." if alike else TOO_FEW
        return NO_THEMES if not table.order.get("theme") and table.order.get("score") else NO_SCORES
    telling = [row for row in rows if row["verdict"] in (CLEAR, LOOK)]
    scores, looks = table.rows["score"].nunique(), table.totals["comparisons"]
    if not telling:
        return (
            f"With none of the {looks} comparisons does {'the' if scores == 1 else 'a'} score go up or down by "
            "more than chance could."
        )
    # what lowers a score is asked first
    known = [row for row in telling if is_a_group(table, row)] or telling
    first = min(known, key=lambda row: (row["verdict"] != CLEAR, row["difference"] > 0, row["p"]))
    more = "more" if first["difference"] > 0 else "less"
    among = f" ({group_of(table, first)})" if table.by else ""
    of = f" on “{short_name(first)}”" if scores > 1 else ""
    return (
        f"The {first['k']} who spoke of “{first['theme']}”{among} gave {points(first['difference'])} points {more}{of} "
        f"than the other {first['n'] - first['k']}: {how_sure(first, looks)}. Nothing here is a cause."
    )


def overall(row: Row) -> str:
    """A score of everybody it is known of: ``NPS +12 (95 % interval −3 to +27), of 175 people …``."""
    who = f"of {row['n']:,} {'person' if row['n'] == 1 else 'people'} who also told us something"
    nps = row["kind"] == NPS
    value, low, high = (
        (row["nps"], row["nps_low"], row["nps_high"]) if nps else (row["mean"], row["mean_low"], row["mean_high"])
    )
    if row["n"] < FEWEST or low is None or high is None:
        return f"Too few people ({row['n']}) gave this score and told us something to say more."
    said = [f"{each:+.0f}".replace("-", "−").replace("+0", "0").replace("−0", "0") if nps else f"{each:.1f}"
            for each in (value, low, high)]  # fmt: skip
    return f"{'NPS' if nps else 'On average'} {said[0]} (95 % interval {said[1]} to {said[2]}), {who}."


def short_name(row: Row) -> str:
    """A score's name as one would say it."""
    return "NPS" if row["kind"] == NPS else shorten(row["score"], 60, placeholder=" …")


def of_trend(table: Table) -> str:
    """The theme that changed most clearly over time, or that none did."""
    rows = table.records()
    if not rows:
        return NOTHING_SAID
    if all(row["n"] < FEWEST for row in rows):
        return TOO_FEW
    tested = [row for row in rows if row["verdict"] in (CLEAR, LOOK, CHANCE)]
    threads = {tuple(row[key] for key in table.keys if key != "period") for row in tested}
    if not threads:
        return "There are too few people in too few periods to say whether anything changed."
    telling = [row for row in tested if row["verdict"] != CHANCE]
    if not telling:
        if len(threads) == 1:
            return f"“{tested[0]['theme']}” changes over time by no more than chance could."
        return f"None of the {len(threads)} trends stands out: each could be chance."
    known = [row for row in telling if is_a_group(table, row)] or telling
    first = min(known, key=lambda row: (row["verdict"] != CLEAR, row["p"]))
    mine = [row for row in telling if all(row[key] == first[key] for key in table.keys if key != "period")]
    start, end = mine[0], mine[-1]
    group = f" ({group_of(table, first)})" if table.by else ""
    where = f" {in_the(first['source_kind'])}" if "source_kind" in table.keys else ""
    sure = how_sure(first, len(threads), clear="a clear change", of="trends")
    return (
        f"“{first['theme']}”{group} is said {'more' if first['change'] > 0 else 'less'} often over time{where}: "
        f"{start['k']} of {start['n']} ({percent(start['share'])}) in {start['period']}, {end['k']} of {end['n']} "
        f"({percent(end['share'])}) in {end['period']}: {sure}."
    )
