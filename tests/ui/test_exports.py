"""Files for spreadsheets that compute nothing, with their caveats."""

from __future__ import annotations

import csv
import io
import zipfile

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from dashboard.analysis.table import Table
from dashboard.charts.computed import COMPUTED
from dashboard.sharing.spreadsheet import inert
from dashboard.ui.exports import csv_of, xlsx_of

HOSTILE = ["=cmd|' /C calc'!A0", "@SUM(1)", "+1", "-1", 'a,b"c\nd', "\x00bell\x07"]


def table(name: str) -> Table:
    rows = pd.DataFrame(
        {"theme": [name], "source_kind": ["survey"], f"attr:{name}": ["pro"], "k": [3], "n": [9], "share": [1 / 3]}
    ).assign(low=0.1, high=[float("nan")], checked=1)
    keys = ("theme", "source_kind", f"attr:{name}")
    return Table("prevalence", rows, keys, "k", "participants", by=name, denominator="people", notes=("=Beware.",))


@given(st.text())
def test_no_cell_can_be_taken_for_a_formula(text: str) -> None:
    assert not inert(text).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert inert(text).endswith(text)


@pytest.mark.parametrize("name", HOSTILE[:-1])
def test_a_file_for_a_spreadsheet_is_inert_in_cells_and_heads(name: str) -> None:
    written = csv_of(table(name)).decode("utf-8-sig")
    head, row = csv.reader(io.StringIO(written, newline=""))
    assert head[:4] == ["theme", "source_kind", inert(name), "k"]
    assert row[:4] == [inert(name), "survey", "pro", "3"]


@pytest.mark.parametrize("name", HOSTILE)
def test_an_excel_file_holds_text_as_text_numbers_as_numbers_and_its_caveats(name: str) -> None:
    written = xlsx_of(table(name))
    book = load_workbook(io.BytesIO(written))
    figures, about = book["Figures"], book["About"]
    head, row = figures.iter_rows(values_only=True)
    assert row[0] == name.replace("\x00", " ").replace("\x07", " ")
    assert row[3:6] == (3, 9, pytest.approx(1 / 3))
    assert row[list(head).index("high")] is None
    assert all(cell.data_type in ("s", "n", "b") for line in figures.iter_rows() for cell in line)
    said = [cell.value for cell in about["A"]]
    assert "=Beware." in said
    assert said[-1] == COMPUTED["prevalence"]
    with zipfile.ZipFile(io.BytesIO(written)) as parts:
        assert all(b"<f>" not in parts.read(part) for part in parts.namelist())
