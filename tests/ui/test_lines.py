"""Lines are named by what they say, so that the one that was clicked stays marked."""

from dashboard.ui.lines import Line


def test_a_line_is_the_same_from_run_to_run_and_differs_from_others() -> None:
    line = Line("Pricing", "prevalence", {"theme": "Pricing", "source_kind": "survey"})
    again = Line("Pricing, again", "prevalence", {"source_kind": "survey", "theme": "Pricing"}, share=0.5)
    other = Line("Pricing", "prevalence", {"theme": "Pricing", "source_kind": "interview"})
    assert line.id == again.id
    assert line.id != other.id


def test_a_line_to_read_alone_has_no_name() -> None:
    assert Line("What do they need first?", "", {}).id == ""
