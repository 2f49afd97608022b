"""Pictures to take away are well-formed, whatever names hold, and carry their title and notes."""

from __future__ import annotations

import pytest
from defusedxml.ElementTree import fromstring

from dashboard.charts.pictures import cloud_picture, heat_picture
from dashboard.charts.words import Placed, cloud

NAME = "<script>alert(1)</script> & \"so\" 'on'"


def words_in(svg: str) -> str:
    return " ".join(element.text or "" for element in fromstring(svg).iter())


def test_a_heat_table_as_a_picture() -> None:
    cell = {"share": "2 of 3", "count": "67 %", "depth": 57, "few": True, "verdict": ""}
    data = {
        "rows": [NAME, "Pricing"], "columns": [{"name": NAME, "note": "3 people"}, {"name": "pro", "note": "9 people"}],
        "groups": [{"name": "Interviews", "span": 2}],
        "cells": [[cell, None], [{**cell, "few": False, "depth": 80}, {**cell, "verdict": "▲ clear difference"}]],
    }  # fmt: skip
    said = words_in(heat_picture(data, title=f"Title {NAME}", notes=["Of people.", ""]))
    assert "alert(1)" in said
    assert "Of people." in said
    assert "Dotted: fewer than 5 people" in said
    assert "▲ clear difference" in said


def test_a_cloud_as_a_picture() -> None:
    placed = (Placed(NAME, 100, 40, 90, 20), Placed("bank", 200, 80, 50, 13))
    assert NAME in words_in(cloud_picture(placed, width=300, height=120, title="Whose words?", notes=["A note."]))


@pytest.mark.parametrize("size", [(720, 330), (350, 400)])
def test_a_cloud_is_the_same_for_a_seed_and_no_two_words_touch(size: tuple[int, int]) -> None:
    weights = [(f"{'wo' * (1 + number % 4)}rd{number}", 1 / (1 + number)) for number in range(30)]
    placed = cloud(weights, width=size[0], height=size[1], seed=3)
    assert placed == cloud(weights, width=size[0], height=size[1], seed=3)
    assert placed[0].word == weights[0][0]
    assert len(placed) >= 20
    for place, one in enumerate(placed):
        assert one.middle - one.width / 2 >= 0
        assert one.middle + one.width / 2 <= size[0]
        assert 0 <= one.y <= size[1]
        for other in placed[:place]:
            across = abs(one.middle - other.middle) * 2 < one.width + other.width
            # capital letters reach seven tenths of the size above the line
            along = one.y - one.size * 0.7 < other.y and other.y - other.size * 0.7 < one.y
            assert not (across and along), (one, other)


def test_nothing_to_draw() -> None:
    assert cloud([], width=300, height=100, seed=0) == ()
    assert cloud([("bank", 0.0)], width=300, height=100, seed=0) == ()
