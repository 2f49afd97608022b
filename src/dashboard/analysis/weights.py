"""Overall shares weighted to the customer base, where the study knows how its customers divide."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from dashboard.analysis.counting import count, grid
from dashboard.analysis.in_words import listed
from dashboard.analysis.statistics import Floats, wilson
from dashboard.evidence.tables import Evidence

COLUMNS = ("weighted", "weighted_low", "weighted_high")


def post_stratified(k: ArrayLike, n: ArrayLike, weights: ArrayLike) -> tuple[Floats, Floats, Floats]:
    """A share of a population from the shares of its strata, as (share, low, high); strata are the last axis.

    share = Σ W k ÷ n, with weights W that sum to 1; with p, l, u a stratum's share and its Wilson bounds,
    low = share − √Σ W² (p − l)², high = share + √Σ W² (u − p)²: Zou, Huang and Zhang, Computational Statistics and Data
    Analysis 53 (2009), 1080–1085. One stratum has Wilson's interval. NaN where a stratum with weight has nobody.

    >>> [round(float(figure), 3) for figure in post_stratified([8, 2], [10, 10], [0.2, 0.8])]
    [0.32, 0.19, 0.57]
    """
    of, people, weight = np.broadcast_arrays(*(np.asarray(given, dtype=float) for given in (k, n, weights)))
    weight = weight / weight.sum(axis=-1, keepdims=True)
    low, high = wilson(of, people)
    with np.errstate(invalid="ignore", divide="ignore"):
        p = of / people
    share = (weight * p).sum(axis=-1)
    below = np.sqrt((weight**2 * (p - low) ** 2).sum(axis=-1))
    above = np.sqrt((weight**2 * (high - p) ** 2).sum(axis=-1))
    return share, np.maximum(0, share - below), np.minimum(1, share + above)


def weighing(evidence: Evidence) -> str | None:
    """The attribute that overall shares are weighted by; None where the study gives no population, or a filter narrows
    the people. Of several attributes the first: each of them is a margin of its own.
    """
    if evidence.filters.attributes or evidence.filters.segments:
        return None
    return next((name for name in evidence.study.population if name in evidence.attributes), None)


def with_weights(rows: pd.DataFrame, evidence: Evidence, *, pool: bool) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Rows of overall prevalence (group, source_kind, theme) with COLUMNS, and what must be said of them.

    People of a value that the population does not name count nowhere in the weighted share; a value of which nobody was
    heard leaves its weight to the others.
    """
    attribute = weighing(evidence)
    if attribute is None or not len(rows):
        return rows, ()
    shares = {value: share for value, share in evidence.study.population[attribute].items() if share > 0}
    strata = grid(evidence, count(evidence, [attribute], pool=pool), 0, attribute)
    strata = strata[strata["group"].isin(list(shares))]
    found = np.full((len(rows), 3), np.nan)
    unheard: set[str] = set()
    by_row = dict(list(strata.groupby(["source_kind", "theme"])))
    for position, key in enumerate(zip(rows["source_kind"], rows["theme"], strict=True)):
        of = by_row.get(key)
        if of is not None:
            unheard |= set(shares) - set(of["group"])
            found[position] = post_stratified(of["k"], of["n"], [shares[group] for group in of["group"]])
    notes = [f"Weighted shares stand for all customers, by their {attribute} as the study gives it."]
    if unheard:
        names = listed(value for value in shares if value in unheard)
        notes.append(
            f"Nobody was heard of {attribute} {names}, at least in one kind of source: the others stand for them."
        )
    return rows.assign(**{name: found[:, place] for place, name in enumerate(COLUMNS)}), tuple(notes)
