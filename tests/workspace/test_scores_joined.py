"""A score given in one file and what the same person said in another stand together where who-is-who says so."""

from __future__ import annotations

from dataclasses import replace

from dashboard.analysis.quotes import quotes
from dashboard.analysis.scores import scores
from dashboard.analysis.table import Table
from dashboard.evidence.tables import Evidence
from dashboard.study import Theme
from dashboard.workspace import Workspace, jobs, people, sources, studies
from dashboard.workspace.evidence import evidence

CALL = (
    b"I: How did you feel about paying for it?\n"
    b"Bo Fenn: It is expensive for what it does, and the price went up in March without a word.\n"
)
SURVEY = (
    b"Response ID,Submitted At,How likely are you to recommend us? (0-10),What is the main reason for your score?\n"
    b"R-1,2026-03-02,3,n/a\nR-2,2026-03-03,9,The tutorial was great and the price is fair\nR-3,2026-03-04,8,n/a\n"
)
QUESTION = "How likely are you to recommend us? (0-10)"


def _pricing(table: Table) -> dict[str, object]:
    return next(row for row in table.records() if row["theme"] == "Pricing")


def test_an_interview_and_a_survey_row_are_one_person_once_somebody_says_so(ws: Workspace) -> None:
    study = studies.create(ws, "Joined")
    given = replace(studies.get(ws, study), codebook=(Theme("Pricing", cues=("price", "expensive")),))
    studies.save(ws, given, version=studies.version(ws, study))
    sources.add(ws, study, [("call.txt", CALL), ("nps.csv", SURVEY)])
    jobs.build_now(ws, study)
    before = scores(_seen(ws, study))
    assert before.notes[0] == f"Of 3 people who gave “{QUESTION}”, 1 also said something that could be coded."
    assert (_pricing(before)["k"], _pricing(before)["n"]) == (1, 1)

    keys = people.people(ws, study)
    speaker = next(key for key in keys if key.endswith("/Bo Fenn"))
    answer = next(key for key, person in keys.items() if "R-1" in (key, person) or key.endswith("/R-1"))
    word = people.confirm(ws, study, [speaker, answer], "Bo Fenn")
    after = scores(_seen(ws, study))
    assert after.notes[0] == f"Of 3 people who gave “{QUESTION}”, 2 also said something that could be coded."
    row = _pricing(after)
    assert (row["k"], row["n"], row["mean"]) == (2, 2, 6.0)
    found = quotes(_seen(ws, study), after.keys_of(0), measure="scores")
    assert set(found.rows["source_kind"]) == {"interview", "survey"}
    assert found.totals["participants"] == 2

    people.restore(ws, study, word)
    assert scores(_seen(ws, study)).notes == before.notes


def _seen(ws: Workspace, study: str) -> Evidence:
    found = evidence(ws, study)
    assert found is not None
    return found
