"""k-anonymity: which attributes and values a viewer may filter by, so that no group is smaller than k."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

OTHER = "other"
"""What rare values become."""


@dataclass(frozen=True)
class Anonymised:
    """Rows whose every combination of kept values belongs to at least k of them.

    rows: as given, with the kept attributes (coarsened), shuffled, and ``class``: the number of the combination.
    kept: in the order given. other: attribute → values that became "other". dropped: attributes left out. hidden: rows
    left out because even without attributes they stood in a group of fewer than k. classes: how many combinations.
    """

    rows: pd.DataFrame
    kept: tuple[str, ...]
    other: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    dropped: tuple[str, ...] = ()
    hidden: int = 0
    classes: int = 0


def anonymise(
    rows: pd.DataFrame,
    attributes: Sequence[str],
    *,
    k: int = 5,
    always: Sequence[str] = (),
    known: str | None = None,
    known_k: int | None = None,
    seed: int = 0,
) -> Anonymised:
    """The rows with as many attributes as leave k or more rows in every combination of all that is kept.

    Greedy: at each step the attribute that keeps most (entropy in bits, after its rarest values became "other") is
    kept. always: columns that a viewer tells people apart by in any case. What a viewer can choose by attribute is a
    union of combinations, and so is the difference of two such groups: each is empty or has at least k rows
    (Sweeney, Int. J. Uncertainty 10 (2002), 557–570).

    known: a column with the group in which viewers know each row from elsewhere, as from an earlier version; every
    combination of it with what is kept has known_k rows (k unless given), too. It is not shown, so that alone it need
    not be told apart. Raises ValueError where k is below 1.
    """
    if k < 1:
        raise ValueError("k must be at least 1")
    base = [*always]
    left = _large_enough(rows, base, k)
    checks = [(pd.DataFrame(index=left.index), k)]
    if known is not None:
        least = k if known_k is None else known_k
        left = _large_enough(_large_enough(left, [*base, known], least), base, k)
        checks = [(pd.DataFrame(index=left.index), k), (left[[known]].astype(str), least)]
    done = left[base].astype(str) if base else pd.DataFrame(index=left.index)
    other: dict[str, tuple[str, ...]] = {}
    kept: list[str] = []
    remaining = list(attributes)
    while remaining and len(left):
        tried = {
            name: _coarsened(left[name].astype(str), [(done.join(more), least) for more, least in checks])
            for name in remaining
        }
        name = max(remaining, key=lambda each: (_entropy(tried[each][0]), -remaining.index(each)))
        column, rare = tried[name]
        if column.nunique() < 2:
            break
        done = done.assign(**{name: column})
        kept.append(name)
        remaining.remove(name)
        if rare:
            other[name] = rare
    order = np.random.default_rng(seed).permutation(len(left))
    shown = left[[name for name in left.columns if name not in attributes]].assign(**{n: done[n] for n in kept})
    columns = [*base, *kept]
    number = shown.groupby(columns, sort=True).ngroup() if columns and len(shown) else pd.Series(0, index=shown.index)
    shown = shown.assign(**{"class": number.astype("int64")}).iloc[order].reset_index(drop=True)
    return Anonymised(
        shown,
        tuple(name for name in attributes if name in kept),
        other,
        tuple(name for name in attributes if name not in kept),
        len(rows) - len(left),
        int(shown["class"].nunique()),
    )


def _large_enough(rows: pd.DataFrame, columns: Sequence[str], k: int) -> pd.DataFrame:
    """The rows whose combination of these columns has at least k; without columns all of them, or none."""
    if not columns:
        return (rows if len(rows) >= k else rows.iloc[:0]).reset_index(drop=True)
    sizes = rows.groupby(list(columns))[rows.columns[0]].transform("size")
    return rows[sizes >= k].reset_index(drop=True)


def _coarsened(
    column: pd.Series[str], checks: Sequence[tuple[pd.DataFrame, int]]
) -> tuple[pd.Series[str], tuple[str, ...]]:
    """The column with its rarest values as "other" until every combination with each of ``checks`` has its number of
    rows; one value where none will do."""
    counts = column.value_counts(ascending=True).sort_index(kind="stable").sort_values(kind="stable")
    by_size = list(counts.index)
    # fewer than k rows of one value can be told apart whatever else is kept: no need to try those one by one
    rare = [value for value in by_size if counts[value] < max(k for _, k in checks)]
    by_size = by_size[len(rare) :]
    while rare and by_size and counts[rare].sum() < max(k for _, k in checks):
        rare.append(by_size.pop(0))
    values = column.where(~column.isin(rare), OTHER) if rare else column
    while True:
        if all(_smallest(done, values) >= k for done, k in checks):
            return values, tuple(sorted(rare))
        if not by_size:
            return pd.Series(OTHER, index=column.index, dtype=str), tuple(sorted(rare))
        rare.append(by_size.pop(0))
        values = column.where(~column.isin(rare), OTHER)


def _smallest(done: pd.DataFrame, values: pd.Series[str]) -> int:
    groups = done.assign(**{"": values})
    return int(groups.groupby(list(groups.columns), observed=True)[""].size().min())


def _entropy(column: pd.Series[str]) -> float:
    share = column.value_counts(normalize=True).to_numpy()
    return float(-(share * np.log2(share)).sum())
