"""Which groups voice which themes more or less often than everybody else, and whether that could be chance."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from dashboard.analysis.clusters import PERMUTATIONS, cluster_attribute, cluster_p
from dashboard.analysis.counting import (
    Counts,
    count,
    grid,
    group_order,
    keyed,
    kinds_in,
    narrowing,
    order_of,
    overlap_note,
)
from dashboard.analysis.in_words import (
    AT,
    CLEAR_MEANS,
    EXPLORATORY,
    FEWEST,
    NOBODY_ELSE,
    in_the,
    too_few_to_compare,
    verdict,
)  # fmt: skip
from dashboard.analysis.prevalence import BASE
from dashboard.analysis.statistics import Floats, benjamini_hochberg, fisher_mid_p, newcombe, wilson
from dashboard.analysis.table import Table
from dashboard.errors import InvalidFilter
from dashboard.evidence.tables import SEGMENT, Evidence

MOST_GROUPS = 30
"""An attribute with more values describes single people, and is not compared."""


def differences(evidence: Evidence, by: str | None = None, *, pool: bool = False) -> Table:
    """Each group of ``by`` against everybody else, theme by theme; one row a theme, group and source kind.

    k of n people in the group, rest_k of rest_n of the others; difference = share − rest_share with Newcombe's 95 %
    interval; p: Fisher's exact test with mid-P, or where people belong together in clusters (companies) the permutation
    of whole clusters (``clusters.permutation_p``); q: Benjamini and Hochberg over the family of all comparisons that a
    reader can look at (formulas: ``statistics``). The family is themes × groups of all attributes that are kept (no
    clusters, at most 30 values) with at least five people on both sides, unfiltered, each source kind for itself; of
    two groups that are each other's rest one comparison counts. Named segments are a family of their own, and so are
    comparisons that objectives declared beforehand. q is null where no test is made and under every filter.
    Raises InvalidFilter without ``by``, or where the study has no such attribute.
    """
    if by is None:
        raise InvalidFilter("Differences are between groups; choose an attribute or “segment” to compare by.")
    evidence.group_column(by)
    splits = _splits(evidence, by)
    counts, family = evidence.once(("differences", *splits, pool), lambda: _family(evidence, splits, pool=pool))
    rows = family[family["by"] == by].reset_index(drop=True)
    rows = rows.merge(_passages(counts, splits.index(by), len(splits)), on=["group", "source_kind"], how="left")
    notes = _notes(rows, evidence, by)
    shown = [
        "theme", "source_kind", "group", "k", "n", "rest_k", "rest_n", "share", "low", "high", "rest_share", "rest_low",
        "rest_high", "difference", "difference_low", "difference_high", "p", "q", "verdict", "declared", "comparisons",
        "checked", "rest_checked", "passages_each", "rest_passages_each",
    ]  # fmt: skip
    rows, keys = keyed(rows[shown], evidence.group_column(by), first=("theme",), pool=pool)
    order = order_of(rows, keys, theme=evidence.study.themes, group=group_order(evidence, by, ()))
    return Table(
        measure="differences",
        rows=rows,
        keys=keys,
        counted="k",
        unit="participants",
        by=by,
        order=order,
        denominator=BASE + ", in the group and in the rest" + narrowing(evidence.filters),
        notes=notes,
    )


def _family(evidence: Evidence, splits: Sequence[str], *, pool: bool) -> tuple[Counts, pd.DataFrame]:
    """The counts of all splits and of everybody, and the tested rows of all splits: what every ``by`` is taken from."""
    counts = count(evidence, [*splits, None], pool=pool)
    everybody = grid(evidence, counts, len(splits), None).drop(columns="group")
    against = [_against_rest(grid(evidence, counts, split, name), everybody, name) for split, name in enumerate(splits)]
    rows = pd.concat(against, ignore_index=True)
    return counts, _tested(rows, evidence, cluster_p(evidence, rows, splits, pool=pool))


def kept_attributes(evidence: Evidence) -> tuple[str, ...]:
    """The attributes whose groups are compared: no clusters, at most 30 values."""
    return tuple(
        name
        for name in evidence.attributes
        if not evidence.study.attribute(name).cluster and len(evidence.values_of(name)) <= MOST_GROUPS
    )


def _declared(evidence: Evidence) -> set[tuple[str, str]]:
    """(attribute, theme) of the comparisons that objectives declared beforehand."""
    there = {*evidence.attributes, *([SEGMENT] if evidence.study.segments else [])}
    return {
        (comparison.by, comparison.theme)
        for objective in evidence.study.objectives
        for comparison in objective.comparisons
        if comparison.by in there
    }


def _splits(evidence: Evidence, by: str) -> list[str]:
    """What must be counted: everything of the family, or ``by`` alone where there is no test."""
    if evidence.filters:
        return [by]
    return list(dict.fromkeys([*kept_attributes(evidence), *sorted(name for name, _ in _declared(evidence)), by]))


def _against_rest(rows: pd.DataFrame, everybody: pd.DataFrame, by: str) -> pd.DataFrame:
    """The rows of one attribute with the counts of everybody else beside them."""
    rows = rows.merge(everybody, on=["source_kind", "theme"], suffixes=("", "_all"))
    for name in ("k", "n", "checked"):
        rows[f"rest_{name}"] = rows[f"{name}_all"] - rows[name]
    return rows.assign(by=by, twin=_twins(rows))


def _twins(rows: pd.DataFrame) -> pd.Series[bool]:
    """Whether a row says again what an earlier one said: the second of two groups that are each other's rest."""
    twin = pd.Series(False, index=rows.index)
    for _, of_kind in rows.groupby("source_kind"):
        groups = list(of_kind["group"].drop_duplicates())
        if len(groups) != 2:
            continue
        first, second = (of_kind[of_kind["group"] == group].sort_values("theme") for group in groups)
        here, there = first[["k", "n"]].to_numpy(), second[["rest_k", "rest_n"]].to_numpy()
        twin[second.index] = bool((here == there).all())
    return twin


