"""How each interview was led."""

from __future__ import annotations

import pytest
from analysis.evidence_fixture import ENGINES, with_study
from analysis.talks import SAID, talk_evidence

from dashboard.analysis import interviews as module
from dashboard.analysis.interviews import interviews, long_stretches
from dashboard.filters import Filters


def _words(source: str, *roles: str) -> int:
    return sum(len(text.split()) for of, _, role, _, text in SAID if of == source and role in roles)


@pytest.mark.parametrize("engine", ENGINES)
def test_who_spoke_how_much_by_hand(engine: str) -> None:
    rows = interviews(talk_evidence(engine)).rows.set_index("interview")
    assert rows[["k", "n"]].to_numpy().tolist() == [[3, 6], [2, 4]]
    for source in ("a", "b"):
        own, whole = _words(source, "interviewer"), _words(source, "interviewer", "participant")
        row = rows.loc[f"{source}.vtt"]
        assert (row["interviewer_words"], row["words"]) == (own, whole)
        assert row["talk_share"] == own / whole
    assert rows["leading"].tolist() == [1, 0]
    assert rows["double_barrelled"].tolist() == [0, 1]
    assert rows["not_asked"].tolist() == [1, 2]


def test_a_search_counts_questions_and_says_so() -> None:
    table = interviews(talk_evidence().where(Filters(text="bank")))
    assert "Questions are those with “bank”; the words are all that were said." in table.notes
    whole = interviews(talk_evidence())
    assert table.rows["interviewer_words"].tolist() == whole.rows["interviewer_words"].tolist()
    assert table.rows["k"].sum() < whole.rows["k"].sum()


def test_without_a_guide_nothing_is_left_out() -> None:
    assert interviews(with_study(talk_evidence(), guide=())).rows["not_asked"].isna().all()


def test_long_stretches_are_the_longest_first(monkeypatch: pytest.MonkeyPatch) -> None:
    assert long_stretches(talk_evidence()).empty
    monkeypatch.setattr(module, "LONG", 9)
    found = long_stretches(talk_evidence())
    assert found["words"].is_monotonic_decreasing
    assert found[["source", "turn"]].to_numpy().tolist()[0] == ["b", 0]
