"""The sentence vectors of a source's passages: one part, named by what was embedded and nothing else.

A correction that leaves the words as they are (of a date, of a recording) finds the vectors that are there.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa

from dashboard.coding.meaning import MODEL, sentences
from dashboard.evidence.parts import Parts, name_of


def name(passages: pd.DataFrame) -> str:
    """The part of these passages (``text``, ``codable``): of the texts of the codable ones, in order, and the model."""
    return name_of("vectors", passages.loc[passages["codable"], "text"].tolist(), MODEL)


def make(parts: Parts, passages: pd.DataFrame, *, threads: int = 0) -> None:
    """Embed the codable passages where that was not done yet: one row each."""
    part = name(passages)
    if parts.has(part):
        return
    model = sentences(threads)
    texts = passages.loc[passages["codable"], "text"].tolist()
    found = model.embed(texts) if texts else np.zeros((0, model.width), dtype=np.float32)
    column = pa.FixedSizeListArray.from_arrays(pa.array(found.reshape(-1)), model.width)
    parts.write(part, pa.table({"vector": column}))


def read(parts: Parts, passages: pd.DataFrame) -> np.ndarray:
    """The vectors of these passages, (n, width); zeros where one is not codable. Raises EngineError where none are."""
    column = parts.read(name(passages))["vector"].combine_chunks()
    width = column.type.list_size
    found = np.zeros((len(passages), width), dtype=np.float32)
    found[passages["codable"].to_numpy(dtype=bool)] = np.asarray(column.values).reshape(-1, width)
    return found
