"""DOCX, ODT, RTF, PDF and HTML transcripts: each format's lines, then the same reading as plain text."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dashboard.errors import UnreadableFile
from dashboard.intake import captions, container, dialogue, opendocument, pdf, rtf, webpage, word
from dashboard.intake.given import Given, Reader
from dashboard.intake.heads import Line
from dashboard.intake.parsed import ParsedSource
from dashboard.intake.turns import transcript
from dashboard.study import Correction


def parsed(lines: Sequence[Line], *, form: str, place: str, name: str) -> ParsedSource:
    """The transcript that a document's lines hold; ``form`` begins the name of its format."""
    if not lines:
        raise UnreadableFile(f"“{name}” holds no text; drop the document that has the transcript in it.")
    timings = [captions.is_timing(line.text) is not None for line in lines]
    if sum(timings) >= 2 and sum(timings) >= 0.1 * len(lines):
        # A paragraph of its own for each line is no end of a cue; the next time is.
        texts = (f"\n{line.text}" if timing else line.text for line, timing in zip(lines, timings, strict=True))
        return captions.parsed("\n".join(texts), form=form)
    found = dialogue.utterances(lines, place=place)
    return transcript(
        found.utterances,
        format=f"{form}, {found.dialect or 'no speakers'}",
        warnings=found.warnings,
        left_out=found.left_out,
        date=found.date,
    )


def _sniff_docx(given: Given) -> float:
    return 0.9 if "word/document.xml" in container.names(given.data) else 0.0


def _read_docx(given: Given, correction: Correction) -> ParsedSource:
    return parsed(word.lines(given.data, given.name), form="DOCX", place="paragraph", name=given.name)


def _sniff_odt(given: Given) -> float:
    if not given.data.startswith(b"PK") or b"opendocument.text" not in given.data[:200]:
        return 0.0
    return 0.9 if "content.xml" in container.names(given.data) else 0.0


def _read_odt(given: Given, correction: Correction) -> ParsedSource:
    return parsed(opendocument.lines(given.data, given.name), form="ODT", place="paragraph", name=given.name)


def _sniff_rtf(given: Given) -> float:
    return 0.98 if given.data[:64].lstrip().startswith(b"{\\rtf") else 0.0


def _read_rtf(given: Given, correction: Correction) -> ParsedSource:
    # RTF is ASCII with its own marks for other letters; Latin-1 keeps each byte.
    text = given.text if given.text is not None else given.data.decode("latin-1")
    return parsed(rtf.lines(text), form="RTF", place="paragraph", name=given.name)


def _sniff_pdf(given: Given) -> float:
    return 0.98 if b"%PDF-" in given.data[:1_024] else 0.0


def _read_pdf(given: Given, correction: Correction) -> ParsedSource:
    return parsed(pdf.lines(given.data, given.name), form="PDF", place="line", name=given.name)


def _sniff_html(given: Given) -> float:
    return webpage.is_html(given.text) if given.text is not None else 0.0


def _read_html(given: Given, correction: Correction) -> ParsedSource:
    return parsed(webpage.lines(given.text or ""), form="HTML", place="paragraph", name=given.name)


_FORMATS: tuple[tuple[str, Callable[[Given], float], Callable[[Given, Correction], ParsedSource]], ...] = (
    ("docx", _sniff_docx, _read_docx),
    ("odt", _sniff_odt, _read_odt),
    ("rtf", _sniff_rtf, _read_rtf),
    ("pdf", _sniff_pdf, _read_pdf),
    ("html", _sniff_html, _read_html),
)
READERS: tuple[Reader, ...] = tuple(Reader(name, sniff, read) for name, sniff, read in _FORMATS)
