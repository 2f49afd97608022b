"""What is said first of interviews and questions, no stronger than the figures."""

from __future__ import annotations

from analysis.evidence_fixture import made
from analysis.talks import talk_evidence

from dashboard.analysis.interviews import interviews
from dashboard.analysis.questions import questions
from dashboard.charts.craft_headlines import NO_INTERVIEWS, of_interviews, of_questions
from dashboard.charts.headlines import TOO_FEW
from dashboard.filters import Filters


def test_how_much_interviewers_spoke() -> None:
    said = of_interviews(interviews(talk_evidence()))
    assert said.startswith("The interviewer spoke ")
    assert said.endswith(" % of the words in 1 interview."), "an interview of four turns says nothing"
    many = of_interviews(interviews(made("duckdb", people=12)))
    assert many.startswith("Interviewers spoke ")


def test_questions_that_lead_are_counted() -> None:
    assert of_questions(questions(talk_evidence())) == TOO_FEW
    said = of_questions(questions(made("duckdb", people=12)))
    assert " questions lead, " in said
    assert "Questions lead most often in interviews with plan " in of_questions(questions(made("duckdb"), "plan"))


def test_of_surveys_alone_nothing_is_said() -> None:
    surveys = talk_evidence().where(Filters(source_kinds=("survey",)))
    assert of_interviews(interviews(surveys)) == of_questions(questions(surveys)) == NO_INTERVIEWS
