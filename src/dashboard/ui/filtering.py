"""Filters as an address asks for them, against what there is to be filtered."""

from __future__ import annotations

from dashboard.evidence.tables import Evidence
from dashboard.filters import Filters


def known(asked: Filters, whole: Evidence) -> Filters:
    """Filters without attributes that the study does not (or no longer) have: a link may be older than the study."""
    there = set(whole.attributes)
    return Filters(
        attributes=tuple((name, values) for name, values in asked.attributes if name in there),
        segments=tuple(name for name in asked.segments if name in whole.values_of("segment")),
        source_kinds=asked.source_kinds,
        stages=asked.stages,
        themes=tuple(name for name in asked.themes if name in whole.study.themes),
        text=asked.text,
    )
