"""SPSS (.sav, .zsav, .por) and Stata (.dta) files: variables and values with their labels."""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from typing import Any

import numpy as np
import pandas as pd
import pyreadstat

from dashboard.errors import UnreadableFile
from dashboard.intake.given import Given
from dashboard.intake.headers import Header, unique
from dashboard.intake.parsed import ParsedSource
from dashboard.intake.sheets import Sheet, cell_text
from dashboard.intake.surveys import read_table, table_of
from dashboard.study import Correction

_POR_MARK = b"SPSSPORT"


def sniff(given: Given) -> float:
    """Certain by the first bytes."""
    return 0.98 if _form(given.data) else 0.0


def _form(data: bytes) -> str:
    if data[:4] in (b"$FL2", b"$FL3"):
        return "SPSS .zsav" if data[:4] == b"$FL3" else "SPSS .sav"
    if _POR_MARK in data[:600].replace(b"\r", b"").replace(b"\n", b"") and len(data) > 400:
        return "SPSS .por"
    if data.startswith(b"<stata_dta>") or (
        len(data) > 10 and data[0] in (113, 114, 115) and data[1] in (1, 2) and data[2] == 1
    ):
        return "Stata .dta"
    return ""


def read(given: Given, correction: Correction) -> ParsedSource:
    """The survey that a file of SPSS or Stata holds; headers are the variables' labels. Raises UnreadableFile.

    A user-missing value ("refused", 99) is a blank cell, but the row that has it stands for somebody.
    """
    form = _form(given.data)
    frame, meta = _frame_of(given, form)
    columns: dict[int, pd.Series] = {}
    recorded = np.zeros(len(frame), dtype=bool)
    for at, name in enumerate(frame.columns):
        column = frame[name]
        recorded |= column.notna().to_numpy()
        columns[at] = column.map(_texts(column, name, meta)).fillna("").astype(str).str.strip()
    labels = [" ".join(str((meta.column_names_to_labels or {}).get(name) or "").split()) for name in frame.columns]
    names = [str(name) for name in frame.columns]
    times = Counter(labels)
    shown = [label if label and times[label] == 1 else name for name, label in zip(names, labels, strict=True)]
    written = tuple(tuple(dict.fromkeys(text for text in pair if text)) for pair in zip(names, labels, strict=True))
    plain = tuple(shown)
    blank = ("",) * len(plain)
    header = Header(unique(plain), plain, blank, written, blank, 0, 1, form.split()[0])
    sheet = Sheet(pd.DataFrame(columns), form, recorded=frozenset(np.flatnonzero(recorded).tolist()))
    return read_table(table_of(sheet, given.name, correction, header=header), kind="survey", form=form)


def _texts(column: pd.Series, name: str, meta: Any) -> dict[Any, str]:
    """Value → text: its label if every value has one, number and label if only some have, "" where user-missing."""
    codes = {value: str(label) for value, label in (meta.variable_value_labels or {}).get(name, {}).items()}
    ranges = (meta.missing_ranges or {}).get(name, ())
    users = set((meta.missing_user_values or {}).get(name, ()))
    values = list(column.dropna().unique())
    answers = [value for value in values if value not in users and not any(_within(value, each) for each in ranges)]
    all_labelled = all(value in codes for value in answers)
    found = dict.fromkeys(values, "")
    for value in answers:
        text = cell_text(_plain(value))
        found[value] = text if value not in codes else codes[value] if all_labelled else f"{text} - {codes[value]}"
    return found


def _within(value: Any, limits: Any) -> bool:
    try:
        return bool(limits["lo"] <= value <= limits["hi"])
    except TypeError:  # a limit of text beside a number
        return False


def _plain(value: Any) -> Any:
    if isinstance(value, pd.Timestamp):
        return value.to_pydatetime()
    return value.item() if hasattr(value, "item") else value


def _frame_of(given: Given, form: str) -> tuple[pd.DataFrame, Any]:
    """The values, and what the file says of them; the library wants a path, so there is a file for a moment."""
    ending, reader = _FORMS[form]
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, f"given{ending}")
        with open(path, "wb") as file:
            file.write(given.data)
        for options in ({}, {"disable_datetime_conversion": True}):
            try:
                frame, meta = reader(path, **(options if ending == ".por" else {"user_missing": True, **options}))
            except (OverflowError, ValueError, TypeError):
                continue  # a date that no calendar holds: read dates as numbers
            except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError, OSError, MemoryError) as problem:
                raise _unreadable(given.name, form) from problem
            if not len(frame.columns):
                raise UnreadableFile(f"“{given.name}” holds no variable; export it again.")
            return frame, meta
    raise _unreadable(given.name, form)


def _unreadable(name: str, form: str) -> UnreadableFile:
    return UnreadableFile(
        f"“{name}” looks like {form} but is damaged; open it, save it again as .sav or CSV, and drop that."
    )


_FORMS: dict[str, tuple[str, Any]] = {
    "SPSS .sav": (".sav", pyreadstat.read_sav),
    "SPSS .zsav": (".zsav", pyreadstat.read_sav),
    "SPSS .por": (".por", pyreadstat.read_por),
    "Stata .dta": (".dta", pyreadstat.read_dta),
}
