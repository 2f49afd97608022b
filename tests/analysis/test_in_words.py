"""Words for figures."""

from __future__ import annotations

import pytest

from dashboard.analysis.in_words import count, how_strongly, in_the, listed, percent, share_of


@pytest.mark.parametrize(
    ("share", "words"), [(0, "0 %"), (1, "100 %"), (0.004, "under 1 %"), (0.996, "over 99 %"), (0.584, "58 %")]
)
def test_percent_is_never_nothing_or_all_where_it_is_not(share: float, words: str) -> None:
    assert percent(share) == words


def test_under_thirty_people_come_first() -> None:
    assert share_of(14, 24, kind="interview") == "14 of 24 people we spoke to (58 %)"
    assert share_of(15, 30, kind="survey") == "50 % of 30 people who answered"
    assert share_of(2, 4) == "2 of 4 people we heard"


def test_lists_and_counts() -> None:
    assert listed([]) == ""
    assert listed(["Pay"]) == "“Pay”"
    assert count(2, "person", "people") == "2 people"
    assert in_the("pooled") == in_the(None) == "among all"
    assert [how_strongly(each) for each in (0.25, 0.5, 1.0)] == ["mildly", "noticeably", "strongly"]
