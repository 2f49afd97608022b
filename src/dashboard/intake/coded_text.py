"""Texts that came with codings: read as transcripts, and each coded stretch found again in what was read."""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dashboard.intake import text as plain_text
from dashboard.intake.names import is_generic
from dashboard.intake.parsed import ParsedSource, QuotedCoding
from dashboard.study import Theme, Turn

_UNSEEN = frozenset("\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\ufeff\u00ad")
"""Letters that nobody sees, which a transcript is read without: an emoji of a family is held together by them."""
_ENOUGH = 0.9
"""Share of the coded stretches that a reading as a transcript must keep; else the text is taken by paragraphs."""


@dataclass(frozen=True)
class Stretch:
    """One coded stretch of a document, in code points of its text."""

    start: int
    end: int
    theme: str
    coder: str = ""


@dataclass(frozen=True)
class CodedText:
    """A document and what was coded in it."""

    name: str
    text: str
    stretches: tuple[Stretch, ...] = ()


@dataclass(frozen=True)
class ReadText:
    """The turns of one document, numbered from 0, and its codings, placed in the turns' texts joined by ``\\n``."""

    turns: tuple[Turn, ...]
    codings: tuple[QuotedCoding, ...]
    lost: int


def read_text(document: CodedText) -> ReadText:
    """The document as a transcript, if that keeps what was coded; else as paragraphs.

    >>> said = "A: Why?\\nB: Too dear.\\nA: And?\\nB: Too slow."
    >>> found = read_text(CodedText("d", said, (Stretch(11, 20, "Price"),)))
    >>> [turn.speaker for turn in found.turns], found.codings[0].text
    (['A', 'B', 'A', 'B'], 'Too dear.')
    """
    spoken = plain_text.parsed(document.text, form="text")
    labelled = any(turn.speaker is not None for turn in spoken.turns)
    if labelled:
        found = _placed(document, spoken.turns)
        if found.lost <= (1 - _ENOUGH) * len(document.stretches):
            return found
    paragraphs = (line.strip() for line in re.split(r"\n(?:[ \t]*\n)+", document.text))
    lines = [" ".join(line.split("\n")) if "\n" in line else line for line in paragraphs if line]
    if len(lines) < 2:
        lines = [line.strip() for line in document.text.split("\n") if line.strip()]
    return _placed(document, tuple(Turn(index, None, line) for index, line in enumerate(lines)))


def project(
    documents: Sequence[CodedText],
    *,
    format: str,
    themes: tuple[Theme, ...],
    warnings: Sequence[str] = (),
    left_out: Sequence[str] = (),
) -> ParsedSource:
    """The parsed project: the turns of all documents, numbered through, and their codings.

    Several documents are several people: a label that names nobody ("P", or none) is told apart by its document.
    """
    turns: list[Turn] = []
    codings: list[QuotedCoding] = []
    lost = 0
    for document in documents:
        found = read_text(document)
        for turn in found.turns:
            speaker = turn.speaker
            if len(documents) > 1 and turn.role == "participant" and (speaker is None or is_generic(speaker)):
                speaker = f"{speaker} ({document.name})" if speaker else document.name
            turns.append(replace(turn, index=len(turns), document=document.name, speaker=speaker))
        codings += found.codings
        lost += found.lost
    doubts = list(warnings)
    if lost:
        doubts.append(
            f"{lost} of the codings could not be found in the text as it was read; they are kept with their words."
        )
    return ParsedSource(
        kind="project",
        format=format,
        turns=tuple(turns),
        themes=themes,
        codings=tuple(codings),
        documents=tuple(document.name for document in documents),
        warnings=tuple(doubts),
        left_out=tuple(left_out),
    )


def _placed(document: CodedText, turns: tuple[Turn, ...]) -> ReadText:
    """Every stretch, found in the turns by the letters it covers: blanks, line ends, labels and times may differ."""
    place = _Places(document.text, turns)
    codings = []
    lost = 0
    for stretch in document.stretches:
        found = place.of(stretch.start, stretch.end)
        if found is None:
            lost += 1
            words = " ".join(document.text[stretch.start : stretch.end].split())
            codings.append(QuotedCoding(words, stretch.theme, document.name, coder=stretch.coder))
            continue
        start, end = found
        codings.append(
            QuotedCoding(
                place.joined[start:end], stretch.theme, document.name, coder=stretch.coder, start=start, end=end
            )
        )
    return ReadText(turns, tuple(codings), lost)


def _is_letter(character: str) -> bool:
    return not character.isspace() and character not in _UNSEEN


class _Places:
    """Where the letters of a document stand in its turns' texts, joined by a line end."""

    def __init__(self, text: str, turns: Sequence[Turn]) -> None:
        self.joined = "\n".join(turn.text for turn in turns)
        self._letters = [at for at, character in enumerate(text) if _is_letter(character)]
        bare = "".join(text[at] for at in self._letters)
        self._pieces: list[tuple[int, int, list[int]]] = []  # from, to among the letters; where each stands in joined
        cursor = offset = 0
        for turn in turns:
            for line in turn.text.split("\n"):
                places = [offset + at for at, character in enumerate(line) if _is_letter(character)]
                wanted = "".join(filter(_is_letter, line))
                found = bare.find(wanted, cursor) if wanted else -1
                if found >= 0:
                    self._pieces.append((found, found + len(wanted), places))
                    cursor = found + len(wanted)
                offset += len(line) + 1
        self._starts = [piece[0] for piece in self._pieces]

    def of(self, start: int, end: int) -> tuple[int, int] | None:
        """From and to in the joined text, None where the turns do not have the stretch."""
        first, last = bisect.bisect_left(self._letters, start), bisect.bisect_left(self._letters, end)
        if first >= last:
            return None
        at = max(0, bisect.bisect_right(self._starts, first) - 1)
        places: list[int] = []
        while at < len(self._pieces) and self._pieces[at][0] < last:
            begin, stop, where = self._pieces[at]
            low, high = max(begin, first), min(stop, last)
            if low < high:
                places += (where[low - begin], where[high - begin - 1])
            at += 1
        return (places[0], places[-1] + 1) if places else None
