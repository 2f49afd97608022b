"""What a quote is called by: who said it as far as it was published, where, in which version."""

from dashboard.sharing.anonymity import OTHER
from dashboard.sharing.frozen import About
from dashboard.sharing.groups import TOGETHER
from dashboard.study import NOT_GIVEN
from dashboard.ui.citing import citation, given

TOLD = About(title="Why customers leave", number=2)


def test_a_citation_says_who_where_when_and_in_which_version() -> None:
    row = {"attr:plan": "pro", "source_kind": "interview", "date": "2026-05-01", "participant": "Person 07"}
    said = citation(row, ("plan",), TOLD)
    assert said == "customer, plan pro, interview 2026-05 — Why customers leave, version 2"


def test_what_was_not_published_is_left_out() -> None:
    row = {"attr:plan": OTHER, "attr:region": TOGETHER, "attr:size": NOT_GIVEN, "source_kind": "survey", "date": ""}
    assert given(row, ("plan", "region", "size", "gone")) == []
    assert citation(row, ("plan", "region"), TOLD) == "customer, survey answer — Why customers leave, version 2"
