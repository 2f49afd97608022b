"""The lines of the overview say what the measures say, and open the same quotes."""

from __future__ import annotations

from functools import cache

import pytest
from analysis.evidence_fixture import made, with_study
from analysis.test_scores import given

from dashboard.analysis.overview import ABOUT, OWN, overview
from dashboard.analysis.quotes import quotes
from dashboard.charts.measures import MEASURES
from dashboard.charts.word_headlines import of_overview
from dashboard.evidence.tables import Evidence
from dashboard.filters import Filters

pytestmark = pytest.mark.filterwarnings("ignore:Found complex group-by expression")


@cache
def with_scores(engine: str) -> Evidence:
    return given(engine, people=36)


@pytest.mark.parametrize("filters", [Filters(), Filters(stages=("Set up",), source_kinds=("interview",))])
def test_every_line_opens_into_exactly_its_people(filters: Filters) -> None:
    seen = with_scores("duckdb").where(filters)
    table = overview(seen)
    assert not table.rows[["about", "line"]].duplicated().any()
    assert list(table.rows["about"]) == sorted(table.rows["about"], key=ABOUT.index)
    for position, row in enumerate(table.records()):
        opened = quotes(seen, table.keys_of(position), measure="overview")
        assert opened.totals["participants"] == row["k"], row
        if row["measure"] != OWN:
            assert quotes(seen, row["of"], measure=row["measure"]).totals == opened.totals
            by = next((key.removeprefix("attr:") for key in row["of"] if key.startswith(("attr:", "segment"))), None)
            said = MEASURES[row["measure"]].function(seen, by) if row["measure"] in MEASURES else None
            if said is not None:
                at = said.find(row["of"])
                assert at is not None
                assert said.rows["k"].iloc[at] == row["k"]


def test_a_study_with_scores_says_what_goes_with_them() -> None:
    rows = overview(with_scores("duckdb")).rows
    said = rows[rows["about"] == "score"]
    assert set(said.loc[said["measure"] == OWN, "line"]) == {"Ease", "Recommend"}
    assert said["text"].str.contains("of .* people who also said something").any()
    assert of_overview(overview(with_scores("duckdb"))).endswith(".")


def test_nobody_and_no_themes() -> None:
    assert not len(overview(made("duckdb", people=0)).rows)
    bare = with_study(made("duckdb", people=12), codebook=(), journey=(), objectives=())
    assert set(overview(bare).rows["about"]) == {"heard"}
    assert of_overview(overview(made("duckdb", people=2))) == "Too few people were heard here to say anything."


def test_a_line_that_is_gone_opens_nothing() -> None:
    seen = made("duckdb", people=12)
    assert not len(quotes(seen, {"about": "theme", "line": "no such line"}, measure="overview").rows)
