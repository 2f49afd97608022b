import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.intake.headers import header_of, key, plain, unique


def frame(*rows: list[str]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), dtype=str)


def test_titles_above_the_header_are_passed_over() -> None:
    header = header_of(
        frame(["Results", "", ""], ["", "", ""], ["id", "plan", "why"], ["1", "pro", "x"], ["2", "free", "y"])
    )
    assert header.names == ("id", "plan", "why")
    assert header.first == 3


def test_a_row_that_was_said_wins() -> None:
    header = header_of(frame(["a", "b"], ["c", "d"], ["1", "2"]), row=2)
    assert header.names == ("c", "d")
    assert header.first == 2


def test_html_and_blanks_are_taken_out_of_questions() -> None:
    assert plain("Was it<br/>easy?\n  &amp; quick ") == "Was it easy? & quick"
    assert plain("rated < 3 and > 1") == "rated < 3 and > 1"
    assert key(" Why  NOT? ") == key("why not?")


def test_codes_above_texts_are_two_header_rows() -> None:
    header = header_of(
        frame(
            ["q1", "q2", "q3"],
            ["How often do you use it?", "What do you use it for?", "What would you change about it?"],
            ["daily", "work", "colours"], ["weekly", "play", "sound"],
        )
    )  # fmt: skip
    assert header.rows == 2
    assert header.names[0] == "q1 - How often do you use it?"
    assert header.written[0] == ("q1", "How often do you use it?")


def test_long_first_answers_are_no_header() -> None:
    header = header_of(
        frame(
            ["id", "why", "what_else"],
            ["1", "I left because it was slow.", "There is nothing else to say."],
            ["2", "It was far too expensive for me.", "You should call people back."],
        )
    )
    assert header.rows == 1


def test_an_import_row_alone_does_not_break() -> None:
    header = header_of(frame(['{"ImportId":"QID1"}', '{"ImportId":"QID2"}'], ["a", "b"]))
    assert header.first == 1


@pytest.mark.parametrize("stamp", ["Timestamp", "Zeitstempel", "Horodateur"])
def test_google_forms_in_other_languages(stamp: str) -> None:
    assert header_of(frame([stamp, "Why?"], ["1/2/2026 10:00:00", "x"])).dialect == "Google Forms"


@given(st.lists(st.sampled_from(["", "Comments", "Comments#2", "Comments#3", "a", "Column 1"]), max_size=12))
def test_names_are_unique(names: list[str]) -> None:
    found = unique(names)
    assert len(set(found)) == len(found) == len(names)
