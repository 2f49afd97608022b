"""Table: what a measure returns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd


@dataclass(frozen=True)
class Table:
    """A few rows, the columns that name a row, the counted column, its unit, and what must be said beside it.

    measure: its name in ``MEASURES``. rows: sorted by keys unless the measure's question asks for an order.
    keys: columns that name a row; a row's values of them, given to ``quotes``, open exactly the units it counts.
    counted: the column that counts them (None where nothing is counted). unit: participants, passages, turns, themes
    or codings. by: the attribute or segment that split it. denominator: what the shares are of, in words.
    notes: one sentence each, for the reader. totals: figures about the whole table, by name (``comparisons``; for
    quotes ``passages`` and ``participants``, whatever page of them the rows hold). intervals: whether they may be
    drawn: an overall share of people who were recruited to a plan is one of those heard, and claims no more. order:
    key → its values in the order they are shown, those without a row among them.
    """

    measure: str
    rows: pd.DataFrame
    keys: tuple[str, ...]
    counted: str | None
    unit: str
    by: str | None = None
    denominator: str = ""
    notes: tuple[str, ...] = ()
    totals: Mapping[str, int] = field(default_factory=dict)
    intervals: bool = True
    order: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def keys_of(self, position: int) -> dict[str, Any]:
        """The keys of the row at this position, as plain values."""
        row = self.rows.iloc[position]
        return {key: _plain(row[key]) for key in self.keys}

    def find(self, keys: Mapping[str, Any]) -> int | None:
        """The position of the row with these keys; None where there is none."""
        hits = pd.Series(True, index=self.rows.index)
        for key in self.keys:
            hits &= self.rows[key] == keys.get(key)
        positions = hits.to_numpy().nonzero()[0]
        return int(positions[0]) if len(positions) else None

    def records(self) -> list[dict[str, Any]]:
        """The rows as plain values, in order; None where a figure is not defined.

        >>> Table("m", pd.DataFrame({"theme": ["Pricing"], "q": [float("nan")]}), ("theme",), None, "pairs").records()
        [{'theme': 'Pricing', 'q': None}]
        """
        names = [str(name) for name in self.rows.columns]
        columns = [self.rows[name].tolist() for name in names]  # tolist() gives Python's own numbers
        return [dict(zip(names, map(_plain, row), strict=True)) for row in zip(*columns, strict=True)]

    def by_kind(self) -> dict[str | None, list[dict[str, Any]]]:
        """The records of each source kind, in order; under None where no key parts them."""
        found: dict[str | None, list[dict[str, Any]]] = {}
        for row in self.records():
            found.setdefault(row["source_kind"] if "source_kind" in self.keys else None, []).append(row)
        return found


def _plain(value: Any) -> Any:
    """A value as JSON can write it."""
    if hasattr(value, "item"):
        value = value.item()
    return None if value is pd.NA or (isinstance(value, float) and value != value) else value
