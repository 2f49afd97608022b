"""A table as a file for a spreadsheet: no cell can be taken for a formula, and in Excel its caveats go with it."""

from __future__ import annotations

import io
import json
from typing import Any

import pandas as pd

from dashboard.analysis.table import Table
from dashboard.charts.computed import COMPUTED
from dashboard.charts.measures import MEASURES
from dashboard.filters import ATTRIBUTE_PREFIX
from dashboard.sharing import spreadsheet

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WIDEST = 60  # characters of a column


def csv_of(table: Table) -> bytes:
    """The rows as a file for a spreadsheet, in which no cell can be taken for a formula."""
    return spreadsheet.csv_of(table.rows.rename(columns=lambda name: str(name).removeprefix(ATTRIBUTE_PREFIX)))


def xlsx_of(table: Table) -> bytes:
    """The rows as an Excel workbook, and on a second sheet what they answer, of whom, with all that must be said.

    Every text is a cell of text, marked as such, whatever it begins with: nothing is computed when the file is opened.
    """
    measure = MEASURES[table.measure]
    heads = [str(name).removeprefix(ATTRIBUTE_PREFIX) for name in table.rows.columns]
    lines = [heads, *(list(record.values()) for record in table.records())]
    said = [measure.question, measure.headline(table), f"Of {table.denominator}." if table.denominator else ""]
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font

    book = Workbook()
    book.properties.creator = ""
    sheet = book.active
    sheet.title = "Figures"
    for y, line in enumerate(lines, start=1):
        for x, value in enumerate(line, start=1):
            _write(sheet.cell(y, x), value)
    for x, head in enumerate(heads, start=1):
        cell = sheet.cell(1, x)
        cell.font = Font(bold=True)
        longest = max(len(str(line[x - 1])) for line in lines)
        sheet.column_dimensions[cell.column_letter].width = min(_WIDEST, max(len(head), longest) + 2)
    sheet.freeze_panes = "A2"
    about = book.create_sheet("About")
    for y, sentence in enumerate([*filter(None, said), *table.notes, COMPUTED[table.measure]], start=1):
        _write(about.cell(y, 1), sentence)
        about.cell(y, 1).alignment = Alignment(wrap_text=True, vertical="top")
    about.column_dimensions["A"].width = 100
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def quotes_xlsx(rows: pd.DataFrame) -> bytes:
    """Quotes as ``taking.quotes`` gives them, as an Excel workbook; every cell is text. Fifty thousand in seconds."""
    from xlsxwriter import Workbook

    written = io.BytesIO()
    with Workbook(written, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet("Quotes")
        head, text = book.add_format({"bold": True}), book.add_format({"quote_prefix": True})
        for x, name in enumerate(map(str, rows.columns)):
            sheet.write_string(0, x, _cell(name), head)
            sheet.set_column(x, x, _WIDEST if x == 0 else 18)
        for y, record in enumerate(rows.astype(str).itertuples(index=False, name=None), start=1):
            for x, value in enumerate(record):
                sheet.write_string(y, x, _cell(value), text)
        sheet.freeze_panes(1, 0)
    return written.getvalue()


def _write(cell: Any, value: Any) -> None:
    if isinstance(value, (dict, list, tuple)):
        value = json.dumps(value, ensure_ascii=False, default=str)
    if isinstance(value, str):
        cell.value = _cell(value)
        cell.data_type = "s"
        cell.quotePrefix = True
    else:
        cell.value = value


def _cell(text: str) -> str:
    """Text that a cell can hold: at most 32,767 characters, none that XML forbids."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    clean: str = ILLEGAL_CHARACTERS_RE.sub(" ", text.encode("utf-8", "replace").decode())
    return clean[:32_767]
