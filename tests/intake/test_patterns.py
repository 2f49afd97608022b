"""Every hand-written pattern of the readers, found by itself, against long text of the characters it is made of."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import pytest

from dashboard import intake

LONG = 30_000
SECONDS = 1.0
"""A linear pattern takes some milliseconds; one that is quadratic takes minutes."""
ANYWHERE = frozenset({"search", "finditer", "findall", "sub", "subn", "split"})


@dataclass(frozen=True)
class Found:
    """A pattern, and whether it is looked for anywhere in a text or only at its beginning."""

    pattern: re.Pattern[str]
    anywhere: bool


def patterns() -> dict[str, Found]:
    """``module.NAME`` or ``module:line`` → pattern: compiled ones, and those written where they are used."""
    found: dict[str, Found] = {}
    uses = _uses()
    for info in pkgutil.iter_modules(intake.__path__):
        module = importlib.import_module(f"dashboard.intake.{info.name}")
        for name, value in vars(module).items():
            for at, pattern in enumerate(_within(value)):
                used = uses.get((info.name if name.startswith("_") else "", name))
                anywhere = not used or bool(used & ANYWHERE)
                found.setdefault(f"{info.name}.{name}" + (f".{at}" if at else ""), Found(pattern, anywhere))
        tree = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
                continue
            first = node.args[0]
            inline = (
                isinstance(node.func.value, ast.Name) and node.func.value.id == "re" and node.func.attr != "compile"
            )
            if inline and isinstance(first, ast.Constant) and isinstance(first.value, str):
                anywhere = node.func.attr in ANYWHERE
                found[f"{info.name}:{node.lineno}"] = Found(re.compile(first.value), anywhere)
    return {name: each for name, each in found.items() if isinstance(each.pattern.pattern, str)}


def _uses() -> dict[tuple[str, str], set[str]]:
    """(Module, name of a compiled pattern) → the methods called on it; no module for a name that is not private."""
    found: dict[tuple[str, str], set[str]] = {}
    for info in pkgutil.iter_modules(intake.__path__):
        module = importlib.import_module(f"dashboard.intake.{info.name}")
        for node in ast.walk(ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                private = info.name if node.value.id.startswith("_") else ""
                found.setdefault((private, node.value.id), set()).add(node.attr)
    methods = {*ANYWHERE, "match", "fullmatch"}
    return {name: used & methods for name, used in found.items()}


def _within(value: Any) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _within(each)
    elif isinstance(value, (tuple, list)):
        for each in value:
            yield from _within(each)


def characters(pattern: re.Pattern[str]) -> list[str]:
    """Characters that the pattern asks for, and one for each kind that it allows."""
    found: dict[str, None] = {}

    def walk(tree: Any) -> None:
        for code, value in tree:
            if code in (codes.LITERAL, codes.NOT_LITERAL):
                found[chr(value)] = None
            elif code is codes.RANGE:
                found[chr(value[0])] = None
            elif code is codes.CATEGORY:
                kind = str(value)
                found["1" if "DIGIT" in kind else " " if "SPACE" in kind else "a"] = None
            elif code is codes.IN:
                walk(value)
            elif code is codes.BRANCH:
                for each in value[1]:
                    walk(each)
            elif code is codes.ANY:
                found["a"] = None
            elif isinstance(value, (tuple, list)) or hasattr(value, "data"):
                parts = value if isinstance(value, (tuple, list)) else [value]
                for each in parts:
                    if hasattr(each, "data"):
                        walk(each)

    walk(parser.parse(pattern.pattern, pattern.flags))
    ordered = sorted(found, key=lambda c: (c.isalpha(), c))[:10]
    return [*dict.fromkeys([*ordered, " ", "1", "a"])]


def bait(pattern: re.Pattern[str]) -> Iterator[str]:
    """Long texts: one character again and again, two in turn, and pieces of the pattern with a wrong end."""
    known = characters(pattern)
    for character in known:
        yield character * LONG + "\n!"
    for one, other in pairwise([*known, known[0]]):
        yield (one + other) * (LONG // 2) + "\0"
    yield "".join(known) * (LONG // len(known))


FOUND = patterns()


def test_patterns_are_found() -> None:
    assert len(FOUND) > 100


@pytest.mark.parametrize("name", FOUND)
def test_it_takes_time_in_proportion_to_the_text(name: str) -> None:
    found = FOUND[name]
    for text in bait(found.pattern):
        begin = time.process_time()
        found.pattern.search(text) if found.anywhere else (found.pattern.match(text), found.pattern.fullmatch(text))
        assert time.process_time() - begin < SECONDS, text[:20]
