"""Stamps and dates."""

from __future__ import annotations

import pytest
from hypothesis import given as everywhere
from hypothesis import strategies as st

from dashboard.intake.times import clock, found_date, seconds


@pytest.mark.parametrize(
    ("stamp", "expected"),
    [
        ("0:21", 21),
        ("1:02:03", 3723),
        ("75:10", 4510),
        ("00:00:01.500", 1.5),
        ("00:00:01,5", 1.5),
        ("01:02:03:12", 3723),
        ("[00:12]", 12),
        ("(1:00)", 60),
        ("#00:01:12-3#", 72.3),
        ("00:00:75", 75),
        ("12", None),
        ("1:2:3:4:5", None),
        ("", None),
        ("noon", None),
        ("1:", None),
        ("²:03", None),
    ],
)
def test_seconds(stamp: str, expected: float | None) -> None:
    assert seconds(stamp) == expected


@everywhere(st.integers(0, 99 * 3600))
def test_a_clock_is_read_back(value: int) -> None:
    assert seconds(clock(value)) == value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("p07 2026-05-04.vtt", "2026-05-04"),
        ("GMT20211119-141500_Recording", "2021-11-19"),
        ("4 May 2024", "2024-05-04"),
        ("May 4th, 2024", "2024-05-04"),
        ("Dec 6, 2022.", "2022-12-06"),
        ("am 3. März 2024", "2024-03-03"),
        ("le 3 août 2023", "2023-08-03"),
        ("3 de mayo de 2024", "2024-05-03"),
        ("03.05.2024", "2024-05-03"),
        ("2024-13-40", ""),
        ("20249999", ""),
        ("04/05/2024", ""),
        ("1234567890", ""),
        ("", ""),
        ("May 2024", ""),
    ],
)
def test_dates(text: str, expected: str) -> None:
    assert found_date(text) == expected
