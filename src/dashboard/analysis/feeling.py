"""How people feel along the journey: the mean sentiment at each stage, and how many are negative or positive there."""

from __future__ import annotations

import narwhals as nw
import numpy as np
import pandas as pd

from dashboard.analysis.counting import (
    Columns,
    at_a_stage,
    collected,
    group_order,
    in_order,
    keyed,
    kind_of,
    kinds_in,
    narrowing,
    order_of,
    overlap_note,
    with_group,
)  # fmt: skip
from dashboard.analysis.statistics import student_interval, wilson
from dashboard.analysis.table import Table
from dashboard.evidence.tables import Evidence
from dashboard.study import NEGATIVE_AT, POSITIVE_AT

_ROWS: Columns = {
    "source_kind": nw.String, "stage": nw.String, "group": nw.String, "n": nw.Int64, "passages": nw.Int64,
    "sentiment": nw.Float64, "deviation": nw.Float64, "negative": nw.Int64, "positive": nw.Int64,
}  # fmt: skip


def feeling(evidence: Evidence, by: str | None = None, *, pool: bool = False) -> Table:
    """Mean sentiment (−1 … +1) at each stage, over people, in the journey's order; one row a stage, group and kind.

    n: people who talk about the stage, each with the mean of what they say there; sentiment: the mean over them, with
    Student's interval. negative, positive: people with at least one such passage there (a person can be both), with
    shares of n and Wilson's intervals. Raises InvalidFilter where the study has no attribute ``by``.
    """
    frame = with_group(
        evidence,
        at_a_stage(evidence),
        by,
        "stage",
        "participant",
        "sentiment",
        source_kind=kind_of(pool=pool),
        negative=(nw.col("sentiment") <= NEGATIVE_AT).cast(nw.Int64),
        positive=(nw.col("sentiment") >= POSITIVE_AT).cast(nw.Int64),
    )
    each = frame.group_by("source_kind", "stage", "group", "participant").agg(
        passages=nw.len(),
        sentiment=nw.col("sentiment").mean(),
        negative=nw.col("negative").max(),
        positive=nw.col("positive").max(),
    )
    of_stage = each.group_by("source_kind", "stage", "group").agg(
        n=nw.len(),
        passages=nw.col("passages").sum(),
        sentiment=nw.col("sentiment").mean(),
        deviation=nw.col("sentiment").std(ddof=1),
        negative=nw.col("negative").sum(),
        positive=nw.col("positive").sum(),
    )
    rows = _figures(collected([(of_stage, {})], _ROWS))
    rows = in_order(
        rows,
        source_kind=kinds_in(rows["source_kind"]),
        stage=evidence.study.stages,
        group=group_order(evidence, by, rows["group"]),
    )
    rows, keys = keyed(rows, evidence.group_column(by), first=("stage",), pool=pool)
    order = order_of(rows, keys, stage=evidence.study.stages, group=group_order(evidence, by, ()))
    return Table(
        measure="feeling",
        rows=rows,
        keys=keys,
        counted="n",
        unit="participants",
        by=by,
        order=order,
        denominator="people who talk about the stage" + narrowing(evidence.filters),
        notes=overlap_note(evidence, by),
    )


def _figures(rows: pd.DataFrame) -> pd.DataFrame:
    n = rows["n"].to_numpy()
    sentiment = rows["sentiment"].round(9)
    low, high = student_interval(sentiment, rows["deviation"].fillna(0), n)
    found = rows[["source_kind", "stage", "group", "n", "passages"]].assign(
        sentiment=sentiment,
        sentiment_low=np.maximum(low, -1.0),
        sentiment_high=np.minimum(high, 1.0),
    )
    for sign in ("negative", "positive"):
        share_low, share_high = wilson(rows[sign], n)
        found[sign] = rows[sign]
        found[f"{sign}_share"], found[f"{sign}_low"], found[f"{sign}_high"] = rows[sign] / n, share_low, share_high
    return found
