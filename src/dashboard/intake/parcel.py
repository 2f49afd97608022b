"""ParsedSource ↔ bytes that are safe to open, whoever wrote them: JSON of plain values, each checked by its type."""

from __future__ import annotations

import json
import types
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from functools import cache
from itertools import chain
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from dashboard.intake.parsed import Column, ParsedSource, QuotedCoding, Row, Speaker
from dashboard.study import Stage, Theme, Turn

_RECORDS: tuple[type[Any], ...] = (ParsedSource, Turn, Row, Speaker, Column, Theme, Stage, QuotedCoding)
Check = Callable[[Sequence[Any]], Sequence[Any]]
"""Values of one field → the same values as the field takes them. Raises ValueError."""


def packed(parsed: ParsedSource) -> bytes:
    """What was read of a file, as bytes."""
    return json.dumps(_plain([parsed], ParsedSource), separators=(",", ":"), check_circular=False).encode("ascii")


def opened(data: bytes) -> ParsedSource:
    """What ``packed`` wrote. Raises ValueError for anything else.

    >>> opened(packed(ParsedSource("survey", "CSV", warnings=("One.",)))).warnings
    ('One.',)
    """
    try:
        (parsed,) = _record(ParsedSource)([json.loads(data)])[0]
    except (TypeError, KeyError, RecursionError) as problem:
        raise ValueError("no parcel") from problem
    found: ParsedSource = parsed
    return found


# Records stand field by field ({"text": [every text], …}): fewer bytes, and a whole field is checked at once.


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)


def _plain(records: Sequence[Any], kind: Any) -> dict[str, list[Any]]:
    hints = _hints(kind)
    found: dict[str, list[Any]] = {}
    for field in fields(kind):
        values = [getattr(record, field.name) for record in records]
        inner = _inner(hints[field.name])
        if inner in _RECORDS:
            values = [_plain(each, inner) for each in values]
        elif get_origin(hints[field.name]) is Mapping:
            values = [dict(each) for each in values]
        found[field.name] = values
    return found


def _inner(hint: Any) -> Any:
    """The X of tuple[X, ...], None for anything else."""
    return get_args(hint)[0] if get_origin(hint) is tuple else None


@cache
def _record(kind: Any) -> Check:
    hints = _hints(kind)
    checks = [(field.name, _check(hints[field.name])) for field in fields(kind)]

    def check(values: Sequence[Any]) -> Sequence[Any]:
        found = []
        for each in values:
            if type(each) is not dict or each.keys() != hints.keys():
                raise ValueError(f"no fields of {kind.__name__}")
            columns = [each[name] for name, _ in checks]
            if any(type(column) is not list or len(column) != len(columns[0]) for column in columns):
                raise ValueError(f"fields of {kind.__name__} of different length")
            found.append(tuple(map(kind, *(own(column) for (_, own), column in zip(checks, columns, strict=True)))))
        return found

    return check


def _check(hint: Any) -> Check:
    """What checks the values of one field."""
    origin, inside = get_origin(hint), get_args(hint)
    if origin is tuple and inside[0] in _RECORDS:
        return _record(inside[0])
    if origin is tuple:
        own = _check(inside[0])
        return lambda values: [tuple(own(each)) for each in _all(values, {list})]
    if origin is Mapping:
        keys, own = _check(inside[0]), _check(inside[1])

        def mapping(values: Sequence[Any]) -> Sequence[Any]:
            keys(list(chain.from_iterable(_all(values, {dict}))))
            own(list(chain.from_iterable(each.values() for each in values)))
            return values

        return mapping
    if origin is Literal:
        allowed = frozenset(inside)

        def one_of(values: Sequence[Any]) -> Sequence[Any]:
            if not set(_all(values, {str})) <= allowed:
                raise ValueError("a value that is none of those allowed")
            return values

        return one_of
    kinds = set(inside) if origin in (Union, types.UnionType) else {hint}
    if kinds <= {str, type(None)}:
        return lambda values: _texts(values, kinds)
    return lambda values: _all(values, kinds | ({int} if float in kinds else set()))


def _texts(values: Sequence[Any], kinds: set[Any]) -> Sequence[Any]:
    """Texts that nothing can keep are none: JSON spells halves of characters (the error is a ValueError)."""
    "".join(filter(None, _all(values, kinds))).encode("utf-8")
    return values


def _all(values: Sequence[Any], kinds: set[Any]) -> Sequence[Any]:
    if not set(map(type, values)) <= kinds:
        raise ValueError("a value of another type")
    return values
