"""No cell or heading that leaves is a formula, and what left comes back as it was."""

from __future__ import annotations

import csv
import io

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.sharing.spreadsheet import as_given, csv_of, inert


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_what_a_spreadsheet_would_compute_is_text(sign: str) -> None:
    data = csv_of(pd.DataFrame({f"{sign}head": [f"{sign}1+1", "fine"], "n": [1, None]}))
    head, first, second = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    assert (head[0], first[0], second[0]) == (f"'{sign}head", f"'{sign}1+1", "fine")
    assert second[1] == ""


@given(st.text())
def test_it_comes_back_as_it_was(text: str) -> None:
    if as_given(text) == text:  # a text that looks as if it had been made inert cannot be told from one that was
        assert as_given(inert(text)) == text
