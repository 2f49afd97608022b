"""Words of groups, against a corpus counted by hand and a reference written the long way."""

from __future__ import annotations

import math
from collections import Counter
from functools import cache

import numpy as np
import pandas as pd
import pytest
from analysis.evidence_fixture import ENGINES, evidence, made, random_study
from hypothesis import given
from hypothesis import strategies as st

from dashboard.analysis.quotes import quotes
from dashboard.analysis.stop_words import STOP_WORDS
from dashboard.analysis.words import language_of, log_odds_of, spoken, tokens, told, words
from dashboard.evidence.tables import Evidence
from dashboard.filters import Filters

# person, plan, what they said
CORPUS = [
    ("P1", "pro", "The bank feed broke. The bank feed, again!"), ("P1", "pro", "Bank, bank, bank"),
    ("P2", "pro", "My bank’s feed is fine"), ("P3", "pro", "I like the bank feed and the invoice"),
    ("P4", "free", "The invoice was late"), ("P5", "free", "An invoice, and a bank"), ("P6", "free", "invoice?"),
    ("P7", "free", "n/a"), ("P8", "free", "Ich habe die Rechnung nicht bekommen, die Rechnung war falsch"),
]  # fmt: skip


def by_hand(engine: str) -> Evidence:
    persons = pd.DataFrame({person: plan for person, plan, _ in CORPUS}.items(), columns=["participant", "plan"])
    passages = pd.DataFrame(
        {
            "passage": [f"q{number}" for number in range(len(CORPUS))],
            "participant": [person for person, _, _ in CORPUS], "source_kind": "interview",
            "text": [text for _, _, text in CORPUS], "codable": [text != "n/a" for _, _, text in CORPUS],
        }
    )  # fmt: skip
    none = pd.DataFrame(columns=["passage", "theme", "by", "status", "confidence"])
    return evidence(engine, persons, passages, none)


@cache
def random_words(engine: str) -> Evidence:
    persons, passages, codings = random_study(people=40, seed=3)
    draw = np.random.default_rng(2)
    vocabulary = ["bank", "feed", "invoice", "price", "reminder", "the", "team", "phone"]
    passages["text"] = [" ".join(draw.choice(vocabulary, 3)).capitalize() for _ in range(len(passages))]
    return evidence(engine, persons, passages, codings)


def reference(k: Counter[str], rest_k: Counter[str], weight: float) -> dict[str, tuple[float, float]]:
    """Monroe, Colaresi and Quinn, one word at a time."""
    n, rest_n = sum(k.values()), sum(rest_k.values())
    found = {}
    for word in {*k, *rest_k}:
        prior = weight * (k[word] + rest_k[word]) / (n + rest_n)
        odds = (k[word] + prior) / (n + weight - k[word] - prior)
        rest_odds = (rest_k[word] + prior) / (rest_n + weight - rest_k[word] - prior)
        deviation = math.sqrt(1 / (k[word] + prior) + 1 / (rest_k[word] + prior))
        found[word] = (math.log(odds / rest_odds), math.log(odds / rest_odds) / deviation)
    return found


@pytest.mark.parametrize("engine", ENGINES)
def test_by_hand(engine: str) -> None:
    given = by_hand(engine)
    rows = {(row["word"], row["attr:plan"]): row for row in words(given, "plan").records()}
    # three of three pro say “bank feed”, nobody else; “feed” never stands alone, so it is not listed beside it
    assert set(rows) == {("bank feed", "pro"), ("bank", "pro"), ("invoice", "free")}
    bank, invoice = rows["bank", "pro"], rows["invoice", "free"]
    assert (bank["k"], bank["n"], bank["rest_k"], bank["rest_n"]) == (3, 3, 1, 4)
    assert (invoice["k"], invoice["n"], invoice["rest_k"], invoice["rest_n"]) == (3, 4, 1, 3)
    pro, free = Counter({"bank": 3, "feed": 3, "bank feed": 3, "invoice": 1}), Counter(bank=1, invoice=3)
    expected = reference(pro, free, (sum(pro.values()) + sum(free.values())) / 7)
    assert (bank["log_odds"], bank["z"]) == pytest.approx(expected["bank"])
    assert invoice["z"] == pytest.approx(-expected["invoice"][1])


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("pool", [False, True])
@pytest.mark.parametrize("by", [None, "plan", "segment"])
@pytest.mark.parametrize("filters", [Filters(), Filters(stages=("Set up", "Pay")), Filters(source_kinds=("survey",))])
def test_rows_open_into_exactly_their_people(engine: str, pool: bool, by: str | None, filters: Filters) -> None:
    given = random_words(engine).where(filters)
    table = words(given, by, pool=pool)
    assert len(table.rows)
    for position in range(0, len(table.rows), 9):
        opened = quotes(given, table.keys_of(position), measure="words")
        assert opened.totals["participants"] == table.rows["k"].iloc[position]
        word = table.rows["word"].iloc[position].split()[0]
        assert opened.rows["text"].str.lower().str.contains(word).all()


@pytest.mark.parametrize("counts", [([3, 0, 5, 1], [1, 4, 5, 0]), ([0, 2], [3, 2])])
def test_log_odds_against_the_reference(counts: tuple[list[int], list[int]]) -> None:
    names = [f"w{number}" for number in range(len(counts[0]))]
    k, rest_k = (Counter(dict(zip(names, side, strict=True))) for side in counts)
    log_odds, z = log_odds_of(*counts, weight=4.5)
    expected = reference(k, rest_k, 4.5)
    for place, name in enumerate(names):
        assert (log_odds[place], z[place]) == pytest.approx(expected[name])


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(1, 9)), min_size=2, max_size=12))
def test_turned_round_the_sign_turns(counts: list[tuple[int, int]]) -> None:
    here, there = ([pair[side] for pair in counts] for side in (0, 1))
    _, z = log_odds_of(here, there, weight=3)
    _, turned = log_odds_of(there, here, weight=3)
    assert z.tolist() == pytest.approx((-turned).tolist(), nan_ok=True)


def test_each_person_is_read_in_their_own_language() -> None:
    index = spoken(by_hand("duckdb"))
    assert "rechnung" in index.vocabulary
    assert not {"ich", "die", "war", "n", "the", "i"} & set(index.vocabulary)
    assert language_of(Counter(tokens("Le prix n'est pas le même pour nous, et c'est dommage"))) == "fr"


def test_words_of_scripts_without_spaces() -> None:
    assert tokens("請求書のメールが届かない") == ["請求書", "メール"]
    assert told(["bank", "", "bank"], frozenset()) == {"bank"}
    assert all(word == word.casefold() for words_of in STOP_WORDS.values() for word in words_of)


def test_nobody_and_nothing_often_enough() -> None:
    table = words(made("duckdb", people=0))
    assert not len(table.rows)
    assert table.notes == ("No word is used by 3 people yet.",)
    assert words(made("duckdb", people=0), "plan").notes == ("No word is used by 3 people, or none more by one group.",)
    assert words(by_hand("duckdb")).rows["word"].tolist() == ["bank", "invoice", "bank feed"]


def test_engines_agree() -> None:
    one, another = (words(by_hand(engine), "plan").rows for engine in ENGINES)
    pd.testing.assert_frame_equal(one, another)
