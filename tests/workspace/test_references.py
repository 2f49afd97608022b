"""What speaks of a theme or a stage follows it to another name, or stops speaking of it."""

from __future__ import annotations

from dashboard.study import Assumption, Comparison, GuideQuestion, Objective, Stage, Study, Theme
from dashboard.workspace.references import renamed, without

STUDY = Study(
    "One",
    objectives=(Objective("o", "Why?", (Comparison("A", "plan"), Comparison("B", "plan"))),),
    assumptions=(Assumption("a", "Price", ("A", "B"), ("C",)),),
    guide=(GuideQuestion("q", "How?", "Set up"), GuideQuestion("r", "Why?")),
    journey=(Stage("Set up"),),
    codebook=(Theme("A"), Theme("B", parent="A"), Theme("C")),
)


def test_a_renamed_theme_is_renamed_wherever_it_is_named_but_in_its_own_place() -> None:
    found = renamed(STUDY, "theme", "A", "B")
    assert [theme.parent for theme in found.codebook] == [None, "B", None]
    assert found.themes == STUDY.themes
    assert [each.theme for each in found.objectives[0].comparisons] == ["B", "B"]
    assert found.assumptions[0].supports == ("B",)  # named once, however it came to be
    assert found.guide == STUDY.guide


def test_what_is_gone_is_spoken_of_no_more() -> None:
    found = without(STUDY, "theme", ["A", "C"])
    assert [theme.parent for theme in found.codebook] == [None, None, None]
    assert [each.theme for each in found.objectives[0].comparisons] == ["B"]
    assert (found.assumptions[0].supports, found.assumptions[0].contradicts) == (("B",), ())
    assert [each.stage for each in without(STUDY, "stage", ["Set up"]).guide] == [None, None]
    assert [each.stage for each in renamed(STUDY, "stage", "Set up", "Begin").guide] == ["Begin", None]
