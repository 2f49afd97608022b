"""Theme × segment over many passages, filtered: the product's measure beside plain pandas and hand-written SQL."""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

import duckdb
import narwhals as nw
import pandas as pd

from benchmarks.generated import opened, write
from benchmarks.timing import seconds, table
from dashboard.charts.measures import MEASURES
from dashboard.evidence.tables import Evidence
from dashboard.filters import Filters


def main(arguments: list[str] | None = None) -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--passages", type=int, default=1_000_000)
    options.add_argument("--people", type=int, default=40_000)
    chosen = options.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        revision = write(Path(folder), passages=chosen.passages, people=chosen.people)
        start = time.perf_counter()
        evidence = opened(Path(folder), revision)
        opening = time.perf_counter() - start
        categories = evidence.accepted().collect("pandas").to_native()
        text = categories.astype({name: str for name in categories.columns if categories[name].dtype == "category"})
        connection = duckdb.connect()
        connection.execute("CREATE TABLE accepted AS SELECT * FROM text")
        filters = Filters().with_attribute("plan", ["pro", "team"])
        narrow = Filters(stages=("Stage 2",)).with_attribute("plan", ["pro", "team"])
        rows = [("what", "seconds", "as a ratio")]
        for name, view in (("people filtered by plan", filters), ("and passages by stage", narrow)):
            stage = view.stages[0] if view.stages else None
            ways = {
                "counted where the data is, as every measure does": lambda v=view: counted(evidence.where(v)),
                "plain pandas, text columns": lambda s=stage: plain(text, s),
                "plain pandas, categories": lambda s=stage: plain(categories, s),
                "SQL by hand over the same rows": lambda s=stage: by_hand(connection, s),
            }
            people = {int(way()["k"].sum()) for way in ways.values()}
            assert len(people) == 1, "all must count the same people"
            taken = {way: seconds(work) for way, work in ways.items()}
            first = next(iter(taken.values()))
            rows += [(f"theme × status, {name}", "", "")]
            rows += [(f"  {way}", f"{took:.3f}", f"{took / first:.1f}") for way, took in taken.items()]
            whole = seconds(lambda v=view: MEASURES["prevalence"].function(evidence.where(v), "status"))
            rows += [("  the whole measure: shares, intervals, order, notes", f"{whole:.3f}", f"{whole / first:.1f}")]
        rows.append(("opening the evidence, once", f"{opening:.1f}", ""))
        table(f"{chosen.passages:,} passages of {chosen.people:,} people", rows)


def counted(evidence: Evidence) -> pd.DataFrame:
    """People by theme and status, through the evidence's own frames."""
    grouped = evidence.voiced().group_by("source_kind", "theme", "attr:status").agg(k=nw.len())
    found: pd.DataFrame = grouped.collect("pandas").to_native()
    return found


def plain(accepted: pd.DataFrame, stage: str | None) -> pd.DataFrame:
    """The same with pandas alone, as one would write it in a notebook."""
    frame = accepted[accepted["attr:plan"].isin(["pro", "team"])]
    frame = frame if stage is None else frame[frame["stage"] == stage]
    by = frame.groupby(["source_kind", "theme", "attr:status"], observed=True)
    return by["participant"].nunique().rename("k").reset_index()


def by_hand(connection: duckdb.DuckDBPyConnection, stage: str | None) -> pd.DataFrame:
    """The same in SQL over the same rows."""
    narrowed = f" AND stage = '{stage}'" if stage else ""
    return connection.execute(
        f"""SELECT source_kind, theme, "attr:status", count(DISTINCT participant) AS k FROM accepted
            WHERE "attr:plan" IN ('pro', 'team'){narrowed} GROUP BY ALL"""
    ).df()


if __name__ == "__main__":
    main()
