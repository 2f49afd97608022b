"""What goes with a score: how those who voice a theme score, against those who do not. Nothing here is a cause."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from dashboard.analysis.counting import (
    Columns,
    collected,
    group_order,
    in_order,
    keyed,
    narrowing,
    order_of,
    overlap_note,
    with_group,
)
from dashboard.analysis.in_words import FEWEST, count
from dashboard.analysis.statistics import Floats, student_interval, welch
from dashboard.analysis.table import Table
from dashboard.evidence.tables import Evidence, Frame

NPS = "nps"
PROMOTER_AT, DETRACTOR_AT = 9, 6
"""Reichheld, "The one number you need to grow", HBR 81/12 (2003): promoters give 9 or 10, detractors 0 to 6."""

_ROWS: Columns = {
    "what": nw.String, "participant": nw.String, "group": nw.String, "theme": nw.String, "score": nw.String,
    "kind": nw.String, "value": nw.Float64, "date": nw.String, "source": nw.String,
}  # fmt: skip
_EMPTY: dict[str, str | float] = {
    "group": "",
    "theme": "",
    "score": "",
    "kind": "",
    "value": 0.0,
    "date": "",
    "source": "",
}
_SPLIT = ("promoters", "passives", "detractors")
_BY = ["score", "group"]


def scores(evidence: Evidence, by: str | None = None, *, pool: bool = False) -> Table:
    """Each score with and without each theme; one row a score, theme and group.

    n people gave the score and said something codable, in an interview or a survey: what a person said anywhere is
    joined to the latest value that the person gave, so that source kinds are never apart here and ``pool`` changes
    nothing. k of them voice the theme. difference = mean_with − mean_without with Welch's interval
    (``statistics.welch``, null below five people on either side). impact = the score − the score without those k
    people, for NPS in its points (``impact_of``). mean and its bounds: of all n, with Student's interval; nps likewise
    (null where the score is none), with promoters, passives and detractors counted on either side.
    Raises InvalidFilter where the study has no attribute ``by``.
    """
    found = collected(
        [
            (evidence.scores(), {"what": "score", "theme": "", "group": ""}),
            (_said(evidence, by), {"what": "said", **_without("group")}),
            (_voiced(evidence, by), {"what": "voiced", **_without("group", "theme")}),
        ],
        _ROWS,
    )
    given = _latest(found[found["what"] == "score"])
    said = found.loc[found["what"] == "said", ["participant", "group"]]
    voiced = found.loc[found["what"] == "voiced", ["participant", "group", "theme"]]
    joined = given.merge(said, on="participant")
    rows = _figures(joined, voiced, evidence.study.themes)
    names = sorted(given["score"].unique())
    rows = in_order(
        rows, score=names, theme=evidence.study.themes, group=group_order(evidence, by, rows["group"])
    )  # fmt: skip
    rows, keys = keyed(rows, evidence.group_column(by), first=("score", "theme"), pool=True)
    order = order_of(rows, keys, score=names, theme=evidence.study.themes, group=group_order(evidence, by, ()))
    return Table(
        measure="scores",
        rows=rows,
        keys=keys,
        counted="k",
        unit="participants",
        by=by,
        order=order,
        denominator="people who gave the score and said anything that could be coded" + narrowing(evidence.filters),
        notes=(*overlap_note(evidence, by), *_notes(given, joined)),
    )


def behind(evidence: Evidence, keys: Mapping[str, Any]) -> Frame:
    """The passages behind a row: of people who gave the score, where the theme is accepted, from every source kind."""
    gave = evidence.open_table("scores").filter(nw.col("score") == str(keys["score"])).select("participant").unique()
    accepted = evidence.accepted().filter(nw.col("theme") == str(keys["theme"])).select("passage").unique()
    return evidence.passages().join(accepted, on="passage", how="semi").join(gave, on="participant", how="semi")


def impact_of(
    mean: ArrayLike, deviation: ArrayLike, k: ArrayLike,
    rest_mean: ArrayLike, rest_deviation: ArrayLike, rest_k: ArrayLike,
) -> tuple[Floats, Floats, Floats]:  # fmt: skip
    """A mean − the mean without the first group, as (impact, low, high).

    With p the share of the first group among all n people and d the difference of the two means it is p d. Its variance
    by the delta method is p² (s₁² ÷ k + s₀² ÷ k₀) + d² p (1 − p) ÷ n (Casella and Berger, *Statistical Inference*,
    2002, 5.5.4); the interval takes Student's t with n − 1 degrees of freedom: simulated coverage 95–99 % of NPS from
    five people on either side. The bounds are NaN below that; the impact is NaN where nobody is left.

    >>> [round(float(number), 2) for number in impact_of(4.0, 2.0, 5, 8.0, 2.0, 15)]  # 7 of all, 8 without them
    [-1.0, -1.97, -0.03]
    """
    m_1, s_1, n_1, m_0, s_0, n_0 = np.broadcast_arrays(
        *(np.asarray(each, dtype=float) for each in (mean, deviation, k, rest_mean, rest_deviation, rest_k))
    )
    enough = (n_1 >= FEWEST) & (n_0 >= FEWEST)
    n = np.maximum(n_1 + n_0, 1)
    p = n_1 / n
    with np.errstate(invalid="ignore", divide="ignore"):
        d = np.where(n_0 > 0, np.where(n_1 > 0, m_1, m_0) - m_0, np.nan)
        variance = p**2 * (s_1**2 / n_1 + s_0**2 / n_0) + d**2 * p * (1 - p) / n
    # Student's interval of a mean of n numbers with this deviation is t × deviation ÷ √n to either side
    spread = np.sqrt(np.where(enough, variance, 0.0) * n)
    low, high = student_interval(p * d, spread, n)
    return p * d, np.where(enough, low, np.nan), np.where(enough, high, np.nan)


# ---------------------------------------------------------------- who gave and who said


def _without(*columns: str) -> dict[str, str | float]:
    return {name: value for name, value in _EMPTY.items() if name not in columns}


def _said(evidence: Evidence, by: str | None) -> Frame:
    return with_group(evidence, evidence.said().filter(nw.col("passages") > 0), by, "participant").unique()


def _voiced(evidence: Evidence, by: str | None) -> Frame:
    gave = evidence.open_table("scores").select("participant").unique()
    voiced = evidence.voiced().join(gave, on="participant", how="semi")
    return with_group(evidence, voiced, by, "participant", "theme").unique()


def _latest(given: pd.DataFrame) -> pd.DataFrame:
    """participant, score, kind, value: each person's latest value of each score; undated ones are the oldest."""
    ordered = given.sort_values(["participant", "score", "date", "source", "value"], kind="stable")
    last = ordered.drop_duplicates(["participant", "score"], keep="last")
    # a header that one file calls a rating and another NPS has no promoters
    several = last.groupby("score")["kind"].transform("nunique") > 1
    return last.assign(kind=last["kind"].mask(several, "rating"))[["participant", "score", "kind", "value"]]


