"""The list of sources: which is shown, which is found."""

from ui.source_card import card, survey, transcript

from dashboard.ui.source_cards import chosen_of, narrowed

FINE = card("p1", transcript(("Ana Ruiz", "participant")))
DOUBT = card("p2", transcript(("Maya", "interviewer")))
ANSWERS = card("nps", survey(("Why?", "open")))
BROKEN = card("bad", None, error="“bad.txt” holds no text; export it again.")
ALL = [FINE, DOUBT, ANSWERS, BROKEN]


def test_the_chosen_source_stays_else_the_first_that_needs_a_person() -> None:
    assert chosen_of(ALL, "nps") is ANSWERS
    assert chosen_of(ALL, "gone") is DOUBT
    assert chosen_of([FINE, ANSWERS], "") is FINE
    assert chosen_of([], "") is None


def test_sources_are_found_by_name_kind_and_speaker() -> None:
    assert narrowed(ALL, find="ruiz ana") == [FINE]
    assert narrowed(ALL, find="SURVEY") == [ANSWERS]
    assert narrowed(ALL, find="bad") == [BROKEN]
    assert narrowed(ALL, find=".txt nobody") == []


def test_facets_divide_the_sources() -> None:
    assert narrowed(ALL, facet="look") == [DOUBT, BROKEN]
    assert narrowed(ALL, facet="Interview") == [FINE, DOUBT]
    assert narrowed(ALL, facet="other") == [BROKEN]
