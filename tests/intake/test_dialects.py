"""Which way of writing a dialogue a document uses."""

from __future__ import annotations

import pytest

from dashboard.intake.dialects import counts, dialect_of
from dashboard.intake.heads import Head, parse, undecorated
from dashboard.intake.text import lines_of


def dialect(source: str) -> tuple[str, set[str]]:
    lines = [undecorated(line) for line in lines_of(source)]
    name, labels, _ = dialect_of(lines, [parse(line) for line in lines])
    return name, set(labels)


@pytest.mark.parametrize(
    ("source", "name", "labels"),
    [
        ("Ann  0:01\nHi.\nBen  0:03\nHi.\nAnn  0:05\nBye.\n", "name and time above the text", {"Ann", "Ben"}),
        ("Ann: Hi.\nBen: Hi.\nAnn: Bye.\nBen: Bye.\n", "labels before the text", {"Ann", "Ben"}),
        ("[id1] Hi.\n[id2] Hi.\n[id1] Bye.\n", "labels in brackets", {"id1", "id2"}),
        ("Ann\tHi.\nBen\tHi.\nAnn\tBye.\nBen\tBye.\n", "labels before a tab", {"Ann", "Ben"}),
        ("Ann Lee\nHi.\n\nBen Ost\nHi.\n\nAnn Lee\nBye.\n\nBen Ost\nBye.\n", "names alone", {"Ann Lee", "Ben Ost"}),
        (
            "00:01 Ann Lee hi\n00:02 Ben Ost hi\n00:03 Ann Lee bye\n00:04 Ben Ost bye\n",
            "time and name before the text",
            {"Ann Lee", "Ben Ost"},
        ),
        ("We left.\nIt rained.\n", "", set()),
        ("Participant: P3\nWe left.\nIt rained.\n", "", set()),
        ("MODERATOR: Please go on now.\nWe left.\nIt rained.\n", "labels before the text", {"MODERATOR"}),
        ("[Applause] We left.\nIt rained.\nAnd on.\n[Applause] So.\nYes.\nNo.\n", "", set()),
    ],
)
def test_dialects(source: str, name: str, labels: set[str]) -> None:
    assert dialect(source) == (name, labels)


def test_one_label_that_looks_unlike_all_others_is_text() -> None:
    talk = "".join(f"**Ann:** Yes {n}.\n\n**Ben:** No {n}.\n\n" for n in range(12))
    assert dialect(f"{talk}**Ann:** She had two things to say.\n\nEva Kern: that was one.\n")[1] == {"Ann", "Ben"}


def test_heads_that_count() -> None:
    assert counts(Head("alone", "Ann"), "names alone")
    assert not counts(Head("alone", "Ann"), "labels before the text")
    assert not counts(Head("prefix", "Ann"), "labels in brackets")
