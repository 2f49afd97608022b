"""What people decided, and the codebook's own examples, as rows to learn from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.coding.features import Passages, prepare
from dashboard.coding.meaning import Sentences, Vectors
from dashboard.study import Study

Labels = npt.NDArray[np.int8]


@dataclass(frozen=True)
class Examples:
    """Examples, one row a text; labels are 1 confirmed, 0 rejected, −1 not decided.

    themes: (rows, themes). stages: (rows, stages). need: (rows,).
    """

    texts: list[str]
    passages: Passages
    themes: Labels
    stages: Labels
    need: Labels


def examples_of(
    study: Study, decisions: pd.DataFrame, corpus: pd.DataFrame, vectors: Vectors, model: Sentences
) -> Examples:
    """Every example of the study. Where persons disagree on a text and theme, it teaches nothing."""
    theme_at = {name: position for position, name in enumerate(study.themes)}
    stage_at = {name: position for position, name in enumerate(study.stages)}
    row_of = {passage: row for row, passage in enumerate(corpus["passage"])}
    said: dict[tuple[int, str], dict[tuple[str, int], set[int]]] = {}

    def note(key: tuple[int, str], kind: str, position: int, label: int) -> None:
        said.setdefault(key, {}).setdefault((kind, position), set()).add(label)

    for position, theme in enumerate(study.codebook):
        for text in theme.include:
            note((-1, text), "theme", position, 1)
        for text in theme.exclude:
            note((-1, text), "theme", position, 0)
    columns = ["passage", "text", "kind", "value", "status"]
    for passage, text, kind, value, status in decisions[columns].itertuples(index=False, name=None):
        if status not in ("confirmed", "rejected") or not str(text).strip():
            continue
        row = row_of.get(passage, -1)
        key = (row, "" if row >= 0 else str(text))
        label = int(status == "confirmed")
        if kind == "theme" and value in theme_at:
            note(key, "theme", theme_at[value], label)
        elif kind == "need":
            note(key, "need", 0, label)
        elif kind == "stage" and label:
            # One stage confirmed rejects the others; none confirmed rejects all.
            for name, position in stage_at.items():
                note(key, "stage", position, int(name == value))
        elif kind == "stage" and value in stage_at:
            note(key, "stage", stage_at[value], 0)
    keys = sorted(said)
    labels = {
        "theme": np.full((len(keys), len(theme_at)), -1, dtype=np.int8),
        "stage": np.full((len(keys), len(stage_at)), -1, dtype=np.int8),
        "need": np.full((len(keys), 1), -1, dtype=np.int8),
    }
    for number, key in enumerate(keys):
        for (kind, position), given in said[key].items():
            if len(given) == 1:
                labels[kind][number, position] = next(iter(given))
    texts = [str(corpus["text"].iat[row]) if row >= 0 else text for row, text in keys]
    questions = [str(corpus["question"].iat[row]) if row >= 0 and "question" in corpus else "" for row, _ in keys]
    own = np.zeros((len(keys), vectors.shape[1]), dtype=np.float32)
    # A passage that cannot be coded has no vector in the corpus.
    loose = [n for n, (row, _) in enumerate(keys) if row < 0 or not vectors[row].any()]
    for number, (row, _) in enumerate(keys):
        if row >= 0:
            own[number] = vectors[row]
    if loose:
        own[loose] = model.embed_kept([texts[number] for number in loose])
    prepared = prepare(texts, own, questions=questions)
    return Examples(texts, prepared, labels["theme"], labels["stage"], labels["need"][:, 0])
