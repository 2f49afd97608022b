"""What names a person, or leads to one, replaced by labels that keep the sense; pure.

Names are found here, by those the study knows, by lists, and by what stands around them; the rest in ``contacts``.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeAlias

from rapidfuzz.distance import OSA

from dashboard.sharing.contacts import Mark, contacts
from dashboard.sharing.gazetteer import AMBIGUOUS, GIVEN, NOT_NAMES, SURNAMES, long_list
from dashboard.sharing.ordinary import is_english

RECALL = {"names": 0.937, "numbers": 0.994, "addresses": 0.712}
"""Found of each kind in texts that no rule was written on: ``python -m benchmarks.redaction``."""


@dataclass(frozen=True)
class Person:
    """Somebody of the study. label: what stands for them, such as ``person 3``. names: as written anywhere."""

    label: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class OwnNames:
    """The names of a study's people, prepared once for all of its texts.

    labels: part of a name → label. near: a part of five letters or more, or one of them left out → the parts it may be.
    """

    labels: Mapping[str, str] = field(default_factory=dict)
    near: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, people: Iterable[Person]) -> OwnNames:
        """The names of these people, each part of two letters or more by itself."""
        labels = {
            part.casefold(): person.label for person in people for name in person.names for part in _WORD.findall(name)
            if len(part) >= 2
        }  # fmt: skip
        near: dict[str, tuple[str, ...]] = {}
        for part in labels:
            for shorter in _shortened(part) if len(part) >= _TYPED else ():
                near[shorter] = (*near.get(shorter, ()), part)
        return cls(labels, near)

    def nearly(self, word: str) -> str:
        """The part of a name that this word is with one typing error; "" where there is none."""
        # words one error apart share what is left of them without one letter, so few are compared
        candidates = dict.fromkeys(part for shorter in _shortened(word) for part in self.near.get(shorter, ()))
        return next((part for part in candidates if OSA.distance(part, word) == 1), "")


NOBODY = OwnNames()


@dataclass(frozen=True)
class Redacted:
    """The text with labels in the place of what was found; marks are offsets into the original."""

    text: str
    marks: tuple[Mark, ...]


Tag: TypeAlias = tuple[str, str]
"""A label, and the reason for it."""
Tagged: TypeAlias = dict[int, Tag]
"""Position of a word → what it is."""

_LONG = 4  # letters of a rare name in a text without capitals
_ACRONYM = 6
_TYPED = 5  # letters of a name that is recognised with a typing error
_NOUNS = 0.15  # English stays below a tenth, also where it is full of names; German is at a fifth or above

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_CAP = r"[^\W\d_a-zà-öø-ÿ][^\W\d_]*(?:['’-][^\W\d_]+)*"
_BEFORE = re.compile(
    rf"(?<!\w)(?:(?i:mr|mrs|ms|miss|dr|prof|professor|herr|frau|sir|madame|señor|señora)\.? |"
    rf"(?i:my name is|my name's|name is|(?:i|he|she|they) (?:was|is|am) called|called|call me|named|ask for|asked for|"
    rf"speak to|spoke to|spoke with|talk to|talked to|hi|hello|dear|thanks|thank you|my (?:boss|colleague|friend|"
    rf"husband|wife|partner|manager|brother|sister|son|daughter|kid|mother|father|neighbour|cousin|accountant))"
    rf"[,:]? )(?P<name>{_CAP}(?: {_CAP}){{0,2}})"
)
_BEFORE_SMALL = re.compile(
    r"(?<!\w)(?:mr|mrs|ms|miss|dr|my name is|my name's|name is|called|call me|named|ask for|asked for|spoke to|"
    r"spoke with)\.? (?P<name>[^\W\d_]+(?: [^\W\d_]+)?)"
)
_FROM = re.compile(
    rf"(?<!\w)(?P<name>{_CAP}) (?:from|in|at) (?:our |the )?(?:accounting|accounts|sales|support|finance|hr|marketing|"
    r"legal|it|payroll|billing|operations|procurement|reception)(?!\w)"
)


def redact(
    text: str,
    own: OwnNames = NOBODY,
    *,
    keep: Collection[str] = (),
    strict: bool = False,
    capitals: bool = True,
) -> Redacted:
    """The text without what names or leads to a person.

    own: names of the study's people, found with one typing error too. keep: words that are no names here (products,
    themes). strict: every capitalised word within a sentence that is not known to be something else counts as a name:
    what is published rather loses a product's name than keeps a person's. capitals: whether a capital letter says
    anything; not where every noun has one, as in German.

    >>> redact("Ask for Maria, or mail m.b@example.com").text
    'Ask for [name], or mail [e-mail]'
    """
    kept = _words_of(frozenset(keep))
    ruled = list(contacts(text, strict=strict))
    masked = list(text)
    for mark in ruled:  # a name never takes a piece of a number or an address, which would let the rest through
        masked[mark.start : mark.end] = "\n" * (mark.end - mark.start)
    found = [*ruled, *_named("".join(masked), own, kept, strict=strict, capitals=capitals)]
    marks: list[Mark] = []
    for mark in sorted(found, key=lambda each: (each.start, -each.end)):
        if not marks or mark.start >= marks[-1].end:
            marks.append(mark)
    pieces, at = [], 0
    for mark in marks:
        pieces += [text[at : mark.start], f"[{mark.label}]"]
        at = mark.end
    return Redacted("".join(pieces) + text[at:], tuple(marks))


@lru_cache(maxsize=16)
def _words_of(phrases: frozenset[str]) -> frozenset[str]:
    return frozenset(word.casefold() for phrase in phrases for word in _WORD.findall(phrase))


def capitalises_nouns(texts: Iterable[str]) -> bool:
    """Whether so many words within sentences are capitalised that a capital letter names nobody.

    >>> capitalises_nouns(["Gestern hat der Kunde die Rechnung im Portal gesucht und den Preis gesehen."])
    True
    """
    within = capitals = 0
    for text in texts:
        for word in _WORD.finditer(text):
            if len(word[0]) > 1 and _within_sentence(text, word.start()):
                within += 1
                capitals += word[0][:1].isupper() and word[0][1:].islower()
    return within > 0 and capitals / within > _NOUNS


def _named(text: str, own: OwnNames, kept: frozenset[str], *, strict: bool, capitals: bool) -> Iterator[Mark]:
    small = not any(c.isupper() for c in text)
    known = _Known(own, kept, strict=strict and capitals, capitals=capitals, small=small)
    words = list(_WORD.finditer(text))
    tagged = _said_to_be_names(text, words, known)
    for place, word in enumerate(words):
        if found := _of_word(word[0], known) or _by_place(text, word, known):
            tagged[place] = found
    _spread(text, words, tagged, known)
    yield from _joined(text, words, tagged)


@dataclass(frozen=True)
class _Known:
    """What is known of words. strict, capitals: see ``redact``. small: nothing here is capitalised."""

    own: OwnNames
    kept: frozenset[str]
    strict: bool
    capitals: bool
    small: bool

    def is_rare_name(self, word: str) -> bool:
        """Whether a long list holds a word; surnames only where a noun is not capitalised, since many are nouns."""
        return word in long_list("given") or (self.capitals and word in long_list("surname"))

    def may_be_in_small(self, word: str) -> bool:
        """Whether a word of a text without any capital may be a name where something else says so."""
        unknown = word in SURNAMES or word in GIVEN or self.is_rare_name(word) or not is_english(word)
        return self.small and unknown and word not in self.kept and word not in NOT_NAMES

    def may_be_name(self, word: str) -> bool:
        plain = word.casefold()
        return word[:1].isupper() and plain not in NOT_NAMES and plain not in self.kept


def _said_to_be_names(text: str, words: Sequence[re.Match[str]], known: _Known) -> Tagged:
    """Words that what stands before or behind them calls a name."""
    tagged: Tagged = {}
    starts = {word.start(): place for place, word in enumerate(words)}
    said = (_BEFORE_SMALL if known.small else _BEFORE, "name", "a name is said here")
    for pattern, label, reason in (said, (_FROM, "colleague", "of a department")):
        for match in pattern.finditer(text):
            for inner in _WORD.finditer(match["name"]):
                place = starts.get(match.start("name") + inner.start())
                if place is None or not (known.may_be_name(inner[0]) or known.may_be_in_small(inner[0])):
                    break
                tagged[place] = (label, reason)
    return tagged


def _of_word(word: str, known: _Known) -> Tag | None:
    """What one word is by itself, by those the study knows and by lists of names."""
    plain = word.casefold()
    bare = plain.removesuffix("'s").removesuffix("’s")
    capital = word[:1].isupper()
    for each in (plain, bare):
        if each in known.own.labels and (capital or each not in NOT_NAMES):
            return known.own.labels[each], "somebody of the study"
    if bare in known.kept or bare in NOT_NAMES or bare in AMBIGUOUS or not (capital or known.small):
        return None
    if capital and (part := known.own.nearly(bare)):
        return known.own.labels[part], "nearly the name of somebody of the study"
    if bare in GIVEN:
        return "name", "a given name"
    if bare in SURNAMES and capital:
        return "name", "a surname"
    if not capital and len(bare) < _LONG:
        return None
    return ("name", "a rare name") if any(known.is_rare_name(part) for part in bare.split("-")) else None


def _by_place(text: str, word: re.Match[str], known: _Known) -> Tag | None:
    """What one word is by where it stands, where everything that may be a name counts as one."""
    if not known.strict or not known.may_be_name(word[0]):
        return None
    if _within_sentence(text, word.start()):
        return "name", "a capital letter within a sentence"
    bare = word[0].casefold().removesuffix("'s").removesuffix("’s")
    shouted = word[0].isupper() and len(word[0]) <= _ACRONYM
    if bare in AMBIGUOUS or shouted or is_english(bare):
        return None
    return "name", "a word at the start of a sentence that is no English one"


def _spread(text: str, words: Sequence[re.Match[str]], tagged: Tagged, known: _Known) -> None:
    """What stands beside a name belongs to it: "Ana M. Okafor"; strictly, what stands before one, too."""
    for place, word in enumerate(words[1:], 1):
        between = text[words[place - 1].end() : word.start()]
        joined = between == " " or (between == ". " and len(words[place - 1][0]) == 1)
        behind = place - 1 in tagged and place not in tagged and joined
        if behind and (known.may_be_name(word[0]) or known.may_be_in_small(word[0])):
            tagged[place] = (tagged[place - 1][0], "behind a name")
    for place in range(1, len(words) - 1):  # "Ana M Okafor", also where the letter is a word: "Juan A Reyes"
        around = place - 1 in tagged and (place + 1 in tagged or known.may_be_name(words[place + 1][0]))
        if around and len(words[place][0]) == 1 and len(text[words[place - 1].end() : words[place + 1].start()]) <= 4:
            tagged[place] = tagged[place - 1]
            tagged.setdefault(place + 1, tagged[place - 1])
    for place in range(len(words) - 2, -1, -1) if known.strict else ():
        between = text[words[place].end() : words[place + 1].start()]
        before = place + 1 in tagged and place not in tagged and between == " "
        if before and known.may_be_name(words[place][0]):
            tagged[place] = (tagged[place + 1][0], "before a name")


def _shortened(word: str) -> list[str]:
    """A word, and the word without each of its letters."""
    return [word, *(word[:place] + word[place + 1 :] for place in range(len(word)))]


def _joined(text: str, words: Sequence[re.Match[str]], tagged: Tagged) -> Iterator[Mark]:
    """One mark for names that stand side by side."""
    place = 0
    while place < len(words):
        if place not in tagged:
            place += 1
            continue
        last = place
        while last + 1 in tagged and text[words[last].end() : words[last + 1].start()] in (" ", ". ", "-"):
            last += 1
        labels = [tagged[each][0] for each in range(place, last + 1)]
        label = next((each for each in labels if each not in ("name", "colleague")), labels[0])
        yield Mark(words[place].start(), words[last].end(), label, tagged[place][1])
        place = last + 1


def _within_sentence(text: str, start: int) -> bool:
    """Whether a word stands behind another of its sentence: a letter, a digit or a comma before it, on its line."""
    before = text[max(0, start - 3) : start].rstrip(" ")
    return bool(before) and (before[-1].isalnum() or before[-1] in ",;&/")
