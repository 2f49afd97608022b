import pandas as pd

from dashboard.intake.profiles import Profile, profile_of


def profile(*cells: str) -> Profile:
    return profile_of(pd.Series(cells, dtype=str))


def test_numbers_with_no_answers_among_them() -> None:
    found = profile("5", "4", "N/A", "3", "", "4")
    assert (found.filled, found.low, found.high, found.whole) == (5, 3.0, 5.0, True)
    assert profile("5", "many", "few").numbers == {}


def test_several_choices_in_a_cell() -> None:
    assert profile("Reports, Alerts", "Reports", "Alerts, Exports", "Exports, Reports", "Alerts").several
    assert not profile("It is slow, but fine", "I came, I saw, I left", "No, thanks", "Well, perhaps").several
    assert profile("a;b", "b;c", "a", "c;a", "b").several


def test_forms_of_cells() -> None:
    assert profile("a@b.org", "c.d@e.co").emails == 1.0
    assert profile("10.0.0.1", "192.168.1.20").addresses == 1.0
    assert profile("2026-01-01 10:00:00", "2026-01-02").dates == 1.0
    assert profile("P01", "P02", "x").codes == 2 / 3
    assert profile("1", "2", "3").running
    assert not profile("101", "102", "103").running


def test_a_long_column_is_judged_on_a_sample() -> None:
    found = profile(*(str(n % 7) for n in range(20_000)))
    assert found.filled == 20_000
    assert found.seen <= 4_000
    assert found.distinct == 7
