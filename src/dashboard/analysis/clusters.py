"""Differences where people belong together, as colleagues of one company do: whole clusters are permuted."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.analysis.counting import Columns, Part, collected, kind_of, with_group
from dashboard.analysis.statistics import Floats
from dashboard.evidence.tables import Evidence, Frame, attribute_column
from dashboard.study import NOT_GIVEN

PERMUTATIONS = 2_000
_MOST_CELLS = 4_000_000
"""Permutations × clusters at most: where there are very many clusters, fewer permutations tell enough."""
_COLUMNS: Columns = {
    "what": nw.String, "split": nw.Int64, "group": nw.String, "source_kind": nw.String, "theme": nw.String,
    "cluster": nw.String, "people": nw.Int64,
}  # fmt: skip

Counts = NDArray[np.int64]


def cluster_attribute(evidence: Evidence) -> str | None:
    """The attribute whose values are clusters of people; of several, the first."""
    return next((name for name in evidence.attributes if evidence.study.attribute(name).cluster), None)


def permutation_p(
    size: Counts,
    in_group: Counts,
    yes: Counts,
    yes_in_group: Counts,
    *,
    seed: int | list[int],
    permutations: int = PERMUTATIONS,
) -> Floats:
    """Two-sided p of no difference between a group and the rest, people being in clusters; one for each theme.

    size: people by cluster, (C,). in_group: of them in the group, (C,). yes: of them who voice a theme, (C, T).
    yes_in_group: of those in the group, (T,). Clusters exchange which share of their people is in the group; within a
    cluster people exchange places. Where each cluster is wholly in or out this is the permutation of whole clusters
    (Gail, Mark, Carroll, Green and Pee, Statistics in Medicine 15 (1996), 1069–1092), and where each cluster is one
    person Fisher's test by simulation. The statistic is |people in the group who voice it − expected|; p counts
    permutations that are more extreme, and half of those that are as extreme, the observed one among them (mid-P): it
    is never 0.

    >>> one = np.ones(6, dtype=int)
    >>> group = np.array([1, 1, 1, 0, 0, 0])
    >>> p = permutation_p(one, group, group[:, None], np.array([3]), seed=1)
    >>> round(float(p[0]), 2)  # Fisher's mid-P: 0.05
    0.05
    """
    rng = np.random.default_rng(seed)
    clusters, themes = yes.shape
    permutations = max(199, min(permutations, _MOST_CELLS // max(1, clusters)))
    order = rng.permuted(np.broadcast_to(np.arange(clusters), (permutations, clusters)), axis=1)
    share = in_group / np.maximum(size, 1)
    # a share of a cluster of another size need not be whole people: rounded at random
    drawn = np.floor(share[order] * size + rng.random((permutations, clusters)) * (1 - 1e-9)).astype(np.int64)
    whole = bool(((in_group == 0) | (in_group == size)).all())
    expected = yes.sum(axis=0) / max(1, int(size.sum()))
    found = np.empty((permutations, themes))
    if whole:
        found[:] = (drawn > 0).astype(float) @ yes
    else:
        for theme in range(themes):
            found[:, theme] = rng.hypergeometric(yes[:, theme], size - yes[:, theme], drawn).sum(axis=1)
    away = np.abs(found - drawn.sum(axis=1)[:, None] * expected)
    observed = np.abs(yes_in_group - in_group.sum() * expected)
    more, same = away > observed + 1e-9, np.abs(away - observed) <= 1e-9
    p: Floats = (more.sum(axis=0) + 0.5 * (same.sum(axis=0) + 1)) / (permutations + 1)
    return p


def cluster_p(evidence: Evidence, rows: pd.DataFrame, splits: Sequence[str], *, pool: bool) -> Floats | None:
    """p of each row (by, group, source_kind, theme) of these splits; None where no two people share a cluster."""
    attribute = cluster_attribute(evidence)
    if attribute is None:
        return None
    counted = _counted(evidence, attribute, splits, pool=pool)
    everybody = counted[counted["split"] == len(splits)]
    if not (everybody.loc[everybody["what"] == "said", "people"] > 1).any():
        return None
    p = np.full(len(rows), np.nan)
    themes = list(evidence.study.themes)
    for kind, of_kind in everybody.groupby("source_kind"):
        size = of_kind[of_kind["what"] == "said"].groupby("cluster")["people"].sum()
        yes = _by_theme(of_kind, size.index, themes)
        for split, by in enumerate(splits):
            here = counted[(counted["split"] == split) & (counted["source_kind"] == kind)]
            # the same permutations for all groups of one attribute: two that are each other's rest have one p
            seed = [evidence.seed, zlib.crc32(f"{by}\n{kind}".encode())]
            for group, of_group in here.groupby("group"):
                members = of_group[of_group["what"] == "said"].groupby("cluster")["people"].sum()
                said = _by_theme(of_group, size.index, themes).sum(axis=0)
                inside = members.reindex(size.index, fill_value=0).to_numpy(dtype="int64")
                found = permutation_p(size.to_numpy(dtype="int64"), inside, yes, said, seed=seed)
                wanted = (rows["by"] == by) & (rows["source_kind"] == kind) & (rows["group"] == group)
                of_theme = dict(zip(themes, found, strict=True))
                p[wanted.to_numpy()] = rows.loc[wanted, "theme"].map(of_theme).to_numpy(dtype=float)
    return p


def _by_theme(rows: pd.DataFrame, clusters: Any, themes: Sequence[str]) -> Counts:
    voiced = rows[rows["what"] == "voiced"]
    table = voiced.pivot_table(index="cluster", columns="theme", values="people", aggfunc="sum", fill_value=0)
    found: Counts = table.reindex(index=clusters, columns=list(themes), fill_value=0).to_numpy(dtype="int64")
    return found


def _counted(evidence: Evidence, attribute: str, splits: Sequence[str], *, pool: bool) -> pd.DataFrame:
    """People by split (after those given: everybody), group, source kind, cluster, and theme where they voice one."""
    column = nw.col(attribute_column(attribute)).cast(nw.String)
    # who is of no known company is a cluster alone
    cluster = nw.when(column == NOT_GIVEN).then(nw.col("participant")).otherwise(column)
    kind = kind_of(pool=pool)
    parts: list[Part] = []
    for split, by in enumerate([*splits, None]):
        said = with_group(
            evidence,
            evidence.said().filter(nw.col("passages") > 0),
            by,
            "participant",
            source_kind=kind,
            cluster=cluster,
        )
        voiced = with_group(evidence, evidence.voiced(), by, "participant", "theme", source_kind=kind, cluster=cluster)
        of: dict[str, str | int | float] = {"split": split}
        parts.append((_people(said, pool, "group", "source_kind", "cluster"), {**of, "what": "said", "theme": ""}))
        parts.append((_people(voiced, pool, "group", "source_kind", "cluster", "theme"), {**of, "what": "voiced"}))
    return collected(parts, _COLUMNS)


def _people(frame: Frame, pool: bool, *columns: str) -> Frame:
    if pool:
        frame = frame.group_by("participant", *columns).agg(rows=nw.len())
    return frame.group_by(*columns).agg(people=nw.len())
