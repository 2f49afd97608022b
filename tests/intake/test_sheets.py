import io
import zipfile

import openpyxl
import pytest
from hypothesis import given as examples
from hypothesis import strategies as st

from dashboard.errors import UnreadableFile
from dashboard.intake.encoding import given
from dashboard.intake.sheets import cell_text, delimiter_of, is_workbook, of_text, of_workbook


def cells(data: bytes, name: str = "t.csv") -> list[list[str]]:
    return of_text(given(data, name)).cells.to_numpy(dtype=object).tolist()


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_separator_is_the_one_that_gives_even_rows(delimiter: str) -> None:
    rows = [["id", "answer", "size"], ["1", '"one, two; three"', "2"], ["2", '"a | b"', "3"]]
    text = "\n".join(delimiter.join(row) for row in rows) + "\n"
    assert delimiter_of(text)[0] == delimiter


def test_a_separator_line_is_obeyed() -> None:
    assert cells(b"sep=;\na;b\n1,5;2\n") == [["a", "b"], ["1,5", "2"]]


def test_line_ends_quotes_and_blanks_inside_cells() -> None:
    data = b'id,why\r\n1,"two\r\nlines"\r\n2,"he said ""no"""\r\n3,  x  \r\n'
    assert cells(data) == [["id", "why"], ["1", "two\nlines"], ["2", 'he said "no"'], ["3", "x"]]


def test_short_and_long_rows_are_filled_up() -> None:
    assert cells(b"a,b,c\n1\n2,3,4,5\n") == [["a", "b", "c", ""], ["1", "", "", ""], ["2", "3", "4", "5"]]


def test_a_quotation_mark_that_is_never_closed_swallows_nothing() -> None:
    data = b'id,why\n1,"because\n2,it is fine\n3,and so on\n4,the end\n'
    sheet = of_text(given(data, "t.csv"))
    assert len(sheet.cells) == 5
    assert "never closed" in sheet.warnings[0]


def test_values_are_kept_as_written() -> None:
    assert cells(b"id,version\n007,1.20\nNA,null\n") == [["id", "version"], ["007", "1.20"], ["NA", "null"]]


def test_too_many_columns_are_refused() -> None:
    with pytest.raises(UnreadableFile, match="columns"):
        of_text(given(b"a," * 7_000 + b"\n" + b"b," * 7_000, "wide.csv"))


@examples(st.lists(st.lists(st.text("abc ,;\"'\n1é", max_size=6), min_size=2, max_size=4), min_size=1, max_size=6))
def test_what_was_written_is_read(rows: list[list[str]]) -> None:
    import csv

    width = max(map(len, rows))
    padded = [[f"x{cell.strip()}y" for cell in row] + ["z"] * (width - len(row)) for row in rows]
    out = io.StringIO()
    csv.writer(out, delimiter="\t", quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(padded)
    assert cells(b"sep=\t\n" + out.getvalue().encode()) == padded


def test_cells_of_workbooks_as_people_write_them() -> None:
    from datetime import date, datetime, time

    assert [
        cell_text(cell)
        for cell in (
            2.0,
            2.5,
            True,
            None,
            "x",
            date(2026, 5, 4),
            datetime.fromisoformat("2026-05-04 09:30"),
            time(9, 30),
        )
    ] == [
        "2",
        "2.5",
        "Yes",
        "",
        "x",
        "2026-05-04",
        "2026-05-04 09:30:00",
        "09:30:00",
    ]


def test_a_far_cell_does_not_fill_the_memory() -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "id"
    book.active["ZZ1048576"] = "far"
    out = io.BytesIO()
    book.save(out)
    book.close()
    with pytest.raises(UnreadableFile, match="far outside"):
        of_workbook(given(out.getvalue(), "far.xlsx"))


def test_other_zips_are_no_workbooks() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert not is_workbook(out.getvalue())
    assert not is_workbook(b"PK\x03\x04broken")
