"""Anchors: where something was said, found again after a file was read anew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from dashboard.errors import NotFound
from dashboard.study import Anchor, Span

CONTEXT = 40
"""Characters kept on each side of an anchor's text."""

TELLING = 8
"""Characters of context that must agree before one of several places is preferred to the others."""

_MOST_PLACES = 1_000


def make(source: str, turn_index: int, turn_text: str, start: int, end: int) -> Anchor:
    """The anchor of a stretch of a turn (end exclusive), with up to 40 characters before and after it.

    Raises NotFound where the turn has no such stretch, or it is empty.

    >>> make("s1", 3, "It was far too expensive.", 7, 24).text
    'far too expensive'
    """
    if not 0 <= start < end <= len(turn_text):
        raise NotFound("The marked text is not in this turn any more; load the conversation again and mark it anew.")
    before = turn_text[max(0, start - CONTEXT) : start]
    return Anchor(source, turn_index, start, end, turn_text[start:end], before, turn_text[end : end + CONTEXT])


def anchor_to_mapping(anchor: Anchor) -> dict[str, Any]:
    """An anchor as JSON and the tables keep it.

    >>> anchor_from_mapping(anchor_to_mapping(Anchor("s1", 3, 0, 4, "dear"))) == Anchor("s1", 3, 0, 4, "dear")
    True
    """
    return {name: getattr(anchor, name) for name in Anchor.__dataclass_fields__}


def anchor_from_mapping(mapping: Mapping[Any, Any]) -> Anchor:
    """The anchor that such a mapping holds."""
    return Anchor(**{name: mapping[name] for name in Anchor.__dataclass_fields__})


def attach(anchor: Anchor, turns: Mapping[int, str]) -> Span | None:
    """Where the anchor's text stands now; None where it is gone, or stands in several places that nothing tells apart.

    turns: turn → text, of the anchor's source. By position if the text agrees there and its surroundings do not speak
    for another place; else by text that is unique in its turn, else in the source, else by the one place whose
    surroundings agree; at last without regard to white space. The text found is always the anchor's.
    """
    if not anchor.text.strip():
        return None
    there = turns.get(anchor.turn, "")
    in_place = anchor.start >= 0 and there[anchor.start : anchor.end] == anchor.text
    if in_place and _agreeing(anchor, there, anchor.start, anchor.end) == len(anchor.before) + len(anchor.after):
        return anchor.span
    places = list(islice(_exact(anchor, turns), _MOST_PLACES + 1))
    chosen = _chosen(anchor, turns, places, in_place=in_place)
    if chosen or places:
        return chosen
    places = list(islice(_without_white_space(anchor, turns), _MOST_PLACES + 1))
    return _chosen(anchor, turns, places, in_place=False)


def applies(span: Span, passage: Span) -> bool:
    """Whether a decision on a span applies to a passage: they overlap by at least half of the shorter of the two.

    >>> applies(Span("s1", 0, 0, 10), Span("s1", 0, 5, 40)), applies(Span("s1", 0, 0, 10), Span("s1", 0, 6, 40))
    (True, False)
    """
    if (span.source, span.turn) != (passage.source, passage.turn):
        return False
    overlap = min(span.end, passage.end) - max(span.start, passage.start)
    return overlap > 0 and 2 * overlap >= min(span.end - span.start, passage.end - passage.start)


def _chosen(anchor: Anchor, turns: Mapping[int, str], places: list[Span], *, in_place: bool) -> Span | None:
    if len(places) == 1:
        return places[0]
    if not places or len(places) > _MOST_PLACES:
        return anchor.span if in_place else None
    agreeing = [_agreeing(anchor, turns[place.turn], place.start, place.end) for place in places]
    best = max(agreeing)
    whole = len(anchor.before) + len(anchor.after)
    clear = best >= TELLING and agreeing.count(best) == 1
    if clear and best == whole:
        return places[agreeing.index(best)]
    if in_place:
        return anchor.span
    in_turn = [n for n, place in enumerate(places) if place.turn == anchor.turn]
    if len(in_turn) == 1 and (agreeing[in_turn[0]] > 0 or not whole):
        return places[in_turn[0]]
    return places[agreeing.index(best)] if clear else None


def _agreeing(anchor: Anchor, text: str, start: int, end: int) -> int:
    """Characters of the anchor's surroundings that stand around this place, outwards until the first that differs."""
    before = text[max(0, start - len(anchor.before)) : start]
    after = text[end : end + len(anchor.after)]
    return _common(reversed(anchor.before), reversed(before)) + _common(iter(anchor.after), iter(after))


def _common(one: Iterator[str], other: Iterator[str]) -> int:
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count


def _exact(anchor: Anchor, turns: Mapping[int, str]) -> Iterator[Span]:
    for turn in sorted(turns):
        text = turns[turn]
        start = text.find(anchor.text)
        while start >= 0:
            yield Span(anchor.source, turn, start, start + len(anchor.text))
            start = text.find(anchor.text, start + 1)


def _without_white_space(anchor: Anchor, turns: Mapping[int, str]) -> Iterator[Span]:
    """Places whose text is the anchor's when every run of white space is one space."""
    words = anchor.text.split()
    wanted = " ".join(words)
    for turn in sorted(turns):
        text = turns[turn]
        if words[0] not in text:
            continue
        squeezed = " ".join(text.split())
        found: list[int] = []
        start = squeezed.find(wanted)
        while start >= 0 and len(found) <= _MOST_PLACES:
            found.append(start)
            start = squeezed.find(wanted, start + 1)
        if found:
            offsets = _offsets(text)
            for start in found:
                yield Span(anchor.source, turn, offsets[start], offsets[start + len(wanted) - 1] + 1)


def _offsets(text: str) -> list[int]:
    """For each character of the squeezed text, where it stands in the text."""
    offsets: list[int] = []
    for position, character in enumerate(text):
        if not character.isspace():
            if offsets and position and text[position - 1].isspace():
                offsets.append(position - 1)
            offsets.append(position)
    return offsets
