"""Cues: words and phrases that point at a theme or stage, compiled once and found in time linear in the text.

A cue is one or more words: ``price``, ``direct debit``, ``cost*`` (any ending), ``un*able`` (anything inside), ``$``.
Small and capital letters are the same, words match as a whole, and the last word may stand in its plural. Scripts
written without spaces between words are matched character by character, so there a cue is found inside a longer text.
"""

# ruff: noqa: E501

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

# Scripts in which a cue may stand anywhere: each character is a token (Thai … Khmer, kana, Han, Hangul).
_CHARACTERS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
_TOKEN = re.compile(rf"[{_CHARACTERS}]|(?:(?![{_CHARACTERS}])\w)+(?:'(?:(?![{_CHARACTERS}])\w)+)*|[^\w\s-]")
_CUE_TOKEN = re.compile(rf"[{_CHARACTERS}]|(?:(?![{_CHARACTERS}])[\w*])+(?:'(?:(?![{_CHARACTERS}])[\w*])+)*|[^\w\s*-]")
_LONGEST = 64  # characters of a token that are compared
_MOST_WORDS = 12  # words of a cue that are compared
_FARTHEST = 3  # words between a negation and what it negates

_NEGATIONS_TEXT = """
    no not never without nor neither none nobody nothing hardly cannot can't cant won't wont don't dont doesn't
    doesnt didn't didnt isn't isnt wasn't wasnt aren't arent weren't haven't havent hasn't hadn't shouldn't wouldn't
    couldn't kein keine keinen keinem nicht nie ohne pas jamais sans aucun aucune nunca sin ningún ninguna tampoco
    non mai senza não sem niet geen nooit zonder inte aldrig ikke ingen aldri
"""
NEGATIONS = frozenset(_NEGATIONS_TEXT.split())
_CLAUSE = frozenset(".,;:!?…()–—") | {"but", "aber", "mais", "pero", "ma", "mas", "maar"}


class Hit(NamedTuple):
    """One cue found in one text: the number of the text, the number of the cue, and whether a negation stands before."""

    text: int
    cue: int
    negated: bool


@dataclass(frozen=True)
class Cues:
    """Cues compiled for finding.

    texts: the cues as written, the position is the number of the cue. owners: the position of the list each came from.
    """

    texts: tuple[str, ...] = ()
    owners: tuple[int, ...] = ()
    _words: dict[str, tuple[int, ...]] = field(default_factory=dict)  # token → patterns
    _prefixes: dict[str, int] = field(default_factory=dict)  # prefix → pattern
    _shapes: tuple[tuple[re.Pattern[str], int], ...] = ()  # inner wildcards → pattern
    _starts: dict[int, tuple[tuple[int, tuple[int, ...]], ...]] = field(default_factory=dict)  # pattern → (cue, rest)


def tokens(text: str) -> list[str]:
    """The words and signs of a text, in small letters, apostrophes made alike; a hyphen only parts words.

    >>> tokens("It’s $5, not working")
    ["it's", '$', '5', ',', 'not', 'working']
    """
    if not text.isascii():
        text = unicodedata.normalize("NFC", text).replace("’", "'").replace("‘", "'")
    return _TOKEN.findall(text.casefold())


def compile_cues(lists: Sequence[Iterable[str]]) -> Cues:
    """Cues of several owners (themes or stages), compiled together; empty and repeated ones are left out."""
    texts: list[str] = []
    owners: list[int] = []
    words: dict[str, list[int]] = {}
    prefixes: dict[str, int] = {}
    shapes: dict[str, int] = {}
    starts: dict[int, list[tuple[int, tuple[int, ...]]]] = {}
    patterns: dict[tuple[str, bool], int] = {}

    def pattern(token: str, last: bool) -> int:
        key = (token, last and "*" not in token)
        if key in patterns:
            return patterns[key]
        number = patterns[key] = len(patterns)
        if "*" not in token:
            for form in _forms(token) if last else (token,):
                words.setdefault(form, []).append(number)
        elif token.index("*") == len(token) - 1:
            prefixes[token[:-1]] = number
        else:
            shapes[token] = number
        return number

    for owner, cues in enumerate(lists):
        seen = set()
        for cue in cues:
            parts = _parts(cue)
            if not parts or parts in seen:
                continue
            seen.add(parts)
            number = len(texts)
            texts.append(cue.strip())
            owners.append(owner)
            forms = [parts]
            if len(parts) > 1 and all(part.isalpha() and part.isascii() and len(part) > 1 for part in parts):
                forms.append(("".join(parts),))  # "set up" is also written "setup"
            for form in forms:
                ids = [pattern(part, position == len(form) - 1) for position, part in enumerate(form)]
                starts.setdefault(ids[0], []).append((number, tuple(ids[1:])))
    return Cues(
        tuple(texts),
        tuple(owners),
        {token: tuple(numbers) for token, numbers in words.items()},
        prefixes,
        tuple((_shape(token), number) for token, number in shapes.items()),
        {first: tuple(rest) for first, rest in starts.items()},
    )


