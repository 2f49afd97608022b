"""Labels take the place of marks, and offsets move along."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dashboard.sharing.contacts import Mark
from dashboard.sharing.redaction import NOBODY
from dashboard.sharing.rewriting import Wording, rewritten, unique

spans = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=5)


@given(st.text(alphabet="abc ", min_size=30, max_size=30), spans, st.tuples(st.integers(0, 30), st.integers(0, 30)))
def test_what_no_mark_touches_reads_the_same_at_its_new_place(
    text: str, marked: list[tuple[int, int]], asked: tuple[int, int]
) -> None:
    found = rewritten(text, [Mark(min(each), max(each), "x", "") for each in marked])
    start, end = min(asked), max(asked)
    assert 0 <= found.at(start) <= found.at(end, end=True) <= len(found.text)
    if not any(mark.start < end and mark.end > start for mark in found.marks) and start < end:
        assert found.text[found.at(start) : found.at(end, end=True)] == text[start:end]


def test_the_same_name_is_the_same_number() -> None:
    wording = Wording(NOBODY, frozenset(), numbered=True)
    assert wording.text("I asked Maria Berg and then Paul.") == "I asked [name 1] and then [name 2]."
    assert wording.text("So Maria said no.") == "So [name 1] said no."


def test_a_label_before_a_colon_is_a_name() -> None:
    assert Wording(NOBODY, frozenset()).text("Hesper Lodge: what does it cost?") == "[name]: what does it cost?"


def test_no_two_names_are_alike() -> None:
    assert list(unique(["a", "b", "c"], dict.fromkeys("abc", "x")).values()) == ["x", "x 2", "x 3"]
