"""Theme × segment over many passages, filtered: the product's measure beside plain pandas and hand-written SQL."""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

import duckdb
import pandas as pd

from benchmarks.generated import opened, write
from benchmarks.timing import seconds, table
from dashboard.charts.measures import MEASURES
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
        accepted = evidence.accepted().collect("pandas").to_native()
        said = evidence.said().collect("pandas").to_native()
        filters = Filters().with_attribute("plan", ["pro", "team"])
        narrow = Filters(stages=("Stage 2",)).with_attribute("plan", ["pro", "team"])
        measure = MEASURES["prevalence"].function

        def ours(chosen: Filters) -> pd.DataFrame:
            return measure(evidence.where(chosen), "status").rows

        def plain(stage: str | None) -> pd.DataFrame:
            frame = accepted[accepted["attr:plan"].isin(["pro", "team"])]
            frame = frame if stage is None else frame[frame["stage"] == stage]
            counts = frame.groupby(["source_kind", "theme", "attr:status"])["participant"].nunique()
            base = (
                said[said["attr:plan"].isin(["pro", "team"])]
                .groupby(["source_kind", "attr:status"])["participant"]
                .nunique()
            )
            return counts.rename("k").reset_index().merge(base.rename("n").reset_index())

        connection = duckdb.connect()
        connection.execute("CREATE TABLE accepted AS SELECT * FROM accepted")
        connection.execute("CREATE TABLE said AS SELECT * FROM said")

        def by_hand(stage: str | None) -> pd.DataFrame:
            where = """WHERE "attr:plan" IN ('pro', 'team')"""
            narrower = where + (f" AND stage = '{stage}'" if stage else "")
            return connection.execute(
                f"""SELECT c.*, n FROM (SELECT source_kind, theme, "attr:status" s, count(DISTINCT participant) k
                    FROM accepted {narrower} GROUP BY ALL) c JOIN (SELECT source_kind, "attr:status" s,
                    count(DISTINCT participant) n FROM said {where} GROUP BY ALL) USING (source_kind, s)"""
            ).df()

        rows = [("what", "seconds", "as a ratio")]
        for name, chosen_filters, stage in (
            ("filtered by plan", filters, None),
            ("by plan and stage", narrow, "Stage 2"),
        ):
            mine = ours(chosen_filters)
            theirs = plain(stage)
            assert mine["k"].sum() == theirs["k"].sum(), "the two must count the same people"
            a, b, c = (
                seconds(lambda f=chosen_filters: ours(f)),
                seconds(lambda s=stage: plain(s)),
                seconds(lambda s=stage: by_hand(s)),
            )
            rows.append((f"prevalence by status, {name}", f"{a:.3f}", "1"))
            rows.append(("  plain pandas on the same rows", f"{b:.3f}", f"{b / a:.1f} × as long"))
            rows.append(("  SQL by hand, distinct people", f"{c:.3f}", f"{c / a:.1f} × as long"))
        rows.append(("opening the evidence, once", f"{opening:.1f}", ""))
        table(f"{chosen.passages:,} passages of {chosen.people:,} people", rows)


if __name__ == "__main__":
    main()
