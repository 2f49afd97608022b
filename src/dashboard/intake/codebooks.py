"""Tables that are codebooks: codes with what they mean."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dashboard.intake.codings import PARENTS, TEXTS, Code, code_of, place
from dashboard.intake.headers import compact, header_of
from dashboard.intake.parsed import ParsedSource
from dashboard.intake.sheets import Sheet, filled_rows
from dashboard.intake.wording import in_order, words
from dashboard.study import Correction, Theme

_CODES = in_order("tag code theme name codename codes themes title themename kategorie")
_DEFINITIONS = in_order(
    """
    description definition memo codememo meaning beschreibung codedefinition explanation notes
    """
)
_CODEBOOK_EXTRAS = words(
    """
    numberofhighlights files references include exclude cues examples example count color colour parent frequency
    codedsegments documents createdby modifiedby created modified inclusioncriteria exclusioncriteria keywords
    level id codesystem numberofcodings totalcodings
    """
)
_SIGNS = words("numberofhighlights files references parent cues include exclude codedsegments")


def codebook_of(sheet: Sheet, name: str, correction: Correction) -> ParsedSource | None:
    """The codebook that a table is; None where it is none."""
    header = header_of(sheet.cells, row=correction.header_row)
    if header.dialect or header.rows > 1:
        return None
    names = [compact(written[-1]) if written else "" for written in header.written]
    text = place(names, TEXTS)
    code_at, definition = place(names, _CODES), place(names, _DEFINITIONS)
    if code_at is None or code_at == definition:
        return None
    rest = {each for at, each in enumerate(names) if each and at not in (code_at, definition)}
    parent = place(names, PARENTS)
    quotes = text is not None and text not in (code_at, definition) and names[text] not in _CODEBOOK_EXTRAS
    if (
        quotes
        or not rest <= _CODEBOOK_EXTRAS | set(PARENTS) | {"example", "quote"}
        or (definition is None and not rest & {"numberofhighlights", "references", "numberofcodings"})
    ):
        return None
    if names[code_at] == "name" and not rest & _SIGNS:
        return None
    body = filled_rows(sheet.cells.iloc[header.first :])
    labels = [str(cell) for cell in body[code_at]]
    if not labels:
        return None
    if len(set(labels)) < 0.9 * len(labels) or len(labels) > 3_000:
        return None

    def cell(at: int | None) -> list[str]:
        return [str(each) for each in body[at]] if at is not None else [""] * len(body)

    def several(wanted: Sequence[str]) -> list[tuple[str, ...]]:
        return [
            tuple(part.strip() for part in re.split(r"[;|\n]", each) if part.strip())
            for each in cell(place(names, wanted))
        ]

    found: dict[str, Theme] = {}
    cues, include, exclude = (
        several(("cues", "keywords")),
        several(("include", "inclusioncriteria", "examples", "example")),
        several(("exclude", "exclusioncriteria")),
    )
    for at, (label, meaning, up) in enumerate(zip(labels, cell(definition), cell(parent), strict=True)):
        code = code_of(label) if parent is None else Code(label, up or None)
        if label and code.name not in found:
            found[code.name] = Theme(code.name, meaning, cues[at], include[at], exclude[at], code.parent)
    return ParsedSource(
        kind="codebook", format=f"{sheet.form}, codebook", themes=tuple(found.values()), warnings=sheet.warnings
    )
