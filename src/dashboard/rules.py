"""Segment rules: ``status = 'churned' and tenure in ('under 1 year', '1 to 2 years')``.

    rule       = clause {"or" clause}
    clause     = condition {"and" condition}
    condition  = "not" condition | "(" rule ")" | name comparison
    comparison = ("=" | "!=" | "<" | "<=" | ">" | ">=") value | ["not"] "in" "(" value {"," value} ")"
    name       = identifier | "\"" any characters "\""
    value      = "'" any characters "'" | number

A quote mark inside quotes is written twice. Words are read without regard to upper and lower case, values too.
"""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from dashboard.errors import InvalidStudy
from dashboard.study import NOT_GIVEN

Value = str | float
Known = Mapping[str, Value]
Test = Callable[[Known], bool]

LONGEST = 10_000
"""Characters of the longest rule that is read."""
DEEPEST = 50
"""Parentheses and ``not`` inside each other, at most."""

_TOKEN = re.compile(
    r"""\s*(?:
      (?P<text>'[^']*(?:''[^']*)*')
    | (?P<quoted>"[^"]*(?:""[^"]*)*")
    | (?P<number>[+-]?[0-9]+(?:\.[0-9]+)?)
    | (?P<word>[^\W\d]\w*)
    | (?P<sign><=|>=|!=|<>|==|[=<>(),])
    | (?P<end>\Z)
    )""",
    re.VERBOSE,
)
_SIGNS = {"==": "=", "<>": "!="}
_ORDERS: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip
_COMPARISONS = ("=", "!=", *_ORDERS)
_WORDS = ("and", "or", "not", "in")


@dataclass(frozen=True)
class Rule:
    """A rule that was understood. names: what it asks about, in the order of first mention."""

    text: str
    names: tuple[str, ...]
    _test: Test = field(repr=False, compare=False)

    def test(self, row: Known) -> bool:
        """Whether one participant's attributes and scores satisfy the rule.

        A name that the row does not have is the text "not given", which no number and no order ever matches.
        """
        return self._test(row)


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str
    at: int


def parse_rule(text: str) -> Rule:
    """The rule that a text states.

    Raises InvalidStudy with one sentence and the position (the first character is 1). Takes time linear in the text.

    >>> parse_rule("plan in ('free', 'pro') and not nps < 7").test({"plan": "Pro", "nps": 9.0})
    True
    >>> parse_rule("plan = 'not given'").test({})
    True
    """
    if len(text) > LONGEST:
        raise InvalidStudy(f"The rule “{text[:40]}…” has more than {LONGEST} characters; write a shorter one.")
    parser = _Parser(text, _tokens(text))
    test = parser.rule(0)
    parser.expect_end()
    return Rule(text, tuple(dict.fromkeys(parser.names)), test)


def _problem(text: str, at: int, said: str) -> InvalidStudy:
    shown = text if len(text) <= 80 else text[:80] + "…"
    return InvalidStudy(f"The rule “{shown}” cannot be read at character {at + 1}: {said}.")


def _tokens(text: str) -> list[_Token]:
    tokens: list[_Token] = []
    at = 0
    while not tokens or tokens[-1].kind != "end":
        match = _TOKEN.match(text, at)
        if not match or not match.lastgroup:
            start = len(text) - len(text[at:].lstrip())
            if text[start] in "'\"":
                raise _problem(text, start, f"the {text[start]} is not closed; add one at the end of the value or name")
            raise _problem(text, start, f"{text[start]} has no meaning here; put names with it into double quotes")
        tokens.append(_Token(match.lastgroup, match[match.lastgroup], match.start(match.lastgroup)))
        at = match.end()
    return tokens


