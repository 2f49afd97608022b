"""Coding: passages → suggested codings; pure values in, pure values out.

``fit`` learns a frozen ``Coder`` from a study, its decisions and its corpus; ``code`` applies it to a batch of passages.
Both are imported when first used, so that importing this package costs nothing.
"""

# ruff: noqa: E501

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dashboard.coding.blend import Coder, Codings, code, fit

__all__ = ["Coder", "Codings", "code", "fit"]


def __getattr__(name: str) -> Any:
    if name in __all__:
        from dashboard.coding import blend

        return getattr(blend, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
