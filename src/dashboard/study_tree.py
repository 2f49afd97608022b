"""The text of a study file as a tree of text, lists and mappings that knows where each thing stands.

Scalars stay as they were written (``no``, ``007`` and ``2026-06-30`` are text until the study says otherwise), nothing
is constructed from tags, and the tree is never larger or deeper than a study can be.
"""

from __future__ import annotations

import difflib
import math
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

import yaml

from dashboard.errors import InvalidStudy

MOST_CHARACTERS = 5_000_000
MOST_NODES = 200_000
DEEPEST = 20

Place = tuple[str | int, ...]
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TOO_DEEP = "lists and mappings are nested deeper than a study needs; flatten them"
_KINDS = ("str", "int", "float", "bool", "null", "timestamp", "seq", "map")
_TAGS = ("!", *(f"tag:yaml.org,2002:{kind}" for kind in _KINDS))
_NULLS = ("", "~", "null", "Null", "NULL")


@dataclass(frozen=True)
class Book:
    """Where a tree came from: the file's name, and the line (from 1) at which each place begins, where known."""

    name: str
    lines: Mapping[Place, int] = field(default_factory=dict)

    def problem(self, place: Place, said: str) -> InvalidStudy:
        """The error that names file, line and place.

        >>> str(Book("study.yaml", {("codebook", 2): 9}).problem(("codebook", 2, "cues"), "write a list."))
        'study.yaml, line 9, codebook[3].cues: write a list.'
        """
        around = [place[:n] for n in range(len(place), 0, -1)] or [place]
        line = next((self.lines[each] for each in around if each in self.lines), 0)
        path = ""
        for step in place:
            path += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if path else step
        where = [self.name, *([f"line {line}"] if line else []), *([path] if path else [])]
        return InvalidStudy(f"{', '.join(where)}: {said}")


@dataclass(frozen=True)
class Node:
    """One place of the tree: what stands there, and how to say so when it is not what a study needs."""

    value: Any
    book: Book
    place: Place = ()

    def problem(self, said: str) -> InvalidStudy:
        """The error that names this place."""
        return self.book.problem(self.place, said)

    @property
    def _shown(self) -> str:
        if isinstance(self.value, dict):
            return "a mapping"
        if isinstance(self.value, list):
            return "a list"
        text = "nothing" if self.value is None else str(self.value)
        return f"“{text[:40]}…”" if len(text) > 40 else f"“{text}”" if self.value is not None else text

    def text(self) -> str:
        """What is written here, without spaces around it."""
        if self.value is None or isinstance(self.value, dict | list) or not str(self.value).strip():
            raise self.problem(f"here stands {self._shown}, but it must be text; write one text, in quotes if need be.")
        return self._whole(str(self.value)).strip()

    def _whole(self, text: str) -> str:
        if not is_whole(text):
            raise self.problem("the text has a character in it that is half of one and cannot be kept; take it out.")
        return text

    def choice(self, among: Collection[str]) -> str:
        """One of these words."""
        text = self.text()
        if text not in among:
            raise self.problem(f"“{text}” is not known here; {_meant(text, among)}write one of {', '.join(among)}.")
        return text

    def number(self, least: float = -math.inf, most: float = math.inf) -> float:
        """A finite number, least ≤ number ≤ most."""
        try:
            number = math.nan if isinstance(self.value, bool | dict | list | None) else float(self.value)
        except ValueError:
            number = math.nan
        if not math.isfinite(number) or not least <= number <= most:
            bounds = f" from {least:g} to {most:g}" if math.isfinite(most) else f" of at least {least:g}"
            bounds = bounds if math.isfinite(least) else ""
            raise self.problem(f"here stands {self._shown}, but it must be a number{bounds}; write a number.")
        return number

    def whole(self, least: int) -> int:
        """A whole number of at least this."""
        number = self.number(least)
        if number != int(number):
            raise self.problem(f"here stands {self._shown}, but it must be a whole number; write one without a point.")
        return int(number)

    def flag(self) -> bool:
        """Whether it says true (or yes) rather than false (or no)."""
        return str(self.value).lower() in ("true", "yes") or self.choice(("true", "false", "yes", "no")) in (
            "true",
            "yes",
        )

    def items(self) -> list[Node]:
        """The members of a list; nothing written is an empty list."""
        if self.value is None:
            return []
        if not isinstance(self.value, list):
            raise self.problem(
                f"here stands {self._shown}, but it must be a list; write it as [one, two] or one a line."
            )
        return [Node(value, self.book, (*self.place, n)) for n, value in enumerate(self.value)]

    def texts(self) -> tuple[str, ...]:
        """The members of a list of texts."""
        return tuple(item.text() for item in self.items())

    def entries(self) -> dict[str, Node]:
        """The members of a mapping whose keys are names that people gave."""
        if self.value is None:
            return {}
        if not isinstance(self.value, dict):
            raise self.problem(
                f"here stands {self._shown}, but it must be a mapping; write it as name: value, one a line."
            )
        for key in self.value:
            self._whole(str(key))
        return {key: Node(value, self.book, (*self.place, key)) for key, value in self.value.items()}

    def record(self, *keys: str) -> dict[str, Node]:
        """The members of a mapping that has these keys and no other; keys with nothing written are left out."""
        entries = self.entries()
        for key, node in entries.items():
            if key not in keys:
                raise node.problem(
                    f"the key “{key}” is not known; {_meant(key, keys)}known here are {', '.join(keys)}."
                )
        return {key: node for key, node in entries.items() if node.value is not None}

    def need(self, record: Mapping[str, Node], key: str) -> Node:
        """The member of a record that must be there."""
        if key not in record:
            raise self.problem(f"the key “{key}” is missing; add it.")
        return record[key]


