"""Corrected and weighted shares in words and on bars."""

from __future__ import annotations

import pandas as pd

from dashboard.analysis.table import Table
from dashboard.charts.bars import bars
from dashboard.charts.card_words import about, best
from dashboard.charts.headlines import of_prevalence

ROW = {
    "theme": "Pricing", "source_kind": "interview", "k": 14, "n": 24, "share": 14 / 24, "low": 0.39, "high": 0.76,
    "checked": 0, "corrected": 0.5, "corrected_low": 0.3, "corrected_high": 0.7, "cards": 40.0, "heard_low": 9.0,
    "heard_high": 14.0,
}  # fmt: skip
NO_CARDS = dict.fromkeys(
    ("corrected", "corrected_low", "corrected_high", "cards", "heard_low", "heard_high"), float("nan")
)


def table(*rows: dict[str, object], intervals: bool = True) -> Table:
    return Table(
        "prevalence", pd.DataFrame(rows), ("theme", "source_kind"), "k", "participants", denominator="people",
        intervals=intervals, order={"theme": ("Pricing",)},
    )  # fmt: skip


def interval(figure) -> list[tuple[float, ...]]:  # type: ignore[no-untyped-def]
    return [tuple(trace.x[:2]) for trace in figure.data if trace.name == "interval"]


def test_a_corrected_bar_shows_the_corrected_share_and_says_so() -> None:
    figure = bars(table(ROW))
    assert list(figure.data[0].x) == [0.5]
    assert list(figure.data[-1].text) == ["about 9 to 14 of 24, after 40 cards"]
    assert interval(figure) == [(0.3, 0.7)]
    assert "the coding finds 14 of 24" in figure.data[0].hovertext[0]
    # of those heard there is an interval, even where one of all customers may not be drawn
    assert interval(bars(table(ROW, intervals=False))) == [(0.3, 0.7)]
    assert interval(bars(table({**ROW, **NO_CARDS}, intervals=False))) == []


def test_a_bar_without_cards_is_as_before_and_dashed() -> None:
    figure = bars(table({**ROW, **NO_CARDS}))
    assert list(figure.data[0].x) == [14 / 24]
    assert list(figure.data[-1].text) == ["14 of 24"]
    dashes = [trace.line.dash for trace in figure.data if trace.name == "interval"]
    assert dashes == ["3px,3px"]


def test_the_headline_is_not_stronger_than_the_cards() -> None:
    said = of_prevalence(table(ROW))
    assert (
        said
        == "“Pricing” seems to come up most in the interviews: about 9 to 14 of 24 people we spoke to, after 40 cards."
    )


def test_a_weighted_share_says_of_whom_it_is() -> None:
    row = {**ROW, **NO_CARDS, "weighted": 0.42, "weighted_low": 0.25, "weighted_high": 0.6}
    assert list(bars(table(row)).data[-1].text) == ["14 of 24 (weighted: 42 %)"]
    assert "14 of 24 people we spoke to (weighted to all customers: 42 %)" in of_prevalence(table(row))


def test_words_at_the_ends() -> None:
    assert about({**ROW, "heard_low": 9.0, "heard_high": 9.0, "cards": 1.0}) == "9 of 24, after 1 card"
    many = {**ROW, "n": 1000, "heard_low": 401.0, "heard_high": 404.0}
    assert about(many) == "about 40 % of 1,000, after 40 cards"
    assert best({"share": 0.1, "low": 0.0, "high": 0.2}) == {"share": 0.1, "low": 0.0, "high": 0.2}
