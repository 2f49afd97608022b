"""How well the rules tell kinds of questions apart: precision and recall on questions that were kept apart.

``tests/analysis/questions_labelled.csv`` holds questions written and labelled for this product before the rules, then
split at random within each label. Labels:

- open: the person can answer in their own words (also by an indirect "Can you tell me how …", and a word taken up as a
  probe, "Expensive?"); closed: yes or no, a choice, a number, date or name, a degree ("How easy …"), a statement to be
  confirmed. A question with an open part is open.
- leading: it suggests an answer or lends an evaluation: tags, negatives, presumed feelings, one end of a scale, charged
  words, what others think. A plain "Was it easy?" is closed, and not leading.
- double-barrelled: it asks about two things; alternatives ("A or B?") and fixed pairs ("pros and cons") are not.
"""

from __future__ import annotations

import argparse
import csv
from pathlib import Path

from dashboard.analysis.question_kinds import judge

LABELLED = Path(__file__).parents[1] / "tests" / "analysis" / "questions_labelled.csv"
KINDS = ("open", "closed", "leading", "double-barrelled")


def labelled(half: str) -> list[tuple[str, frozenset[str]]]:
    """The questions of one half with the kinds a person gave them."""
    with LABELLED.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["half"] == half]
    return [
        (
            row["question"],
            frozenset(
                [row["open_closed"]]
                + ["leading"] * (row["leading"] == "1")
                + ["double-barrelled"] * (row["double_barrelled"] == "1")
            ),
        )
        for row in rows
    ]


def judged(question: str) -> frozenset[str]:
    """The kinds that the rules give a question."""
    judgement = judge(question)
    return frozenset(
        [judgement.kind] + ["leading"] * judgement.leading + ["double-barrelled"] * judgement.double_barrelled
    )


def scores(half: str) -> dict[str, tuple[int, int, int]]:
    """Kind → questions of that kind, questions given it, and questions rightly given it."""
    pairs = [(given, judged(question)) for question, given in labelled(half)]
    return {
        kind: (
            sum(kind in given for given, _ in pairs),
            sum(kind in found for _, found in pairs),
            sum(kind in given and kind in found for given, found in pairs),
        )
        for kind in KINDS
    }


def main(arguments: list[str] | None = None) -> None:
    """Print precision and recall by kind."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--half", choices=("seen", "unseen"), default="unseen")
    half = options.parse_args(arguments).half
    print(f"{half} half, {len(labelled(half))} questions")
    print(f"{'kind':<18}{'labelled':>9}{'found':>7}{'precision':>11}{'recall':>8}")
    for kind, (labels, found, right) in scores(half).items():
        precision, recall = right / max(found, 1), right / max(labels, 1)
        print(f"{kind:<18}{labels:>9}{found:>7}{precision:>11.3f}{recall:>8.3f}")


if __name__ == "__main__":
    main()
