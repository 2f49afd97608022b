"""Tables: surveys, sheets of participants, coded quotes, codebooks and transcripts, in text and in workbooks."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

import pandas as pd

from dashboard.intake import codebooks, codings, sheets, spoken, spss
from dashboard.intake.given import Given, Reader
from dashboard.intake.headers import compact
from dashboard.intake.names import is_code
from dashboard.intake.parsed import ParsedSource
from dashboard.intake.sheets import Sheet
from dashboard.intake.surveys import Table, read_table, table_of
from dashboard.study import Correction

_ENDINGS = frozenset({".csv", ".tsv", ".tab"})
_PEOPLE_FILES = re.compile(
    r"participant|people|person|sample|recruit|screener|roster|cases?\b|attributes|teilnehmer|probanden"
    r"|customers|panel",
    re.IGNORECASE,
)
_TOTALS = re.compile(r"\b(?:total|totals|tot|respondents|count|sum|average|mean|percent|anzahl|gesamt|summe|n)\b|%")
_SURVEY_ROLES = ("open", "nps", "csat", "ces", "rating")


def sniff_text(given: Given) -> float:
    """High where every line has as many cells as the first; the name's ending tells a table of one column."""
    if given.text is None or given.text.lstrip()[:1] in ("{", "[", "<") or given.text.startswith("WEBVTT"):
        return 0.0
    delimiter, regular = sheets.delimiter_of(given.text)
    named = PurePosixPath(given.name.replace("\\", "/")).suffix.casefold() in _ENDINGS
    if named:
        return 0.9 if regular >= 0.5 else 0.62
    if delimiter == "\t" and regular >= 0.95 and given.text.count("\n") >= 2:
        return 0.72
    return 0.5 if regular >= 0.98 and given.text.count("\n") >= 3 else 0.0


def read_text(given: Given, correction: Correction) -> ParsedSource:
    """What separated text holds. Raises UnreadableFile."""
    return understood(sheets.of_text(given), given.name, correction)


def sniff_workbook(given: Given) -> float:
    """Certain for Excel and OpenDocument workbooks."""
    return 0.98 if given.text is None and sheets.is_workbook(given.data) else 0.0


def read_workbook(given: Given, correction: Correction) -> ParsedSource:
    """What a workbook's fullest sheet holds, or the sheet that was named. Raises UnreadableFile."""
    return understood(sheets.of_workbook(given, sheet=correction.sheet), given.name, correction)


READERS: tuple[Reader, ...] = (
    Reader("table", sniff_text, read_text),
    Reader("workbook", sniff_workbook, read_workbook),
    Reader("statistics file", spss.sniff, spss.read),
)


def understood(sheet: Sheet, name: str, correction: Correction) -> ParsedSource:
    """What the cells of one table are: a transcript, codings, a codebook, a sheet of participants, or a survey."""
    asked = set(correction.columns.values()) & {*_SURVEY_ROLES, "choice"}
    if not correction.columns:
        for read in (spoken.transcript_of, codebooks.codebook_of, codings.codings_of):
            if (parsed := read(sheet, name, correction)) is not None:
                return parsed
    turned = _turned(sheet)
    table = table_of(turned or sheet, name, correction)
    if turned is None and not correction.columns and (what := _totals(table)):
        return _no_answers(table, what)
    if not asked and _is_of_participants(table, name):
        form = f"{sheet.form}, participants" + (", one column a person" if turned else "")
        return read_table(table, kind="participants", form=form)
    dialect = table.header.dialect or "survey"
    rows = f", {table.header.rows} header rows" if table.header.rows > 1 else ""
    return read_table(table, kind="survey", form=f"{sheet.form}, {dialect}{rows}")


