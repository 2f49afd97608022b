"""Words with times, as speech-to-text services list them → utterances."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from dashboard.intake.times import seconds
from dashboard.intake.turns import Utterance

Word = tuple[str, float | None, float | None, str | None, bool]
"""A word, its start and end in seconds, its label, and whether it is punctuation that clings to the word before."""

_CLINGING = frozenset(".,?!:;…%)]}。、，？！")


def by_label(words: Iterable[Word]) -> list[Utterance]:
    """Words in a row with one label are one utterance; punctuation belongs to the word before it."""
    groups: list[list[Word]] = []
    for word in words:
        label = groups[-1][-1][3] if word[4] and groups else word[3]
        word = (*word[:3], label, word[4])
        if groups and groups[-1][-1][3] == label:
            groups[-1].append(word)
        else:
            groups.append([word])
    return [joined(group) for group in groups]


def sentences(words: Iterable[Word]) -> list[Utterance]:
    """Words without labels, parted after sentences once a paragraph is long enough, and at pauses."""
    groups: list[list[Word]] = [[]]
    length = 0
    for word in words:
        last = groups[-1][-1] if groups[-1] else None
        paused = (
            last is not None and last[2] is not None and word[1] is not None and word[1] - last[2] > 2.5 and not word[4]
        )
        ended = (
            last is not None and last[0].endswith((".", "?", "!", "。", "？", "！")) and length > 200 and not word[4]
        )
        if paused or ended:
            groups.append([])
            length = 0
        groups[-1].append((*word[:3], None, word[4]))
        length += len(word[0]) + 1
    return [joined(group) for group in groups if group]


def joined(words: Sequence[Word]) -> Utterance:
    """One utterance of words in a row, with the first one's label."""
    text = ""
    for word, _, _, _, clings in words:
        text += word if not text or clings or word in _CLINGING else f" {word}"
    return Utterance(
        words[0][3],
        text,
        next((start for _, start, _, _, _ in words if start is not None), None),
        next((end for _, _, end, _, _ in reversed(words) if end is not None), None),
    )


def places_at(spans: Sequence[tuple[float, float, Any]]) -> Callable[[float | None], int]:
    """A function from a time to the position of the span (in order of their starts) that it lies in or follows."""
    starts = [start for start, _, _ in spans]

    def at(time: float | None) -> int:
        return 0 if time is None else max(0, bisect_right(starts, time + 1e-6) - 1)

    return at


def labels_at(spans: Sequence[tuple[float | None, float | None, Any]]) -> Callable[[float | None], str | None]:
    """A function from a time to the label of the span that it lies in or follows."""
    ordered = sorted(((start or 0.0, end or 0.0, label) for start, end, label in spans), key=lambda span: span[:2])
    place = places_at(ordered)
    return lambda time: label_of(ordered[place(time)][2]) if ordered and time is not None else None


def label_of(value: Any) -> str | None:
    """A label as text, None where there is none."""
    if value is None or isinstance(value, (dict, list)):
        return None
    return str(value).strip() or None


def number_of(value: Any) -> float | None:
    """Seconds of a number, a numeral, ``1.2s`` or a stamp."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, str):
        text = value.strip().removesuffix("s")
        if ":" in text:
            return seconds(text)
        try:
            value = float(text)
        except ValueError:
            return None
    if not isinstance(value, (int, float)):
        return None
    number = float(value)
    return number if math.isfinite(number) else None


def thousandth(value: Any) -> float | None:
    """Seconds of a number of milliseconds."""
    number = number_of(value)
    return None if number is None else number / 1000
