"""Themes and stages as text and back, and changes of a codebook or journey: values in, values out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain
from typing import Literal, TypeVar

from dashboard.errors import InvalidStudy
from dashboard.study import Stage, Study, Theme
from dashboard.ui.rows import Row, Tag

Kind = Literal["theme", "stage"]
Item = TypeVar("Item", Theme, Stage)

_BULLET = re.compile(r"[-–•*·]\s+")
_NUMBER = re.compile(r"\d{1,3}[.)]\s+")
_MOST_NAME = 120


def lines_of(text: str) -> tuple[str, ...]:
    """The lines of a field, each once, without empty ones.

    >>> lines_of("price\\n\\n cost* \\nprice")
    ('price', 'cost*')
    """
    return tuple(dict.fromkeys(line for each in text.splitlines() if (line := " ".join(each.split()))))


def listed(items: Sequence[str]) -> str:
    """The same lines as the text of a field."""
    return "\n".join(items)


def outline(items: Sequence[Theme] | Sequence[Stage]) -> list[tuple[Theme | Stage, int]]:
    """The items in the order they are read, each with how deep it stands: themes below their parents.

    >>> [(theme.name, depth) for theme, depth in outline((Theme("A"), Theme("C"), Theme("B", parent="A")))]
    [('A', 0), ('B', 1), ('C', 0)]
    """
    names = {item.name for item in items}
    below: dict[str | None, list[Theme | Stage]] = {}
    for item in items:
        parent = item.parent if isinstance(item, Theme) else None
        below.setdefault(parent if parent in names and parent != item.name else None, []).append(item)
    found: list[tuple[Theme | Stage, int]] = []
    seen: set[str] = set()

    def walk(parent: str | None, depth: int) -> None:
        for item in below.get(parent, ()):
            if item.name not in seen:
                seen.add(item.name)
                found.append((item, depth))
                walk(item.name, depth + 1)

    walk(None, 0)
    found += [(item, 0) for item in items if item.name not in seen]  # themes that are each other's parents
    return found


def row_of(item: Theme | Stage, depth: int, kind: Kind) -> Row:
    """What the list shows of one theme or stage."""
    cues = len(item.cues)
    lines = (item.definition,) if item.definition else ()
    tags = () if cues or item.definition else (Tag("name only", "caution"),)
    examples = len(item.include) if isinstance(item, Theme) else 0
    said = [f"{cues} cue{'' if cues == 1 else 's'}"] if cues else []
    said += [f"{examples} example{'' if examples == 1 else 's'}"] if examples else []
    return Row(item.name, item.name, (*lines, *([" · ".join(said)] if said else [])), tags, indent=min(depth, 4))


def with_item(study: Study, item: Theme | Stage, *, old: str = "") -> Study:
    """The study with this theme or stage in the place of the one called ``old``, or at the end.

    Raises InvalidStudy where it has no name or another one's.
    """
    one = "theme" if isinstance(item, Theme) else "stage"
    taken = study.themes if isinstance(item, Theme) else study.stages
    if not item.name:
        raise InvalidStudy(f"A {one} needs a name; write one and save again.")
    if item.name != old and item.name in taken:
        raise InvalidStudy(f"There is a {one} called “{item.name}” already; choose another name.")
    if isinstance(item, Theme):
        return replace(study, codebook=_placed(study.codebook, item, old))
    return replace(study, journey=_placed(study.journey, item, old))


def _placed(items: Sequence[Item], item: Item, old: str) -> tuple[Item, ...]:
    if old and any(each.name == old for each in items):
        return tuple(item if each.name == old else each for each in items)
    return tuple(chain(items, (item,)))


def moved(items: Sequence[Item], name: str, by: int) -> tuple[Item, ...]:
    """The items with one moved by so many places, as far as there is room.

    >>> [stage.name for stage in moved((Stage("A"), Stage("B"), Stage("C")), "C", -1)]
    ['A', 'C', 'B']
    """
    order = list(items)
    at = next((position for position, item in enumerate(order) if item.name == name), None)
    if at is None:
        return tuple(items)
    order.insert(max(0, min(len(order) - 1, at + by)), order.pop(at))
    return tuple(order)


def added(study: Study, kind: Kind, text: str) -> tuple[list[Theme | Stage], list[str]]:
    """The new themes or stages of a pasted list, and the names that are there already.

    One a line; bullets and numbers before a name are left out; a definition follows a colon, a tab or a dash. A
    theme on an indented line, or after a bullet, is part of the theme above it; so is "Parent > Theme".
    """
    taken = {name.casefold() for name in (study.themes if kind == "theme" else study.stages)}
    spelled = {name.casefold(): name for name in study.themes}
    new: list[Theme | Stage] = []
    known: list[str] = []
    parent: str | None = None
    for line in text.splitlines():
        if not line.strip():
            continue
        below, name, definition = _entry(line)
        above: str | None = parent if below else None
        if kind == "theme" and " > " in name:
            above, _, name = (part.strip() for part in name.rpartition(" > "))
        if not name:
            continue
        name = name[:_MOST_NAME].strip()
        if not below:
            parent = spelled.get(name.casefold(), name)
        if name.casefold() in taken:
            known.append(name)
            continue
        taken.add(name.casefold())
        spelled[name.casefold()] = name
        if kind == "theme":
            held = spelled.get(above.casefold()) if above else None
            new.append(Theme(name, definition, parent=held))
        else:
            new.append(Stage(name, definition))
    return new, known


def paste_said(new: Sequence[Theme | Stage], known: Sequence[str], one: str, many: str) -> str:
    """What a pasted list would add, in words.

    >>> paste_said([Stage("Discover")], ["Renew"], "stage", "stages")
    '1 new stage: Discover. There already: Renew.'
    """
    said = f"{len(new)} new {one if len(new) == 1 else many}" if new else f"No new {one}"
    if new:
        names = [
            item.name + (f" (part of {item.parent})" if isinstance(item, Theme) and item.parent else "") for item in new
        ]
        said += f": {', '.join(names)}"
    return f"{said}. There already: {', '.join(known)}." if known else f"{said}."


def _entry(line: str) -> tuple[bool, str, str]:
    """Whether a line stands below the one before, the name, and the definition."""
    text = line.strip()
    indented = line[:1] in " \t" and bool(text)
    bullet = _BULLET.match(text)
    number = _NUMBER.match(text)
    text = text[(bullet or number).end() :] if bullet or number else text  # type: ignore[union-attr]
    cut = [at for mark in (":", "\t", " - ", " – ", " — ") if (at := text.find(mark)) > 0]
    if not cut:
        return indented or bool(bullet), text.strip(), ""
    at = min(cut)
    return indented or bool(bullet), text[:at].strip(), text[at:].lstrip(":\t -–—").strip()
