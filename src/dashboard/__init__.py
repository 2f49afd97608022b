"""A dashboard for customer research: themes by segment, friction along the journey, and the quotes behind every number.

The names in ``__all__`` are the public API; they are imported when they are first used.

>>> from dashboard import Filters
>>> Filters(text="invoice").to_words()
'“invoice” in the text'
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

_HOMES = {
    "MEASURES": "dashboard.charts.measures",
    "Filters": "dashboard.filters",
    "open_workspace": "dashboard.workspace",
    "read": "dashboard.intake",
}

__all__ = ["MEASURES", "Filters", "open_workspace", "read"]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