# ---------------------------------------------------------------- the figures


def _figures(joined: pd.DataFrame, voiced: pd.DataFrame, themes: tuple[str, ...]) -> pd.DataFrame:
    value = joined["value"]
    nps = joined["kind"] == NPS
    up, down = nps & (value >= PROMOTER_AT), nps & (value <= DETRACTOR_AT)
    points = (up.astype(float) - down.astype(float)) * 100
    signs = dict(zip(_SPLIT, (up, nps & ~up & ~down, down), strict=True))
    each = joined.assign(points=points, **{name: sign.astype("int64") for name, sign in signs.items()})
    base = _summed(each, _BY).merge(pd.DataFrame({"theme": list(themes)}, dtype=str), how="cross")
    having = _summed(each.merge(voiced, on=["participant", "group"]), [*_BY, "theme"])
    rows = base.merge(having.drop(columns="kind"), on=[*_BY, "theme"], how="left", suffixes=("", "_with"))
    there = [name for name in rows.columns if name.endswith("_with")]
    rows[there] = rows[there].fillna(0)
    sides = {side: _side(rows, side) for side in ("", "_with", "_without")}
    (k, mean, deviation, *of_points), (rest_k, rest_mean, rest_deviation, *rest_points) = (
        sides["_with"],
        sides["_without"],
    )
    difference, low, high = welch(mean, deviation, k, rest_mean, rest_deviation, rest_k)
    is_nps = (rows["kind"] == NPS).to_numpy()
    impacts = impact_of(mean, deviation, k, rest_mean, rest_deviation, rest_k)
    of_nps = impact_of(of_points[0], of_points[1], k, rest_points[0], rest_points[1], rest_k)
    impact = [np.where(is_nps, points, plain) for points, plain in zip(of_nps, impacts, strict=True)]
    n, all_mean, all_deviation, all_points, points_deviation = sides[""]
    mean_low, mean_high = student_interval(all_mean, all_deviation, n)
    nps_low, nps_high = student_interval(all_points, points_deviation, n)
    found = rows[["score", "theme", "group", "kind"]].assign(
        k=k.astype("int64"), n=n.astype("int64"), mean_with=mean, mean_without=rest_mean, difference=difference,
        difference_low=low, difference_high=high, impact=impact[0], impact_low=impact[1], impact_high=impact[2],
        mean=all_mean, mean_low=mean_low, mean_high=mean_high, nps=np.where(is_nps, all_points, np.nan),
        nps_low=np.where(is_nps, np.maximum(nps_low, -100), np.nan),
        nps_high=np.where(is_nps, np.minimum(nps_high, 100), np.nan),
    )  # fmt: skip
    for name in _SPLIT:
        found[f"{name}_with"] = rows[f"{name}_with"].where(is_nps).astype(float)
        found[f"{name}_without"] = (rows[name] - rows[f"{name}_with"]).where(is_nps).astype(float)
    # engines sum in different orders
    figures = found.select_dtypes("float64").columns
    found[figures] = found[figures].round(9)
    return found


