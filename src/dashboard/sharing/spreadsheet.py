"""What is taken away for a spreadsheet: no cell of it can be taken for a formula."""

from __future__ import annotations

import pandas as pd

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def inert(text: str) -> str:
    """A cell that a spreadsheet shows and does not compute.

    >>> inert("=1+1"), inert("fine")
    ("'=1+1", 'fine')
    """
    return "'" + text if text.startswith(_FORMULA) else text


def as_given(cell: str) -> str:
    """What ``inert`` was given.

    >>> as_given("'=1+1"), as_given("'tis fine")
    ('=1+1', "'tis fine")
    """
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell


def csv_of(rows: pd.DataFrame) -> bytes:
    """The rows as a CSV file that spreadsheets read as UTF-8, cells and headings inert."""
    safe = rows.map(lambda cell: inert(cell) if isinstance(cell, str) else cell)
    safe.columns = pd.Index([inert(str(name)) for name in safe.columns])
    # as RFC 4180 ends lines; with "\n" alone a cell that holds "\r" would not be quoted
    return safe.to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")
