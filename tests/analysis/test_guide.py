"""The guide as it was asked and answered."""

from __future__ import annotations

import pytest
from analysis.evidence_fixture import ENGINES, with_study
from analysis.talks import SURVEY, talk_evidence

from dashboard.analysis.guide import answers, asked_of, coverage, never_asked, questions_of
from dashboard.analysis.quotes import quotes
from dashboard.errors import InvalidFilter
from dashboard.filters import NO_FILTERS


@pytest.mark.parametrize("engine", ENGINES)
def test_what_was_asked_in_which_interview(engine: str) -> None:
    evidence = talk_evidence(engine)
    assert asked_of(evidence) == {"a": ("hear", "price"), "b": ("price",)}
    rows = coverage(evidence).set_index("id")
    assert rows.loc["price"].tolist() == [2, 2, 2]
    assert rows.loc["wish"].tolist() == [0, 2, 1], "the survey asked it"
    assert never_asked(evidence) == ()


def test_a_survey_question_that_is_the_guides_stands_under_it() -> None:
    by_id = {each.id: each for each in questions_of(talk_evidence())}
    assert list(by_id) == ["hear", "price", "wish"]
    assert by_id["wish"].columns == (SURVEY,)


def test_without_a_guide_the_surveys_questions_stand_alone() -> None:
    (only,) = questions_of(with_study(talk_evidence(), guide=()))
    assert (only.id, only.of_guide) == (SURVEY, False)


def test_follow_ups_belong_to_the_question_before() -> None:
    rows = answers(talk_evidence(), "hear")
    assert rows["text"].tolist() == ["From a poster at school. I got it the same day."]
    assert rows["passages"].tolist() == [2]


def test_a_theme_is_asked_or_volunteered() -> None:
    rows = answers(talk_evidence(), "price").set_index("participant")
    assert rows.loc["P1", "themes"] == {"Pricing": "asked"}
    assert rows.loc["P2", "themes"] == {"Pricing": "asked", "Support": "volunteered"}
    survey = answers(talk_evidence(), "wish").set_index("participant")
    assert list(survey.index) == ["P3"], "what is not codable is no answer"
    assert survey.loc["P3", "themes"] == {"Pricing": "volunteered"}


def test_filters_narrow_the_answers_and_the_interviews() -> None:
    seen = talk_evidence().where(NO_FILTERS.with_attribute("plan", ["pro"]))
    assert answers(seen, "price")["participant"].tolist() == ["P2"]
    assert coverage(seen).set_index("id").loc["price"].tolist() == [1, 1, 1]


def test_answers_open_into_exactly_their_quotes() -> None:
    evidence = talk_evidence()
    assert quotes(evidence, {"guide": "price"}, measure="answers").totals == {"passages": 3, "participants": 2}
    found = quotes(evidence, {"guide": "price", "participant": "P2"}, measure="answers")
    assert found.rows["passage"].tolist() == ["b.1.0", "b.3.0"]
    with pytest.raises(InvalidFilter):
        quotes(evidence, {"theme": "Pricing"}, measure="answers")
    with pytest.raises(InvalidFilter):
        answers(evidence, "no such")
