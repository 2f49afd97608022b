"""Tables of what was said, one row an utterance: ``timestamp,speaker,words``; Whisper's ``start end text``."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pandas as pd

from dashboard.intake.headers import compact
from dashboard.intake.parsed import ParsedSource
from dashboard.intake.scales import number_of
from dashboard.intake.sheets import Sheet
from dashboard.intake.times import seconds
from dashboard.intake.turns import Utterance, transcript
from dashboard.study import Correction

_TEXTS = (
    "text",
    "words",
    "transcript",
    "utterance",
    "transcription",
    "content",
    "speech",
    "said",
    "sentence",
    "caption",
    "message",
    "dialogue",
    "inhalt",
)
_SPEAKERS = (
    "speaker",
    "speakername",
    "speakerlabel",
    "speakerid",
    "sprecher",
    "sprecherin",
    "who",
    "person",
    "name",
    "role",
    "locuteur",
    "hablante",
)
_STARTS = (
    "start",
    "starttime",
    "begin",
    "timestamp",
    "time",
    "from",
    "in",
    "start(ms)",
    "startms",
    "start(s)",
    "timecode",
    "startsec",
    "von",
    "startseconds",
    "tc",
    "offset",
)
_ENDS = (
    "end",
    "stop",
    "endtime",
    "stoptime",
    "to",
    "out",
    "end(ms)",
    "endms",
    "end(s)",
    "endsec",
    "bis",
    "endseconds",
    "finish",
)
_TRANSLATIONS = (
    "translation",
    "translated",
    "english",
    "translatedtext",
    "texttranslation",
    "übersetzung",
    "traduction",
    "texten",
    "englishtranslation",
)
_HEADER_ROWS = 10


def transcript_of(sheet: Sheet, name: str, correction: Correction) -> ParsedSource | None:
    """The transcript that a table is; None where it is none."""
    cells = sheet.cells
    found = _header(cells.head(_HEADER_ROWS).to_numpy(dtype=object).tolist(), correction)
    if found is None:
        return None
    first, columns = found
    body = cells.iloc[first:]
    texts = [str(cell) for cell in body[columns["text"]]]
    if "start" in columns:
        begins = [str(cell) for cell in body[columns["start"]]]
        timed = sum(_time(cell) is not None for cell in begins if cell)
        if timed < 0.8 * sum(map(bool, begins)) or not any(begins):
            return None
    starts, ends = _times(body, columns)
    speakers = [str(cell) or None for cell in body[columns["speaker"]]] if "speaker" in columns else [None] * len(body)
    said = [
        Utterance(speaker, text, start, end, place=f"row {number}")
        for number, (speaker, text, start, end) in enumerate(zip(speakers, texts, starts, ends, strict=True), first + 1)
        if text
    ]
    if not said:
        return None
    warnings = list(sheet.warnings)
    if "translation" in columns:
        warnings.append("The translation beside the text was not taken; drop it as a file of its own to work with it.")
    form = "Whisper" if "speaker" not in columns and "end" in columns else "transcript"
    return transcript(said, format=f"{sheet.form}, {form}", joiner=" ", warnings=warnings)


def _header(rows: Sequence[Sequence[str]], correction: Correction) -> tuple[int, dict[str, int]] | None:
    """First row of the body, and which column is what."""
    for at, row in enumerate(rows):
        if correction.header_row and at != correction.header_row - 1:
            continue
        names = [compact(str(cell)) for cell in row]
        if not any(names):
            continue
        columns = {
            what: names.index(known)
            for what, list_ in (
                ("text", _TEXTS),
                ("speaker", _SPEAKERS),
                ("start", _STARTS),
                ("end", _ENDS),
                ("translation", _TRANSLATIONS),
            )
            for known in reversed(list_)
            if known in names
        }
        if "text" in columns and len([name for name in names if name]) <= 12:
            timed = "start" in columns and ("end" in columns or "speaker" in columns)
            spoken = any(name.startswith(("speaker", "sprecher")) for name in names) and "start" in columns
            only = set(filter(None, names)) <= {
                "speaker",
                "text",
                "speakername",
                "utterance",
                "turn",
                "line",
                "id",
                "no",
                "#",
                "index",
            }
            if timed or spoken or (only and "speaker" in columns):
                return at + 1, columns
        break
    return _without_header(rows)


def _without_header(rows: Sequence[Sequence[str]]) -> tuple[int, dict[str, int]] | None:
    """Rows of time, speaker and text with no header above them."""
    filled = [[str(cell) for cell in row] for row in rows if any(row)]
    if len(filled) < 3 or len(filled[0]) not in (2, 3, 4):
        return None
    timed = [
        at
        for at in range(len(filled[0]))
        if all(re.search(r"\d:\d\d", row[at]) and seconds(row[at]) is not None for row in filled)
    ]
    last = len(filled[0]) - 1
    if timed[:1] != [0] or last in timed or sum(len(row[last].split()) for row in filled) < 3 * len(filled):
        return None
    columns = {"start": 0, "text": last}
    if len(timed) > 1:
        columns["end"] = timed[1]
    if last - 1 not in timed:
        columns["speaker"] = last - 1
    return 0, columns


def _time(cell: str) -> float | None:
    found = seconds(cell) if ":" in cell else None
    return found if found is not None else number_of(cell)


def _times(body: pd.DataFrame, columns: dict[str, int]) -> tuple[list[float | None], list[float | None]]:
    """Seconds of starts and ends; whole numbers that are too large for seconds are milliseconds."""
    read: dict[str, list[float | None]] = {}
    plain = True
    for what in ("start", "end"):
        cells = [str(cell) for cell in body[columns[what]]] if what in columns else [""] * len(body)
        read[what] = [_time(cell) if cell else None for cell in cells]
        plain = plain and not any(":" in cell or "." in cell for cell in cells)
    lengths = sorted(b - a for a, b in zip(read["start"], read["end"], strict=True) if a is not None and b is not None)
    milliseconds = plain and bool(lengths) and lengths[len(lengths) // 2] >= 200
    scale = 1000.0 if milliseconds else 1.0
    starts, ends = ([None if t is None else round(t / scale, 3) for t in read[what]] for what in ("start", "end"))
    return starts, ends
