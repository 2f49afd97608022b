"""Text → passages: the spans that are coded, one to a few sentences each.

A turn or an answer of up to 60 words stays one passage. A longer one is cut at the ends of sentences into passages of
about 40 words. A sentence of more than 120 words is cut at a comma or, failing that, between words.
"""

# ruff: noqa: E501

from __future__ import annotations

import re

WHOLE, TARGET, LEAST, MOST = 60, 40, 8, 120
"""Words: a text up to WHOLE is one passage; passages aim at TARGET, have LEAST where they can and MOST at the most."""

# Scripts that are written without spaces: one or a few characters count as a word.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_UNSPACED}]{{1,2}}|[^\s{_UNSPACED}]{{1,40}}")

# The end of a sentence: a mark, what closes behind it, and white space; a mark of CJK needs no space; or a line's end.
# Each run of marks is looked at once (nothing before it, nothing given back), so a megabyte of dots takes no longer.
_END = re.compile(r"(?<![.!?…‽؟।])[.!?…‽؟।]++[\"'”’»)\]]{0,3}+(?=\s)|(?<![。！？｡])[。！？｡]++[」』”’）]{0,3}+|\n")
_SOFT_END = re.compile(r"[,;:—–、，；：](?=\s)|[、，；：]")

_ABBREVIATIONS_TEXT = """
    mr mrs ms dr prof sr jr st no nos vs etc e.g i.e eg ie approx dept est fig inc ltd co corp jan feb mar apr jun
    jul aug sep sept oct nov dec a.m p.m am pm u.s u.k z.b d.h bzw ca usw nr str hr fr evtl ggf vgl bspw inkl zzgl
    mme mlle m cf p.ex ex sra dña ud uds dott sig
"""
_ABBREVIATIONS = frozenset(_ABBREVIATIONS_TEXT.split())
_BEFORE = 14  # characters looked at for the word before a full stop


def words(text: str) -> int:
    """Number of words; in scripts without spaces two characters count as one word.

    >>> words("The invoice came twice."), words("請求書が二回来た")
    (4, 4)
    """
    return sum(1 for _ in _WORD.finditer(text))


def cut(text: str) -> list[tuple[int, int]]:
    """Character spans (start, end) of the passages of one turn or answer, in order; end is exclusive.

    Spans are trimmed of white space, do not overlap and cover every character that is not white space. Time is linear
    in the length of the text.

    >>> cut("  Setup took a week. ")
    [(2, 20)]
    >>> cut(" ")
    []
    """
    pieces = [piece for sentence in _sentences(text) for piece in _fit(text, sentence)]
    if pieces and sum(size for _, _, size in pieces) <= WHOLE:
        return [(pieces[0][0], pieces[-1][1])]
    return _pack(pieces)


def _sentences(text: str) -> list[tuple[int, int]]:
    """Spans of the sentences, trimmed."""
    spans = []
    start = 0
    for found in _END.finditer(text):
        if found.group()[0] == "." and not _ends(text, found.start(), found.end()):
            continue
        spans.append((start, found.end()))
        start = found.end()
    spans.append((start, len(text)))
    return [span for span in (_trim(text, *span) for span in spans) if span[0] < span[1]]


def _ends(text: str, dot: int, end: int) -> bool:
    """Whether a full stop at ``dot`` ends a sentence: not after an abbreviation or initial, nor before a small letter."""
    following = text[end : end + 4].lstrip()
    if following and following[0].islower():
        return False
    if text[dot : dot + 2] == "..":
        return True
    before = text[max(0, dot - _BEFORE) : dot].split()
    word = before[-1].lstrip("(“\"'[").casefold() if before else ""
    if len(word) == 1 and word.isalpha() and word != "i":
        return False
    return word not in _ABBREVIATIONS


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _fit(text: str, span: tuple[int, int]) -> list[tuple[int, int, int]]:
    """The sentence as (start, end, words), cut into pieces of at most MOST words where it is longer."""
    start, end = span
    found = [match.span() for match in _WORD.finditer(text, start, end)]
    if len(found) <= MOST:
        return [(start, end, len(found))]
    soft = {match.end() for match in _SOFT_END.finditer(text, start, end)}
    pieces = []
    first = 0
    while len(found) - first > MOST:
        # The last comma within a window of words, so that no piece is small; else simply between two words.
        window = range(first + 2 * TARGET, first + TARGET - 1, -1)
        last = next((n for n in window if found[n][1] in soft), first + 2 * TARGET)
        pieces.append((found[first][0], found[last][1], last - first + 1))
        first = last + 1
    pieces.append((found[first][0], end, len(found) - first))
    return pieces


def _pack(pieces: list[tuple[int, int, int]]) -> list[tuple[int, int]]:
    """Neighbouring sentences put together until a passage is about TARGET words long."""
    packed: list[list[int]] = []
    for start, end, size in pieces:
        if packed:
            last = packed[-1]
            small = last[2] < LEAST or size < LEAST
            room = last[2] + size <= (MOST if small else TARGET + LEAST)
            if room and (small or last[2] < TARGET):
                last[1], last[2] = end, last[2] + size
                continue
        packed.append([start, end, size])
    if len(packed) > 1 and packed[-1][2] < LEAST and packed[-2][2] + packed[-1][2] <= MOST:
        last = packed.pop()
        packed[-1][1] = last[1]
    return [(start, end) for start, end, _ in packed]