def _tested(rows: pd.DataFrame, evidence: Evidence, clustered: Floats | None) -> pd.DataFrame:
    """Rows of all splits with shares, interval, p, q, the size of their family, and the verdict.

    clustered: p where people belong together in clusters.
    """
    k, n, rest_k, rest_n = (rows[name].to_numpy() for name in ("k", "n", "rest_k", "rest_n"))
    kept, declared = kept_attributes(evidence), _declared(evidence)
    is_declared = np.array([pair in declared for pair in zip(rows["by"], rows["theme"], strict=True)], dtype=bool)
    in_family = is_declared | rows["by"].isin([*kept, SEGMENT]).to_numpy()
    enough = (n >= FEWEST) & (rest_n >= FEWEST)
    low, high = newcombe(k, n, rest_k, rest_n)
    share_low, share_high = wilson(k, n)
    rest_low, rest_high = wilson(rest_k, rest_n)
    share = k / n
    rest_share = np.divide(rest_k, rest_n, out=np.full(len(rows), np.nan), where=rest_n > 0)
    tested = fisher_mid_p(k, n, rest_k, rest_n) if clustered is None else clustered
    p = np.where(enough & in_family, tested, np.nan)
    rows = rows.assign(
        share=share, low=share_low, high=share_high, rest_share=rest_share, rest_low=rest_low, rest_high=rest_high,
         difference=share - rest_share, difference_low=low, difference_high=high,
        p=p, q=np.nan, declared=is_declared, comparisons=0,
    )  # fmt: skip
    if not evidence.filters:
        family = np.where(is_declared, "declared", np.where(rows["by"] == SEGMENT, SEGMENT, "attributes"))
        for _, member in rows.groupby([family, "source_kind"]):
            counted = member.index[~member["twin"]]
            rows.loc[counted, "q"] = benjamini_hochberg(rows.loc[counted, "p"])
            rows.loc[member.index, "comparisons"] = int(rows.loc[counted, "p"].notna().sum())
        # a twin has the p of the row that it repeats, and with it the same q
        named = rows[~rows["twin"]].groupby(["by", "source_kind", "theme"])["q"].first()
        twins = rows.index[rows["twin"]]
        of_twin = pd.MultiIndex.from_frame(rows.loc[twins, ["by", "source_kind", "theme"]])
        rows.loc[twins, "q"] = named.reindex(of_twin).to_numpy()
    verdicts = [
        _verdict(*row) for row in zip(rows["n"], rows["rest_n"], rows["p"], rows["q"], _unchecked(rows), strict=True)
    ]
    return rows.assign(verdict=pd.Series(verdicts, index=rows.index, dtype=str))


