"""A cloud shows the table it is drawn from: the same words, the same counts."""

from __future__ import annotations

from dataclasses import replace

from analysis.test_words import by_hand, random_words

from dashboard.analysis.words import words
from dashboard.charts.words import cloud
from dashboard.ui.words import cloud_data, weights


def test_words_say_their_counts_aloud() -> None:
    table = words(by_hand("duckdb"))
    placed = cloud(weights(table), width=720, height=330, seed=1)
    shown = {each["word"]: each for each in cloud_data(table, placed)}
    assert shown["invoice"]["say"] == "invoice: 4 of 7 people. Open the quotes"
    assert shown["invoice"]["tone"] == "half"
    assert shown["bank feed"]["tone"] == "plain"


def test_a_group_of_few_makes_no_claim_and_sizes_are_by_z() -> None:
    table = words(by_hand("duckdb"), "plan")
    pro = replace(table, rows=table.rows[table.rows["attr:plan"] == "pro"].reset_index(drop=True))
    assert dict(weights(pro)) == dict(zip(pro.rows["word"], pro.rows["z"], strict=True))
    (first, *_) = cloud_data(pro, cloud(weights(pro), width=720, height=330, seed=1))
    assert first["tone"] == "none"
    assert "of the others 0 of 4" in first["say"]


def test_where_there_is_nobody_else_people_make_the_size() -> None:
    table = words(random_words("duckdb"), "plan", pool=True)
    alone = replace(table, rows=table.rows.assign(z=float("nan")))
    assert weights(alone)[0][1] == table.rows["k"].iloc[0]
