"""Why a suggestion was made, in a few words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from dashboard.coding.features import Passages
from dashboard.coding.learning import Learned, Scored
from dashboard.coding.meaning import Vectors

_LIKE_EXAMPLE = 0.55  # cosine from which an example is worth naming
_QUESTION = 0.5  # deviations of meaning that the question adds
_LIKE_DEFINITION = 1.0  # deviations above the corpus' mean similarity
_LONGEST = 80  # characters of a quoted example or question


class Example(NamedTuple):
    """A confirmed example that a reason may quote."""

    text: str
    vector: Vectors


def reasons(
    rows: npt.NDArray[np.int64],
    things: npt.NDArray[np.int64],
    passages: Passages,
    learned: Learned,
    scored: Scored,
    examples: Sequence[Sequence[Example]],
) -> list[str]:
    """One reason for each (row, thing): its rarest cue, else a confirmed example, the question, or the definition."""
    cue_of = _best_cues(learned, scored)
    plain = [not cue_of.get(pair, (-1, True))[1] for pair in zip(rows.tolist(), things.tolist(), strict=True)]
    nearest = _nearest(rows, things, passages, examples, wanted=~np.array(plain, dtype=bool))
    found = []
    for row, thing, example in zip(rows.tolist(), things.tolist(), nearest, strict=True):
        cue, is_negated = cue_of.get((row, thing), (-1, False))
        if cue >= 0 and not is_negated:
            found.append(f"cue: “{learned.cues.texts[cue]}”")
        elif example:
            found.append(f"close to your example: “{_short(example)}”")
        elif scored.question[row, thing] >= _QUESTION:
            found.append(f"in answer to “{_short(passages.questions[passages.asked[row]])}”")
        elif cue >= 0:
            found.append(f"cue: “{learned.cues.texts[cue]}”, after a negation")
        elif scored.meaning[row, thing] >= _LIKE_DEFINITION:
            found.append("close to the definition")
        else:
            found.append("close to other passages like this")
    return found


def _best_cues(learned: Learned, scored: Scored) -> dict[tuple[int, int], tuple[int, bool]]:
    """(row, thing) → the cue that says most: one that is not negated, and the rarest of those."""
    best: dict[tuple[int, int], tuple[int, bool]] = {}
    for text, cue, is_negated in scored.hits:
        key = (text, learned.cues.owners[cue])
        before = best.get(key)
        if before is None or (not is_negated, learned.rarity[cue]) > (not before[1], learned.rarity[before[0]]):
            best[key] = (cue, is_negated)
    return best


def _nearest(
    rows: npt.NDArray[np.int64],
    things: npt.NDArray[np.int64],
    passages: Passages,
    examples: Sequence[Sequence[Example]],
    *,
    wanted: npt.NDArray[np.bool_],
) -> list[str]:
    """For each wanted (row, thing) the confirmed example it is like, "" where there is none."""
    found = [""] * len(rows)
    for thing, own in enumerate(examples):
        here = np.flatnonzero(wanted & (things == thing))
        if not own or not len(here):
            continue
        likeness = passages.vectors[rows[here]] @ np.array([example.vector for example in own], dtype=float).T
        nearest, close = likeness.argmax(axis=1), likeness.max(axis=1) >= _LIKE_EXAMPLE
        for number, position in zip(here[close].tolist(), nearest[close].tolist(), strict=True):
            found[number] = own[position].text
    return found


def _short(text: str) -> str:
    """The text on one line, cut at a word where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[:_LONGEST].rsplit(" ", 1)[0] + " …"
