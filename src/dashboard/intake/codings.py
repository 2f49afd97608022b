"""Tables of coded quotes: what persons coded elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from dashboard.intake.headers import Header, compact, header_of
from dashboard.intake.parsed import ParsedSource, QuotedCoding
from dashboard.intake.sheets import Sheet, filled_rows
from dashboard.intake.wording import in_order, words
from dashboard.study import Correction, Status, Theme

TEXTS = in_order(
    """
    text quote quotation segment codedsegment codedsegments excerpt highlight highlightedtext verbatim passage
    content quotationcontent selection answer response sentence zitat segmenttext codiertessegment segmente
    observation findingsstatement finding findings findingstatement statement insight
    """
)
_FINDINGS = words("findingsstatement finding findings findingstatement statement insight observation")
_THEMES = in_order(
    """
    theme themes code codes tag tags codename codesystem themename coding codings codedas subtheme thema kategorie
    topic topics label labels category categories grouping
    """
)
_SURE_THEMES = frozenset(_THEMES[:14])
PARENTS = in_order("parent parentcode parenttheme oberkategorie obercode parentcodename maintheme")
_DOCUMENTS = in_order("source document documentname file filename transcript dokument dokumentname interview")
_PARTICIPANTS = in_order(
    """
    participant participantid respondent respondentid interviewee case pid person user userid teilnehmer
    """
)
_CODERS = in_order("coder codedby author researcher user createdby autor annotator")
_STATUSES = in_order("status decision")
_NUMBERED = re.compile(r"(?:code|theme|tag|label|kategorie)#?\d{1,2}")
_SURVEY_SIGNS = words(
    """
    timestamp score rating nps csat respondentid collectorid startdate satisfactionscore comment stars
    """
)
_STATUS_OF: dict[str, Status] = {
    "confirmed": "confirmed",
    "confirm": "confirmed",
    "yes": "confirmed",
    "accepted": "confirmed",
    "1": "confirmed",
    "true": "confirmed",
    "rejected": "rejected",
    "reject": "rejected",
    "no": "rejected",
    "0": "rejected",
    "false": "rejected",
    "suggested": "suggested",
}
_NAMED = re.compile(r"(?:themes?|codes|tags)$")
_ARROW = re.compile(r"->|→|>|::|\\")


@dataclass(frozen=True)
class Code:
    """One code, and the one above it."""

    name: str
    parent: str | None = None


def codings_of(sheet: Sheet, name: str, correction: Correction) -> ParsedSource | None:
    """The coded quotes that a table holds; None where it holds none."""
    header = header_of(sheet.cells, row=correction.header_row)
    if header.dialect not in ("", "SurveyMonkey"):
        return None
    names = [compact(cell) for cell in (written[-1] if written else "" for written in header.written)]
    body = sheet.cells.iloc[header.first :]
    text = place(names, TEXTS)
    named = place(names, _THEMES) is not None or any(_NAMED.search(name) for name in names)
    if _SURVEY_SIGNS & set(names) or not (text is not None or named):
        return None
    body = filled_rows(body)
    if body.empty:
        return None
    for read in (_numbered_codes, _joined_codes, _code_columns):
        codes = read(names, header, body, text)
        if codes is not None:
            return _parsed(sheet, header, names, body, text, codes)
    return None


def place(names: Sequence[str], wanted: Sequence[str]) -> int | None:
    """The column of the first of the wanted headers that is there."""
    return next((names.index(name) for name in wanted if name in names), None)


def _parsed(
    sheet: Sheet,
    header: Header,
    names: Sequence[str],
    body: pd.DataFrame,
    text: int | None,
    codes: Sequence[Sequence[Code]],
) -> ParsedSource:
    """Codings, one a quote and code, with who coded whom where the table says it."""

    def column(wanted: Sequence[str]) -> list[str]:
        at = place(names, wanted)
        return body[at].tolist() if at is not None and at != text else [""] * len(body)

    themes = _themes(code for row in codes for code in row)
    warnings = list(sheet.warnings)
    left_out = []
    found: list[QuotedCoding] = []
    if text is None:
        warnings.append(
            "This table says which codes a row has, but holds no text of the rows; its themes were taken, its codings "
            "were not. Add a column “text” with the quotes."
        )
    else:
        if names[text] in _FINDINGS:
            warnings.append(
                f"“{header.names[text]}” reads like findings, not like quotes: what stands nowhere word for word will "
                "be shown as detached."
            )
        rows = zip(
            body[text].tolist(),
            codes,
            column(_DOCUMENTS),
            column(_PARTICIPANTS),
            column(_STATUSES),
            column(_CODERS),
            strict=True,
        )
        for quote, own, document, participant, status, coder in rows:
            for code in own if quote else ():
                known = _STATUS_OF.get(status.casefold(), "confirmed")
                found.append(QuotedCoding(quote, code.name, document, participant, known, coder))
        bare = sum(not own for own in codes)
        if bare:
            left_out.append(f"{bare} of {len(codes)} rows have no code.")
    return ParsedSource(
        kind="codings",
        format=f"{sheet.form}, coded quotes",
        themes=themes,
        codings=tuple(found),
        documents=tuple(sorted({coding.document for coding in found if coding.document})),
        warnings=tuple(warnings),
        left_out=tuple(left_out),
    )


def _themes(codes: Iterable[Code]) -> tuple[Theme, ...]:
    """Each code once, parents too, in order of appearance."""
    found: dict[str, Theme] = {}
    for code in codes:
        if code.parent and code.parent not in found:
            found[code.parent] = Theme(code.parent)
        if code.name not in found or (code.parent and found[code.name].parent is None and code.parent != code.name):
            found[code.name] = Theme(code.name, parent=code.parent)
    return tuple(found.values())


def code_of(written: str) -> Code:
    """A code as written, with what stands before an arrow as its parent.

    >>> code_of("Price->too high")
    Code(name='too high', parent='Price')
    """
    steps = [step.strip() for step in _ARROW.split(written) if step.strip()]
    if not steps:
        return Code(written.strip())
    return Code(steps[-1], steps[-2] if len(steps) > 1 and steps[-2] != steps[-1] else None)


def _split(cell: str, mark: str) -> list[Code]:
    return [code_of(part) for part in cell.split(mark) if part.strip()] if mark else [code_of(cell)] if cell else []


# ---------------------------------------------------------------- the dialects


def _numbered_codes(
    names: Sequence[str], header: Header, body: pd.DataFrame, text: int | None
) -> list[list[Code]] | None:
    """``Code 1 … Code 8``: one code a cell."""
    places = [at for at, name in enumerate(names) if _NUMBERED.fullmatch(name)]
    if len(places) < 2 or text is None:
        return None
    rows = body[places].to_numpy(dtype=object).tolist()
    return [[code_of(str(cell)) for cell in row if cell] for row in rows]


def _joined_codes(
    names: Sequence[str], header: Header, body: pd.DataFrame, text: int | None
) -> list[list[Code]] | None:
    """One column with the codes of a row, joined by ``|`` or ``;``."""
    theme = place(names, _THEMES)
    if theme is None:
        theme = next((at for at, name in enumerate(names) if _NAMED.search(name) and len(name) <= 40), None)
        if theme is None or (text is None and len(names) > 4):
            return None
    if text is None and (names[theme] not in ("", *_SURE_THEMES) and not _NAMED.search(names[theme])):
        return None
    if text is None and (names[theme] == "code" or len(names) > 4):
        return None
    if (
        text is not None
        and names[theme] not in _SURE_THEMES
        and names[text] in ("answer", "response", "content", "sentence", "text", "statement")
    ):
        return None  # a category beside a text may be anything
    if text == theme:
        return None
    cells = [str(cell) for cell in body[theme]]
    filled = [cell for cell in cells if cell]
    if not filled or sum(len(cell) > 300 for cell in filled) > 0.2 * len(filled):
        return None
    if (
        text is not None
        and len(set(filled)) > 0.9 * len(filled) > 20
        and not any(mark in cell for cell in filled for mark in "|;,")
    ):
        return None
    mark = next((mark for mark in ("|", ";", "\n") if any(mark in cell for cell in filled)), "")
    if not mark and names[theme].endswith("s") and _are_listed(filled):
        mark = ","
    parent = place(names, PARENTS)
    codes = [_split(cell, mark) for cell in cells]
    if parent is not None and parent != theme:
        above = [str(cell) for cell in body[parent]]
        codes = [
            [Code(code.name, code.parent or up or None) for code in row] for row, up in zip(codes, above, strict=True)
        ]
    return codes


def _are_listed(cells: Sequence[str]) -> bool:
    """Whether commas part codes: the parts stand alone elsewhere, too."""
    parts = [part.strip() for cell in cells if "," in cell for part in cell.split(",")]
    alone = {cell for cell in cells if "," not in cell}
    return bool(parts) and sum(part in alone or parts.count(part) > 1 for part in parts[:400]) > 0.5 * len(parts[:400])


def _code_columns(
    names: Sequence[str], header: Header, body: pd.DataFrame, text: int | None
) -> list[list[Code]] | None:
    """One column of 0 and 1 a code."""
    if text is None:
        return None
    marks = {"", "0", "1", "x", "X", "yes", "no", "Yes", "No", "TRUE", "FALSE", "True", "False", "true", "false"}
    places = [
        at
        for at in range(len(names))
        if at != text
        and set(body[at].unique()) <= marks
        and set(body[at].unique()) - {"", "0", "no", "No", "FALSE", "False", "false"}
    ]
    others = [at for at in range(len(names)) if at not in places and at != text and names[at]]
    if len(places) < 2 or len(others) > 4:
        return None
    on = {"1", "x", "X", "yes", "Yes", "TRUE", "True", "true"}
    codes = [code_of(header.names[at]) for at in places]
    rows = body[places].isin(on).to_numpy().tolist()
    return [[code for code, given in zip(codes, row, strict=True) if given] for row in rows]
