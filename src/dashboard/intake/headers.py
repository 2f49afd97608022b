"""The first rows of a table → one full, unique name for each column, and where the answers begin."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from dashboard.intake.wording import words

_TOP = 40
"""Rows in which a header is looked for."""
_LONGEST = 10_000
"""Characters of a header that are read; a cell that is longer is an answer."""
_TAG = re.compile(r"<[a-zA-Z/!][^<>]{0,400}>")
_IMPORT_ID = re.compile(r"""['"]ImportId['"]\s*:\s*['"]([^'"]{1,200})['"]""")
_ANSWER_WORDS = frozenset(
    {"response", "open-ended response", "antwort", "réponse", "respuesta", "offene antwort", "risposta"}
)
_OTHER_WORDS = (
    "other (please specify)",
    "other (please describe)",
    "sonstiges (bitte angeben)",
    "autre (veuillez préciser)",
)
_QUALTRICS = words(
    """
    responseid responseset ipaddress startdate enddate recordeddate recipientlastname recipientfirstname
    recipientemail externalreference externaldatareference finished status progress durationinseconds
    distributionchannel userlanguage locationlatitude locationlongitude
    """
)
_SURVEYMONKEY = words(
    """
    respondentid collectorid collector ipaddress emailaddress firstname lastname customdata1 startdate enddate
    datecreated datemodified customvalue
    """
)
_DIALECTS: tuple[
    tuple[str, frozenset[str], int], ...
] = (  # name, names that tell it (without blanks), how many are enough
    ("Microsoft Forms", frozenset({"starttime", "completiontime", "email", "name"}), 3),
    (
        "Typeform",
        frozenset({"#", "startdate(utc)", "submitdate(utc)", "networkid", "tags", "stagedate(utc)", "responsetype"}),
        2,
    ),
    (
        "LimeSurvey",
        frozenset({"submitdate", "lastpage", "startlanguage", "seed", "datestamp", "startdate", "ipaddr"}),
        3,
    ),
    ("LimeSurvey", frozenset({"datesubmitted", "lastpage", "startlanguage", "seed"}), 3),
    ("SurveyGizmo", frozenset({"timestarted", "datesubmitted", "status"}), 3),
    ("Zendesk", frozenset({"satisfactionscore", "satisfactioncomment", "ticketid", "requester", "assignee"}), 2),
    ("Qualtrics", _QUALTRICS, 4),
    ("SurveyMonkey", _SURVEYMONKEY, 3),
)
_STAMPS = words(
    """
    timestamp zeitstempel horodateur marcatemporal carimbodedata/hora informazionicronologiche tijdstempel
    """
)


@dataclass(frozen=True)
class Header:
    """What the top of a table says.

    names: one a column, unique (``Comments``, ``Comments#2``). questions, choices: the question a column belongs to,
    and its own part ("" where the question has one column). written: every header cell of the column, as written.
    import_ids: of Qualtrics, "" elsewhere. first: row (from 0) of the first answer. dialect: the tool, if known.
    """

    names: tuple[str, ...]
    questions: tuple[str, ...]
    choices: tuple[str, ...]
    written: tuple[tuple[str, ...], ...]
    import_ids: tuple[str, ...]
    first: int
    rows: int
    dialect: str


def plain(text: str) -> str:
    """A header cell as one line of text, without HTML and doubled blanks.

    >>> plain("How easy<br> was&nbsp;it? ")
    'How easy was it?'
    """
    if "<" in text:
        text = _TAG.sub(" ", text)
    return " ".join(html.unescape(text).split())


def key(text: str) -> str:
    """A header for comparison: without case and blanks."""
    return "".join(plain(text).casefold().split())


def compact(text: str) -> str:
    """A header for look-ups in lists of names: small letters, figures and a few marks alone."""
    return re.sub(r"[\s_.\-:*?]+", "", plain(text).casefold())


def header_of(cells: pd.DataFrame, *, row: int | None = None) -> Header:
    """The header of a table; row: 1-based, of its first header row, where a person said so."""
    top = [
        [plain(cell[:_LONGEST]) for cell in line] for line in cells.head(_TOP + 4).itertuples(index=False, name=None)
    ]
    start = _start(top) if row is None else min(row - 1, max(0, len(top) - 1))
    lines = top[start:]
    if not lines:
        return Header((), (), (), (), (), len(cells), 0, "")
    imports = next((at for at, line in enumerate(lines[:4]) if _is_import_row(line)), None)
    if imports is not None:
        count, dialect = imports + 1, "Qualtrics"
        ids = tuple(_import_id(cell) for cell in lines[imports])
        texts = lines[:imports] or [list(ids)]
    else:
        dialect = _dialect(lines)
        count = _count(lines, cells.iloc[start:], dialect)
        ids, texts = ("",) * len(lines[0]), lines[:count]
    if not dialect and count == 2 and any(cell.casefold() in _ANSWER_WORDS for cell in lines[1]):
        dialect = "SurveyMonkey"
    names, questions, choices = _named(texts, dialect)
    written = tuple(tuple(dict.fromkeys(cell for cell in column if cell)) for column in zip(*texts, strict=True))
    return Header(unique(names), questions, choices, written, ids, start + count, count, dialect)


def unique(names: Sequence[str]) -> tuple[str, ...]:
    """The names with repeats numbered, and nameless columns named by their place.

    >>> unique(["Comments", "Why?", "Comments", ""])
    ('Comments', 'Why?', 'Comments#2', 'Column 4')
    """
    seen: Counter[str] = Counter()
    taken = set(names)
    found = []
    for at, name in enumerate(names, start=1):
        name = name or f"Column {at}"
        seen[name] += 1
        number, candidate = seen[name], name
        while number > 1 and (candidate := f"{name}#{number}") in taken:
            number += 1
        taken.add(candidate)
        found.append(candidate)
    return tuple(found)


def _start(top: Sequence[Sequence[str]]) -> int:
    """The row where the header begins: blank rows and titles above it have a cell or two, where the table has more."""
    filled = [sum(bool(cell) for cell in line) for line in top]
    usual = sorted(filled)[len(filled) // 2] if filled else 0
    widest = max(filled, default=0)
    for at, count in enumerate(filled):
        if not count:
            continue
        below = filled[at + 1 :]
        is_title = count <= 2 and widest >= 3 and usual >= 3 and max(below, default=0) > 2 * count
        if is_title and at + 1 < len(top) and filled[at + 1] and _continues(top[at], top[at + 1]):
            is_title = False  # one question and its choices below it
        if not is_title:
            return at
    return 0


def _continues(line: Sequence[str], below: Sequence[str]) -> bool:
    """Whether the row below holds choices of the questions above: it names what the blanks above leave open."""
    first = next((at for at, cell in enumerate(line) if cell), len(line))
    rest = [cell.casefold() for cell in below[first:] if cell]
    return any(cell in _ANSWER_WORDS or cell.startswith(_OTHER_WORDS) for cell in rest)


def _is_import_row(line: Sequence[str]) -> bool:
    cells = [cell for cell in line if cell]
    return bool(cells) and sum("ImportId" in cell for cell in cells) > 0.6 * len(cells)


def _import_id(cell: str) -> str:
    found = _IMPORT_ID.search(cell)
    return found[1] if found else ""


def _dialect(lines: Sequence[Sequence[str]]) -> str:
    first = [compact(cell) for cell in lines[0]]
    second = [compact(cell) for cell in lines[1]] if len(lines) > 1 else []
    if sum(re.fullmatch(r"v\d{1,2}", cell) is not None for cell in first) >= 6 and len(_QUALTRICS & set(second)) >= 4:
        return "Qualtrics"
    shown = next((cell for cell in first if cell), "")
    if shown in _STAMPS:
        return "Google Forms"
    names = {cell.replace("/", "") if "/" in cell and "hora" not in cell else cell for cell in first}
    for dialect, known, enough in _DIALECTS:
        if len(known & names) >= enough:
            return dialect
    return "SurveyMonkey" if shown in ("respondentid", "respondent") and len(lines[0]) > 2 else ""


def _count(lines: Sequence[Sequence[str]], cells: pd.DataFrame, dialect: str) -> int:
    """How many rows the header has, 1 or 2."""
    if len(lines) < 2:
        return 1
    first, second = lines[0], lines[1]
    if not any(second):
        return 1
    if dialect == "Qualtrics":
        both = [(a, b) for a, b in zip(first, second, strict=True) if a and b]
        named = sum(compact(b) in _QUALTRICS or compact(a) == compact(b) for a, b in both)
        return 2 if named >= 4 else 1
    lower = [cell.casefold() for cell in second]
    told = sum(cell in _ANSWER_WORDS or cell.startswith(_OTHER_WORDS) for cell in lower)
    about = [at for at, cell in enumerate(first) if compact(cell) in _SURVEYMONKEY]
    if about and any(second[at] and compact(second[at]) != compact(first[at]) for at in about):
        return 1  # the second row is already a respondent
    if told and (about or told >= 0.2 * sum(map(bool, second)) or told >= 2):
        return 2
    repeated = [at for at in about if compact(second[at]) == compact(first[at])]
    if len(repeated) >= 2:
        return 2
    open_places = [at for at, cell in enumerate(first) if not cell and second[at] and any(first[:at])]
    if len(open_places) >= 2 and _are_choices(open_places, second, cells):
        return 2
    return 2 if _are_texts_below_codes(first, second, cells) else 1


def _are_choices(places: Sequence[int], second: Sequence[str], cells: pd.DataFrame) -> bool:
    """Whether the second row names choices: it repeats what stands below, or has words where numbers stand below."""
    fits = 0
    for at in places:
        below = [cell for cell in cells.iloc[2:300, at] if cell]
        if not below:
            continue
        same = sum(cell == second[at] for cell in below) > 0.5 * len(below)
        numbers = sum(_is_number(cell) for cell in below) > 0.7 * len(below) and not _is_number(second[at])
        never = second[at] not in below and len(set(below)) <= 0.5 * len(below)
        fits += same or numbers or never
    return fits > 0.6 * len(places)


def _are_texts_below_codes(first: Sequence[str], second: Sequence[str], cells: pd.DataFrame) -> bool:
    """Whether codes (Q1, Q2_a) stand above the texts of the questions."""
    both = [at for at, cell in enumerate(first) if cell and second[at]]
    if len(both) < 3 or len(both) < 0.7 * sum(map(bool, first)):
        return False
    if any(" " in first[at] for at in both):
        return False
    texts = [at for at in both if " " in second[at] and len(second[at]) > 12]
    if len(texts) < 0.6 * len(both) or len({second[at] for at in texts}) < len(texts):
        return False
    asks = sum(second[at].endswith(("?", ":", ".")) for at in texts) >= 0.3 * len(texts)
    longer = 0
    for at in texts:
        below = sorted(len(cell) for cell in cells.iloc[2:100, at] if cell)
        longer += not below or below[len(below) // 2] < 0.5 * len(second[at])
    return asks and longer >= 0.7 * len(texts)


def _is_number(cell: str) -> bool:
    return re.fullmatch(r"-?\d{1,9}(?:[.,]\d{1,9})?", cell) is not None


def _named(lines: Sequence[Sequence[str]], dialect: str) -> tuple[list[str], tuple[str, ...], tuple[str, ...]]:
    """Full names, questions and choices of the columns."""
    if len(lines) == 1:
        split = [_matrix(cell) for cell in lines[0]]
        return list(lines[0]), tuple(question for question, _ in split), tuple(choice for _, choice in split)
    first, second = lines[0], lines[1]
    if dialect == "Qualtrics" or (all(first) and dialect != "SurveyMonkey"):
        names = [_code_and_text(code, text) for code, text in zip(first, second, strict=True)]
        stems = [text.rpartition("-")[0].strip() or text for text in second]
        shared = Counter(stems)
        questions = [stem if shared[stem] > 1 else text for stem, text in zip(stems, second, strict=True)]
        choices = [text[len(q) :].strip(" -") if text != q else "" for text, q in zip(second, questions, strict=True)]
        return names, tuple(questions), tuple(choices)
    questions, current = [], ""
    for cell, below in zip(first, second, strict=True):
        current = cell or (current if below else "")
        questions.append(current)
    choices = [
        "" if b.casefold() in _ANSWER_WORDS or compact(b) == compact(q) else b
        for q, b in zip(questions, second, strict=True)
    ]
    names = [f"{q} - {c}" if q and c else q or c for q, c in zip(questions, choices, strict=True)]
    return names, tuple(questions), tuple(choices)


def _code_and_text(code: str, text: str) -> str:
    if not code or not text or compact(code) == compact(text) or re.fullmatch(r"[vV]\d{1,2}", code):
        return text or code
    return f"{code} - {text}"


def _matrix(cell: str) -> tuple[str, str]:
    """Question and row of one header that holds both: ``Rate these [Speed]``, ``G1Q01[SQ001]``.

    >>> _matrix("Rate these [Speed]"), _matrix("Why?")
    (('Rate these', 'Speed'), ('Why?', ''))
    """
    if cell.endswith("]") and "[" in cell[:-1]:
        question, _, row = cell[:-1].rpartition("[")
        if question.strip():
            return question.strip(), row.strip()
    return cell, ""
