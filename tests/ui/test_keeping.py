"""What can be kept of a quote, and which number a finding is made from."""

from conftest import Opened

from dashboard.study import Assumption, Study
from dashboard.ui.keeping import figure_behind, split_of, subjects_of
from dashboard.workspace import evidence as of_evidence
from dashboard.workspace.findings import Finding, Learned


def test_a_quote_can_be_pinned_to_findings_and_to_both_sides_of_an_assumption() -> None:
    learned = Learned(findings=(Finding(1, "older"), Finding(2, "newer", kind="opportunity"), Finding(3, "older")))
    study = Study("x", assumptions=(Assumption("price", "It costs"),))
    assert list(subjects_of(learned, study).items()) == [
        ("Finding: older", (3, "")),
        ("Opportunity: newer", (2, "")),
        ("Finding: older (no. 1)", (1, "")),
        ("For: It costs", ("price", "for")),
        ("Against: It costs", ("price", "against")),
    ]


def test_the_split_of_a_row_is_read_from_its_keys() -> None:
    assert split_of({"theme": "a", "segment": "b"}, "differences") == "segment"
    assert split_of({"theme": "a", "stage": "b"}, "friction") == "theme"
    assert split_of({"theme": "a", "stage": "b"}, "needs") is None


def test_every_row_of_a_measure_can_become_a_figure(sample: Opened) -> None:
    whole = of_evidence.evidence(sample.ws, sample.study)
    assert whole is not None
    theme = whole.study.themes[1]
    for keys, measure, by, pool in (
        ({"theme": theme, "source_kind": "interview"}, "prevalence", None, False),
        ({"theme": theme}, "prevalence", None, True),
        ({"theme": theme, "source_kind": "survey", "attr:plan": "pro"}, "differences", "plan", False),
        ({"stage": whole.study.stages[2], "source_kind": "interview"}, "friction", None, False),
    ):
        figure = figure_behind(whole, keys, measure)
        assert figure is not None
        assert (dict(figure.keys), figure.by, figure.pool) == (keys, by, pool)
        assert " of " in figure.said
    assert figure_behind(whole, {"theme": "nothing"}, "prevalence") is None
