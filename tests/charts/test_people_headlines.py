"""What is said first of whom we heard, of saturation and of needs; never stronger than the figures."""

from __future__ import annotations

import pandas as pd
import pytest
from analysis.evidence_fixture import evidence, made, random_study, with_study

from dashboard.analysis.mix import mix
from dashboard.analysis.needs import needs
from dashboard.analysis.saturation import saturation
from dashboard.analysis.table import Table
from dashboard.charts.headlines import NOTHING_SAID, TOO_FEW
from dashboard.charts.people_headlines import of_mix, of_needs, of_saturation


def planned(*rows: tuple[str, int, float | None]) -> Table:
    frame = pd.DataFrame(
        [("plan", value, n, plan, max(0.0, (plan or 0) - n), 0) for value, n, plan in rows],
        columns=["attribute", "value", "n", "planned", "missing", "not_heard"],
    )
    return Table("mix", frame, ("attribute", "value"), "n", "participants")


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([("free", 5, 4), ("pro", 6, 6)], "Everybody the plan asks for was heard: 2 groups, each as many as planned."),
        ([("free", 5, 6), ("pro", 6, 6)], "Of “plan free” 5 of 6 planned people were heard."),
        ([("team", 0, 3), ("pro", 6, 6)], "Nobody was heard of “plan team”."),
        (
            [("team", 0, 3), ("pro", 4, 6), ("free", 5, 6)],
            "Nobody was heard of “plan team”; of “plan pro” 4 of 6 planned people were heard, "
            "and 1 other group lacks people, too.",
        ),
        ([("free", 5, None)], "The study has no plan of whom to hear; these are the people who were heard."),
        ([], "Nothing is known yet of the people we heard: no sheet or survey describes them."),
    ],
)
def test_mix(rows: list[tuple[str, int, float | None]], said: str) -> None:
    assert of_mix(planned(*rows)) == said


def test_mix_of_evidence() -> None:
    given = with_study(made("duckdb", people=30), plan={"plan": {"free": 900}})
    assert "of 900 planned people were heard" in of_mix(mix(given))


def added(*new: int, by_persons: bool = True) -> Table:
    frame = pd.DataFrame({"source": [f"i{n}" for n in range(len(new))], "new": list(new)})
    return Table("saturation", frame, ("source",), "new", "themes", totals={"by_persons": int(by_persons)})


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (added(5, 3, 2, 0, 1, 0, 0), "The last 5 interviews brought 3 new themes."),
        (added(5, 3, 0, 0, 1, 0, 0), "The last 5 interviews brought 1 new theme."),
        (
            added(5, 3, 0, 0, 0, 0, 0, by_persons=False),
            "The last 5 interviews brought no new theme (unchecked suggestions).",
        ),
        (added(5, 3, 2, 1, 1), "The 5 interviews brought 12 new themes."),
        (added(5, 3), "Too few interviews (2) to say whether further ones would bring new themes."),
        (added(), "There is no interview yet in which anything could be coded."),
    ],
)
def test_saturation(table: Table, said: str) -> None:
    assert of_saturation(table) == said


@pytest.mark.parametrize("people", [0, 1, 40])
def test_saturation_of_evidence_ends_in_a_full_stop(people: int) -> None:
    assert of_saturation(saturation(made("duckdb", people=people))).endswith(".")


def test_needs() -> None:
    said = of_needs(needs(made("duckdb", people=40, seed=8)))
    assert said.startswith("Something is wished for or missing most often about “")
    assert "in the interviews" in said
    assert "in the survey" in said
    assert of_needs(needs(made("duckdb", people=0))) == NOTHING_SAID
    assert of_needs(needs(made("duckdb", people=3))) in (TOO_FEW, "Nobody here states an unmet need.")
    persons, passages, codings = random_study(people=12, seed=1)
    nobody = evidence("duckdb", persons, passages.assign(need=False), codings)
    assert of_needs(needs(nobody)) == "Nobody here states an unmet need."
    assert "among plan" in of_needs(needs(made("duckdb", people=60, seed=8), "plan"))
