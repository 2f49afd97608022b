"""Everybody, one person, and who says what, against evidence that is counted by hand."""

from __future__ import annotations

from dataclasses import replace

import narwhals as nw
import pandas as pd
import pytest
from analysis.evidence_fixture import ENGINES, evidence
from analysis.small import codings, passages, persons

from dashboard.evidence.tables import Evidence
from dashboard.filters import Filters
from dashboard.workspace.participants import Score, Voiced, everybody, natural, person, voiced


def small(engine: str) -> Evidence:
    return evidence(engine, persons(), passages(), codings())


@pytest.mark.parametrize("engine", ENGINES)
def test_interviewed_people_come_first_and_who_said_nothing_last(engine: str) -> None:
    found = everybody(small(engine))
    assert found["participant"].tolist() == [f"P{number}" for number in range(1, 12)]
    assert found["quotes"].tolist()[0] == 3
    assert found.iloc[-1]["quotes"] == 0
    survey = everybody(small(engine).where(Filters(source_kinds=("survey",))))
    assert survey["participant"].tolist() == ["P1", "P7"]


@pytest.mark.parametrize("engine", ENGINES)
def test_one_person(engine: str) -> None:
    found = person(small(engine), "P7")
    assert found is not None
    assert found.attributes == (("plan", "free"), ("status", "churned"))
    assert found.segments == ("paying or gone",)
    assert (found.quotes, found.uncodable) == (1, 1)
    assert found.themes == (Voiced("Onboarding", 1, 1),)
    assert [name for name, _ in found.sources] == ["interview-P7.vtt", "survey-P7.vtt"]
    assert person(small(engine), "P99") is None
    assert person(small(engine).where(Filters(segments=("paying",))), "P7") is None


def test_scores_are_told_with_their_group() -> None:
    scores = pd.DataFrame(
        {
            "participant": ["P1", "P1"], "score": ["NPS", "Ease"], "kind": ["nps", "ces"], "value": [9.0, 4.5],
            "date": ["2026-05-04", ""], "source": ["s", "s"],
        }
    )  # fmt: skip
    given = small("pandas")
    opened = given.open_table
    frame = nw.from_native(scores).lazy()
    found = person(replace(given, open_table=lambda name: frame if name == "scores" else opened(name)), "P1")
    assert found is not None
    assert found.scores == (Score("Ease", "ces", "4.5", ""), Score("NPS", "nps", "9", "2026-05-04"))
    assert [score.group for score in found.scores] == ["", "promoter"]
    assert [Score("NPS", "nps", value, "").group for value in ("8", "6")] == ["passive", "detractor"]


@pytest.mark.parametrize("engine", ENGINES)
def test_who_says_what(engine: str) -> None:
    rows = voiced(small(engine), ["P7", "P1", "P10"])
    assert rows.to_numpy().tolist() == [["P7", "Onboarding", 1, 1], ["P1", "Pricing", 3, 1]]
    assert not len(voiced(small(engine), []))


def test_numbers_in_ids_sort_by_size() -> None:
    assert sorted(["R10", "R9", "R", "²", "r1"], key=natural)[:2] == ["R", "r1"]
