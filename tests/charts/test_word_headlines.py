"""What is said first of words, agreement and everything, at the edges."""

from __future__ import annotations

import pandas as pd
from analysis.evidence_fixture import made
from analysis.test_agreement import with_two_persons
from analysis.test_words import by_hand, random_words

from dashboard.analysis.agreement import agreement
from dashboard.analysis.overview import overview
from dashboard.analysis.table import Table
from dashboard.analysis.words import words
from dashboard.charts.headlines import NOTHING_SAID, TOO_FEW
from dashboard.charts.word_headlines import of_agreement, of_overview, of_words


def judged(*rows: tuple[str, str, int, int, float]) -> Table:
    columns = ["one", "another", "k", "n", "alpha"]
    frame = pd.DataFrame(rows, columns=columns).assign(theme="Pricing")
    return Table("agreement", frame, ("theme", "one", "another"), "k", "passages")


def test_words() -> None:
    assert of_words(words(by_hand("duckdb"))) == "The word most people use is “bank”: 4 of 7 people we spoke to (57 %)."
    assert of_words(words(by_hand("duckdb"), "plan")) == TOO_FEW
    assert of_words(words(random_words("duckdb"), "plan")).startswith("Of all words, “")
    assert of_words(words(made("duckdb", people=0))) == "No word is used by three people yet."


def test_agreement_of_persons_comes_before_that_with_the_machine() -> None:
    both = judged(("ada", "bo", 5, 50, 0.71), ("ada", "machine", 20, 60, 0.1))
    said = "Two persons agree on 45 of 50 judgements (90 %), only so far on “Pricing” (alpha 0.71)."
    assert of_agreement(both) == said
    alone = of_agreement(judged(("ada", "machine", 30, 60, -0.1)))
    assert alone.endswith("30 of 60 judgements (50 %), least on “Pricing” (alpha −0.10).")
    assert "too few" in of_agreement(judged(("ada", "machine", 1, 3, 0.2)))
    assert of_agreement(judged(("ada", "bo", 1, 50, 0.95))) == "Two persons agree on 49 of 50 judgements (98 %)."
    assert of_agreement(agreement(with_two_persons("duckdb"))).startswith("Two persons agree on")


def test_overview() -> None:
    assert of_overview(overview(made("duckdb", people=0))) == NOTHING_SAID
    assert of_overview(overview(made("duckdb", people=30))).startswith("“")
