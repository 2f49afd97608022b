"""How questions are put, counted in turns, and the flags in their place."""

from __future__ import annotations

import pytest
from analysis.evidence_fixture import ENGINES
from analysis.talks import talk_evidence

from dashboard.analysis.questions import flagged, questions
from dashboard.analysis.quotes import quotes
from dashboard.filters import Filters


@pytest.mark.parametrize("engine", ENGINES)
def test_turns_that_ask_by_hand(engine: str) -> None:
    rows = questions(talk_evidence(engine)).rows.set_index("kind")
    assert rows["n"].tolist() == [4] * 4
    assert rows["k"].to_dict() == {"open": 3, "closed": 1, "leading": 1, "double-barrelled": 1}


def test_by_the_group_of_those_who_were_interviewed() -> None:
    rows = questions(talk_evidence(), "plan").rows.set_index(["kind", "attr:plan"])
    assert rows.loc[("leading", "free"), ["k", "n"]].tolist() == [1, 3]
    assert rows.loc[("leading", "pro"), ["k", "n"]].tolist() == [0, 1]


def test_a_text_narrows_what_is_counted_and_never_the_base() -> None:
    rows = questions(talk_evidence().where(Filters(text="fee"))).rows.set_index("kind")
    assert rows["n"].tolist() == [4] * 4
    assert rows.loc["open", "k"] == 1


def test_a_row_opens_into_its_turns_as_the_reader_names_them() -> None:
    found = quotes(talk_evidence(), {"kind": "double-barrelled"}, measure="questions")
    assert found.rows["passage"].tolist() == ["b/0"]
    assert (found.unit, found.rows["participant"].tolist()) == ("turns", ["Cy"])
    assert found.totals == {"passages": 1, "participants": 1, "interviews": 1}


def test_turns_come_in_pages() -> None:
    first = quotes(talk_evidence(), {}, measure="interviews", limit=2)
    rest = quotes(talk_evidence(), {}, measure="interviews", limit=9, offset=2)
    assert [*first.rows["passage"], *rest.rows["passage"]] == ["a/0", "a/2", "a/5", "b/0", "b/2"]
    assert first.totals["passages"] == 5


def test_a_flag_stands_where_the_question_does() -> None:
    (leading,) = flagged(talk_evidence(), kinds=("leading",))
    assert (leading.source, leading.turn) == ("a", 5)
    assert leading.question == "Don't you think the yearly fee is too high?"
    assert leading.flag.better.endswith("?")
    assert {each.flag.kind for each in flagged(talk_evidence())} == {"leading", "double-barrelled"}