def _unchecked(rows: pd.DataFrame) -> pd.Series[bool]:
    """Whether one side stands on suggestions alone that no person has checked."""
    here = (rows["k"] > 0) & (rows["checked"] == 0)
    return here | (rows["rest_k"] > 0) & (rows["rest_checked"] == 0)


def _verdict(n: int, rest_n: int, p: float, q: float, unchecked: bool) -> str:
    if rest_n == 0:
        return NOBODY_ELSE
    if min(n, rest_n) < FEWEST:
        return too_few_to_compare(min(n, rest_n))
    return verdict(p, q, unchecked=unchecked)


def _passages(counts: Counts, split: int, everybody: int) -> pd.DataFrame:
    """group, source_kind, passages_each and rest_passages_each: the median of codable passages a person."""
    of = ["source_kind", "passages"]
    said = counts.said[counts.said["passages"] > 0]
    total = said[said["split"] == everybody].set_index(of)["n"]
    found = []
    for (group, kind), rows in said[said["split"] == split].groupby(["group", "source_kind"]):
        rest = total.sub(rows.set_index(of)["n"], fill_value=0)
        of_rest = rest[rest.index.get_level_values("source_kind") == kind].reset_index()
        here, there = (_median(each["passages"], each["n"]) for each in (rows, of_rest))
        found.append((group, kind, here, there))
    return pd.DataFrame(found, columns=["group", "source_kind", "passages_each", "rest_passages_each"])


def _median(values: ArrayLike, times: ArrayLike) -> float:
    """The median of values that occur so many times; NaN where none does.

    >>> _median([1, 2, 9], [1, 1, 2])
    5.5
    """
    order = np.argsort(np.asarray(values), kind="stable")
    ordered, upto = np.asarray(values, dtype=float)[order], np.cumsum(np.asarray(times)[order])
    if not len(upto) or upto[-1] == 0:
        return float("nan")
    middle = [(upto[-1] - 1) // 2, upto[-1] // 2]
    return float(ordered[np.searchsorted(upto, middle, side="right")].mean())


def _notes(rows: pd.DataFrame, evidence: Evidence, by: str) -> tuple[str, ...]:
    notes = list(overlap_note(evidence, by))
    kept = kept_attributes(evidence)
    if evidence.filters:
        notes.append(EXPLORATORY)
    elif by not in kept and by != SEGMENT and not rows["declared"].any():
        why = (
            "people who share one are not independent of each other"
            if evidence.study.attribute(by).cluster
            else f"it has more than {MOST_GROUPS} values"
        )
        notes.append(f"“{by}” is not tested: {why}.")
    elif len(rows):
        sizes = rows.drop_duplicates(["source_kind", "declared"])
        looks = [
            f"{size} {in_the(kind)}{' that were declared beforehand' if declared else ''}"
            for kind, declared, size in zip(sizes["source_kind"], sizes["declared"], sizes["comparisons"], strict=True)
            if size
        ]
        cluster = cluster_attribute(evidence)
        if cluster and rows["p"].notna().any():
            notes.append(
                f"People who share one {cluster} are not independent of each other: the test permutes whole clusters "
                f"({PERMUTATIONS:,} times at most), while the intervals take people one by one."
            )
        if looks:
            notes.append(f"All comparisons are counted: {', '.join(looks)}. {CLEAR_MEANS}")
        if ((rows["q"] <= AT) & _unchecked(rows)).any():
            notes.append(
                "Where no person has checked the suggestions behind a theme, its differences are at most worth a look."
            )
    return (*notes, *_cautions(rows, evidence, by))


def _cautions(rows: pd.DataFrame, evidence: Evidence, by: str) -> list[str]:
    """Where a group said so much more or less than the others that this alone can make a difference."""
    found = []
    rows = rows.drop_duplicates(["group", "source_kind"])
    for kind in kinds_in(rows["source_kind"]):
        of_kind = rows[(rows["source_kind"] == kind) & (rows["n"] >= FEWEST) & (rows["rest_n"] >= FEWEST)]
        for group in group_order(evidence, by, of_kind["group"]):
            for here, there in of_kind.loc[
                of_kind["group"] == group, ["passages_each", "rest_passages_each"]
            ].to_numpy():
                if max(here, there) > 1.5 * min(here, there):
                    found.append(
                        f"“{group}” said {'more' if here > there else 'less'} than the others {in_the(kind)} "
                        f"({here:g} against {there:g} quotes a person): that alone can make a difference."
                    )
    return found
