from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.intake.days import days_of, iso_day


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026-05-04", "2026-05-04"),
        ("2026-05-04T10:00:00Z", "2026-05-04"),
        ("2026/05/04 1:02:03 PM AST", "2026-05-04"),
        ("5/4/2026 10:00", "2026-05-04"),
        ("5/14/26", "2026-05-14"),
        ("14/5/2026", "2026-05-14"),
        ("46146.5", "2026-05-04"),
        ("20260504", "2026-05-04"),
        ("4 May 2026", "2026-05-04"),
        ("May 4, 2026 1:22:11 pm", "2026-05-04"),
        ("1777888800", "2026-05-04"),
        ("soon", ""),
        ("", ""),
        ("2026-13-45", ""),
    ],
)
def test_days_as_tables_write_them(written: str, day: str) -> None:
    assert iso_day(written) == day


def test_a_column_tells_whether_the_day_comes_first() -> None:
    body = pd.DataFrame({0: ["3/4/2026", "25/4/2026", ""]}, dtype=str)
    assert days_of(body, [0]) == (["2026-04-03", "2026-04-25", ""], ())


def test_days_that_could_be_read_two_ways_are_told() -> None:
    days, doubts = days_of(pd.DataFrame({0: ["3/4/2026", "5/4/2026"]}, dtype=str), [0])
    assert days == ["2026-03-04", "2026-05-04"]
    assert "two ways" in doubts[0]
    assert days_of(pd.DataFrame({0: ["3.4.2026"]}, dtype=str), [0]) == (["2026-04-03"], ())


@given(st.dates(date(1990, 1, 1), date(2060, 1, 1)))
def test_iso_days_stay_themselves(day: date) -> None:
    assert iso_day(day.isoformat()) == day.isoformat()
