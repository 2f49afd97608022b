"""Coded quotes in the forms in which other programs write them; every table here was written for these tests."""

import csv
import io

import pytest

from dashboard.intake import read
from dashboard.intake.parsed import ParsedSource


def table(*rows: list[str], delimiter: str = ",") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()


def pairs(parsed: ParsedSource) -> list[tuple[str, str]]:
    return [(coding.text, coding.theme) for coding in parsed.codings]


def test_the_plain_form_with_everything_known() -> None:
    parsed = read(
        table(
            ["source", "participant", "text", "theme", "status", "coder"],
            ["a.vtt", "P1", "It costs too much", "Price", "confirmed", "Ada"],
            ["a.vtt", "P1", "It costs too much", "Speed", "rejected", "Ada"],
            ["b.vtt", "P2", "Quick as ever", "Speed", "", "Bo"],
        ),
        "codings.csv",
    )
    assert parsed.kind == "codings"
    first, second, third = parsed.codings
    assert (first.text, first.theme, first.document, first.participant) == ("It costs too much", "Price", "a.vtt", "P1")
    assert (first.status, first.coder) == ("confirmed", "Ada")
    assert second.status == "rejected"
    assert third.status == "confirmed"
    assert [theme.name for theme in parsed.themes] == ["Price", "Speed"]
    assert parsed.documents == ("a.vtt", "b.vtt")


@pytest.mark.parametrize("mark", ["|", ";", " ; "])
def test_several_codes_in_one_cell(mark: str) -> None:
    rows = [
        ["id", "text", "themes", "split"],
        ["1", "Dear and slow", f"Price{mark}Speed", "a"],
        ["2", "Lovely", "Design", "a"],
        ["3", "Hm", "", "b"],
    ]
    parsed = read(table(*rows), "labelled.csv")
    assert pairs(parsed) == [("Dear and slow", "Price"), ("Dear and slow", "Speed"), ("Lovely", "Design")]
    assert "1 of 3 rows" in parsed.left_out[0]


def test_numbered_codes_with_parents() -> None:
    rows = [
        ["answer", "Code 1", "Code 2", "Code 3"],
        ["Too dear and too slow", "Money->Price", "Speed", ""],
        ["I like it", "Praise", "", ""],
    ]
    parsed = read(table(*rows), "coder-a.csv")
    assert pairs(parsed) == [
        ("Too dear and too slow", "Price"),
        ("Too dear and too slow", "Speed"),
        ("I like it", "Praise"),
    ]
    assert {theme.name: theme.parent for theme in parsed.themes} == {
        "Money": None,
        "Price": "Money",
        "Speed": None,
        "Praise": None,
    }


def test_one_column_of_marks_a_code() -> None:
    rows = [
        ["id", "text", "Price", "Speed", "Design"],
        ["1", "Dear and slow", "1", "1", "0"],
        ["2", "Pretty", "0", "0", "1"],
        ["3", "Hm", "0", "0", "0"],
    ]
    parsed = read(table(*rows), "matrix.csv")
    assert pairs(parsed) == [("Dear and slow", "Price"), ("Dear and slow", "Speed"), ("Pretty", "Design")]


def test_coded_segments_and_highlights() -> None:
    maxqda = table(
        ["Color", "Document group", "Document name", "Code", "Beginning", "End", "Weight score", "Segment", "Author"],
        ["●", "Wave 1", "Interview 3", "Barriers > Price", "4", "4", "0", "It costs too much for us", "Ada"],
        ["●", "Wave 1", "Interview 4", "Barriers > Time", "9", "9", "0", "There was never any time", "Ada"],
    )
    parsed = read(maxqda, "segments.csv")
    assert pairs(parsed)[0] == ("It costs too much for us", "Price")
    assert parsed.codings[0].document == "Interview 3"
    assert parsed.codings[0].coder == "Ada"
    assert parsed.themes[1].parent == "Barriers"
    taguette = table(
        ["id", "document", "tag", "content"],
        ["1", "talk one", "need", "I want an undo"],
        ["2", "talk two", "pain", "I lost it all"],
    )
    assert pairs(read(taguette, "highlights.csv")) == [("I want an undo", "need"), ("I lost it all", "pain")]


def test_themes_without_their_text_are_told() -> None:
    rows = [
        ["", "answer_themes", "keywords"],
        ["1", "", ""],
        ["6", "setup,speed", "install"],
        ["7", "setup", "install"],
        ["8", "speed", ""],
    ]
    parsed = read(table(*rows, delimiter=";"), "themes.csv")
    assert parsed.kind == "codings"
    assert parsed.codings == ()
    assert [theme.name for theme in parsed.themes] == ["setup", "speed"]
    assert "no text" in parsed.warnings[0]


def test_findings_are_taken_with_a_doubt() -> None:
    rows = [
        ["Grouping", "Category", "Finding", "Severity"],
        ["Home", "Navigation", "People did not find the menu", "High"],
        ["Home", "Wording", "Two words were not understood", "Low"],
    ]
    parsed = read(table(*rows), "findings.csv")
    assert parsed.kind == "codings"
    assert pairs(parsed)[0] == ("People did not find the menu", "Navigation")
    assert "findings" in parsed.warnings[0]


@pytest.mark.parametrize(
    "header",
    [
        ["text", "stage", "intent"],
        ["text", "category", "plan"],
        ["Timestamp", "text", "themes"],
        ["text", "score", "tags"],
    ],
)
def test_surveys_are_no_codings(header: list[str]) -> None:
    rows = [
        ["It is slow when I open a large file", "2026-01-01 10:00:00", "4"],
        ["I would like an export that works", "2026-01-02 10:00:00", "5"],
    ]
    assert read(table(header, *rows), "x.csv").kind == "survey"
