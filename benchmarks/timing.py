"""Timing by the median of several runs, and a table of ratios."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence


def seconds(work: Callable[[], object], *, runs: int = 7) -> float:
    """The median duration of ``work`` over several runs, after one that is thrown away."""
    work()
    found = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        found.append(time.perf_counter() - start)
    return statistics.median(found)


def table(title: str, rows: Sequence[tuple[str, str, str]]) -> None:
    """Print rows of (what, measured, beside it)."""
    print(f"\n{title}\n" + "-" * len(title))
    widths = [max(len(row[i]) for row in rows) for i in range(3)]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
