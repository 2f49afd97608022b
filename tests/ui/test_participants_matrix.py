"""The matrix of people and themes, and its file."""

import pandas as pd
from analysis.evidence_fixture import made

from dashboard.ui.participants_matrix import csv_of, data_of, short
from dashboard.workspace.participants import everybody


def test_cells_count_quotes_and_places_are_their_keys() -> None:
    people = pd.DataFrame({"participant": ["P1", "P2"], "quotes": [4, 1]})
    voiced = pd.DataFrame({"participant": ["P1"], "theme": ["Login"], "quotes": [2], "checked": [1]})
    data, places = data_of(("Pricing", "Login"), people, voiced, {("P1", "Login"): "Locked out <b>twice</b>"})
    assert data["rows"] == ["P1", "P2"]
    assert [column["name"] for column in data["columns"]] == ["all quotes", "Pricing", "Login"]
    assert data["cells"][0][1] is None
    cell = data["cells"][0][2]
    assert (cell["share"], cell["count"]) == ("2", "Locked out <b>twice</b>")
    assert cell["title"].startswith("P1, Login: 2 quotes, 1 checked by a person; Locked out")
    assert places["0,2"] == {"participant": "P1", "theme": "Login"}
    assert places["1,0"] == {"participant": "P2"}
    assert "0,1" not in places


def test_a_long_summary_is_cut() -> None:
    assert short("word " * 40).endswith("…")
    assert len(short("word " * 40)) <= 45


def test_the_file_holds_every_cell_and_no_formula() -> None:
    of = made("duckdb", people=6)
    people = everybody(of)
    written = csv_of(of, people, {("P00000", theme): "=1+1" for theme in of.study.themes}).decode("utf-8-sig")
    assert written.startswith("participant,theme,quotes,checked,summary")
    assert "'=1+1" in written
