"""Figures as a colleague would say them, never stronger than they are."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.analysis.table import Table

FEWEST = 5
"""Below so many people a group makes no claim."""

CLEAR = "clear difference"
LOOK = "worth a look"
CHANCE = "could be chance"
NOT_TESTED = "not tested"
NOBODY_ELSE = "nobody else to compare with"
AT = 0.05
"""The rate of false alarms among the differences called clear; and the p from which one is worth a look."""
CLEAR_MEANS = "Of the differences we mark as clear, at most 5 in 100 on average are false alarms."
EXPLORATORY = "Under a filter this is exploratory: nothing is called a clear difference."

HEARD = {"interview": "people we spoke to", "survey": "people who answered"}
"""Source kind → whom its shares are of."""

_KINDS = {"interview": "interviews", "survey": "survey"}


def too_few(n: int) -> str:
    """Why a group makes no claim.

    >>> too_few(4)
    'too few people (4)'
    """
    return f"too few people ({n})"


def too_few_to_compare(n: int) -> str:
    """Why two groups are not compared: the smaller has n people.

    >>> too_few_to_compare(4)
    'too few people to compare (4)'
    """
    return f"too few people to compare ({n})"


def verdict(p: float, q: float, *, unchecked: bool) -> str:
    """What a test says: p is NaN where none was made, q where nothing is called clear, as under a filter.

    unchecked: it stands on suggestions that no person has checked, and is at most worth a look.

    >>> verdict(0.01, 0.03, unchecked=False), verdict(0.01, 0.03, unchecked=True), verdict(0.2, 0.4, unchecked=False)
    ('clear difference', 'worth a look', 'could be chance')
    >>> verdict(float("nan"), float("nan"), unchecked=False)
    'not tested'
    """
    if p != p:
        return NOT_TESTED
    if q <= AT and not unchecked:  # false where q is NaN
        return CLEAR
    return LOOK if p <= AT else CHANCE


def percent(share: float) -> str:
    """A share as a whole percent; never 0 or 100 where it is not quite.

    >>> percent(0.584), percent(0.001), percent(0.999)
    ('58 %', 'under 1 %', 'over 99 %')
    """
    if 0 < share < 0.005:
        return "under 1 %"
    if 0.995 <= share < 1:
        return "over 99 %"
    return f"{round(100 * share)} %"


def share_of(k: int, n: int, *, kind: str | None = None) -> str:
    """A share in words: under thirty people they come first, else the percent.

    >>> share_of(14, 24, kind="interview")
    '14 of 24 people we spoke to (58 %)'
    >>> share_of(61, 200, kind="survey")
    '30 % of 200 people who answered'
    """
    people = HEARD.get(kind or "", "people we heard")
    if n < 30:
        return f"{k} of {n} {people}" + (f" ({percent(k / n)})" if n >= FEWEST else "")
    return f"{percent(k / n)} of {n} {people}"


def in_the(kind: str | None) -> str:
    """Where something was said.

    >>> in_the("survey")
    'in the survey'
    """
    return f"in the {_KINDS[kind]}" if kind in _KINDS else "among all"


def count(number: int, one: str, many: str = "") -> str:
    """A number with its noun.

    >>> count(1, "answer"), count(3, "person", "people")
    ('1 answer', '3 people')
    """
    return f"{number} {one if number == 1 else many or one + 's'}"


def row_in_words(table: Table, position: int) -> str:
    """What one row of a table counts; "" where it counts nothing that is shown.

    >>> import pandas as pd
    >>> rows = pd.DataFrame({"theme": ["Pricing"], "k": [1], "n": [24]})
    >>> row_in_words(Table("prevalence", rows, ("theme",), "k", "participants"), 0)
    '1 of 24 people'
    """
    row = table.records()[position]
    one, many = ("person", "people") if table.unit == "participants" else (table.unit.removesuffix("s"), table.unit)
    k, n = row.get(table.counted or ""), row.get("n")
    if k is None:
        return ""
    if n is None or table.counted == "n":
        return f"{k:,} {one if k == 1 else many}"
    others = f"; of the others {row['rest_k']:,} of {row['rest_n']:,}" if row.get("rest_n") is not None else ""
    return f"{k:,} of {n:,} {one if n == 1 else many}{others}"


def listed(names: Iterable[str]) -> str:
    """Names as an enumeration.

    >>> listed(["Discover", "Set up", "Renew"])
    '“Discover”, “Set up” and “Renew”'
    """
    quoted = [f"“{name}”" for name in names]
    return " and ".join([", ".join(quoted[:-1]), quoted[-1]] if len(quoted) > 1 else quoted)


def how_strongly(intensity: float) -> str:
    """An intensity (0.25 … 1) as an adverb.

    >>> how_strongly(0.3), how_strongly(0.5), how_strongly(0.8)
    ('mildly', 'noticeably', 'strongly')
    """
    return "mildly" if intensity < 0.4 else "noticeably" if intensity < 0.65 else "strongly"
