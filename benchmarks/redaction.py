"""``python -m benchmarks.redaction PATH``: recall by kind, and precision, of redaction on labelled texts (JSON).

PATH: a list of {"full_text", "spans": [{"entity_type", "start_position", "end_position"}]}. The second half is scored;
``--first`` scores the half that rules may be tuned on. A span is found where every letter and digit of it is covered.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

from dashboard.sharing.redaction import redact

KINDS = ("EMAIL_ADDRESS", "PHONE_NUMBER", "CREDIT_CARD", "IBAN_CODE", "IP_ADDRESS", "US_SSN", "DOMAIN_NAME", "PERSON",
         "STREET_ADDRESS")  # fmt: skip


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path)
    parser.add_argument("--first", action="store_true")
    options = parser.parse_args(arguments)
    rows = json.loads(options.path.read_text(encoding="utf-8"))
    half = len(rows) // 2
    there: Counter[str] = Counter()
    found: Counter[str] = Counter()
    marked = right = 0
    for row in rows[:half] if options.first else rows[half:]:
        text, marks = row["full_text"], redact(row["full_text"], strict=True).marks
        covered = {place for mark in marks for place in range(mark.start, mark.end)}
        for span in row["spans"]:
            letters = {p for p in range(span["start_position"], span["end_position"]) if text[p].isalnum()}
            there[span["entity_type"]] += 1
            found[span["entity_type"]] += letters <= covered
        for mark in marks:
            marked += 1
            right += any(mark.start < s["end_position"] and mark.end > s["start_position"] for s in row["spans"])
    for kind in KINDS:
        print(f"{kind:16} {found[kind]:4} of {there[kind]:4}  recall {found[kind] / max(1, there[kind]):.3f}")
    numbers = [kind for kind in KINDS if kind not in ("PERSON", "STREET_ADDRESS")]
    all_of_them, those_found = sum(there[kind] for kind in numbers), sum(found[kind] for kind in numbers)
    print(f"numbers and e-mail: {those_found} of {all_of_them} ({those_found / max(1, all_of_them):.3f})")
    print(f"marks that touch something labelled: {right} of {marked} ({right / max(1, marked):.3f})")


if __name__ == "__main__":
    main()
