"""Corrected shares in a table of evidence."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from analysis.evidence_fixture import ENGINES, STUDY, evidence, frames

from dashboard.analysis.prevalence import prevalence
from dashboard.evidence.tables import TABLES, Evidence
from dashboard.filters import NO_FILTERS, Filters

COLUMNS = ["corrected", "corrected_low", "corrected_high", "cards", "heard_low", "heard_high"]
CARDS = ["yes"] * 4 + ["no"] * 2 + ["absent"] * 2 + ["unread"] * 12


def opened(engine: str, cards: list[str], *, both: bool = False, **study: Any) -> Evidence:
    """Twenty people, half of them named for Pricing; the first twelve are pro; cards speak of Pricing."""
    names = [f"P{number:02}" for number in range(len(cards))]
    persons = pd.DataFrame({"participant": names, "plan": ["pro"] * 12 + ["free"] * (len(cards) - 12)})
    kinds = ["interview", "survey"] if both else ["interview"]
    passages = pd.DataFrame(
        [(f"{kind}-{name}", name, kind) for name in names for kind in kinds],
        columns=["passage", "participant", "source_kind"],
    )
    codings = pd.DataFrame(
        [(f"interview-{name}", "Pricing", "machine", "suggested", 0.9) for name in names[::2]],
        columns=["passage", "theme", "by", "status", "confidence"],
    )
    study = replace(STUDY, segments=(), objectives=(), **study)
    made = evidence(engine, persons, passages, codings, study=study)
    tables = frames(persons, passages, codings, study)
    rows = pd.DataFrame(
        {
            "participant": names, "source_kind": "interview", "theme": "Pricing",
            "stratum": ["yes", "no"] * (len(names) // 2), "card": cards,
        }
    )[list(TABLES["cards"])].merge(persons, on="participant")  # fmt: skip
    rows = rows.rename(columns={"plan": "attr:plan"}).astype(str)
    if both:
        rows = pd.concat([rows, rows.assign(source_kind="survey", card="unread")], ignore_index=True)
    opener = ENGINES[engine]({**tables, "cards": rows})
    return replace(made, open_table=opener)


def pricing(table, **keys):
    found = table.rows[table.rows["theme"] == "Pricing"]
    for name, value in keys.items():
        found = found[found[name] == value]
    return found.iloc[0]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_theme_with_cards_is_corrected_and_no_other(engine: str) -> None:
    table = prevalence(opened(engine, CARDS))
    row = pricing(table)
    assert row.cards == 8
    assert 4 <= row.heard_low <= 20 * row.corrected <= row.heard_high <= 18
    assert row.corrected_low < row.corrected < row.corrected_high
    assert row.corrected_high - row.corrected_low > row.high - row.low - 0.05
    assert table.rows.loc[table.rows["theme"] != "Pricing", COLUMNS].isna().all(axis=None)
    assert any("8 cards" in note for note in table.notes)
    again = pricing(prevalence(opened(engine, CARDS)))
    assert again.corrected == row.corrected


def test_everybody_read_or_certain_is_exact() -> None:
    cards = ["certain"] * 3 + ["yes"] * 5 + ["missed"] * 2 + ["absent"] * 10
    row = pricing(prevalence(opened("duckdb", cards)))
    assert (row.corrected, row.heard_low, row.heard_high) == (0.5, 10, 10)


def test_of_those_we_heard_where_people_were_recruited_to_a_plan() -> None:
    cards = ["yes"] * 5 + ["absent"] * 15
    row = pricing(prevalence(opened("duckdb", cards, plan={"plan": {"pro": 12}})))
    assert (row.corrected_low, row.corrected, row.corrected_high) == (0.25, 0.25, 0.25)


def test_a_group_needs_eight_cards_of_its_own() -> None:
    found = opened("duckdb", CARDS)
    split = prevalence(found, "plan")
    assert pricing(split, **{"attr:plan": "pro"}).cards == 8
    assert pd.isna(pricing(split, **{"attr:plan": "free"}).corrected)
    fewer = opened("duckdb", ["yes"] * 3 + ["unread"] * 17)
    assert prevalence(fewer, "plan").rows["corrected"].isna().all()
    assert pricing(prevalence(fewer)).cards == 3
    pro = NO_FILTERS.with_attribute("plan", ["pro"])
    assert prevalence(fewer.where(pro)).rows["corrected"].isna().all()
    assert pricing(prevalence(found.where(pro))).cards == 8
    assert pricing(prevalence(fewer.where(Filters(source_kinds=("interview",))))).cards == 3


def test_a_card_says_nothing_of_some_of_the_passages() -> None:
    found = opened("duckdb", CARDS).where(Filters(text="said"))
    assert prevalence(found).rows["corrected"].isna().all()


@pytest.mark.parametrize("engine", ENGINES)
def test_pooled_who_was_also_surveyed_is_unread(engine: str) -> None:
    assert prevalence(opened(engine, CARDS, both=True), pool=True).rows["corrected"].isna().all()
    assert pricing(prevalence(opened(engine, CARDS), pool=True)).cards == 8
