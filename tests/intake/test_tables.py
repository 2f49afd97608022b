"""What a table is, told by its contents; every table here was written for these tests."""

import csv
import io

import openpyxl
import pytest

from dashboard.errors import UnreadableFile
from dashboard.intake import read
from dashboard.study import Correction


def table(*rows: list[str], delimiter: str = ",") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()


def workbook(**sheets: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    book.close()
    return out.getvalue()


PEOPLE = [
    ["id", "name", "plan", "tenure"],
    ["P01", "Ada Berg", "pro", "3"],
    ["P02", "Bo Carr", "free", "1"],
    ["P03", "Cy Dahl", "pro", ""],
]


def test_one_row_a_person() -> None:
    parsed = read(table(*PEOPLE), "people.csv")
    assert parsed.kind == "participants"
    assert parsed.respondents == 3
    assert [row.id for row in parsed.rows] == ["P01", "P02", "P03"]
    assert parsed.rows[0].name == "Ada Berg"
    assert parsed.rows[0].attributes == {"plan": "pro", "tenure": "3"}
    assert parsed.rows[2].attributes == {"plan": "pro"}
    assert parsed.turns == ()


def test_notes_about_people_are_no_answers() -> None:
    rows = [
        [*row, note]
        for row, note in zip(
            PEOPLE, ["notes", "was late for the call today", "has a colleague with her", ""], strict=True
        )
    ]
    parsed = read(table(*rows), "people.csv")
    assert parsed.kind == "participants"
    assert parsed.turns == ()
    assert any("“notes”" in warning for warning in parsed.warnings)
    asked = read(table(*rows), "people.csv", correction=Correction(columns={"notes": "open"}))
    assert asked.kind == "survey"
    assert len(asked.turns) == 2


def test_one_column_a_person() -> None:
    rows = [
        ["", "P1", "P2", "P3", "P4", "Total"],
        ["Task 1", "1", "0", "1", "1", "3"],
        ["Task 2", "0", "0", "1", "1", "2"],
    ]
    parsed = read(table(*rows).decode().encode("utf-16"), "tasks.csv")
    assert parsed.kind == "participants"
    assert [row.id for row in parsed.rows] == ["P1", "P2", "P3", "P4"]
    assert parsed.rows[1].attributes == {"Task 1": "0", "Task 2": "0"}
    assert any("“Total”" in warning for warning in parsed.warnings)


def test_a_table_of_totals_is_no_survey_and_that_is_said() -> None:
    rows = [
        ["", "Women", "", "Men", ""],
        ["Region", "n", "%", "n", "%"],
        ["North", "41", "52%", "38", "48%"],
        ["South", "20", "40%", "30", "60%"],
        ["Total", "61", "47%", "68", "53%"],
    ]
    parsed = read(table(*rows), "crosstab.csv")
    assert parsed.respondents == 0
    assert parsed.rows == ()
    assert "table of totals" in parsed.warnings[0]


def test_a_workbook_gives_its_fullest_sheet_and_names_the_others() -> None:
    answers = [["Timestamp", "Why did you leave?", "plan"]] + [
        [f"2026-01-{n:02d} 10:00:00", f"Reason number {n} of the many I had", "pro"] for n in range(1, 9)
    ]
    data = workbook(Notes=[["made in May"]], Answers=answers)
    parsed = read(data, "export.xlsx")
    assert parsed.respondents == 8
    assert any("“Answers”" in warning and "“Notes”" in warning for warning in parsed.warnings)
    small = workbook(Answers=answers, Other=[["id", "plan"], ["a", "x"], ["b", "y"]])
    chosen = read(small, "export.xlsx", correction=Correction(sheet="other"))
    assert [column.name for column in chosen.columns] == ["id", "plan"]
    assert not any("Only the sheet" in warning for warning in chosen.warnings)
    missing = read(small, "export.xlsx", correction=Correction(sheet="nowhere"))
    assert any("no sheet “nowhere”" in warning for warning in missing.warnings)


def test_numbers_and_titles_of_a_workbook() -> None:
    rows = [
        ["Customer survey, spring", None, None, None],
        [None] * 4,
        ["customer id", "score", "seats", "comment"],
        [101, 9, 1.5, "Quick to learn and quick to use"],
        [102, 2, 3.0, "Far too many clicks for one thing"],
    ]
    parsed = read(workbook(S=rows), "nps.xlsx")
    assert [row.id for row in parsed.rows] == ["101", "102"]
    assert [row.attributes["seats"] for row in parsed.rows] == ["1.5", "3"]
    assert parsed.rows[0].scores == {"score": 9.0}


def test_tables_of_other_kinds_are_told_apart() -> None:
    quotes = table(
        ["text", "theme", "participant"], ["Too dear for us", "Price", "P1"], ["I like the look", "Design", "P2"]
    )
    assert read(quotes, "codings.csv").kind == "codings"
    book = table(["code", "definition"], ["Price", "what it costs"], ["Speed", "how quick it is"])
    assert read(book, "codes.csv").kind == "codebook"
    spoken = table(
        ["timestamp", "speaker", "words"],
        ["00:00:01", "Ann", "Hello and welcome"],
        ["00:00:04", "Bo", "Thank you for having me"],
    )
    assert read(spoken, "talk.csv").kind == "transcript"


def test_a_damaged_workbook_is_unreadable_with_one_sentence() -> None:
    data = workbook(S=[["a", "b"], ["1", "2"]])
    for broken in (data[:300], data[:-400]):
        with pytest.raises(UnreadableFile, match=r"“x\.xlsx”"):
            read(broken, "x.xlsx")


def test_a_table_with_a_header_alone_has_no_respondents() -> None:
    parsed = read(b"id,comment,score\n", "empty.csv")
    assert parsed.kind == "survey"
    assert parsed.respondents == 0
