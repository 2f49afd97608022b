"""Every coding: what was suggested and what persons decided, passage by passage."""

from __future__ import annotations

import narwhals as nw
import pandas as pd

from dashboard.analysis.table import Table
from dashboard.evidence.tables import Evidence


def codings(evidence: Evidence, by: str | None = None, *, pool: bool = False) -> Table:
    """One row a passage, theme and coder: every suggestion of confidence 0.05 or more and every person's decision.

    Columns: passage, source, participant, text, theme, confidence (calibrated; null for persons), by, status, accepted
    (the passage's, after all decisions), reason; and source_name. by and pool change nothing: a list is not split.
    """
    passages = evidence.passages().select("passage", "source", "turn", "start", "participant", "text")
    sources = evidence.sources().select("source", source_name=nw.col("name"))
    verdicts = evidence.open_table("verdicts").select("passage", "theme", "accepted")
    frame = (
        evidence.open_table("codings")
        .join(passages, on="passage", how="inner")
        .join(verdicts, on=["passage", "theme"], how="left")
        .join(sources, on="source", how="left")
    )
    columns = [
        "passage", "source", "source_name", "participant", "text", "theme", "confidence", "by", "status", "accepted",
        "reason", "turn", "start",
    ]  # fmt: skip
    rows: pd.DataFrame = frame.select(columns).collect("pandas").to_pandas()
    rows = rows.sort_values(["source", "turn", "start", "theme", "by", "status"], kind="stable")
    rows = rows.drop(columns=["turn", "start"]).reset_index(drop=True)
    rows["accepted"] = rows["accepted"].fillna(False).astype(bool)
    rows["confidence"] = rows["confidence"].astype(float)
    return Table(
        measure="codings",
        rows=rows,
        keys=("passage", "theme", "by"),
        counted=None,
        unit="codings",
        denominator="",
    )