class _Parser:
    """Recursive descent over the tokens of one rule."""

    def __init__(self, text: str, tokens: list[_Token]) -> None:
        self._text, self._tokens, self._next = text, tokens, 0
        self.names: list[str] = []

    @property
    def _token(self) -> _Token:
        return self._tokens[self._next]

    def _take(self, *words: str) -> str:
        """The next token, where it is one of these words or signs; else nothing is taken."""
        token = self._token
        said = token.text.lower() if token.kind in ("word", "sign") else ""
        said = _SIGNS.get(said, said)
        if said not in words:
            return ""
        self._next += 1
        return said

    def _fail(self, said: str) -> InvalidStudy:
        return _problem(self._text, self._token.at, said)

    def expect_end(self) -> None:
        if self._token.kind != "end":
            raise self._fail(f"before {self._token.text} stands a whole condition; join the two with “and” or “or”")

    def rule(self, depth: int) -> Test:
        clauses = [self._clause(depth)]
        while self._take("or"):
            clauses.append(self._clause(depth))
        return clauses[0] if len(clauses) == 1 else lambda row: any(test(row) for test in clauses)

    def _clause(self, depth: int) -> Test:
        conditions = [self._condition(depth)]
        while self._take("and"):
            conditions.append(self._condition(depth))
        return conditions[0] if len(conditions) == 1 else lambda row: all(test(row) for test in conditions)

    def _condition(self, depth: int) -> Test:
        if depth > DEEPEST:
            raise self._fail("parentheses and “not” are nested too deeply; write the rule more simply")
        if self._take("not"):
            denied = self._condition(depth + 1)
            return lambda row: not denied(row)
        if self._take("("):
            inner = self.rule(depth + 1)
            if not self._take(")"):
                raise self._fail("a parenthesis is not closed; add )")
            return inner
        return self._comparison(self._name())

    def _name(self) -> str:
        token = self._token
        if token.kind == "quoted":
            name = token.text[1:-1].replace('""', '"').strip()
        elif token.kind == "word" and token.text.lower() not in _WORDS:
            name = token.text
        else:
            name = ""
        if not name:
            raise self._fail("here must stand the name of an attribute or score; write for example plan = 'pro'")
        self._next += 1
        self.names.append(name)
        return name

    def _comparison(self, name: str) -> Test:
        if comparison := self._take(*_COMPARISONS):
            value = self._value()
            return lambda row: _holds(_given(row, name), comparison, value)
        denied = bool(self._take("not"))
        if self._take("in"):
            among = self._values()
            return lambda row: any(_holds(_given(row, name), "=", value) for value in among) is not denied
        raise self._fail(
            f"after {name} must stand =, !=, <, <=, >, >= or in; put a name of several words into double quotes"
        )

    def _values(self) -> list[Value]:
        if not self._take("("):
            raise self._fail("after “in” must stand a list; write it as ('one', 'two')")
        values = [self._value()]
        while self._take(","):
            values.append(self._value())
        if not self._take(")"):
            raise self._fail("the list is not closed; add ) or a comma")
        return values

    def _value(self) -> Value:
        token = self._token
        if token.kind == "number":
            value: Value = float(token.text)
        elif token.kind in ("text", "quoted"):
            mark = token.text[0]
            value = token.text[1:-1].replace(mark * 2, mark)
        elif token.kind == "word":
            raise self._fail(f"a value stands in single quotes; write '{token.text}'")
        else:
            raise self._fail("here must stand a value; write a number, or a text in single quotes")
        self._next += 1
        return value


def _given(row: Known, name: str) -> Value:
    if name in row:
        return row[name]
    folded = name.casefold()
    return next((value for key, value in row.items() if key.casefold() == folded), NOT_GIVEN)


def _number(value: Value) -> float | None:
    """A finite number where the value is one, also as text ("12", "3,5"); else None."""
    try:
        number = float(value.strip().replace(",", ".")) if isinstance(value, str) else float(value)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _holds(given: Value, comparison: str, asked: Value) -> bool:
    """One comparison: as numbers where both are numbers, else as texts; a text never equals or orders with a number."""
    left, right = _number(given), _number(asked)
    if comparison in ("=", "!="):
        if left is not None and right is not None:
            same = left == right
        else:
            same = _folded(given) == _folded(asked) and isinstance(asked, str)
        return same is (comparison == "=")
    if left is not None and right is not None:
        return _ORDERS[comparison](left, right)
    if left is None and right is None and _folded(given) != NOT_GIVEN:
        return _ORDERS[comparison](_folded(given), _folded(asked))
    return False


def _folded(value: Value) -> str:
    return " ".join(str(value).split()).casefold()
