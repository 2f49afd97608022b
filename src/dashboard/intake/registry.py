"""One file → the reader that is surest of it → what the file holds."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath

from dashboard.errors import UnreadableFile
from dashboard.intake import captions, documents, encoding, kept, projects, refusals, speech, tables, text
from dashboard.intake.given import Given, Reader
from dashboard.intake.language import detect
from dashboard.intake.parsed import ParsedSource
from dashboard.intake.times import found_date
from dashboard.intake.turns import NO_INTERVIEWER, assign, speakers
from dashboard.study import Correction, Turn
from dashboard.study_tree import is_whole

READERS: tuple[Reader, ...] = (
    *kept.READERS,
    *captions.READERS,
    *documents.READERS,
    *speech.READERS,
    *projects.READERS,
    *tables.READERS,
    *text.READERS,
)

NO_CORRECTION = Correction()

_FAMILIES: tuple[tuple[frozenset[str], tuple[Reader, ...]], ...] = (  # a name's extension breaks ties, no more
    (frozenset({".vtt", ".srt", ".sbv"}), captions.READERS),
    (frozenset({".docx", ".odt", ".rtf", ".pdf", ".html", ".htm"}), documents.READERS),
    (frozenset({".json"}), speech.READERS),
    (frozenset({".txt", ".md", ".markdown", ".text"}), text.READERS),
    (frozenset({".csv", ".tsv", ".xlsx", ".xls", ".ods", ".sav", ".zsav", ".por", ".dta"}), tables.READERS),
    (frozenset({".qdpx", ".qdc", ".db", ".sqlite", ".sqlite3"}), projects.READERS),
)
_CERTAIN_AT = 0.98
_CERTAIN = frozenset({"utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be", "ascii"})


def read(data: bytes, name: str, *, correction: Correction = NO_CORRECTION) -> ParsedSource:
    """What one file holds. correction: of it sheet, header row, columns and encoding say how the file is read.

    Everything else that a person corrects is laid over what was read (``corrected``). Raises UnreadableFile, and
    nothing else, with one sentence.
    """
    refusals.empty(data, name)
    if not refusals.is_old_excel(data):
        refusals.known(data, name)
    given = encoding.given(data, name, encoding=correction.encoding)
    reader = surest(given)
    if reader is None:
        raise refusals.other(data, name)
    try:
        parsed = reader.read(given, correction)
    except RecursionError as problem:
        raise UnreadableFile(
            f"“{name}” is nested too deeply to be read; export it again in a simpler form."
        ) from problem
    if reader in kept.READERS:  # finished once, when it was read
        return parsed
    return _finished(parsed, given, correction=correction)


def surest(given: Given) -> Reader | None:
    """The reader that is surest of a file, by its content; the name's extension only breaks ties. None: no reader."""
    extension = PurePosixPath(given.name.replace("\\", "/")).suffix.casefold()
    best: tuple[float, bool] = (0.0, False)
    chosen = None
    for reader in READERS:
        sure = round(reader.sniff(given), 2)
        named = any(extension in extensions and reader in readers for extensions, readers in _FAMILIES)
        if sure > 0 and (sure, named) > best:
            best, chosen = (sure, named), reader
            if sure >= _CERTAIN_AT and given.text is not None:
                break  # a signature: no other reader's look at the whole text could say more
    return chosen


def _whole(turns: tuple[Turn, ...]) -> tuple[Turn, ...]:
    """The turns without what nothing can keep."""
    said = "".join([turn.text for turn in turns]) + "".join({turn.speaker or "" for turn in turns})
    if is_whole(said) and "\0" not in said:
        return turns
    mended = encoding.mended
    return tuple(replace(turn, text=mended(turn.text), speaker=turn.speaker and mended(turn.speaker)) for turn in turns)


def _finished(parsed: ParsedSource, given: Given, *, correction: Correction) -> ParsedSource:
    """The contents with roles, questions, speakers, language, date and the warnings that follow from them."""
    warnings = list(parsed.warnings)
    encoding_name = given.encoding
    if given.text is not None and encoding_name not in _CERTAIN and not correction.encoding:
        warnings.append(
            f"The file does not say how its letters are written; it was read as {encoding_name}. "
            "If letters look wrong, choose another encoding."
        )
    turns = _whole(parsed.turns)
    shown = parsed.speakers
    if turns and parsed.kind in ("transcript", "project"):
        turns = assign(turns)
        shown = speakers(turns)
        labelled = [speaker for speaker in shown if speaker.name is not None]
        if len(labelled) > 1 and not any(turn.role == "interviewer" for turn in turns):
            warnings.append(NO_INTERVIEWER)
    date = parsed.date
    if not date and parsed.kind == "transcript":
        date = found_date(PurePosixPath(given.name).name)
    return replace(
        parsed,
        turns=turns,
        speakers=shown,
        warnings=tuple(warnings),
        language=parsed.language or detect(" ".join(turn.text[:400] for turn in turns[:200])),
        date=date,
    )
