"""How alike texts are in meaning, for what was never cut into passages: questions as they were asked."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


def likeness(texts: Sequence[str], others: Sequence[str]) -> Floats:
    """The cosine of each text's vector with each other's: shape (texts, others), −1 … 1, rounded to three digits.

    The sentence model is loaded at the first call and remembers short texts, so asking again costs nothing. Raises
    ConfigurationError where the model is not installed.

    >>> likeness([], ["How was it?"]).shape
    (0, 1)
    """
    if not texts or not others:
        return np.zeros((len(texts), len(others)))
    from dashboard.coding.meaning import sentences  # heavy, and only needed where something is compared

    model = sentences()
    # the same on every machine: the last digits of a product depend on how it was added up
    cosines = model.embed_kept(texts).astype(np.float64) @ model.embed_kept(others).astype(np.float64).T
    return np.asarray(np.round(cosines, 3), dtype=np.float64)
