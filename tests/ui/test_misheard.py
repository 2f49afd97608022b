"""How often a misheard word stands, in words."""

from dashboard.ui.misheard import in_words
from dashboard.workspace.turns import Heard


def test_a_word_is_counted_in_places_and_sources() -> None:
    assert in_words(Heard(1, ("a",), ()), " teem ") == "“teem” stands in 1 place, in 1 source."
    assert in_words(Heard(0, (), ()), "teem") == "“teem” stands nowhere."
