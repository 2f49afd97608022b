"""Segment rules: the grammar, what a missing value means, and errors that name their position."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.errors import InvalidStudy
from dashboard.rules import DEEPEST, LONGEST, parse_rule

ROW: dict[str, str | float] = {
    "status": "Churned",
    "tenure": "under 1 year",
    "nps": 6.0,
    "seats": "12",
    "Plan type": "pro",
}


@pytest.mark.parametrize(
    ("rule", "holds"),
    [
        ("status = 'churned' and tenure = 'under 1 year'", True),
        ("status = 'churned' and tenure = 'over 1 year'", False),
        ("status != 'churned'", False),
        ("status <> 'loyal'", True),
        ("status == 'churned'", True),
        ("STATUS = 'churned'", True),
        ("tenure = 'under  1 year '", True),
        ("nps < 7", True),
        ("nps <= 6 and nps >= 6", True),
        ("nps = 6", True),
        ("nps = '6'", True),
        ("nps > -1.5", True),
        ("seats > 9", True),
        ("seats = 12.0", True),
        ("seats in (1, 12)", True),
        ("seats not in (1, 12)", False),
        ("status in ('loyal', 'new')", False),
        ("status not in ('loyal', 'new')", True),
        ("not status = 'loyal'", True),
        ("not (status = 'loyal' or nps < 7)", False),
        ("status = 'loyal' or status = 'churned' and nps > 9", False),
        ("(status = 'loyal' or status = 'churned') and nps < 9", True),
        ("\"Plan type\" = 'pro'", True),
        ('"Plan type" = "pro"', True),
        ("status = 12", False),
        ("status < 12", False),
        ("status != 12", True),
        ("tenure > 'aaa'", True),
        ("NOT status = 'loyal' AND nps IN (6)", True),
    ],
)
def test_a_rule_holds_or_not(rule: str, holds: bool) -> None:
    assert parse_rule(rule).test(ROW) is holds


def test_dates_written_as_in_the_standard_have_an_order() -> None:
    assert parse_rule("joined >= '2026-01-01'").test({"joined": "2026-03-04"})
    assert not parse_rule("joined >= '2026-01-01'").test({"joined": "2025-12-31"})


def test_a_missing_value_is_not_given() -> None:
    assert parse_rule("region = 'not given'").test(ROW)
    assert parse_rule("region != 'north'").test(ROW)
    for order in ("<", "<=", ">", ">="):
        assert not parse_rule(f"region {order} 5").test(ROW)
        assert not parse_rule(f"region {order} 'north'").test(ROW)


def test_a_quote_mark_is_written_twice_inside_quotes() -> None:
    rule = parse_rule('"the ""best"" plan" = \'it\'\'s pro\'')
    assert rule.names == ('the "best" plan',)
    assert rule.test({'the "best" plan': "it's pro"})


def test_names_are_what_the_rule_asks_about() -> None:
    assert parse_rule('b = 1 or a = 2 and (b = 3 or not "c d" in (4))').names == ("b", "a", "c d")


@pytest.mark.parametrize(
    ("rule", "position", "says"),
    [
        ("", 1, "name of an attribute"),
        ("plan = pro", 8, "'pro'"),
        ("plan 'pro'", 6, "must stand ="),
        ("plan type = 'pro'", 6, "double quotes"),
        ("plan = 'pro", 8, "not closed"),
        ('"plan = 1', 1, "not closed"),
        ("plan = ", 8, "value"),
        ("(plan = 'pro'", 14, "add )"),
        ("plan = 'pro')", 13, "join"),
        ("plan in 'pro'", 9, "list"),
        ("plan in ('pro' 'free')", 16, "comma"),
        ("plan = 'pro' nps < 3", 14, "“and” or “or”"),
        ("plan = 'pro' and", 17, "name of an attribute"),
        ("not", 4, "name of an attribute"),
        ("plan = 'pro' & nps < 3", 14, "no meaning"),
        ("plan = 'pro'; DROP TABLE x", 13, "no meaning"),
        ("__import__('os')", 11, "must stand ="),
        ("'plan' = 'pro'", 1, "name of an attribute"),
        ('"" = 1', 1, "name of an attribute"),
    ],
)
def test_an_error_is_one_sentence_with_its_position(rule: str, position: int, says: str) -> None:
    with pytest.raises(InvalidStudy, match=rf"at character {position}: .*{re.escape(says)}") as caught:
        parse_rule(rule)
    assert "\n" not in str(caught.value)


def test_nesting_and_length_have_an_end() -> None:
    parse_rule("(" * (DEEPEST - 1) + "a = 1" + ")" * (DEEPEST - 1))
    for rule in ("(" * 5_000 + "a = 1", "not " * 2_000 + "a = 1", "a = '" + "x" * LONGEST + "'"):
        with pytest.raises(InvalidStudy):
            parse_rule(rule)
    many = " or ".join(["a = 1"] * 900)
    assert parse_rule(many).test({"a": 1.0})


@given(st.text(max_size=60))
def test_any_text_is_a_rule_or_an_error(text: str) -> None:
    try:
        rule = parse_rule(text)
    except InvalidStudy:
        return
    assert rule.test({}) in (True, False)


NAMES = st.text(min_size=1, max_size=12).map(lambda name: " ".join(name.split())).filter(bool)
VALUES = st.text(max_size=12)


def _quoted(text: str, mark: str) -> str:
    return mark + text.replace(mark, mark * 2) + mark


@given(NAMES, VALUES)
def test_every_name_and_value_can_be_asked_for(name: str, value: str) -> None:
    rule = parse_rule(f"{_quoted(name, chr(34))} = {_quoted(value, chr(39))}")
    assert rule.names == (name,)
    assert rule.test({name: value})


CONDITIONS = st.sampled_from(["a = 1", "a = 2", "b in ('x', 'y')", "not b = 'x'", "c < 5", "d = 'not given'"])
RULES = st.recursive(
    CONDITIONS,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda pair: f"({pair[0]}) and ({pair[1]})"),
        st.tuples(inner, inner).map(lambda pair: f"({pair[0]}) or ({pair[1]})"),
    ),
    max_leaves=8,
)
ROWS = st.fixed_dictionaries(
    {}, optional={"a": st.sampled_from([1.0, 2.0, "1"]), "b": st.sampled_from(["x", "y", "z"]), "c": st.floats(0, 9)}
)


@given(RULES, RULES, ROWS)
def test_and_or_not_are_what_logic_says(one: str, other: str, row: dict[str, str | float]) -> None:
    first, second = parse_rule(one).test(row), parse_rule(other).test(row)
    assert parse_rule(f"({one}) and ({other})").test(row) is (first and second)
    assert parse_rule(f"({one}) or ({other})").test(row) is (first or second)
    assert parse_rule(f"not ({one})").test(row) is (not first)