def _turned(sheet: Sheet) -> Sheet | None:
    """The table with its rows as columns, where each column is a person (P1 … P17); None where it is not."""
    cells = sheet.cells
    if len(cells) < 2 or len(cells.columns) < 4:
        return None
    first = [str(cell) for cell in cells.iloc[0]]
    people = [at for at, cell in enumerate(first) if at and is_code(cell)]
    prefixes = {re.sub(r"[\d _#-]", "", first[at]).casefold() for at in people}
    others = [at for at, cell in enumerate(first) if at and cell and at not in people]
    if len(people) < 3 or len(prefixes) != 1 or len(people) < 0.7 * (len(people) + len(others)):
        return None
    if prefixes & {"q", "v", "item", "var", "t"} or any(
        is_code(str(cell)) and str(cell).casefold().startswith("p") for cell in cells.iloc[1:6, 0]
    ):
        return None  # questions are columns of an ordinary table
    turned = cells[[cells.columns[0], *(cells.columns[at] for at in people)]].T.reset_index(drop=True)
    turned.columns = pd.RangeIndex(len(turned.columns))
    turned.iloc[0, 0] = "participant"
    left = ", ".join(f"“{first[at]}”" for at in others[:5])
    warnings = sheet.warnings
    if left:
        warnings = (*warnings, f"Columns that are about no single person were left out: {left}.")
    return Sheet(turned, sheet.form, sheet.name, warnings)


def _is_of_participants(table: Table, name: str) -> bool:
    """Whether a table is about people and asks nothing: ids or names, and attributes."""
    header = table.header
    who = table.places("participant", "name", "email")
    known = table.places("attribute", "choice", "stage")
    if not who or header.dialect or header.rows > 1:
        return False
    ids = table.places("participant")
    if ids and table.profiles[ids[0]].variety < 0.95:
        return False
    named = (
        _PEOPLE_FILES.search(PurePosixPath(name).stem) is not None or _PEOPLE_FILES.search(table.sheet.name) is not None
    )
    told = [
        at
        for at in table.places("open")
        if not re.search(r"note|comment|remark|bemerk|anmerk", header.names[at].casefold())
    ]
    if any("?" in title for title in header.names) or told:
        return False
    if table.places("nps", "csat", "ces", "rating") or table.places("open"):
        return named
    return bool(known) or bool(ids) or bool(table.places("name"))


def _totals(table: Table) -> str:
    """What shows that a table is one of totals, not of answers; "" where nothing does."""
    header, body = table.header, table.body
    if table.places("participant", "email", "name", "date", "open") or len(header.names) < 3 or len(body) < 2:
        return ""
    numeric = [at for at, profile in enumerate(table.profiles) if profile.numbers]
    filled = [at for at, profile in enumerate(table.profiles) if profile.filled]
    if len(filled) - len(numeric) > 2 or len(numeric) < 0.7 * len(filled):
        return ""
    first = table.profiles[filled[0]]
    labels = first.variety == 1.0 and not first.numbers
    told = [name for name in header.names if _TOTALS.search(name.casefold())]
    percent = any(value.endswith("%") for at in numeric for value in list(table.profiles[at].counts)[:5])
    rows = [
        str(value)
        for value in body[filled[0]]
        if compact(str(value)) in ("total", "average", "sum", "all", "n", "gesamt")
    ]
    if labels and (told or percent or rows):
        return told[0] if told else rows[0] if rows else "%"
    return ""


def _no_answers(table: Table, what: str) -> ParsedSource:
    """A table of totals: nothing of it is taken, and it is said."""
    first = table.header.names[0]
    warning = (
        f"This looks like a table of totals, not of answers: each row is one of “{first}” and there is “{what}”; "
        "nothing was taken. Drop the export with one row a respondent, or correct the columns if this is one."
    )
    parsed = read_table(table, kind="survey", form=f"{table.sheet.form}, table of totals")
    columns = tuple(column for column in parsed.columns)
    return ParsedSource(kind="survey", format=parsed.format, columns=columns, warnings=(*table.sheet.warnings, warning))
