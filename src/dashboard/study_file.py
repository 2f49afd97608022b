"""``study.yaml`` ↔ Study: one readable file that says what the pages edit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import yaml

from dashboard.errors import InvalidStudy
from dashboard.rules import parse_rule
from dashboard.study import Stage, Study, Theme
from dashboard.study_mapping import stage_of, study_of, theme_of, to_mapping
from dashboard.study_tree import Book, Node, each_of, from_text, text_of


@dataclass(frozen=True)
class Starter:
    """A codebook or a journey to begin with."""

    name: str
    description: str = ""
    codebook: tuple[Theme, ...] = ()
    journey: tuple[Stage, ...] = ()


def from_yaml(text: str, *, name: str = "study.yaml") -> Study:
    """The study that a study file describes; ``name`` is the file's name in error messages.

    Only ``name`` is expected in every file; a missing id of an objective, assumption or question is its number (o1,
    a1, q1). Raises InvalidStudy with one sentence that names the file, the line and the place (``codebook[3].cues``,
    counted from 1), and what to do.

    >>> from_yaml("name: Leavers\\ncodebook: [{theme: Pricing, cues: [price, no]}]").codebook[0].cues
    ('price', 'no')
    """
    root = from_text(text, name)
    study = study_of(root)
    check(study, book=root.book)
    return study


def to_yaml(study: Study) -> str:
    """The text of the study's file; ``from_yaml`` of it is the study again, without its id.

    >>> print(to_yaml(Study("Leavers", interviewers=("Ada",))), end="")
    name: Leavers
    interviewers:
    - Ada
    """
    return yaml.dump(to_mapping(study), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=110)


def codebook_from_yaml(text: str, *, name: str = "codebook.yaml") -> Starter:
    """The codebook or journey that a file with the keys name, description and codebook or journey holds.

    Raises InvalidStudy as ``from_yaml`` does.
    """
    root = from_text(text, name)
    record = root.record("name", "description", "codebook", "journey")
    starter = Starter(
        root.need(record, "name").text(),
        text_of(record, "description"),
        each_of(record, "codebook", theme_of),
        each_of(record, "journey", stage_of),
    )
    check(Study(starter.name, codebook=starter.codebook, journey=starter.journey), book=root.book)
    return starter


def check(study: Study, *, book: Book | None = None) -> None:
    """Nothing, where the study holds together; else InvalidStudy, with the place.

    Every part can be written to a file and read again. Names of themes, stages, segments and ids are unique (upper and
    lower case are one), parents form no circle, and the rules of segments can be read. A parent that is no
    theme itself is a heading that groups themes.
    """
    book = book or Book("the study")
    study_of(Node(to_mapping(study), book))
    _unique(book, "codebook", "theme", study.themes)
    _unique(book, "journey", "stage", study.stages)
    _unique(book, "segments", "name", (segment.name for segment in study.segments))
    _unique(book, "objectives", "id", (objective.id for objective in study.objectives))
    _unique(book, "assumptions", "id", (assumption.id for assumption in study.assumptions))
    _unique(book, "guide", "id", (question.id for question in study.guide))
    parents = {theme.name: theme.parent for theme in study.codebook if theme.parent}
    for n, theme in enumerate(study.codebook):
        place = ("codebook", n, "parent")
        seen = {theme.name}
        above = theme.parent
        while above and above not in seen:
            seen.add(above)
            above = parents.get(above)
        if above == theme.name:
            raise book.problem(place, f"“{theme.name}” is above itself; give one theme of the circle no parent.")
    for n, segment in enumerate(study.segments):
        try:
            parse_rule(segment.rule)
        except InvalidStudy as error:
            raise book.problem(("segments", n, "rule"), str(error)) from None


def _unique(book: Book, key: str, part: str, names: Iterable[str]) -> None:
    seen: set[str] = set()
    for n, name in enumerate(names):
        if name.casefold() in seen:
            raise book.problem((key, n, part), f"“{name}” is there twice; rename or remove one of the two.")
        seen.add(name.casefold())


class _Dumper(yaml.SafeDumper):
    """Every list and mapping one entry a line; nothing is abbreviated by an alias."""

    def ignore_aliases(self, data: Any) -> bool:
        """No aliases: a person reads this file."""
        return True


def _written(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    """Text in quotes where it holds line breaks that only YAML knows, and as a block where it has several lines."""
    style = '"' if set(text) & set("\x85\u2028\u2029\ufeff") else "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _written)