def _summed(each: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    squares = each.assign(squares=each["value"] ** 2, points_squares=each["points"] ** 2, number=1)
    sums = ["number", "value", "squares", "points", "points_squares", *_SPLIT]
    kinds = each.groupby(by, as_index=False)["kind"].first()
    found: pd.DataFrame = kinds.merge(squares.groupby(by, as_index=False)[sums].sum(), on=by)
    return found


def _side(rows: pd.DataFrame, side: str) -> tuple[Floats, Floats, Floats, Floats, Floats]:
    """People, mean and deviation of the value, mean and deviation of the points: of all, or with or without a theme."""

    def of(name: str) -> Floats:
        whole = rows[name].to_numpy(dtype=float)
        return (
            whole - rows[f"{name}_with"].to_numpy(dtype=float)
            if side == "_without"
            else rows[name + side].to_numpy(dtype=float)
        )

    n = of("number")
    found = [n]
    with np.errstate(invalid="ignore", divide="ignore"):
        for sums, squares in (("value", "squares"), ("points", "points_squares")):
            mean = np.where(n > 0, of(sums) / n, np.nan)
            variance = (of(squares) - n * mean**2) / (n - 1)
            found += [mean, np.where(n > 1, np.sqrt(np.maximum(variance.round(9), 0.0)), np.nan)]
    return found[0], found[1], found[2], found[3], found[4]


def _notes(given: pd.DataFrame, joined: pd.DataFrame) -> tuple[str, ...]:
    """How many of those who gave a score could be joined with something said, and what the figures do not say."""
    if not len(given):
        return ("Nobody here has given a score; add a survey or a sheet that holds one.",)
    notes = []
    for score, rows in given.groupby("score", sort=True):
        people, said = len(rows), joined.loc[joined["score"] == score, "participant"].nunique()
        notes.append(
            f"Of {count(people, 'person', 'people')} who gave “{score}”, {said} also said something "
            "that could be coded."
        )
    return (*notes, "What goes with a score is not thereby its cause.")
