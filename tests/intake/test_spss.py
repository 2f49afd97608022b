"""Files that SPSS and Stata would write, written here by the same library that reads them."""

from pathlib import Path

import pandas as pd
import pyreadstat
import pytest

from dashboard.errors import UnreadableFile
from dashboard.intake import read
from dashboard.intake.spss import form_of
from dashboard.study import Correction

FRAME = pd.DataFrame(
    {
        "pid": ["P1", "P2", "P3"],
        "nps": [9.0, 0.0, 7.0],
        "sat": [5.0, 1.0, 9.0],
        "plan": [1.0, 2.0, 1.0],
        "why": ["It saves me an hour a day", "", "There is no way back once I save"],
    }
)
LABELS = ["Participant ID", "How likely are you to recommend us?", "How satisfied are you?", "Plan", "Why is that?"]
VALUES = {
    "nps": {0: "Not at all likely", 10: "Extremely likely"},
    "sat": {1: "Very dissatisfied", 5: "Very satisfied", 9: "Refused"},
    "plan": {1: "pro", 2: "free"},
}


def written(path: Path, **options: object) -> bytes:
    pyreadstat.write_sav(
        FRAME, path, column_labels=LABELS, variable_value_labels=VALUES, missing_ranges={"sat": [9]}, **options
    )
    return path.read_bytes()


@pytest.mark.parametrize("ending", ["sav", "zsav"])
def test_labels_values_and_user_missing(tmp_path: Path, ending: str) -> None:
    data = written(tmp_path / f"x.{ending}", row_compress=ending == "sav", compress=ending == "zsav")
    parsed = read(data, f"x.{ending}")
    assert parsed.format == f"SPSS .{ending}"
    assert {column.name: column.role for column in parsed.columns} == {
        "Participant ID": "participant",
        "How likely are you to recommend us?": "nps",
        "How satisfied are you?": "csat",
        "Plan": "attribute",
        "Why is that?": "open",
    }
    assert parsed.respondents == 3
    first, second, third = parsed.rows
    assert first.attributes == {"Plan": "pro"}
    assert first.scores == {"How likely are you to recommend us?": 9.0, "How satisfied are you?": 5.0}
    assert second.scores["How likely are you to recommend us?"] == 0.0
    assert "How satisfied are you?" not in third.scores
    assert [turn.text for turn in parsed.turns] == [FRAME["why"][0], FRAME["why"][2]]


def test_columns_are_corrected_by_variable_name_or_by_label(tmp_path: Path) -> None:
    data = written(tmp_path / "x.sav")
    for header in ("plan", "Plan"):
        parsed = read(data, "x.sav", correction=Correction(columns={header: "ignored"}))
        assert parsed.rows[0].attributes == {}


def test_who_refused_everything_still_answered(tmp_path: Path) -> None:
    path = tmp_path / "x.sav"
    pyreadstat.write_sav(pd.DataFrame({"q": [1.0, 9.0]}), path, missing_ranges={"q": [9]})
    assert read(path.read_bytes(), "x.sav").respondents == 2


def test_stata(tmp_path: Path) -> None:
    path = tmp_path / "x.dta"
    pyreadstat.write_dta(FRAME, path, column_labels=LABELS)
    parsed = read(path.read_bytes(), "x.dta")
    assert parsed.format == "Stata .dta"
    assert parsed.respondents == 3
    assert parsed.rows[0].id == "P1"


def test_damaged_files_are_unreadable_and_crash_nothing(tmp_path: Path) -> None:
    data = written(tmp_path / "x.sav")
    lying = bytearray(written(tmp_path / "y.zsav", compress=True))
    lying[80:84] = (600_000_000).to_bytes(4, "little")
    for broken in (data[:200], data[: len(data) // 2], bytes(lying)):
        with pytest.raises(UnreadableFile, match=r"“x\.sav”"):
            read(broken, "x.sav")


def test_forms_by_their_first_bytes() -> None:
    assert form_of(b"$FL3" + b"\0" * 100) == "SPSS .zsav"
    assert form_of(b"<stata_dta><header>") == "Stata .dta"
    assert form_of(b"PK\x03\x04") == ""
