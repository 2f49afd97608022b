"""A share that was corrected by cards or weighted to the customer base, in words and as what is drawn of it."""

from __future__ import annotations

from typing import Any

from dashboard.analysis.in_words import HEARD, count, percent

Row = dict[str, Any]


def is_corrected(row: Row) -> bool:
    """Whether cards were read that correct this row's share."""
    return row.get("corrected") is not None


def about(row: Row, *, kind: str | None = None) -> str:
    """A corrected share in words: under thirty people as people, else as percent.

    >>> about({"n": 24, "heard_low": 9.0, "heard_high": 14.0, "cards": 40.0, "corrected": 0.5})
    'about 9 to 14 of 24, after 40 cards'
    >>> about({"n": 120, "heard_low": 42.0, "heard_high": 72.0, "cards": 40.0, "corrected": 0.5}, kind="survey")
    'about 35 to 60 % of 120 people who answered, after 40 cards'
    """
    n, low, high = row["n"], int(row["heard_low"]), int(row["heard_high"])
    people = f" {HEARD.get(kind, 'people we heard')}" if kind is not None else ""
    return f"{_between(low, high, n)} of {n:,}{people}, after {count(int(row['cards']), 'card')}"


def is_weighted(row: Row) -> bool:
    """Whether this row's share is weighted to the customer base."""
    return row.get("weighted") is not None


def weighted(row: Row, *, kind: str | None = None) -> str:
    """A weighted share in words: who was heard first, since a weight makes nobody speak for others.

    >>> weighted({"k": 14, "n": 24, "weighted": 0.42}, kind="interview")
    '14 of 24 people we spoke to (weighted to all customers: 42 %)'
    >>> weighted({"k": 14, "n": 24, "weighted": 0.42})
    '14 of 24 (weighted: 42 %)'
    """
    people, to = (f" {HEARD.get(kind, 'people we heard')}", " to all customers") if kind is not None else ("", "")
    return f"{row['k']} of {row['n']:,}{people} (weighted{to}: {percent(row['weighted'])})"


def best(row: Row) -> Row:
    """The row with what is nearest to the truth as share, low and high: corrected by cards, else weighted."""
    for found, name in ((is_corrected(row), "corrected"), (is_weighted(row), "weighted")):
        if found:
            return {**row, "share": row[name], "low": row[f"{name}_low"], "high": row[f"{name}_high"]}
    return row


def _between(low: int, high: int, n: int) -> str:
    if low == high:
        return str(low) if n < 30 else percent(low / n)
    if n < 30:
        return f"about {low} to {high}"
    first, last = percent(low / n), percent(high / n)
    return f"about {last}" if first == last else f"about {first.removesuffix(' %')} to {last}"