def find(texts: Iterable[Sequence[str]], cues: Cues) -> list[Hit]:
    """Every cue in every text (given as its ``tokens``), once a text and cue; negated only if each place is.

    >>> compiled = compile_cues([["price*"], ["direct debit"]])
    >>> find([tokens("Pricing? No prices, no direct debits.")], compiled)
    [Hit(text=0, cue=0, negated=True), Hit(text=0, cue=1, negated=True)]
    """
    hits: list[Hit] = []
    if not cues.texts:
        return hits
    patterns_of = _Patterns(cues)
    begins = _Begins(cues, patterns_of)
    for number, text in enumerate(texts):
        found: dict[int, bool] = {}
        for position, token in enumerate(text):
            alone, longer = begins[token]
            matched = list(alone)
            if longer and position + 1 < len(text):
                for second in patterns_of[text[position + 1]]:
                    for cue, rest in longer.get(second, ()):
                        if not rest or _follows(text, position + 1, rest, patterns_of):
                            matched.append(cue)
            for cue in matched:
                found[cue] = found.get(cue, True) and negated(text, position)
        for cue in sorted(found):
            hits.append(Hit(number, cue, found[cue]))
    return hits


def negated(text: Sequence[str], position: int) -> bool:
    """Whether a negation stands within three words before this position, in the same clause."""
    for before in range(position - 1, max(-1, position - 1 - _FARTHEST), -1):
        if text[before] in _CLAUSE:
            return False
        if text[before] in NEGATIONS:
            return True
    return False


def _follows(text: Sequence[str], position: int, rest: tuple[int, ...], patterns_of: _Patterns) -> bool:
    """Whether the words after this position match the rest of a cue."""
    if position + len(rest) >= len(text):
        return False
    return all(wanted in patterns_of[text[position + step]] for step, wanted in enumerate(rest, 1))


_Longer = dict[int, list[tuple[int, tuple[int, ...]]]]


class _Begins(dict[str, tuple[tuple[int, ...], _Longer]]):
    """Token → the cues that it is, and by the pattern of their second word the longer ones it begins; once a token."""

    def __init__(self, cues: Cues, patterns_of: _Patterns) -> None:
        super().__init__()
        self._starts = cues._starts
        self._patterns_of = patterns_of

    def __missing__(self, token: str) -> tuple[tuple[int, ...], _Longer]:
        starts = [start for pattern in self._patterns_of[token] for start in self._starts.get(pattern, ())]
        longer: _Longer = {}
        for cue, rest in starts:
            if rest:
                longer.setdefault(rest[0], []).append((cue, rest[1:]))
        self[token] = result = (tuple(cue for cue, rest in starts if not rest), longer)
        return result


class _Patterns(dict[str, tuple[int, ...]]):
    """Token → the patterns it matches, worked out once a token."""

    def __init__(self, cues: Cues) -> None:
        super().__init__()
        self._cues = cues
        self._lengths = sorted({len(prefix) for prefix in cues._prefixes})

    def __missing__(self, token: str) -> tuple[int, ...]:
        cues = self._cues
        short = token[:_LONGEST]
        found = list(cues._words.get(token, ()))
        found += [
            cues._prefixes[short[:length]]
            for length in self._lengths
            if length <= len(short) and short[:length] in cues._prefixes
        ]
        found += [number for shape, number in cues._shapes if shape.fullmatch(short)]
        self[token] = result = tuple(found)
        return result


def _parts(cue: str) -> tuple[str, ...]:
    """The words of a cue; stars that stand alone at either end say nothing and are left out."""
    text = unicodedata.normalize("NFC", cue).replace("’", "'").replace("‘", "'").casefold()
    parts = [re.sub(r"\*+", "*", token)[:_LONGEST] for token in _CUE_TOKEN.findall(text)][:_MOST_WORDS]
    while parts and parts[0] == "*":
        parts.pop(0)
    while parts and parts[-1] == "*":
        parts.pop()
    return tuple(parts)


def _forms(word: str) -> Iterator[str]:
    """The word and its plurals: invoice(s), box(es), fee(s), delivery/deliveries, customer's."""
    yield word
    if len(word) < 3 or not word.isascii() or not word[-1].isalpha():
        return
    yield word + "'s"
    if word[-1] == "s":
        yield word + "es"
    elif word[-1] == "y" and word[-2] not in "aeiou":
        yield word[:-1] + "ies"
    elif word[-1] in "xz" or word[-2:] in ("ch", "sh"):
        yield word + "es"
    else:
        yield word + "s"


def _shape(token: str) -> re.Pattern[str]:
    """The pattern of a word with stars inside; a word is short, so a few stars cost little."""
    pieces = token.split("*")
    if len(pieces) > 4:
        pieces = [*pieces[:3], pieces[-1]]
    return re.compile(r"\w*".join(re.escape(piece) for piece in pieces))
