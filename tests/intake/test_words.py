"""Words with times → utterances."""

from __future__ import annotations

import pytest

from dashboard.intake.words import Word, by_label, label_of, labels_at, number_of, places_at, sentences, thousandth


def test_by_label_and_clinging_punctuation() -> None:
    words: list[Word] = [
        ("Hi", 0.0, 0.5, "A", False),
        (",", None, None, None, True),
        ("you", 1.0, 1.5, "A", False),
        ("Yes", 2.0, 2.5, "B", False),
    ]
    assert [(said.speaker, said.text, said.start, said.end) for said in by_label(words)] == [
        ("A", "Hi, you", 0.0, 1.5),
        ("B", "Yes", 2.0, 2.5),
    ]


def test_sentences_part_at_pauses() -> None:
    words: list[Word] = [
        ("One", 0.0, 0.5, "A", False),
        ("two.", 0.6, 0.9, "A", False),
        ("Three.", 9.0, 9.5, "A", False),
    ]
    assert [(said.speaker, said.text) for said in sentences(words)] == [(None, "One two."), (None, "Three.")]
    assert sentences([]) == []


def test_places_and_labels() -> None:
    at = labels_at([(5.0, 9.0, "B"), (0.0, 5.0, "A")])
    assert [at(0.0), at(4.9), at(5.0), at(99.0), at(None)] == ["A", "A", "B", "B", None]
    assert labels_at([])(1.0) is None
    assert places_at([(0.0, 1.0, ""), (1.0, 2.0, "")])(None) == 0


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (1, 1.0),
        ("1.5", 1.5),
        ("2.5s", 2.5),
        ("00:01:00", 60.0),
        (True, None),
        (None, None),
        ("x", None),
        (float("nan"), None),
        ([], None),
    ],
)
def test_numbers(value: object, expected: float | None) -> None:
    assert number_of(value) == expected


def test_labels_and_thousandths() -> None:
    assert [label_of(value) for value in (0, "A", "", None, {}, " B ")] == ["0", "A", None, None, None, "B"]
    assert thousandth(1500) == 1.5
    assert thousandth(None) is None
