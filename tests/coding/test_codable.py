"""Answers that say nothing, and those that only look like it."""

from __future__ import annotations

import pytest

from dashboard.coding.codable import is_codable


@pytest.mark.parametrize(
    "text",
    ["", "  ", "n/a", "N.A.", "-", "???", "12", "None", "no comment", "Don’t know!", "idk", "ok, thanks", "Yeah.",
     "mhm", "keine Angabe", "weiß nicht", "rien à dire", "sin comentarios", "特になし", "没有", "👍", "nothing to add"],
)  # fmt: skip
def test_an_answer_that_says_nothing(text: str) -> None:
    assert not is_codable(text)


@pytest.mark.parametrize(
    "text",
    ["Price", "too slow", "no invoices", "nothing works", "I don't know where the invoices are", "请求书太贵",
     "Support!", "none of the exports open"],
)  # fmt: skip
def test_an_answer_that_says_something(text: str) -> None:
    assert is_codable(text)


def test_a_long_answer_needs_letters() -> None:
    assert not is_codable("." * 500)
    assert is_codable("no " * 100)
