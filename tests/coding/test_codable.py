import pytest

from dashboard.coding.codable import is_codable


@pytest.mark.parametrize(
    "text",
    ["", " ", ".", "-", "—", "n/a", "N.A.", "none", "Nothing!", "Don’t know", "no comment.", "ok thanks", "Mm-hm.", "yes.", "No.",
     "Yeah, yeah, okay.", "10", "Keine Angabe", "ne sait pas", "特になし", "没有", "???", "12/05", "Right, right."],
)  # fmt: skip
def test_answers_that_say_nothing(text: str) -> None:
    assert not is_codable(text)


@pytest.mark.parametrize(
    "text",
    ["Too expensive", "Invoices", "No invoices", "nothing worked", "good", "Yes, the price.", "bad UX", "高い", "teuer",
     "I don't know how to export it", "none of the exports open in our ledger"],
)  # fmt: skip
def test_answers_that_say_something(text: str) -> None:
    assert is_codable(text)
