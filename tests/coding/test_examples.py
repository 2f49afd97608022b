"""Decisions as rows to learn from."""

from __future__ import annotations

import pandas as pd

from dashboard.coding.examples import Examples, examples_of
from dashboard.coding.meaning import sentences
from dashboard.study import Stage, Study, Theme

STUDY = Study(
    "s",
    codebook=(Theme("Price", include=("too dear",), exclude=("priceless art",)), Theme("Help")),
    journey=(Stage("Buy"), Stage("Use")),
)
CORPUS = pd.DataFrame(
    {"passage": ["p0", "p1"], "text": ["It costs a lot.", "n/a"], "question": "", "codable": [True, False]}
)
COLUMNS = ["passage", "text", "kind", "value", "status"]


def of(*rows: tuple[str, str, str, str, str]) -> Examples:
    model = sentences()
    vectors = model.embed(CORPUS["text"].tolist())
    vectors[1] = 0
    return examples_of(STUDY, pd.DataFrame(list(rows), columns=COLUMNS), CORPUS, vectors, model)


def labels(found: Examples) -> dict[str, list[int]]:
    return {text: found.themes[row].tolist() for row, text in enumerate(found.texts)}


def test_the_codebooks_own_examples_come_first() -> None:
    assert labels(of()) == {"too dear": [1, -1], "priceless art": [0, -1]}


def test_decisions_are_joined_by_passage_or_by_text() -> None:
    found = of(
        ("p0", "It costs a lot.", "theme", "Price", "confirmed"),
        ("p0", "It costs a lot.", "theme", "Help", "rejected"),
        ("", "They helped.", "theme", "Help", "confirmed"),
        ("", "They helped.", "theme", "No such theme", "confirmed"),
        ("", " ", "theme", "Help", "confirmed"),
    )
    assert labels(found)["It costs a lot."] == [1, 0]
    assert labels(found)["They helped."] == [-1, 1]
    assert len(found.texts) == 4


def test_persons_who_disagree_teach_nothing() -> None:
    found = of(*[("p0", "It costs a lot.", "theme", "Price", status) for status in ("confirmed", "rejected")])
    assert labels(found)["It costs a lot."] == [-1, -1]


def test_one_stage_rejects_the_others_and_none_rejects_all() -> None:
    found = of(
        ("p0", "x", "stage", "Use", "confirmed"),
        ("", "y", "stage", "", "confirmed"),
        ("", "z", "need", "yes", "rejected"),
    )
    by_text = dict(zip(found.texts, zip(found.stages.tolist(), found.need.tolist(), strict=True), strict=True))
    assert by_text["It costs a lot."] == ([0, 1], -1)
    assert by_text["y"] == ([0, 0], -1)
    assert by_text["z"] == ([-1, -1], 0)


def test_a_passage_without_a_vector_is_read_again() -> None:
    found = of(("p1", "n/a", "theme", "Price", "rejected"))
    assert found.passages.vectors[found.texts.index("n/a")].any()
