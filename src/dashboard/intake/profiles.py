"""What stands in one column, in figures: how much, how different, how long, numbers or words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from dashboard.intake.scales import is_no_answer, numbers_of, word_scale

_SAMPLE = 4_000
"""Filled cells on which a column is judged, spread evenly over it."""
_DATE = re.compile(
    r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:[T ].{0,30})?|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}(?:[ ,].{0,30})?"
    r"|\d{1,2}\.? ?[A-Za-zä]{3,9}\.?,? \d{4}.{0,20}|[A-Za-z]{3,9}\.? \d{1,2},? \d{4}.{0,20}"
)
_EMAIL = re.compile(r"[^\s@,;<>]{1,80}@[^\s@,;<>]{1,80}\.[A-Za-z]{2,15}")
_IP = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}|[0-9a-fA-F]{1,4}(?::[0-9a-fA-F]{0,4}){4,7}|\*{1,7}")
_TOKEN = re.compile(
    r"R_[0-9A-Za-z]{10,20}|[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}|[0-9a-f]{16,40}|https?://\S+"
)
_CODE = re.compile(r"[A-Za-z]{1,4}[-_ ]?\d{1,6}")


@dataclass(frozen=True)
class Profile:
    """Figures of one column. counts: value → how often, of a sample; filled: non-empty cells in all.

    examples: up to three different values, the first there are.
    """

    filled: int
    counts: Mapping[str, int]
    examples: tuple[str, ...] = ()

    @property
    def seen(self) -> int:
        """Cells in the sample."""
        return sum(self.counts.values())

    @property
    def distinct(self) -> int:
        """Different values in the sample."""
        return len(self.counts)

    @cached_property
    def variety(self) -> float:
        """Different values per cell, answers such as "n/a" left out."""
        answers = self.answers
        return len({value.casefold() for value in answers}) / max(1, sum(answers.values()))

    @cached_property
    def answers(self) -> Mapping[str, int]:
        """The counts without "n/a", "don't know" and the like."""
        return {value: count for value, count in self.counts.items() if not is_no_answer(value)}

    @cached_property
    def numbers(self) -> Mapping[str, float]:
        """Value → number, where the column is one of numbers ("n/a" among them is no matter); else empty."""
        found = numbers_of(self.answers)
        cells = sum(self.answers[value] for value in found)
        return found if found and cells >= 0.9 * sum(self.answers.values()) else {}

    @cached_property
    def plain_numbers(self) -> bool:
        """Whether the numbers stand alone, without words, stars or signs."""
        return all(re.fullmatch(r"-?[\d.,]+", value) for value in self.numbers)

    @cached_property
    def low(self) -> float:
        """The smallest number."""
        return min(self.numbers.values(), default=0.0)

    @cached_property
    def high(self) -> float:
        """The largest number."""
        return max(self.numbers.values(), default=0.0)

    @cached_property
    def whole(self) -> bool:
        """Whether all numbers are whole."""
        return bool(self.numbers) and all(number.is_integer() for number in self.numbers.values())

    @cached_property
    def scale(self) -> Mapping[str, float]:
        """Value → step, where the values are steps of a judgement in words; else empty."""
        return word_scale(self.counts) if 2 <= self.distinct <= 12 else {}

    @cached_property
    def words(self) -> float:
        """Mean number of words of an answer."""
        total = sum(len(value.split()) * count for value, count in self.answers.items())
        return total / max(1, sum(self.answers.values()))

    @cached_property
    def longest(self) -> int:
        """Words of the longest answer."""
        return max((len(value.split()) for value in self.answers), default=0)

    def share(self, pattern: re.Pattern[str]) -> float:
        """Share of the cells that are of one form as a whole."""
        return sum(count for value, count in self.counts.items() if pattern.fullmatch(value)) / max(1, self.seen)

    @cached_property
    def dates(self) -> float:
        """Share of the cells that look like a date."""
        return self.share(_DATE)

    @cached_property
    def emails(self) -> float:
        """Share of the cells that are an e-mail address."""
        return self.share(_EMAIL)

    @cached_property
    def addresses(self) -> float:
        """Share of the cells that are an IP address."""
        return self.share(_IP)

    @cached_property
    def tokens(self) -> float:
        """Share of the cells that are a token that a machine made, or a web address."""
        return self.share(_TOKEN)

    @cached_property
    def codes(self) -> float:
        """Share of the cells that are a short code such as P07."""
        return self.share(_CODE)

    @cached_property
    def several(self) -> bool:
        """Whether cells hold several choices, joined: the parts come again and again where the whole does not."""
        for mark in (";", ", ", ",", "\n", "|"):
            parts: Counter[str] = Counter()
            joined = 0
            for value, count in self.answers.items():
                split = [part.strip().casefold() for part in value.split(mark) if part.strip()]
                joined += count if len(split) > 1 else 0
                for part in set(split):
                    parts[part] += count
            total = sum(parts.values())
            if joined >= 0.08 * max(1, self.seen) and total:
                again = sum(count for count in parts.values() if count > 1) / total
                short = sum(len(part.split()) * count for part, count in parts.items()) / total <= 6
                if again >= 0.75 and short and total / len(parts) >= 2:
                    return True
        return False

    @cached_property
    def running(self) -> bool:
        """Whether the cells number the rows: 1 … n."""
        if not self.whole or self.distinct < self.seen or self.low not in (0, 1):
            return False
        return self.high <= 1.5 * self.filled + 5


def profile_of(column: pd.Series) -> Profile:
    """The figures of one column of stripped text."""
    filled = [cell for cell in column.tolist() if cell]
    step = -(-len(filled) // _SAMPLE) or 1
    examples = tuple(dict.fromkeys(filled[:200]))[:3]
    return Profile(len(filled), dict(Counter(filled[::step]).most_common()), examples)
