"""Which themes go together: people who voice both of a pair, against what their shares alone would bring."""

from __future__ import annotations

from itertools import combinations

import narwhals as nw
import numpy as np
import pandas as pd

from dashboard.analysis.counting import (
    Columns,
    Part,
    collected,
    count,
    group_order,
    in_order,
    keyed,
    kind_of,
    kinds_in,
    narrowing,
    order_of,
    overlap_note,
    with_group,
)
from dashboard.analysis.in_words import FEWEST
from dashboard.analysis.prevalence import BASE
from dashboard.analysis.statistics import benjamini_hochberg, fisher_mid_p, wilson
from dashboard.analysis.table import Table
from dashboard.evidence.tables import Evidence
from dashboard.study import Study

_ROWS: Columns = {
    "group": nw.String,
    "source_kind": nw.String,
    "theme": nw.String,
    "other": nw.String,
    "k": nw.Int64,
}


def cooccurrence(evidence: Evidence, by: str | None = None, *, pool: bool = False) -> Table:
    """Pairs of themes voiced by the same people; one row a pair, group and source kind, each pair once.

    A theme and its parent are no pair: who voices the one voices the other by definition.

    k of n people voice both, theme_k and other_k each of them; share = k ÷ n with Wilson's interval; lift = k n ÷
    (theme_k other_k): how many times as many as if the two had nothing to do with each other (null where one is voiced
    by nobody); p: Fisher's exact test with mid-P; q: Benjamini and Hochberg over the pairs of a source kind, null under
    a filter and where neither theme parts the people into two groups of five or more. Two collects: pairs are counted
    apart from people.
    Raises InvalidFilter where the study has no attribute ``by``.
    """
    counts = count(evidence, [by], pool=pool)
    base = counts.base(0)[["group", "source_kind", "n"]]
    pairs = pd.DataFrame(_asked(evidence.study), columns=["theme", "other"], dtype="str")
    rows = base.merge(pairs, how="cross").merge(
        collected([_pairs(evidence, by, pool=pool)], _ROWS), on=["group", "source_kind", "theme", "other"], how="left"
    )
    for name in ("theme", "other"):
        voiced = counts.voiced[["group", "source_kind", "theme", "k"]]
        voiced = voiced.rename(columns={"theme": name, "k": f"{name}_k"})
        rows = rows.merge(voiced, on=["group", "source_kind", name], how="left")
    whole = ["k", "theme_k", "other_k"]
    rows[whole] = rows[whole].fillna(0).astype("int64")
    rows = in_order(
        rows,
        source_kind=kinds_in(rows["source_kind"]),
        theme=evidence.study.themes,
        other=evidence.study.themes,
        group=group_order(evidence, by, rows["group"]),
    )
    rows = _figures(rows, tested=not evidence.filters)
    rows, keys = keyed(rows, evidence.group_column(by), first=("theme", "other"), pool=pool)
    themes = evidence.study.themes
    return Table(
        measure="cooccurrence",
        rows=rows,
        keys=keys,
        counted="k",
        unit="participants",
        by=by,
        order=order_of(rows, keys, theme=themes, other=themes, group=group_order(evidence, by, ())),
        denominator=BASE + narrowing(evidence.filters),
        notes=overlap_note(evidence, by),
    )


def _asked(study: Study) -> list[tuple[str, str]]:
    """Pairs in the order of the codebook, without those of a theme and its parent."""
    parent = {theme.name: theme.parent for theme in study.codebook}
    return [
        (theme, other)
        for theme, other in combinations(study.themes, 2)
        if parent[theme] != other and parent[other] != theme
    ]


def _pairs(evidence: Evidence, by: str | None, *, pool: bool) -> Part:
    voiced = with_group(evidence, evidence.voiced(), by, "participant", "theme", source_kind=kind_of(pool=pool))
    voiced = voiced.unique() if pool else voiced
    both = voiced.join(voiced.rename({"theme": "other"}), on=["participant", "source_kind", "group"], how="inner")
    # each pair stands here in both directions; the rows ask for the one in the order of the codebook
    both = both.filter(nw.col("theme") != nw.col("other"))
    return both.group_by("group", "source_kind", "theme", "other").agg(k=nw.len()), {}


def _figures(rows: pd.DataFrame, *, tested: bool) -> pd.DataFrame:
    k, n, first, second = (rows[name].to_numpy() for name in ("k", "n", "theme_k", "other_k"))
    low, high = wilson(k, n)
    product = first * second
    lift = np.divide(k * n, product, out=np.full(len(rows), np.nan), where=product > 0)
    enough = np.maximum(np.minimum(first, n - first), np.minimum(second, n - second)) >= FEWEST
    # of the people with the first theme k have the other, too; of the rest second − k do
    p = np.where(enough, fisher_mid_p(k, first, second - k, n - first), np.nan)
    q = pd.Series(np.nan, index=rows.index)
    if tested:
        for _, kind in rows.groupby("source_kind"):
            q[kind.index] = benjamini_hochberg(p[kind.index])
    found = rows[["theme", "other", "source_kind", "group", "k", "n"]]
    return found.assign(
        share=k / n, low=low, high=high, theme_k=first, other_k=second, lift=lift, p=p, q=q.to_numpy()
    )  # fmt: skip
