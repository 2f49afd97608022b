"""Rows of answers or of people → participants, scores and answers to open questions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import repeat
from typing import TypeVar

import numpy as np
import pandas as pd

from dashboard.intake.days import days_of
from dashboard.intake.headers import Header, compact, header_of, key
from dashboard.intake.parsed import Column, Kind, ParsedSource, Row
from dashboard.intake.profiles import Profile, profile_of
from dashboard.intake.roles import Judged, judged
from dashboard.intake.scales import best_end, number_of, word_scale
from dashboard.intake.sheets import Sheet
from dashboard.study import COLUMN_ROLES, SCORE_ROLES, Correction, Turn

T = TypeVar("T")
_NO_ANSWER_ROLES = ("metadata", "participant", "name", "email", "date", "ignored")
_TESTS = frozenset(
    {"survey preview", "survey test", "preview", "test", "spam", "1", "2", "8", "9", "12", "17", "40", "48"}
)
_UNFINISHED = frozenset({"0", "false", "no", "falsch", "faux"})
_SUMMARY_WORDS = frozenset(
    {
        "average",
        "avg",
        "mean",
        "total",
        "totals",
        "sum",
        "median",
        "durchschnitt",
        "mittelwert",
        "summe",
        "gesamt",
        "moyenne",
        "promedio",
        "media",
        "suma",
        "count",
        "grand total",
    }
)
_GOOD_BAD = {
    "good": 1.0,
    "bad": 0.0,
    "positive": 1.0,
    "negative": 0.0,
    "gut": 1.0,
    "schlecht": 0.0,
    "thumbs up": 1.0,
    "thumbs down": 0.0,
}


@dataclass(frozen=True)
class Table:
    """A table that was understood: its header, its filled rows (1-based numbers), and what each column is."""

    sheet: Sheet
    header: Header
    body: pd.DataFrame
    profiles: tuple[Profile, ...]
    columns: tuple[Judged, ...]
    corrected: frozenset[int]
    recorded: np.ndarray
    warnings: tuple[str, ...] = ()

    def places(self, *roles: str) -> list[int]:
        """Columns of these roles, in their order."""
        return [at for at, column in enumerate(self.columns) if column.role in roles]


def table_of(sheet: Sheet, name: str, correction: Correction, *, header: Header | None = None) -> Table:
    """The table with the role of every column, as corrected by a person. header: where the file itself says it."""
    header = header or header_of(sheet.cells, row=correction.header_row)
    body = sheet.cells.iloc[header.first :]
    filled = (body != "").to_numpy().any(axis=1) if len(body.columns) else np.zeros(len(body), dtype=bool)
    recorded = np.isin(body.index.to_numpy(), list(sheet.recorded))
    filled = filled | recorded
    body = body[filled].reset_index(drop=True)
    profiles = tuple(profile_of(body[at]) for at in body.columns)
    columns = judged(header, profiles, name=name)
    warnings = list(sheet.warnings)
    by_header = _by_header(header)
    corrected = set()
    for written, role in correction.columns.items():
        at = by_header.get(key(written))
        if at is None:
            warnings.append(
                f"There is no column “{written}” in “{name}”, so its correction was not used; correct its name."
            )
        elif role not in COLUMN_ROLES:
            warnings.append(
                f"“{role}” is no role of a column, so “{written}” was not corrected; use one of "
                f"{', '.join(COLUMN_ROLES)}."
            )
        else:
            corrected.add(at)
            if role != columns[at].role:
                best = best_end(header.names[at]) or ("high" if role in ("nps", "csat") else "")
                columns[at] = Judged(role, best if role in SCORE_ROLES else "")
            columns[at] = replace(columns[at], several=False)
    return Table(sheet, header, body, profiles, tuple(columns), frozenset(corrected), recorded[filled], tuple(warnings))


def _by_header(header: Header) -> dict[str, int]:
    """Normalised header → column: the full name first, then each cell of the header, repeats numbered."""
    found = {key(name): at for at, name in enumerate(header.names)}
    seen: Counter[str] = Counter()
    for at, written in enumerate(header.written):
        for cell in written:
            plain = key(cell)
            seen[plain] += 1
            found.setdefault(plain, at)
            found.setdefault(f"{plain}#{seen[plain]}", at)
    return found


def read_table(table: Table, *, kind: Kind, form: str) -> ParsedSource:
    """The people, scores and open answers of a survey, or the people of a sheet."""
    kept, left_out, warnings = _kept(table, kind)
    body = table.body[kept]
    numbers = (np.flatnonzero(kept) + 1).tolist()
    names = table.header.names
    dates, doubt = days_of(body, table.places("date"))
    rows = tuple(
        map(
            Row,
            numbers,
            _first(body, table.places("participant")),
            _full_names(table, body),
            _first(body, table.places("email")),
            dates,
            _dicts(len(body), {names[at]: body[at].tolist() for at in _attribute_places(table, kind)}),
            _dicts(len(body), {names[at]: _scores(body[at].tolist()) for at in table.places(*SCORE_ROLES)}),
        )
    )
    turns = _turns(table, body, numbers) if kind == "survey" else ()
    return ParsedSource(
        kind=kind,
        format=form,
        turns=turns,
        rows=rows,
        respondents=len(rows),
        columns=_columns(table, kind),
        score_kinds={names[at]: table.columns[at].role for at in table.places(*SCORE_ROLES)},
        warnings=(*table.warnings, *warnings, *doubt, *_doubts(table, kind)),
        left_out=left_out,
    )


def _columns(table: Table, kind: Kind) -> tuple[Column, ...]:
    found = []
    for at, (name, column) in enumerate(zip(table.header.names, table.columns, strict=True)):
        role = "ignored" if kind == "participants" and column.role == "open" else column.role
        best = column.best if role in SCORE_ROLES else ""
        found.append(Column(name, role, best, tuple(value[:120] for value in table.profiles[at].examples)))
    return tuple(found)


# ---------------------------------------------------------------- which rows are answers


def _kept(table: Table, kind: Kind) -> tuple[np.ndarray, tuple[str, ...], list[str]]:
    """Which rows count; what was left out and why; doubts."""
    body = table.body
    kept = np.ones(len(body), dtype=bool)
    left_out: list[str] = []
    warnings: list[str] = []

    def leave(rows: np.ndarray, why: str) -> None:
        rows = rows & kept
        if rows.any():
            kept[rows] = False
            where = np.flatnonzero(rows) + 1
            few = ", ".join(map(str, where[:5].tolist())) + (" …" if len(where) > 5 else "")
            left_out.append(f"{len(where)} row{'s' if len(where) > 1 else ''} {why} (row {few} of the answers).")

    leave(_summaries(table), "of averages or totals at the end, no answers")
    if table.header.dialect == "Qualtrics":
        tests = _cells(table, "status").str.casefold().isin(_TESTS).to_numpy()
        if tests.any() and tests[kept].all():
            warnings.append(
                "Every response is marked as a preview or a test in the column Status; all of them were taken."
            )
        else:
            leave(tests, "marked as a preview, a test or spam")
        unfinished = _cells(table, "finished").str.casefold().isin(_UNFINISHED).to_numpy()
        if unfinished.any() and unfinished[kept].all():
            warnings.append("No response is marked as finished; all of them were taken.")
        else:
            leave(unfinished, "not finished; to count them, set the role of the column Finished to ignored")
    if kind == "survey":
        leave(~_answered(table), "without an answer")
    return kept, tuple(left_out), warnings


def _cells(table: Table, name: str) -> pd.Series:
    """The column of that name, unless a person said to ignore it; else blanks."""
    for at, written in enumerate(table.header.written):
        if any(compact(cell) == name for cell in written):
            if at in table.corrected and table.columns[at].role == "ignored":
                break
            return table.body[at]
    return pd.Series([""] * len(table.body), dtype=str)


def _answered(table: Table) -> np.ndarray:
    """Which rows hold an answer. What a tool knows of a customer (plan, region) is none, if the table asks anything."""
    places = [at for at, column in enumerate(table.columns) if column.role not in _NO_ANSWER_ROLES]
    asked = [at for at in places if table.columns[at].role in ("open", *SCORE_ROLES)]
    scored = any(table.columns[at].role in SCORE_ROLES for at in asked)
    if scored and not table.header.dialect and not any("?" in name for name in table.header.names):
        places = asked
    answered: np.ndarray = (table.body[places] != "").to_numpy().any(axis=1) | table.recorded
    return answered


def _summaries(table: Table) -> np.ndarray:
    """Which of the last rows are averages or totals: only numbers, and no stamp or id where all others have one."""
    body = table.body
    found = np.zeros(len(body), dtype=bool)
    about = [at for at in table.places("date", "participant") if table.profiles[at].filled >= 0.8 * len(body)]
    for at in range(len(body) - 1, max(len(body) - 5, 0), -1):
        row = [str(cell) for cell in body.iloc[at]]
        cells = [cell for cell in row if cell]
        if not cells:
            break
        if cells[0].casefold().strip(" :") in _SUMMARY_WORDS and len(cells) > 1:
            found[at] = True
            continue
        bare = (
            bool(about)
            and not any(row[place] for place in about)
            and all(number_of(cell) is not None for cell in cells)
        )
        if not bare:
            break
        found[at] = True
    return found


# ---------------------------------------------------------------- values, a column at a time


def _first(body: pd.DataFrame, places: Sequence[int]) -> Sequence[str]:
    return body[places[0]].tolist() if places else [""] * len(body)


def _full_names(table: Table, body: pd.DataFrame) -> Sequence[str]:
    """Names, first name before last name where they stand apart."""
    places = table.places("name")

    def order(at: int) -> tuple[int, int]:
        name = compact(table.header.names[at])
        last = (
            any(word in name for word in ("last", "nach", "surname", "family", "apellido", "cognome")) or name == "nom"
        )
        return (int(last), at)

    if len(places) < 2:
        return _first(body, places)
    parts = [body[at].tolist() for at in [at for _, at in sorted(map(order, places))]]
    return [" ".join(filter(None, words)) for words in zip(*parts, strict=True)]


def _attribute_places(table: Table, kind: Kind) -> list[int]:
    return [at for at in table.places("attribute", "choice", "stage") if not table.columns[at].several]


def _scores(column: Sequence[str]) -> list[float | None]:
    """The numbers of a column of scores, None where there is none."""
    values = [value for value in dict.fromkeys(column) if value]
    numbers = {value: number for value in values if (number := number_of(value)) is not None}
    if not numbers:
        numbers = dict(word_scale(values)) or {
            value: _GOOD_BAD[value.casefold()] for value in values if value.casefold() in _GOOD_BAD
        }
    return list(map(numbers.get, column))


def _dicts(rows: int, columns: Mapping[str, Sequence[T | None]]) -> list[dict[str, T]]:
    """For each row, header → value, without what is empty."""
    found: list[dict[str, T]] = [{} for _ in range(rows)]
    for name, column in columns.items():
        for own, value in zip(found, column, strict=True):
            if value is not None and value != "":
                own[name] = value
    return found


def _turns(table: Table, body: pd.DataFrame, numbers: Sequence[int]) -> tuple[Turn, ...]:
    """One turn for each answer to an open question: by row, then by column."""
    places = table.places("open")
    if not places:
        return ()
    given = (body[places] != "").to_numpy()
    rows, columns = np.nonzero(given)
    texts = body[places].to_numpy(dtype=object)[given].tolist()
    questions = [table.header.names[at] for at in places]
    speakers = [str(number) for number in numbers]
    who, asked = map(speakers.__getitem__, rows.tolist()), map(questions.__getitem__, columns.tolist())
    return tuple(map(Turn, range(len(texts)), who, texts, repeat("participant"), repeat(None), repeat(None), asked))


# ---------------------------------------------------------------- doubts


def _doubts(table: Table, kind: Kind) -> Iterator[str]:
    names = table.header.names
    unclear = [names[at] for at in table.places("rating", "ces", "csat") if not table.columns[at].best]
    if unclear:
        yield (
            f"Which end of the scale is the best is not said for {_listed(unclear)}; "
            "look at the question before you compare."
        )
    if kind == "survey" and not table.places("open"):
        yield "No column holds answers in people's own words; if one does, set its role to open."
    if kind == "participants":
        for at in table.places("open"):
            yield (
                f"“{names[at]}” holds notes about people, which are not used; "
                "if it holds their answers, set its role to open."
            )
    damaged = [
        label
        for choices in _choices(table.header).values()
        if sum(re.fullmatch(r"\d+\.\d\d", label) is not None for label in choices) >= 2
        for label in choices
        if re.fullmatch(r"\d+\.\d", label)
        and f"{label}0" not in choices
        and not any(re.fullmatch(r"\d+\.\d", c) for c in choices if c != label)
    ]
    for label in damaged:
        yield (
            f"The choice “{label}” stands among choices with two digits: it may have been “{label}0” "
            "before a spreadsheet changed it."
        )
    unnamed = [at for at in range(len(names)) if not table.header.written[at] and table.profiles[at].filled]
    if unnamed:
        few = "column" if len(unnamed) == 1 else "columns"
        yield f"{len(unnamed)} {few} without a header: {_listed([names[at] for at in unnamed])}."


def _choices(header: Header) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for question, choice in zip(header.questions, header.choices, strict=True):
        if choice:
            found.setdefault(question, []).append(choice)
    return found


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(f"“{name if len(name) <= 60 else name[:59] + '…'}”" for name in names[:3])
    return shown if len(names) <= 3 else f"{shown} and {len(names) - 3} more"
