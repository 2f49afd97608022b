"""Whether a word is ordinary English: what redaction may take for no name where nothing else says that it is one."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

_ENDINGS = (
    "ing",
    "ed",
    "es",
    "s",
    "ly",
    "er",
    "ers",
    "ies",
    "ier",
    "able",
    "ness",
    "ment",
    "ments",
    "d",
    "less",
    "ful",
)
_BEGINNINGS = ("un", "re", "non", "over", "under", "pre", "mis", "out")


def is_english(word: str) -> bool:
    """Whether a word, or what is left of it without a usual ending or beginning, is known.

    What is known holds common names too; those stand in the gazetteer.

    >>> is_english("refunding"), is_english("wibblethorp")
    (True, False)
    """
    pieces = word.casefold().replace("’", "'").replace("-", "'").split("'")
    return all(len(piece) <= 2 or any(stem in known() for stem in _stems(piece)) for piece in pieces)


def _stems(word: str) -> list[str]:
    found = [word]
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            stem = word[: -len(ending)]
            found += [stem, stem + "e", stem + "y", stem[:-1] if stem[-1:] == stem[-2:-1] else stem]
    for beginning in _BEGINNINGS:
        if word.startswith(beginning) and len(word) - len(beginning) >= 4:
            found += _stems(word[len(beginning) :])
    return found


@cache
def known() -> frozenset[str]:
    """Words of the sentence model's vocabulary, and words of business that it does not know whole."""
    pieces = files("dashboard.coding").joinpath("model", "vocab.txt").read_text(encoding="utf-8").split("\n")
    more = files("dashboard.sharing").joinpath("names", "ordinary.txt").read_text(encoding="utf-8").split()
    return frozenset(piece for piece in (*pieces, *more) if piece.isalpha() and len(piece) > 1)
