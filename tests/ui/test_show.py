"""Files for spreadsheets that compute nothing, and rows in words."""

import csv
import io

import pandas as pd
import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.analysis.table import Table
from dashboard.ui.show import csv_of, in_words, inert, marked


@given(st.text())
def test_no_cell_can_be_taken_for_a_formula(text: str) -> None:
    assert not inert(text).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert inert(text).endswith(text)


@pytest.mark.parametrize("name", ["=cmd|' /C calc'!A0", "@SUM(1)", "+1", "-1", 'a,b"c\nd'])
def test_a_file_for_a_spreadsheet_is_inert_in_cells_and_heads(name: str) -> None:
    rows = pd.DataFrame({"theme": [name], f"attr:{name}": ["pro"], "k": [3], "share": [-0.5]})
    written = csv_of(Table("prevalence", rows, ("theme",), "k", "participants")).decode("utf-8-sig")
    head, row = csv.reader(io.StringIO(written, newline=""))
    assert head == ["theme", inert(name), "k", "share"]
    assert row == [inert(name), "pro", "3", "-0.5"]


def test_a_row_in_words_names_what_it_is_about() -> None:
    assert in_words({"theme": "Pricing", "attr:plan": "pro"}) == "Pricing, plan pro"
    assert in_words({"stage": "Set up", "source_kind": "survey"}) == "Set up, survey"


def test_the_chosen_mark_stands_out_and_labels_stay_legible() -> None:
    rows = pd.DataFrame({"theme": ["a", "b"], "k": [1, 2]})
    table = Table("prevalence", rows, ("theme",), "k", "participants")
    figure = go.Figure(
        [go.Bar(x=[1, 2], customdata=[["a"], ["b"]]), go.Scatter(mode="text", customdata=[["a"], ["b"]])]
    )
    bars, labels = marked(figure, table, {"theme": "b"}).data
    assert bars.selectedpoints == (1,)
    assert labels.selectedpoints == (0, 1)
    assert figure.data[0].selectedpoints is None, "the cached figure is not touched"
    assert marked(figure, table, None) is figure
