"""An answer in a row: what was said in short, who it is, how they were asked, and its themes in words."""

from __future__ import annotations

from dashboard.analysis.guide import Question
from dashboard.ui.answers import answer_row, lead


def test_an_answer_says_who_what_and_how_it_was_asked() -> None:
    row = {
        "participant": "P1", "source_kind": "interview", "asked": "Right. " * 40 + "How was it?", "text": "Fine. " * 90,
        "themes": {"Pricing": "asked", "Support": "volunteered"}, "passages": 3, "passage": "a.1.0",
    }  # fmt: skip
    shown = answer_row(row, "plan pro")
    assert (shown.id, shown.title) == ("a.1.0", "P1 (3 quotes)")
    assert 300 < len(shown.said) < 330
    assert shown.said.endswith(" …")
    assert shown.lines[0] == "plan pro"
    assert shown.lines[1].startswith("Asked: … ")
    assert shown.lines[1].endswith("How was it?")
    assert len(shown.lines) == 2
    assert [tag.text for tag in shown.tags] == ["Pricing, asked", "Support, volunteered"]


def test_the_lead_says_how_often_it_was_asked() -> None:
    figures = {"asked": 3, "interviews": 12, "people": 1}
    assert (
        lead(Question("q1", "How was it?"), figures)
        == "“How was it?” was asked in 3 of 12 interviews; 1 person answered."
    )
    assert "was not asked" in lead(Question("q1", "How was it?"), figures | {"asked": 0, "people": 0})
    assert "in the survey" in lead(Question("Why?", "Why?", of_guide=False), figures)
