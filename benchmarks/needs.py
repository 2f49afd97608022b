"""How well unmet needs are found: precision and recall on passages that were kept apart.

``tests/coding/needs_labelled.csv`` holds three hundred passages written and labelled for this product, from many
trades: ``kind`` is wish, missing (a capability), workaround or elsewhere (a job done elsewhere) for a need, and empty
for what is none, among it what only sounds like one ("I would love to recommend it", "nothing is missing"). Which half
a passage belongs to follows from its text alone (``half_of``); the turns of phrase were widened by looking at the seen
half, the unseen half is only counted. The same hand wrote passages and rules, so customers' own words will do worse.
"""

from __future__ import annotations

import argparse
import csv
import zlib
from pathlib import Path
from typing import Literal

from dashboard.coding.features import prepare
from dashboard.coding.meaning import sentences
from dashboard.coding.needs import NEED_AT, needs, today
from dashboard.coding.sentiment import sentiment

LABELLED = Path(__file__).parents[1] / "tests" / "coding" / "needs_labelled.csv"
KINDS = ("wish", "missing", "workaround", "elsewhere")
WAYS = ("workaround", "elsewhere")
"""Kinds that say how people manage today."""

Half = Literal["seen", "unseen"]


def half_of(text: str) -> Half:
    """The half that a passage belongs to, by the parity of the CRC-32 of its text."""
    return "seen" if zlib.crc32(text.encode()) % 2 == 0 else "unseen"


def labelled(half: Half) -> list[tuple[str, str]]:
    """(kind, text) of one half; "" for what is no need."""
    with LABELLED.open(encoding="utf-8", newline="") as file:
        return [(row["kind"], row["text"]) for row in csv.DictReader(file) if half_of(row["text"]) == half]


def found(texts: list[str]) -> list[bool]:
    """Whether each passage counts as a need, before anybody has decided on it."""
    model = sentences()
    passages = prepare(texts, model.embed(texts))
    log_odds = needs(passages, sentiment(passages), model).log_odds
    return [bool(chance >= NEED_AT) for chance in 1 / (1 + 2.718281828459045 ** (-log_odds))]


def scores(half: Half) -> dict[str, tuple[int, int, int]]:
    """What is looked for → passages that are it, passages taken for it, and rightly so: "need", and "today"."""
    rows = labelled(half)
    texts = [text for _, text in rows]
    is_need, is_way = [kind in KINDS for kind, _ in rows], [kind in WAYS for kind, _ in rows]
    taken = found(texts)
    # of the passages that count as a need, which say how people manage today
    ways = [way and need for way, need in zip(today(texts).tolist(), taken, strict=True)]
    return {"need": _counted(is_need, taken), "today": _counted(is_way, ways)}


def recalled(half: Half) -> dict[str, tuple[int, int]]:
    """Kind → its passages, and those of them that count as a need."""
    rows = labelled(half)
    taken = found([text for _, text in rows])
    return {
        kind: (
            sum(of == kind for of, _ in rows),
            sum(of == kind and need for (of, _), need in zip(rows, taken, strict=True)),
        )
        for kind in KINDS
    }


def _counted(labels: list[bool], taken: list[bool]) -> tuple[int, int, int]:
    return sum(labels), sum(taken), sum(label and take for label, take in zip(labels, taken, strict=True))


def main(arguments: list[str] | None = None) -> None:
    """Print precision and recall of both halves, and the recall of each kind."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--half", choices=("seen", "unseen"), default="unseen")
    options.add_argument("--wrong", action="store_true", help="list what was missed or wrongly taken, of the seen half")
    given = options.parse_args(arguments)
    print(f"{given.half} half, {len(labelled(given.half))} passages")
    print(f"{'looked for':<12}{'labelled':>9}{'found':>7}{'precision':>11}{'recall':>8}")
    for name, (labels, taken, right) in scores(given.half).items():
        print(f"{name:<12}{labels:>9}{taken:>7}{right / max(taken, 1):>11.3f}{right / max(labels, 1):>8.3f}")
    for kind, (labels, right) in recalled(given.half).items():
        print(f"  {kind:<10}{labels:>9}{'':>18}{right / max(labels, 1):>8.3f}")
    if given.wrong:
        rows = labelled("seen")
        for (kind, text), need in zip(rows, found([text for _, text in rows]), strict=True):
            if need != (kind in KINDS):
                print(f"{'missed' if kind else 'wrong':<8}{kind:<12}{text}")


if __name__ == "__main__":
    main()
