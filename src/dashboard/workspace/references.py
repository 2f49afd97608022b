"""What of a study speaks of a theme or a stage by its name: renamed and taken out everywhere at once; pure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from typing import Literal

from dashboard.study import Study

Kind = Literal["theme", "stage"]


def renamed(study: Study, kind: Kind, old: str, new: str) -> Study:
    """The study in which parents, comparisons, assumptions or guide questions speak of ``new`` where they said ``old``.

    The theme or stage itself is left as it is.
    """
    return _mapped(study, kind, lambda name: new if name == old else name)


def without(study: Study, kind: Kind, gone: Collection[str]) -> Study:
    """The study in which nothing speaks of these themes or stages any more."""
    return _mapped(study, kind, lambda name: None if name in gone else name)


def _mapped(study: Study, kind: Kind, name_of: Callable[[str], str | None]) -> Study:
    if kind == "stage":
        guide = (replace(each, stage=name_of(each.stage) if each.stage else None) for each in study.guide)
        return replace(study, guide=tuple(guide))

    def of(names: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for each in names if (name := name_of(each)) is not None))

    return replace(
        study,
        codebook=tuple(replace(t, parent=name_of(t.parent) if t.parent else None) for t in study.codebook),
        objectives=tuple(
            replace(
                each,
                comparisons=tuple(
                    replace(c, theme=name) for c in each.comparisons if (name := name_of(c.theme)) is not None
                ),
            )
            for each in study.objectives
        ),
        assumptions=tuple(
            replace(each, supports=of(each.supports), contradicts=of(each.contradicts)) for each in study.assumptions
        ),
    )
