"""How many people voice each theme."""

from __future__ import annotations

import pandas as pd

from dashboard.analysis.carded import cards_note, with_cards
from dashboard.analysis.counting import Counts, count, grid, group_order, keyed, narrowing, order_of, overlap_note
from dashboard.analysis.in_words import HEARD, in_the
from dashboard.analysis.in_words import count as counted
from dashboard.analysis.statistics import wilson
from dashboard.analysis.table import Table
from dashboard.analysis.weights import with_weights
from dashboard.evidence.tables import SEGMENT, Evidence

BASE = "people who said anything that could be coded"
"""The denominator of every share of people, in words."""


def prevalence(evidence: Evidence, by: str | None = None, *, pool: bool = False) -> Table:
    """People who voice each theme, of those who said anything codable; one row a theme, group and source kind.

    share = k ÷ n with Wilson's 95 % interval (``statistics.wilson``): k people with at least one accepted coding of the
    theme, n people in the group who said anything codable. Filters on passages narrow k, never n. checked: how many of
    k rest on a decision of a person. corrected with its bounds, and cards, heard_low and heard_high (people of n): see
    ``carded.with_cards``; null until a person has read cards. weighted with its bounds: the overall share weighted to
    the study's population, where it gives one (formula: ``weights.post_stratified``).
    Raises InvalidFilter where the study has no attribute ``by``.
    """
    # segments overlap, so that what was not codable is counted over everybody beside them
    counts = count(evidence, [by, None] if by == SEGMENT else [by], pool=pool)
    rows = with_share(grid(evidence, counts, 0, by))
    rows, weighted = with_weights(rows, evidence, pool=pool) if by is None else (rows, ())
    recruited = by is None and bool(evidence.study.plan) and not weighted
    rows = with_cards(rows, evidence, by, pool=pool, heard=recruited or bool(weighted))
    rows, keys = keyed(rows, evidence.group_column(by), first=("theme",), pool=pool)
    order = order_of(rows, keys, theme=evidence.study.themes, group=group_order(evidence, by, ()))
    return Table(
        measure="prevalence",
        rows=rows,
        keys=keys,
        counted="k",
        unit="participants",
        by=by,
        order=order,
        denominator=BASE + narrowing(evidence.filters),
        notes=(
            *overlap_note(evidence, by),
            *(weighted or plan_note(evidence, by)),
            *base_notes(counts),
            *checked_note(rows),
            *cards_note(rows),
        ),
        intervals=not recruited,
    )


def with_share(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows with k, n, and their share, low and high after what else they hold; checked, where they have it, last."""
    low, high = wilson(rows["k"], rows["n"])
    first = [name for name in rows.columns if name not in ("k", "n", "checked")]
    last = {"checked": rows["checked"]} if "checked" in rows else {}
    return rows[[*first, "k", "n"]].assign(share=rows["k"] / rows["n"], low=low, high=high, **last)


def base_notes(counts: Counts) -> tuple[str, ...]:
    """How many answers could not be coded and how many people said nothing else, by source kind."""
    said = counts.said[counts.said["split"] == counts.said["split"].max()]
    notes = []
    for kind, of_kind in said.groupby("source_kind", sort=True):
        answers, silent = int(of_kind["uncodable"].sum()), int(of_kind.loc[of_kind["passages"] == 0, "n"].sum())
        if answers:
            people = f", and {counted(silent, 'person', 'people')} said nothing else" if silent else ""
            where = in_the(str(kind)) if kind in HEARD else "in all"
            verb = "was" if answers == 1 else "were"
            notes.append(
                f"{counted(answers, 'answer')} {where} {verb} not codable (such as “n/a” or “don't know”){people}."
            )
    return tuple(notes)


def plan_note(evidence: Evidence, by: str | None) -> tuple[str, ...]:
    """That an overall share of people recruited to a plan is one of those heard."""
    if by is not None or not evidence.study.plan:
        return ()
    names = " and ".join(evidence.study.plan)
    return (
        f"People were chosen to a plan ({names}), so an overall share is one of those we heard, not of all customers; "
        "look at the groups.",
    )


def checked_note(rows: pd.DataFrame) -> tuple[str, ...]:
    """How much of what is counted a person has checked."""
    k, checked = int(rows["k"].sum()), int(rows["checked"].sum())
    if not k or checked == k:
        return ()
    if not checked:
        if "cards" in rows and rows["cards"].notna().any():
            return ("These are suggestions that no person has decided on one by one.",)
        return (
            "These are unchecked suggestions: no person has read them yet, and the intervals cover sampling alone.",
        )
    return (
        f"Of the {k} counts here (one person, one theme), {checked} were checked by a person, {k - checked} not yet.",
    )
