"""SPSS (.sav, .zsav, .por) and Stata (.dta) files: variables and values with their labels."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from dashboard.errors import UnreadableFile
from dashboard.intake import statfile
from dashboard.intake.given import Given
from dashboard.intake.headers import Header, unique
from dashboard.intake.parsed import ParsedSource
from dashboard.intake.sheets import Sheet, cell_text
from dashboard.intake.surveys import read_table, table_of
from dashboard.study import Correction

_POR_MARK = b"SPSSPORT"
_KILLED = 9
"""The signal by which a system takes a process that needs more memory than there is."""
_NO_ROOM = (b"MemoryError", b"Cannot allocate memory", b"failed to map segment")
"""What Python says where there is not even room to start."""
_FORMS: dict[str, tuple[str, str]] = {  # form → ending, reader
    "SPSS .sav": (".sav", "read_sav"),
    "SPSS .zsav": (".zsav", "read_sav"),
    "SPSS .por": (".por", "read_por"),
    "Stata .dta": (".dta", "read_dta"),
}


def sniff(given: Given) -> float:
    """Certain by the first bytes."""
    return 0.98 if form_of(given.data) else 0.0


def form_of(data: bytes) -> str:
    """The format that the first bytes tell, "" where it is none of these.

    >>> form_of(b"$FL2@(#) SPSS DATA FILE"), form_of(b"id;answer")
    ('SPSS .sav', '')
    """
    if data[:4] in (b"$FL2", b"$FL3"):
        return "SPSS .zsav" if data[:4] == b"$FL3" else "SPSS .sav"
    if len(data) > 400 and _POR_MARK in data[:600].replace(b"\r", b"").replace(b"\n", b""):
        return "SPSS .por"
    old_stata = len(data) > 10 and data[0] in (113, 114, 115) and data[1] in (1, 2) and data[2] == 1
    return "Stata .dta" if old_stata or data.startswith(b"<stata_dta>") else ""


def read(given: Given, correction: Correction) -> ParsedSource:
    """The survey that a file of SPSS or Stata holds; headers are the variables' labels. Raises UnreadableFile.

    A user-missing value ("refused", 99) is a blank cell, but the row that has it stands for somebody.
    """
    form = form_of(given.data)
    values, about = _contents(given, form)
    if not values.num_columns:
        raise UnreadableFile(f"“{given.name}” holds no variable; export it again.")
    names, labels = about["names"], [" ".join(label.split()) for label in about["labels"]]
    columns: dict[int, pd.Series] = {}
    recorded = np.zeros(values.num_rows, dtype=bool)
    for at, name in enumerate(names):
        column: pd.Series = values.column(at).to_pandas()
        recorded |= (column.notna() & (column.astype(str) != "")).to_numpy()
        columns[at] = column.map(_texts(column, name, about)).fillna("").astype(str).str.strip()
    times = Counter(labels)
    shown = tuple(label if label and times[label] == 1 else name for name, label in zip(names, labels, strict=True))
    written = tuple(tuple(dict.fromkeys(text for text in pair if text)) for pair in zip(names, labels, strict=True))
    blank = ("",) * len(shown)
    header = Header(unique(shown), shown, blank, written, blank, 0, 1, form.split()[0])
    sheet = Sheet(pd.DataFrame(columns), form, recorded=frozenset(np.flatnonzero(recorded).tolist()))
    return read_table(table_of(sheet, given.name, correction, header=header), kind="survey", form=form)


def _texts(column: pd.Series, name: str, about: Mapping[str, Any]) -> dict[Any, str]:
    """Value → text: its label if every value has one, number and label if only some have, "" where user-missing."""
    codes = dict(about["values"].get(name, ()))
    ranges = about["ranges"].get(name, ())
    users = set(about["missing"].get(name, ()))
    values = list(column.dropna().unique())
    answers = [value for value in values if value not in users and not any(_within(value, each) for each in ranges)]
    all_labelled = all(value in codes for value in answers)
    found = dict.fromkeys(values, "")
    for value in answers:
        text = cell_text(value.item() if hasattr(value, "item") else value)
        found[value] = text if value not in codes else codes[value] if all_labelled else f"{text} - {codes[value]}"
    return found


def _within(value: Any, limits: Any) -> bool:
    try:
        return bool(limits[0] <= value <= limits[1])
    except TypeError:  # a limit of text beside a number
        return False


def _contents(given: Given, form: str) -> tuple[pa.Table, dict[str, Any]]:
    """The values, and what the file says of them, read by a process of its own (UnreadableFile, MemoryError)."""
    ending, reader = _FORMS[form]
    with tempfile.TemporaryDirectory() as folder:
        path, arrow, about = (os.path.join(folder, name) for name in (f"given{ending}", "values.arrow", "about.json"))
        with open(path, "wb") as file:
            file.write(given.data)
        command = [sys.executable, "-I", statfile.__file__, reader, path, arrow, about, str(len(given.data))]
        run = subprocess.run(command, capture_output=True, check=False)  # whoever reads files watches the time
        if run.returncode != 0:
            if run.returncode in (statfile.TOO_LARGE, -_KILLED) or any(said in run.stderr for said in _NO_ROOM):
                raise MemoryError
            raise UnreadableFile(
                f"“{given.name}” looks like {form} but is damaged; open it, save it as .sav or CSV, and drop that."
            )
        with pa.OSFile(arrow) as source:
            values = pa.ipc.open_file(source).read_all()
        with open(about, encoding="utf-8") as file:
            said: dict[str, Any] = json.load(file)
    return values, said
