"""Bytes of a table → its cells as text: separated text, Excel and OpenDocument workbooks."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as compute
import pyarrow.csv as arrow_csv
from python_calamine import CalamineError, CalamineWorkbook

from dashboard.errors import UnreadableFile
from dashboard.intake import container
from dashboard.intake.given import Given
from dashboard.intake.unpack import DAMAGED

_SAMPLE = 100_000
_SAMPLE_RECORDS = 300
_WIDTH_SAMPLE = 2_000_000
_DELIMITERS = ",;\t|"
_MOST_CELLS = 60_000_000
_MOST_COLUMNS = 6_000
_MOST_UNPACKED = 1_500_000_000
_SEPARATOR_LINE = re.compile(r"sep=(.)\n", re.IGNORECASE)
_CELL = re.compile(rb'<c r="([A-Z]{2,3})(\d{1,7})"')
_LAST_ROW = re.compile(rb'<row[^>]{0,300}? r="(\d{1,7})"')


@dataclass(frozen=True)
class Sheet:
    """The cells of one table: all rows of the file, header included, as stripped text; columns are numbered from 0.

    form: "CSV", "TSV", "XLSX" … name: of the sheet, "" for text. warnings: sentences. recorded: rows that stand for
    somebody though all their cells are blank (in SPSS: each answer has a code that says why it is missing).
    """

    cells: pd.DataFrame
    form: str
    name: str = ""
    warnings: tuple[str, ...] = ()
    recorded: frozenset[int] = frozenset()


# ---------------------------------------------------------------- separated text


def delimiter_of(text: str) -> tuple[str, float]:
    """The character that separates the cells of a text, and how regular the text is when read so (0 … 1).

    A separator that stands inside cells gives rows of different lengths; the true one gives every row the header's.

    >>> delimiter_of("a;b\\n1,5;2\\n3,5;4\\n")
    (';', 1.0)
    """
    if named := _SEPARATOR_LINE.match(text):
        return named[1], 1.0
    sample = text[:_SAMPLE]
    if len(text) > _SAMPLE:
        sample = sample[: sample.rfind("\n") + 1] or sample
    best, found = (0.0, 0.0), (",", 0.0)
    for delimiter in _DELIMITERS:
        lengths = [len(record) for record in _records(sample, delimiter)]
        if len(text) > _SAMPLE and len(lengths) > 2:
            lengths = lengths[:-1]  # the sample may end inside a quoted cell
        counts = Counter(length for length in lengths if length > 1)
        if not counts:
            continue
        common, times = counts.most_common(1)[0]
        regular = times / len(lengths)
        if lengths[0] not in (common, common + 1, common - 1):  # a title above the header has one cell
            regular *= 0.9 if lengths[0] == 1 and len(lengths) > 4 else 0.5
        if (regular, common) > best:
            best, found = (round(regular, 1), common), (delimiter, regular)
    return found


def _records(text: str, delimiter: str, *, quoted: bool = True) -> list[list[str]]:
    """The records of a text, blank ones left out, the first few hundred."""
    records = []
    quoting: Any = csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE
    csv.field_size_limit(max(len(text), 131_072))
    for record in csv.reader(io.StringIO(text), delimiter=delimiter, quoting=quoting):
        if any(cell.strip() for cell in record):
            records.append(record)
            if len(records) >= _SAMPLE_RECORDS:
                break
    return records


def of_text(given: Given) -> Sheet:
    """The cells of separated text. Raises UnreadableFile."""
    text = given.text or ""
    delimiter, _ = delimiter_of(text)
    if named := _SEPARATOR_LINE.match(text):
        text = text[named.end() :]
    text = text.replace("\0", "")
    form = "TSV" if delimiter == "\t" else "CSV"
    width = max((len(record) for record in _records(text[:_WIDTH_SAMPLE], delimiter)), default=0)
    if not width:
        raise UnreadableFile(f"“{given.name}” is a table without a cell; export it again.")
    _check_width(width, given.name)
    try:
        cells = _regular(text, delimiter, width)
    except pa.ArrowInvalid:
        cells = _ragged(text, delimiter, quoted=True)
    if text.count('"') % 2 and _swallows(cells, delimiter):
        warning = "A quotation mark is opened and never closed, so quotation marks were read as plain characters."
        return Sheet(_ragged(text, delimiter, quoted=False), form, warnings=(warning,))
    return Sheet(cells, form)


def _regular(text: str, delimiter: str, width: int) -> pd.DataFrame:
    """Cells of a text whose rows all have the same number; blank lines are left out. Raises ArrowInvalid."""
    names = [str(at) for at in range(width)]
    table = arrow_csv.read_csv(
        io.BytesIO(text.encode("utf-8", errors="replace")),
        read_options=arrow_csv.ReadOptions(column_names=names),
        parse_options=arrow_csv.ParseOptions(delimiter=delimiter, newlines_in_values=True),
        convert_options=arrow_csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False
        ),
    )
    cells: pd.DataFrame = pa.table(
        [compute.utf8_trim_whitespace(column) for column in table.columns], names
    ).to_pandas()
    cells.columns = pd.RangeIndex(width)
    return cells


def _swallows(cells: pd.DataFrame, delimiter: str) -> bool:
    """Whether the last row holds whole records in one cell: a quotation mark was never closed."""
    last = max((str(cell) for cell in cells.iloc[-1]), key=len, default="") if len(cells) else ""
    lines = last.split("\n")
    return len(lines) > 2 and sum(delimiter in line for line in lines) > 0.5 * len(lines)


def _ragged(text: str, delimiter: str, *, quoted: bool) -> pd.DataFrame:
    """Cells of a text whose rows have different lengths: short rows are filled up."""
    quoting: Any = csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE
    csv.field_size_limit(max(len(text), 131_072))
    rows = list(csv.reader(io.StringIO(text), delimiter=delimiter, quoting=quoting))
    if not quoted:
        rows = [[cell.removeprefix('"').removesuffix('"').replace('""', '"') for cell in row] for row in rows]
    width = min(max(map(len, rows), default=0), _MOST_COLUMNS)
    if width * len(rows) > _MOST_CELLS:
        width = max((len(row) for row in rows[:_SAMPLE_RECORDS]), default=0)
    return _frame([[cell.strip() for cell in row[:width]] + [""] * (width - len(row)) for row in rows], width)


# ---------------------------------------------------------------- workbooks


def of_workbook(given: Given, *, sheet: str | None = None) -> Sheet:
    """The cells of the sheet with most data, or of the one that is named. Raises UnreadableFile."""
    form = _form_of(given.data)
    _check_size(given)
    names, read = _sheets(given, sheet)
    warnings = []
    if not read:
        warnings.append(f"There is no sheet “{sheet}”; the workbook has {_listed(names)}.")
        names, read = _sheets(given, None)
    filled = {name: sum(cell not in ("", None) for row in rows for cell in row) for name, rows in read.items()}
    chosen = max(filled, key=lambda name: filled[name], default="")
    if not chosen or not filled[chosen]:
        raise UnreadableFile(f"“{given.name}” is a workbook without a filled cell; export it again.")
    others = [name for name in names if name != chosen and filled.get(name, 1)]
    if others and sheet is None:
        warnings.append(f"Only the sheet “{chosen}” was read; the workbook also has {_listed(others)}.")
    rows = [[cell_text(cell) for cell in row] for row in read[chosen]]
    width = max(map(len, rows))
    _check_width(width, given.name)
    return Sheet(_stripped(_frame(rows, width)), form, chosen, tuple(warnings))


def _sheets(given: Given, sheet: str | None) -> tuple[list[str], dict[str, list[list[Any]]]]:
    """Names of all sheets, and the rows of the one that is named, or of each. Raises UnreadableFile."""
    problem: BaseException
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(given.data))
        names = list(workbook.sheet_names)
        wanted = [name for name in names if sheet is None or name.casefold() == sheet.strip().casefold()]
        return names, {name: workbook.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in wanted}
    except (CalamineError, *DAMAGED) as failed:
        problem = failed
    except BaseException as failed:
        if type(failed).__name__ != "PanicException":  # what the library raises where it did not expect a damaged file
            raise
        problem = failed
    raise UnreadableFile(
        f"“{given.name}” cannot be opened as a workbook; open it, save it as XLSX or CSV, and drop that."
    ) from problem


def is_workbook(data: bytes) -> bool:
    """Whether the bytes are an Excel or OpenDocument workbook."""
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        head = data[:4_000_000]
        return any(word.encode("utf-16-le") in head for word in ("Workbook", "Book"))
    names = container.names(data)
    if {"xl/workbook.xml", "xl/workbook.bin"} & names:
        return True
    return "content.xml" in names and b"opendocument.spreadsheet" in data[:200]


def _form_of(data: bytes) -> str:
    if not data.startswith(b"PK"):
        return "XLS"
    return "ODS" if b"opendocument.spreadsheet" in data[:200] else "XLSX"


def _check_width(width: int, name: str) -> None:
    if width > _MOST_COLUMNS:
        raise UnreadableFile(
            f"“{name}” has {width} columns in one row, more than the {_MOST_COLUMNS} of any survey; "
            "export it again, or delete the columns that are no answers."
        )


def _check_size(given: Given) -> None:
    """Refuse a workbook that would fill the memory: one far cell makes a sheet as large as its corner."""
    if not given.data.startswith(b"PK"):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(given.data)) as archive:
            infos = archive.infolist()
            if sum(info.file_size for info in infos) > _MOST_UNPACKED:
                raise UnreadableFile(f"“{given.name}” unpacks to more than {_MOST_UNPACKED // 10**9} GB; split it.")
            for info in infos:
                if info.filename.startswith("xl/worksheets/") and info.filename.endswith(".xml"):
                    content = archive.read(info)
                    wide = max((_column(cell[1]) for cell in _CELL.finditer(content)), default=26)
                    last = content.rfind(b"<row ")
                    found = _LAST_ROW.match(content, last) if last >= 0 else None
                    if found and wide * int(found[1]) > _MOST_CELLS:
                        raise UnreadableFile(
                            f"“{given.name}” has a cell far outside its table (row {int(found[1])}, column {wide}); "
                            "delete what stands there and save it again."
                        )
    except DAMAGED as problem:
        raise UnreadableFile(
            f"“{given.name}” is a damaged workbook; open it, save it again, and drop that."
        ) from problem


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def cell_text(cell: Any) -> str:
    """A cell as a person would write it: whole numbers without ".0", dates as ISO."""
    if isinstance(cell, str):
        return cell
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "Yes" if cell else "No"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        if not (cell.hour or cell.minute or cell.second):
            return cell.date().isoformat()
        return cell.replace(microsecond=0).isoformat(sep=" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return str(cell)
    return str(cell)


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(f"“{name}”" for name in names[:8])
    return shown if len(names) <= 8 else f"{shown} and {len(names) - 8} more"


def _frame(rows: Sequence[Sequence[str]], width: int) -> pd.DataFrame:
    return pd.DataFrame({at: pd.Series([row[at] for row in rows], dtype=str) for at in range(width)})


def filled_rows(cells: pd.DataFrame) -> pd.DataFrame:
    """The rows that hold anything."""
    filled = (cells != "").to_numpy().any(axis=1)
    kept: pd.DataFrame = cells.loc[pd.Series(filled, index=cells.index)]
    return kept


def _stripped(cells: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame({at: cells[at].str.strip() for at in cells.columns})
