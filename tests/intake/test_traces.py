"""Names and words of one person, found in texts of others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.intake.traces import REMOVED, Traces, moved, replaced, runs_of

BO = Traces(("Bo Fenn", "bo.fenn@example.net", "José Álvarez"), ("Fenn",), runs_of(["It is far too dear for us"]))


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Bo Fenn, BO FENN and bo  fenn", f"{REMOVED}, {REMOVED} and {REMOVED}"),
        ("2026 Bo_Fenn.vtt", f"2026 {REMOVED}.vtt"),
        ("write to Bo.Fenn@Example.net today", f"write to {REMOVED} today"),
        ("Fenn's invoice, FENN", f"{REMOVED}'s invoice, {REMOVED}"),
        ("a fenn, Fennel and Xbofenn", "a fenn, Fennel and Xbofenn"),
        ("Jose Alvarez", REMOVED),
        ("he said it is FAR too dear for us all", f"he said {REMOVED} all"),
        ("far too dear", "far too dear"),
    ],
)
def test_a_person_is_found_as_people_write(text: str, left: str) -> None:
    assert BO.without(text) == left


def test_words_that_others_use_too_say_nothing() -> None:
    own = runs_of(["at the end of the day it rained on Bo"], but=["well at the end of the day"])
    assert Traces((), (), own).without("at the end of the day") == "at the end of the day"
    assert Traces((), (), own).without("the day it rained on Bo") == REMOVED


def test_short_answers_are_known_whole() -> None:
    own = runs_of(["Too dear again"])
    assert Traces((), (), own).without("“Too dear again.”") == f"“{REMOVED}.”"
    assert Traces((), (), own).without("Too dear") == "Too dear"


@given(st.text("ab Fen.", max_size=40), st.integers(0, 40), st.integers(0, 40))
def test_what_stands_outside_marks_is_found_again(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    traces = Traces((), ("Fen",))
    marks = traces.named(text)
    after = replaced(text, marks)
    if all(last <= start or first >= end for first, last in marks):
        assert after[moved(start, marks) : moved(end, marks, end=True)] == text[start:end]
    assert 0 <= moved(start, marks) <= moved(end, marks, end=True) <= len(after)
    assert not traces.named(after)


def test_bytes_that_name_somebody() -> None:
    assert BO.in_bytes("x Bo Fenn".encode("utf-16-le"))
    assert not BO.in_bytes(b"nobody")


def test_long_texts_cost_little() -> None:
    assert BO.without("a " * 30_000 + "Fenn").endswith(REMOVED)
