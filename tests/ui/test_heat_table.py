"""What the heat table is given: places, sorting, words for few people and for differences."""

import pandas as pd
import pytest

from dashboard.analysis.in_words import CHANCE, CLEAR
from dashboard.analysis.table import Table
from dashboard.ui.heat_table import SORTS, data_of


def _row(theme: str, kind: str, plan: str, k: int, n: int, rest_k: int, rest_n: int, verdict: str) -> dict[str, object]:
    difference = k / n - rest_k / rest_n
    return {
        "theme": theme, "source_kind": kind, "attr:plan": plan, "k": k, "n": n, "share": k / n, "rest_k": rest_k,
        "rest_n": rest_n, "difference": difference, "verdict": verdict,
    }  # fmt: skip


@pytest.fixture
def table() -> Table:
    rows = pd.DataFrame(
        [
            _row("alpha", "interview", "pro", 2, 12, 9, 12, CLEAR),
            _row("alpha", "interview", "free", 9, 12, 2, 12, CLEAR),
            _row("Beta", "interview", "pro", 12, 12, 12, 12, CHANCE),
            _row("Beta", "interview", "free", 12, 12, 12, 12, CHANCE),
            _row("alpha", "survey", "pro", 30, 60, 1, 4, "too few people to compare (4)"),
            _row("alpha", "survey", "free", 1, 4, 30, 60, "too few people to compare (4)"),
        ]
    )
    return Table("differences", rows, ("theme", "source_kind", "attr:plan"), "k", "participants", by="plan")


def test_each_place_leads_back_to_the_keys_of_its_row(table: Table) -> None:
    data, places = data_of(table)
    for place, keys in places.items():
        row, column = map(int, place.split(","))
        at = table.find(keys)
        assert at is not None
        assert data["rows"][row] == keys["theme"]
        assert data["columns"][column]["name"] == keys["attr:plan"]
    assert len(places) == len(table.rows)
    assert [group["span"] for group in data["groups"]] == [2, 2]


@pytest.mark.parametrize(("sort", "first"), [(SORTS[0], "alpha"), (SORTS[1], "alpha"), (SORTS[2], "alpha")], ids=SORTS)
def test_lines_are_sorted_as_asked(table: Table, sort: str, first: str) -> None:
    assert data_of(table, sort=sort)[0]["rows"][0] == first


def test_by_most_people_and_by_difference_differ(table: Table) -> None:
    only_interviews = Table(
        "differences", table.rows[table.rows["source_kind"] == "interview"], table.keys, "k", "participants", by="plan"
    )
    assert data_of(only_interviews, sort="most people")[0]["rows"] == ["Beta", "alpha"]
    assert data_of(only_interviews, sort="largest difference")[0]["rows"] == ["alpha", "Beta"]


def test_under_thirty_people_come_first_the_percent_second(table: Table) -> None:
    cells = data_of(table, sort="name")[0]["cells"]
    assert (cells[0][0]["share"], cells[0][0]["count"]) == ("2 of 12", "17 %")
    assert (cells[0][2]["share"], cells[0][2]["count"]) == ("50 %", "30 of 60")


def test_few_people_are_grey_with_their_words_and_make_no_claim(table: Table) -> None:
    cell = data_of(table, sort="name")[0]["cells"][0][3]
    assert cell["few"]
    assert cell["count"] == ""
    assert "too few people (4)" in cell["title"]
    assert cell["verdict"] == ""


def test_a_clear_difference_says_so_and_chance_says_nothing(table: Table) -> None:
    cells = data_of(table, sort="name")[0]["cells"]
    assert (cells[0][0]["verdict"], cells[0][0]["sign"]) == (f"▼ {CLEAR}", "less")
    assert (cells[0][1]["verdict"], cells[0][1]["sign"]) == (f"▲ {CLEAR}", "more")
    assert cells[1][0]["verdict"] == ""
