"""What a person should look at before it is published: what was replaced, and what may still lead to somebody."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from dashboard.records import anchors
from dashboard.records.redactions import Redaction
from dashboard.sharing.chosen import Found, passages_on
from dashboard.sharing.contacts import Mark
from dashboard.sharing.excerpts import each_of, languages_with_capitals, marks_of
from dashboard.sharing.gazetteer import AMBIGUOUS
from dashboard.sharing.ordinary import is_english
from dashboard.sharing.rewriting import rewritten
from dashboard.study import Anchor

MANY_MARKS = 3
"""Marks in one quote from which on what is left may still say who it is."""
_NUMBER = re.compile(r"(?<!\w)(?!(?:19|20)\d\d(?!\d))\d{4,}(?!\w)")
_RELATION = re.compile(
    r"\b(?:my|our|his|her) (?:wife|husband|partner|son|daughter|mother|father|brother|"
    r"sister|boss|manager|ceo|founder)\b",
    re.IGNORECASE,
)
_ONLY = re.compile(
    r"\b(?:i am|i'm|we are|we're|as) the (?:only|first|last|head|founder|owner|director|chair)\b", re.IGNORECASE
)
_HEALTH = re.compile(
    r"\b(?:diagnos\w{0,6}|cancer|depress\w{0,6}|pregnan\w{0,4}|disab\w{0,6}|divorc\w{0,4}|bankrupt\w{0,4}|arrested|"
    r"union member|religio\w{0,4})\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Suspect:
    """A quote that a person reads before it is shown. text: as it was said. redacted: as it would be shown.

    anchor: of the original. reasons: what in it rules cannot decide. marks: what is replaced, offsets into ``text``.
    state: "passed", "left out" or "". decisions: numbers of what persons decided of it, to be withdrawn.
    """

    passage: str
    anchor: Anchor
    text: str
    redacted: str
    reasons: tuple[str, ...]
    marks: tuple[Mark, ...] = ()
    state: Literal["passed", "left out", ""] = ""
    decisions: tuple[int, ...] = ()


def suspects(found: Found, redactions: Sequence[Redaction] = ()) -> list[Suspect]:
    """The quotes that would be shown or that a person left out: those not read yet first, the most telling of them."""
    texts = {
        (str(row.source), int(row.turn)): (str(row.text), str(row.source_kind))
        for row in each_of(found.turns[found.turns["role"] == "participant"])
    }
    nouns = languages_with_capitals(found.turns)
    wanted = found.quoted | found.by_hand.left_out
    rows = [row for row in each_of(found.passages) if str(row.passage) in wanted]
    counts = Counter(word for row in rows for word in set(_WORD.findall(str(row.text))))
    decided = _decided(found, redactions)
    made = []
    for row in rows:
        passage, key = str(row.passage), (str(row.source), int(row.turn))
        whole, kind = texts[key]
        start, end = int(row.start), int(row.end)
        marks = marks_of(key, whole, found.wordings[kind], found.by_hand, capitals=key[0] not in nouns)
        told = rewritten(whole, marks)
        shown = told.text[told.at(start) : told.at(end, end=True)]
        inside = tuple(
            Mark(max(mark.start, start) - start, min(mark.end, end) - start, mark.label, mark.reason)
            for mark in told.marks if mark.start < end and mark.end > start
        )  # fmt: skip
        state: Literal["passed", "left out", ""] = (
            "left out" if passage in found.by_hand.left_out else "passed" if passage in found.by_hand.passed else ""
        )
        anchor = anchors.make(key[0], key[1], whole, start, end)
        reasons = _reasons(shown, inside, counts)
        made.append(Suspect(passage, anchor, whole[start:end], shown, reasons, inside, state, decided.get(passage, ())))
    return sorted(made, key=lambda each: (bool(each.state), -len(each.reasons), each.passage))


def _decided(found: Found, redactions: Sequence[Redaction]) -> dict[str, tuple[int, ...]]:
    """Quote → what was decided of it or of words in it."""
    texts: dict[str, dict[int, str]] = {redaction.anchor.source: {} for redaction in redactions}
    for row in each_of(found.turns[found.turns["source"].isin(list(texts))]):
        texts[str(row.source)][int(row.turn)] = str(row.text)
    numbers: dict[str, tuple[int, ...]] = {}
    for redaction in redactions:
        span = anchors.attach(redaction.anchor, texts[redaction.anchor.source])
        for passage in passages_on([span], found.passages) if span else ():
            numbers[passage] = (*numbers.get(passage, ()), redaction.id)
    return numbers


def _reasons(shown: str, marks: tuple[Mark, ...], counts: Counter[str]) -> tuple[str, ...]:
    found = []
    if len(marks) >= MANY_MARKS:
        found.append(f"{len(marks)} places were replaced; what is left may still say who it is")
    if any("nearly" in mark.reason for mark in marks):
        found.append("a word is nearly the name of somebody of the study; check the label")
    if number := _NUMBER.search(shown):
        found.append(f"a number of {len(number[0])} digits is left")
    if "@" in shown or "www." in shown.lower():
        found.append("something like an address is left")
    if match := _ONLY.search(shown):
        found.append(f"“{match[0]}” may be true of one person only")
    if match := _RELATION.search(shown):
        found.append(f"“{match[0]}” speaks of somebody close")
    if match := _HEALTH.search(shown):
        found.append(f"“{match[0]}” is a private matter")
    left = _WORD.findall(shown)
    may_be = [word for word in left[1:] if word[:1].isupper() and word.casefold() in AMBIGUOUS]
    if may_be:
        found.append(f"“{may_be[0]}” may be a name or a word")
    rare = [word for word in left if word[:1].isupper() and not word.isupper() and len(word) > 3 and counts[word] == 1]
    rare = [
        word
        for word in rare
        if not is_english(word) and not shown.startswith(word) and f". {word}" not in shown and f"? {word}" not in shown
    ]
    if rare:
        found.append(f"“{rare[0]}” stands with a capital letter and nowhere else")
    return tuple(found)
