"""The fitted weights that come with this version, read once."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np

from dashboard.coding.features import Floats


@cache
def stored(name: str) -> dict[str, Floats]:
    """The arrays of one file of ``coding/model``, by their names."""
    with np.load(Path(__file__).parent / "model" / name) as arrays:
        return {each: arrays[each].astype(float) for each in arrays.files}