def _meant(text: str, among: Collection[str]) -> str:
    lower = {word.lower(): word for word in among}
    near = difflib.get_close_matches(text.lower()[:60], lower, n=1, cutoff=0.5)
    return f"did you mean “{lower[near[0]]}”? " if near else ""


def from_text(text: str, name: str) -> Node:
    """The root of the tree that a YAML text holds.

    Raises InvalidStudy where it is no YAML, holds tags or aliases that a study does not need, or is too large.
    """
    if len(text) > MOST_CHARACTERS:
        raise InvalidStudy(
            f"{name}: the file is larger than five million characters; a study file is not: give another."
        )
    lines: dict[Place, int] = {}
    book = Book(name, lines)
    try:
        builder = _Builder(yaml.parse(text.removeprefix("\ufeff"), Loader=_LOADER), book, lines)
        return Node(builder.document(), book)
    except yaml.MarkedYAMLError as error:
        mark: Any = error.problem_mark or error.context_mark
        where = f", line {mark.line + 1}" if mark else ""
        if "nesting" in str(error.problem):
            raise InvalidStudy(f"{name}{where}: {_TOO_DEEP}.") from None
        raise InvalidStudy(
            f"{name}{where}: the text cannot be read as YAML ({error.problem or error.context}); check the indentation "
            "there, and put texts with : # * & or quotes in them into quotes."
        ) from None
    except (yaml.YAMLError, UnicodeError):
        raise InvalidStudy(
            f"{name}: the file holds characters that YAML does not allow; save it as UTF-8 text."
        ) from None


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1


class _Builder:
    """Events → plain lists, dicts and texts, without recursion deeper than DEEPEST and without a tree that explodes."""

    def __init__(self, events: Iterator[Any], book: Book, lines: dict[Place, int]) -> None:
        self._events, self._book, self._lines = events, book, lines
        self._anchored: dict[str, tuple[Any, int]] = {}
        self._nodes = 0

    def document(self) -> Any:
        """The one document of the stream."""
        root = None
        documents = 0
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise self._refused(event, (), "a second document begins with ---; keep one document in the file")
                root = self._value(next(self._events), (), 0)
        return root

    def _refused(self, event: Any, place: Place, said: str) -> InvalidStudy:
        self._lines.setdefault(place or ("",), _line(event))
        if place:
            return self._book.problem(place, said + ".")
        return InvalidStudy(f"{self._book.name}, line {_line(event)}: {said}.")

    def _value(self, event: Any, place: Place, depth: int) -> Any:
        self._lines.setdefault(place, _line(event))
        if depth > DEEPEST:
            raise self._refused(event, place[:4], _TOO_DEEP)
        before = self._nodes
        if isinstance(event, yaml.AliasEvent):
            if event.anchor not in self._anchored:
                raise self._refused(event, place, f"*{event.anchor} stands for nothing; put a text with * into quotes")
            value, size = self._anchored[event.anchor]
            self._count(size, event, place)
            return value
        self._count(1, event, place)
        tag = getattr(event, "tag", None)
        if tag and tag not in _TAGS:
            raise self._refused(
                event, place, f"the tag {tag[:40]} is not allowed; remove it or put the text into quotes"
            )
        value = self._of(event, place, depth)
        if event.anchor:
            self._anchored[event.anchor] = (value, self._nodes - before)
        return value

    def _of(self, event: Any, place: Place, depth: int) -> Any:
        if isinstance(event, yaml.ScalarEvent):
            return None if event.implicit[0] and event.value in _NULLS else event.value  # [0]: plain, without a tag
        if isinstance(event, yaml.SequenceStartEvent):
            items: list[Any] = []
            while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
                items.append(self._value(event, (*place, len(items)), depth + 1))
            return items
        entries: dict[str, Any] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                raise self._refused(event, place, "a name before the colon must be text; put it into quotes")
            key = event.value
            self._count(1, event, place)
            self._lines.setdefault((*place, key), _line(event))
            if key in entries:
                self._lines[(*place, key)] = _line(event)
                raise self._refused(event, (*place, key), f"“{key}” is written twice; keep one of the two")
            entries[key] = self._value(next(self._events), (*place, key), depth + 1)
        return entries

    def _count(self, nodes: int, event: Any, place: Place) -> None:
        self._nodes += nodes
        if self._nodes > MOST_NODES:
            raise self._refused(event, place[:2], "the file holds far more entries than a study has; shorten it")


def is_whole(text: str) -> bool:
    """Whether a text can be kept and shown: JSON, RTF and YAML can spell halves of characters (surrogates).

    >>> is_whole("Ünal 👋"), is_whole("\\ud83d")
    (True, False)
    """
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


# ---------------------------------------------------------------- members that may be missing

_T = TypeVar("_T")
Record = Mapping[str, Node]


def text_of(record: Record, key: str, default: str = "") -> str:
    """The text under a key that may be missing."""
    node = record.get(key)
    return node.text() if node and node.value != "" else default


def each_of(record: Record, key: str, read: Callable[[Node], _T]) -> tuple[_T, ...]:
    """What ``read`` makes of each member of the list under a key that may be missing."""
    return tuple(read(node) for node in record[key].items()) if key in record else ()


def texts_of(record: Record, key: str) -> tuple[str, ...]:
    """The texts of the list under a key that may be missing."""
    return record[key].texts() if key in record else ()


def entries_of(record: Record, key: str) -> Iterable[tuple[str, Node]]:
    """Names and members of the mapping under a key that may be missing."""
    return record[key].entries().items() if key in record else ()
