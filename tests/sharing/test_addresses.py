"""Postal addresses of several countries, with what stands around them."""

from __future__ import annotations

import pytest

from dashboard.sharing.addresses import addresses


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("we moved to 9 Quince Way, Flat 2, Poppleton 12345 in May", "9 Quince Way, Flat 2, Poppleton 12345"),
        ("write to Lindenstraße 12a please", "Lindenstraße 12a"),
        ("it is Rue des Lilas 44 I think", "Rue des Lilas 44"),
        ("send it to 20789 Kastani 46\n Suite 501\n Tartu\n 62488", "20789 Kastani 46\n Suite 501\n Tartu\n 62488"),
        ("it says PO Box 118 on it", "PO Box 118"),
    ],
)  # fmt: skip
def test_an_address_is_found_whole_where_strict(text: str, whole: str) -> None:
    covered = {place for start, end, _ in addresses(text, strict=True) for place in range(start, end)}
    found = "".join(c for i, c in enumerate(text) if i in covered)
    assert found == whole


@pytest.mark.parametrize(
    "text", ["we have 12 people in 3 teams", "on the way to work", "Windows 11 is fine", "In 2019 Excel 365 came"]
)
def test_prose_is_no_address(text: str) -> None:
    assert not list(addresses(text, strict=True))
