"""Shares of people corrected by the cards that were read: overall, or in a group with enough cards of its own."""

from __future__ import annotations

import zlib
from dataclasses import replace

import narwhals as nw
import numpy as np
import pandas as pd

from dashboard.analysis.corrected import FEWEST_CARDS, Corrected, Tally, corrected
from dashboard.analysis.counting import POOLED, with_group
from dashboard.analysis.in_words import count
from dashboard.evidence.tables import Evidence
from dashboard.filters import Filters

COLUMNS = ("corrected", "corrected_low", "corrected_high", "cards", "heard_low", "heard_high")
_KEYS = ["group", "source_kind", "theme"]


def with_cards(rows: pd.DataFrame, evidence: Evidence, by: str | None, *, pool: bool, heard: bool) -> pd.DataFrame:
    """Rows of prevalence with COLUMNS: null where no card was read, or a group has fewer than eight of its own.

    corrected, corrected_low, corrected_high: the share with the coding's own error in its interval (formula:
    ``corrected.corrected``); heard: of those heard alone, T ÷ n. heard_low, heard_high: people of n. cards: how many
    were read. Null under a filter on passages, since a card speaks of all that a person said.
    """
    rows = rows.assign(**dict.fromkeys(COLUMNS, np.nan))
    if evidence.filters.narrows_passages or not len(rows):
        return rows
    tallies = _tallies(evidence, by, pool=pool)
    fewest = FEWEST_CARDS if by is not None or replace(evidence.filters, source_kinds=()) != Filters() else 1
    found = np.full((len(rows), len(COLUMNS)), np.nan)
    for position, key in enumerate(zip(*(rows[name] for name in _KEYS), strict=True)):
        of = tallies.get(key)
        if of is not None and int(of.cards) >= fewest:
            # each row draws for itself: what else stands in the table changes nothing
            seed = [evidence.seed, zlib.crc32("\n".join(map(str, key)).encode())]
            found[position] = _figures(corrected(of, seed=seed), int(of.cards), rows["n"].iloc[position], heard=heard)
    return rows.assign(**{name: found[:, place] for place, name in enumerate(COLUMNS)})


def _figures(of: Corrected, cards: int, n: int, *, heard: bool) -> tuple[float, ...]:
    low, high = (of.heard_low / n, of.heard_high / n) if heard else (of.low, of.high)
    return float(of.share), float(low), float(high), cards, float(of.heard_low), float(of.heard_high)


def _tallies(evidence: Evidence, by: str | None, *, pool: bool) -> dict[tuple[str, ...], Tally]:
    """(group, source kind, theme) → its tally, of the themes of which a card was read."""
    frame = with_group(evidence, evidence.cards(), by, "participant", "source_kind", "theme", "stratum", "card")
    if pool:
        # who was interviewed and surveyed was not read in whole: certain, or as good as unread
        texts = {name: nw.col(name).cast(nw.String) for name in ("stratum", "card")}
        people = frame.with_columns(**texts, certain=(nw.col("card") == "certain").cast(nw.Int64))
        people = people.group_by("participant", "group", "theme").agg(
            stratum=nw.col("stratum").max(), card=nw.col("card").max(), certain=nw.col("certain").max(), kinds=nw.len()
        )
        alone = nw.when(nw.col("kinds") > 1).then(nw.lit("unread")).otherwise(nw.col("card"))
        card = nw.when(nw.col("certain") == 1).then(nw.lit("certain")).otherwise(alone)
        frame = people.select("group", "theme", "stratum", source_kind=nw.lit(POOLED), card=card)
    counted = frame.group_by("group", "source_kind", "theme", "stratum", "card").agg(people=nw.len())
    rows = counted.collect("pandas").to_pandas().astype(dict.fromkeys([*_KEYS, "stratum", "card"], "str"))
    return {tuple(map(str, key)): _tally(of) for key, of in rows.groupby(_KEYS)}


def _tally(rows: pd.DataFrame) -> Tally:
    def of(card: str, strata: list[str]) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        people = rows[rows["card"] == card].groupby("stratum")["people"].sum()
        return people.reindex(strata, fill_value=0).to_numpy(dtype="int64")

    strata = sorted(rows["stratum"].unique())
    in_strata = rows[rows["card"] != "certain"].groupby("stratum")["people"].sum()
    return Tally(
        certain=np.asarray(of("certain", strata).sum()),
        people=in_strata.reindex(strata, fill_value=0).to_numpy(dtype="int64"),
        yes=of("yes", strata),
        no=of("no", strata),
        missed=of("missed", strata),
        absent=of("absent", strata),
        nowhere=of("nowhere", strata),
    )


def cards_note(rows: pd.DataFrame) -> tuple[str, ...]:
    """How many cards were read, and what the figures without any cover."""
    if "cards" not in rows or not rows["cards"].notna().any():
        return ()
    read = int(rows["cards"].sum())
    allow = "the share and its interval allow for what the coding misses and finds wrongly"
    note = f"Where cards were read ({count(read, 'card')}), {allow}"
    if rows["cards"].isna().any():
        return (f"{note}; where no card was read, the interval covers sampling alone.",)
    return (f"{note}.",)
