"""Tables inside documents."""

from __future__ import annotations

from dashboard.intake import grid
from dashboard.intake.heads import Line


def rows(*cells: tuple[str, ...]) -> list[list[list[Line]]]:
    return [
        [[Line(part, number) for part in text.split("\n") if part] for text in row]
        for number, row in enumerate(cells, start=1)
    ]


def texts(*cells: tuple[str, ...]) -> list[str]:
    return [line.text for line in grid.lines(rows(*cells))]


def test_speaker_and_text_in_any_order() -> None:
    talk = [
        ("Mara", "How was it for you then?"),
        ("Tom", "Fine, thank you.\nVery fine."),
        ("Mara", "And why was it so?"),
        ("Tom", "By chance, I think."),
    ]
    expected = [
        "Mara\tHow was it for you then?",
        "Tom\tFine, thank you.",
        "Very fine.",
        "Mara\tAnd why was it so?",
        "Tom\tBy chance, I think.",
    ]
    assert texts(*talk) == expected
    assert texts(("Speaker", "Text"), *talk) == expected
    assert texts(*((what, who) for who, what in talk)) == expected


def test_row_numbers_and_times() -> None:
    talk = [
        ("1", "00:01", "I:", "How was it for you then?"),
        ("2", "00:05", "R:", "Fine, thank you."),
        ("3", "00:09", "I:", "And why was it so?"),
        ("4", "00:12", "R:", "By chance."),
    ]
    assert texts(("No", "Time", "Who", "Text"), *talk)[0] == "[00:01] I\tHow was it for you then?"


def test_details_and_other_tables() -> None:
    assert texts(("Participant", "P3"), ("Date", "3 May 2024")) == ["Participant: P3", "Date: 3 May 2024"]
    assert texts(("a", "b", "c"), ("d", "", "f")) == ["a", "b", "c", "d", "f"]
    assert texts(("one cell\nwith two lines",)) == ["one cell", "with two lines"]
    assert texts() == []
