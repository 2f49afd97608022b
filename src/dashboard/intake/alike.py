"""Mentions whose names, ids or file names are merely alike: offered to a person, never taken."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz import fuzz, process

MOST_ASKED = 2_000
"""Sources with more names than this are searched, but their own names are not looked up one by one."""
ALIKE_AT = 84.0
"""Names at least this much alike (0 … 100) are offered."""

_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"(?<!\d)0*(\d{1,4})(?!\d)")
_DATE = re.compile(r"\d{4}[-_.]?\d{2}[-_.]?\d{2}(?!\d)")  # a date in a file's name is nobody's number


class Fact(NamedTuple):
    """What likeness is judged on. name: without case, accents and titles; stem: of a file with one participant."""

    key: str
    kind: str
    source: str
    name: str
    id: str
    stem: str


class Likeness(NamedTuple):
    """Two mentions that may be one participant: score 0 … 1 and the reason in a few words."""

    one: str
    other: str
    score: float
    reason: str


def likenesses(facts: Sequence[Fact]) -> list[Likeness]:
    """Pairs of mentions of different sources that may be one participant; of several reasons the strongest.

    >>> found = likenesses([Fact("a", "speaker", "x", "jane doe", "", ""), Fact("b", "row", "y", "jane dooe", "", "")])
    >>> [(pair.one, pair.other, pair.reason) for pair in found]
    [('a', 'b', 'names nearly alike')]
    """
    best: dict[tuple[str, str], Likeness] = {}
    for found in _every(facts):
        pair = (min(found.one, found.other), max(found.one, found.other))
        if pair not in best or found.score > best[pair].score:
            best[pair] = Likeness(*pair, found.score, found.reason)
    return [best[pair] for pair in sorted(best)]


def _every(facts: Sequence[Fact]) -> Iterator[Likeness]:
    named: dict[str, list[Fact]] = defaultdict(list)
    blocks: dict[str, set[str]] = defaultdict(set)
    first_names: dict[str, list[Fact]] = defaultdict(list)
    sizes: dict[str, int] = defaultdict(int)
    for fact in facts:
        words = fact.name.replace(",", " ").split()
        if len(words) > 1:
            name = " ".join(sorted(words))
            named[name].append(fact)
            blocks[_initials(words)].add(name)
            sizes[fact.source] += 1
            given = words[-1] if "," in fact.name else words[0]
            first_names[given].append(fact)
    for fact in facts:
        words = fact.name.replace(",", " ").split()
        if len(words) > 1 and sizes[fact.source] <= MOST_ASKED:
            yield from _like_full_name(fact, words, named, blocks)
        elif len(words) == 1:
            for other in _only(first_names.get(words[0], ()), fact):
                yield Likeness(fact.key, other.key, 0.6, "the first name alone")
    yield from _like_file_name(facts, named, first_names)


def _like_full_name(
    fact: Fact, words: Sequence[str], named: dict[str, list[Fact]], blocks: dict[str, set[str]]
) -> Iterator[Likeness]:
    name = " ".join(sorted(words))
    for other in named[name][:50]:
        if other.source != fact.source:
            turned = ("," in fact.name) != ("," in other.name) or fact.name != other.name
            reason = "the same name, turned round" if turned else "the same name, which more than one person bears"
            yield Likeness(fact.key, other.key, 0.95 if turned else 0.7, reason)
    near = process.extract(name, sorted(blocks[_initials(words)]), scorer=fuzz.ratio, score_cutoff=ALIKE_AT, limit=5)
    for alike, ratio, _ in near:
        if alike != name:
            for other in named[alike][:5]:
                if other.source != fact.source:
                    yield Likeness(fact.key, other.key, round(0.9 * ratio / 100, 3), "names nearly alike")


def _like_file_name(
    facts: Sequence[Fact], named: dict[str, list[Fact]], first_names: dict[str, list[Fact]]
) -> Iterator[Likeness]:
    numbers: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.kind == "row" and (digits := "".join(c for c in fact.id if c.isdecimal())) and len(digits) <= 4:
            numbers[digits.lstrip("0")].append(fact)
    for fact in facts:
        if not fact.stem or fact.id:
            continue
        words = [word.casefold() for word in _WORD.findall(fact.stem)]
        for first, second in pairwise(words):
            for other in _only(named.get(" ".join(sorted((first, second))), ()), fact):
                yield Likeness(fact.key, other.key, 0.8, "the name stands in the file's name")
        for word in words:
            for other in _only(first_names.get(word, ()), fact):
                yield Likeness(fact.key, other.key, 0.5, "the first name stands in the file's name")
        for digits in set(_NUMBER.findall(_DATE.sub(" ", fact.stem))):
            for other in _only(numbers.get(digits, ()), fact):
                yield Likeness(fact.key, other.key, 0.55, "the number stands in the file's name")


def _only(others: Sequence[Fact], fact: Fact) -> list[Fact]:
    """The one other mention of another source, if there is exactly one."""
    found = [other for other in others[:3] if other.source != fact.source]
    return found if len(found) == 1 and len(others) < 3 else []


def _initials(words: Sequence[str]) -> str:
    return "".join(sorted(word[0] for word in words))
