"""Texts as they may leave: redacted by rules and by a person's word, with offsets that move along; pure."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from dashboard.sharing.contacts import Mark
from dashboard.sharing.gazetteer import AMBIGUOUS, GIVEN, SURNAMES
from dashboard.sharing.ordinary import is_english
from dashboard.sharing.redaction import OwnNames, redact

UNQUOTED = "[…]"
"""What stands where words were said that are not shown: no consent, left out by a person, or not chosen."""

_WORD = re.compile(r"[^\W\d_]+")
_CAPITAL = r"[^\W\d_a-zà-öø-ÿ][^\W\d_]{0,40}"
_LABEL = re.compile(rf"^[ \t]{{0,8}}(?P<name>{_CAPITAL}(?:[ .'’-]{{1,2}}{_CAPITAL}){{0,3}})[ ]?:", re.MULTILINE)
_NUMBERED = ("name", "colleague")


@dataclass(frozen=True)
class Rewritten:
    """A text with labels in the place of its marks. cuts: (end in the original, end here) of each mark, with starts."""

    text: str
    marks: tuple[Mark, ...]
    starts: tuple[tuple[int, int], ...]
    ends: tuple[tuple[int, int], ...]

    def at(self, offset: int, *, end: bool = False) -> int:
        """Where an offset of the original stands now; within a mark, its beginning, or its end for an ``end``."""
        place = bisect.bisect_right(self.starts, (offset, len(self.text) + 1)) - 1
        if place < 0:
            return offset
        mark = self.marks[place]
        if offset >= mark.end:
            return self.ends[place][1] + offset - mark.end
        if offset == mark.start:
            return self.starts[place][1]
        return self.ends[place][1] if end else self.starts[place][1]


def rewritten(text: str, marks: Iterable[Mark]) -> Rewritten:
    """The text with a label in brackets for each mark; of marks that overlap, the whole stretch under the first label.

    >>> found = rewritten("Ask Maria now", [Mark(4, 9, "name", "")])
    >>> found.text, found.text[found.at(4) : found.at(9, end=True)], found.at(10)
    ('Ask [name] now', '[name]', 11)
    """
    joined: list[Mark] = []
    for mark in sorted(marks, key=lambda each: (each.start, -each.end)):
        if mark.start >= mark.end:
            continue
        if joined and mark.start < joined[-1].end:
            last = joined[-1]
            joined[-1] = Mark(last.start, max(last.end, mark.end), last.label, last.reason)
        else:
            joined.append(mark)
    pieces: list[str] = []
    starts, ends = [], []
    at = length = 0
    for mark in joined:
        label = f"[{mark.label}]"
        length += mark.start - at
        starts.append((mark.start, length))
        length += len(label)
        ends.append((mark.end, length))
        pieces += [text[at : mark.start], label]
        at = mark.end
    return Rewritten("".join(pieces) + text[at:], tuple(joined), tuple(starts), tuple(ends))


@dataclass
class Wording:
    """How the texts of one source kind are redacted, strictly, each different text once.

    own: names of the study's people. keep: words that are no names here. numbered: whether the same name is the same
    number within the version; not where quotes of one person must not be told to be one person's.
    """

    own: OwnNames
    keep: frozenset[str]
    numbered: bool = False
    _known: dict[tuple[str, bool], tuple[Mark, ...]] = field(default_factory=dict)
    _numbers: dict[str, int] = field(default_factory=dict)

    def marks(self, text: str, *, capitals: bool = True) -> tuple[Mark, ...]:
        """What the rules would replace in a text."""
        key = (text, capitals)
        if key not in self._known:
            ruled = redact(text, self.own, keep=self.keep, strict=True, capitals=capitals).marks
            self._known[key] = (*ruled, *_labels(text, ruled))
        return self._known[key]

    def labelled(self, text: str, marks: Sequence[Mark]) -> list[Mark]:
        """The marks with the same number for the same name, where names are numbered."""
        if not self.numbered:
            return list(marks)
        return [
            Mark(each.start, each.end, f"{each.label} {self._number(text[each.start : each.end])}", each.reason)
            if each.label in _NUMBERED else each
            for each in marks
        ]  # fmt: skip

    def text(self, text: str, *, capitals: bool = True) -> str:
        """A text as it may leave."""
        return rewritten(text, self.labelled(text, self.marks(text, capitals=capitals))).text

    def _number(self, name: str) -> int:
        words = [word.casefold() for word in _WORD.findall(name) if len(word) > 1] or [name.casefold()]
        known = next((self._numbers[word] for word in words if word in self._numbers), len(set(self._numbers.values())))
        for word in words:
            self._numbers.setdefault(word, known)
        return known + 1


def _labels(text: str, known: Sequence[Mark]) -> list[Mark]:
    """Labels of speakers that the reader took for words: at the beginning of a line, before a colon."""
    found = []
    for match in _LABEL.finditer(text):
        start, end = match.span("name")
        words = _WORD.findall(match["name"])
        label = len(words) > 1 or not is_english(words[0])
        if label and not any(mark.start < end and mark.end > start for mark in known):
            found.append(Mark(start, end, "name", "a label before a colon"))
    return found


def ordinary_words(texts: Iterable[str], phrases: Iterable[str]) -> frozenset[str]:
    """Words that name nobody here: those that stand in small letters in a text, and English words of the study's own
    themes, stages and attributes; never what may be a given name or a surname."""
    small = {word for text in texts for word in _WORD.findall(text) if word.islower()}
    own = {word.casefold() for phrase in phrases for word in _WORD.findall(phrase) if is_english(word)}
    return frozenset((small | own) - AMBIGUOUS - GIVEN - SURNAMES)


def unique(names: Sequence[str], redacted: Mapping[str, str]) -> dict[str, str]:
    """Each name as it may leave, no two alike: "[name]'s plan", "[name]'s plan 2".

    >>> unique(["Ann's", "Bob's"], {"Ann's": "[name]'s", "Bob's": "[name]'s"})
    {"Ann's": "[name]'s", "Bob's": "[name]'s 2"}
    """
    found: dict[str, str] = {}
    taken: set[str] = set()
    for name in names:
        wanted, number = redacted[name], 1
        while (wanted if number == 1 else f"{wanted} {number}") in taken:
            number += 1
        found[name] = wanted if number == 1 else f"{wanted} {number}"
        taken.add(found[name])
    return found
