"""The weights that come with this version are there and finite."""

from __future__ import annotations

import numpy as np
import pytest

from dashboard.coding import needs, sentiment
from dashboard.coding.weights import stored


@pytest.mark.parametrize("name", [needs.WEIGHTS, sentiment.WEIGHTS])
def test_every_array_is_finite_and_read_once(name: str) -> None:
    found = stored(name)
    assert found
    assert all(np.isfinite(array).all() for array in found.values())
    assert stored(name) is found
