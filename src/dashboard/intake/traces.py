"""What one person left in texts: their names, and words of theirs that stand elsewhere word for word."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

REMOVED = "[removed]"
"""What stands where a name stood, or words of a person who was forgotten."""

RUN = 5
"""So many words in a row, the same as somebody's, are theirs and no coincidence."""

_LEAST = 3
_TOKEN = re.compile(r"\w[\w'’]*")
_SPLIT = re.compile(r"[\s._\-,]+")
_NEVER = re.compile(r"(?!)")
Mark = tuple[int, int]
"""Offsets into a text, end exclusive."""


@dataclass(frozen=True)
class Traces:
    """Names of a person, and what they said.

    names: written in any case, with any of ``. _ -`` or blanks between their parts. parts: single parts of a name,
    found only with a capital letter or in capitals. words: runs of their words, as ``runs_of`` makes them.
    """

    names: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    words: frozenset[str] = frozenset()

    @cached_property
    def _of_names(self) -> re.Pattern[str]:
        whole = [_SPLIT.split(name.strip()) for name in self.names if name.strip()]
        forms = sorted({form for words in whole for form in _spelled(words)}, key=lambda form: (-len(form), form))
        return re.compile(rf"(?<![^\W_])(?:{'|'.join(forms)})(?![^\W_])", re.IGNORECASE) if forms else _NEVER

    @cached_property
    def _of_parts(self) -> re.Pattern[str]:
        forms = {form for part in self.parts for form in (part, part.capitalize(), part.upper())}
        listed = sorted({re.escape(each) for form in forms for each in (form, _bare(form))}, key=lambda f: (-len(f), f))
        return re.compile(rf"(?<![^\W_])(?:{'|'.join(listed)})(?![^\W_])") if listed else _NEVER

    def named(self, text: str) -> list[Mark]:
        """Where the text names them.

        >>> Traces(names=("Bo Fenn",), parts=("Fenn",)).named("bo_fenn said, and Fenn's invoice; a fenn")
        [(0, 7), (18, 22)]
        """
        found = [hit.span() for hit in self._of_names.finditer(text)]
        found += [hit.span() for hit in self._of_parts.finditer(text)]
        return _joined(found)

    def quoted(self, text: str) -> list[Mark]:
        """Where the text holds words of theirs, word for word."""
        if not self.words:
            return []
        hits = list(_TOKEN.finditer(text))
        plain = [_plain(hit.group()) for hit in hits]
        found = []
        for length in range(_LEAST, RUN + 1):
            for at in range(len(hits) - length + 1):
                if " ".join(plain[at : at + length]) in self.words:
                    found.append((hits[at].start(), hits[at + length - 1].end()))
        return _joined(found)

    def unnamed(self, text: str) -> str:
        """The text with a mark where it named them."""
        return replaced(text, self.named(text))

    def without(self, text: str) -> str:
        """The text with a mark where it named or quoted them.

        >>> Traces(("Bo Fenn",), (), runs_of(["It is dear for what it does"])).without("Bo Fenn: “is dear for what it”")
        '[removed]: “[removed]”'
        """
        return replaced(text, _joined([*self.named(text), *self.quoted(text)]))

    def in_bytes(self, data: bytes) -> bool:
        """Whether raw bytes name them, in any of the usual encodings."""
        return any(self.named(data.decode(encoding, "replace")) for encoding in ("utf-8", "latin-1", "utf-16-le"))


def runs_of(texts: Iterable[str], *, but: Iterable[str] = ()) -> frozenset[str]:
    """Runs of words by which texts are known again: five in a row, or all of a text of three or four.

    but: texts of others; a run that they use as well says nothing of this person.
    """
    own = {run for text in texts for run in _runs(text)}
    if own:
        for text in but:
            own.difference_update(_runs(text))
    return frozenset(own)


def replaced(text: str, marks: Sequence[Mark]) -> str:
    """The text with ``[removed]`` in place of each mark."""
    found, at = [], 0
    for start, end in marks:
        found += [text[at:start], REMOVED]
        at = end
    return "".join([*found, text[at:]])


def moved(position: int, marks: Sequence[Mark], *, end: bool = False) -> int:
    """Where an offset stands after ``replaced``; one within a mark goes to the mark's start, or its end.

    >>> moved(10, [(0, 7)]), moved(3, [(0, 7)]), moved(3, [(0, 7)], end=True)
    (12, 0, 9)
    """
    shift = 0
    for first, last in marks:
        if position >= last:
            shift += len(REMOVED) - (last - first)
        elif position > first:
            return first + shift + (len(REMOVED) if end else 0)
    return position + shift


def _runs(text: str) -> Iterator[str]:
    words = [_plain(token) for token in _TOKEN.findall(text)]
    if _LEAST <= len(words) < RUN:
        yield " ".join(words)
    for at in range(len(words) - RUN + 1):
        yield " ".join(words[at : at + RUN])


def _plain(token: str) -> str:
    return token.casefold().replace("’", "'")


def _spelled(words: Sequence[str]) -> Iterator[str]:
    """Patterns of a name: as written and without accents."""
    for form in (words, [_bare(word) for word in words]):
        yield r"[\s._\-,]{0,3}".join(re.escape(word) for word in form if word)


def _bare(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text)
    return "".join(character for character in plain if not unicodedata.combining(character))


def _joined(marks: Iterable[Mark]) -> list[Mark]:
    found: list[Mark] = []
    for start, end in sorted(marks):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found
