"""What goes with a score: how those who voice a theme score, against those who do not. Nothing here is a cause."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
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
    of_people_only,
    order_of,
    overlap_note,
    with_group,
)
from dashboard.analysis.in_words import (
    CLEAR_MEANS,
    EXPLORATORY,
    FEWEST,
    NOBODY_ELSE,
    count,
    too_few_to_compare,
    verdict,
)  # fmt: skip
from dashboard.analysis.statistics import Floats, benjamini_hochberg, student_interval, welch
from dashboard.analysis.table import Table
from dashboard.evidence.tables import Evidence, Frame

NPS = "nps"
PROMOTER_AT, DETRACTOR_AT = 9, 6
"""Reichheld, "The one number you need to grow", HBR 81/12 (2003): promoters give 9 or 10, detractors 0 to 6."""

_ROWS: Columns = {
    "what": nw.String, "participant": nw.String, "group": nw.String, "theme": nw.String, "score": nw.String,
    "kind": nw.String, "value": nw.Float64, "date": nw.String, "source": nw.String, "checked": nw.Int64,
}  # fmt: skip
_EMPTY: dict[str, str | float | int] = {
    "group": "",
    "theme": "",
    "score": "",
    "kind": "",
    "value": 0.0,
    "date": "",
    "source": "",
    "checked": 0,
}
_BASE = "people who gave the score and said anything that could be coded"
_MOST_VALUES, _BINS = 20, 10
_SPLIT = ("promoters", "passives", "detractors")
_BY = ["score", "group"]


def scores(evidence: Evidence, by: str | None = None, *, pool: bool = False) -> Table:
    """Each score with and without each theme; one row a score, theme and group.

    n people gave the score and said something codable, in an interview or a survey: what a person said anywhere is
    joined to the latest value that the person gave, so that source kinds are never apart here and ``pool`` changes
    nothing. k of them voice the theme. difference = mean_with − mean_without with Welch's interval
    (``statistics.welch``, null below five people on either side). impact = the score − the score without those k
    people, for NPS in its points (``impact_of``). mean and its bounds: of all n, with Student's interval; nps likewise
    (null where the score is none), with promoters, passives and detractors counted on either side. p: Welch's test
    (``welch_p``, null where all on either side give the same); q: Benjamini and Hochberg over all rows that are tested,
    null under a filter; verdict: what they say. checked: how many of k rest on a decision of a person.
    Raises InvalidFilter where the study has no attribute ``by``.
    """
    found = collected(
        [
            (evidence.scores(), {"what": "score", "theme": "", "group": "", "checked": 0}),
            (_said(evidence, by), {"what": "said", **_without("group")}),
            (_voiced(evidence, by), {"what": "voiced", **_without("group", "theme", "checked")}),
        ],
        _ROWS,
    )
    given = latest(found[found["what"] == "score"])
    said = found.loc[found["what"] == "said", ["participant", "group"]]
    voiced = found.loc[found["what"] == "voiced", ["participant", "group", "theme", "checked"]]
    joined = given.merge(said, on="participant")
    rows = _judged(_figures(joined, voiced, evidence.study.themes), exploratory=bool(evidence.filters))
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
        denominator=_BASE + narrowing(evidence.filters),
        totals={"comparisons": int(rows["p"].notna().sum())},
        notes=(*overlap_note(evidence, by), *_notes(given, joined, rows, exploratory=bool(evidence.filters))),
    )


def latest(given: pd.DataFrame) -> pd.DataFrame:
    """participant, score, kind, value: each person's latest value of each score; undated ones are the oldest."""
    ordered = given.sort_values(["participant", "score", "date", "source", "value"], kind="stable")
    last = ordered.drop_duplicates(["participant", "score"], keep="last")
    # a header that one file calls a rating and another NPS has no promoters
    several = last.groupby("score")["kind"].transform("nunique") > 1
    return last.assign(kind=last["kind"].mask(several, "rating"))[["participant", "score", "kind", "value"]]


def behind(evidence: Evidence, keys: Mapping[str, Any]) -> Frame:
    """The passages behind a row: of people who gave the score, where the theme is accepted, from every source kind.

    Behind a row of ``distribution``: all that those said who gave these values, whatever quotes are looked at.
    """
    if "theme" not in keys:
        given = latest(_given(evidence, str(keys["score"])))
        there = (given["value"] >= keys["value"]) & (given["value"] <= keys["upto"])
        people = given.loc[there, "participant"].tolist()
        said = of_people_only(evidence).passages()
        return said.filter(nw.col("codable") & nw.col("participant").is_in(people))
    gave = evidence.open_table("scores").filter(nw.col("score") == str(keys["score"])).select("participant").unique()
    accepted = evidence.accepted().filter(nw.col("theme") == str(keys["theme"])).select("passage").unique()
    return evidence.passages().join(accepted, on="passage", how="semi").join(gave, on="participant", how="semi")


def distribution(evidence: Evidence, score: str) -> Table:
    """How many people gave each value of a score; one row a value, ``value`` to ``upto`` where there are many.

    k: of those who also said something codable, by their latest value; filters on passages change nothing. Whole
    numbers that lie close together have a row each, also where nobody gave them.
    """
    given = latest(_given(evidence, score))
    said = _said(evidence, None).select("participant").collect("pandas").to_pandas()["participant"]
    values = given.loc[given["participant"].isin(said), "value"].to_numpy(dtype=float)
    kind = str(given["kind"].iloc[0]) if len(given) else ""
    if kind == NPS:
        edges = [(float(value), float(value)) for value in range(11)]
    elif len(values) and (values == values.round()).all() and values.max() - values.min() <= _MOST_VALUES:
        edges = [(float(value), float(value)) for value in range(int(values.min()), int(values.max()) + 1)]
    elif len(np.unique(values)) <= _MOST_VALUES:
        edges = [(float(value), float(value)) for value in np.unique(values)]
    else:
        cuts = np.linspace(values.min(), values.max(), _BINS + 1)
        edges = [(float(low), float(np.nextafter(high, low))) for low, high in pairwise(cuts)]
        edges[-1] = (edges[-1][0], float(cuts[-1]))
    counts = [int(((values >= low) & (values <= high)).sum()) for low, high in edges]
    rows = pd.DataFrame(edges, columns=["value", "upto"], dtype=float).assign(score=score, kind=kind, k=counts)
    return Table(
        measure="scores",
        rows=rows[["score", "value", "upto", "kind", "k"]],
        keys=("score", "value", "upto"),
        counted="k",
        unit="participants",
        denominator=_BASE,
    )


def _given(evidence: Evidence, score: str) -> pd.DataFrame:
    found: pd.DataFrame = evidence.scores().filter(nw.col("score") == score).collect("pandas").to_pandas()
    return found


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


def welch_p(
    mean: ArrayLike, deviation: ArrayLike, n: ArrayLike,
    rest_mean: ArrayLike, rest_deviation: ArrayLike, rest_n: ArrayLike,
) -> Floats:  # fmt: skip
    """The two-sided p value of Welch's test that two means are equal (Welch, Biometrika 34 (1947), 28–35).

    NaN below five numbers in either group, and where neither group has any spread.

    >>> round(float(welch_p(8.0, 2.0, 10, 5.0, 3.0, 12)), 4)
    0.0114
    """
    from scipy.special import stdtr

    m_1, s_1, n_1, m_0, s_0, n_0 = np.broadcast_arrays(
        *(np.asarray(each, dtype=float) for each in (mean, deviation, n, rest_mean, rest_deviation, rest_n))
    )
    enough = (n_1 >= FEWEST) & (n_0 >= FEWEST)
    error_1, error_0 = s_1**2 / np.where(enough, n_1, 5.0), s_0**2 / np.where(enough, n_0, 5.0)
    with np.errstate(invalid="ignore", divide="ignore"):
        t = (m_1 - m_0) / np.sqrt(error_1 + error_0)
        degrees = (error_1 + error_0) ** 2 / (error_1**2 / (n_1 - 1) + error_0**2 / (n_0 - 1))
    tested = enough & (error_1 + error_0 > 0)
    return np.where(tested, 2 * stdtr(np.where(tested, degrees, 1.0), -np.abs(np.where(tested, t, 0.0))), np.nan)


# ---------------------------------------------------------------- who gave and who said


def _without(*columns: str) -> dict[str, str | float | int]:
    return {name: value for name, value in _EMPTY.items() if name not in columns}


def _said(evidence: Evidence, by: str | None) -> Frame:
    return with_group(evidence, evidence.said().filter(nw.col("passages") > 0), by, "participant").unique()


def _voiced(evidence: Evidence, by: str | None) -> Frame:
    gave = evidence.open_table("scores").select("participant").unique()
    voiced = evidence.voiced().join(gave, on="participant", how="semi")
    each = with_group(evidence, voiced, by, "participant", "theme", checked=nw.col("checked").cast(nw.Int64))
    return each.group_by("participant", "group", "theme").agg(checked=nw.col("checked").max())


# ---------------------------------------------------------------- the figures


def _figures(joined: pd.DataFrame, voiced: pd.DataFrame, themes: tuple[str, ...]) -> pd.DataFrame:
    value = joined["value"]
    nps = joined["kind"] == NPS
    up, down = nps & (value >= PROMOTER_AT), nps & (value <= DETRACTOR_AT)
    points = (up.astype(float) - down.astype(float)) * 100
    signs = dict(zip(_SPLIT, (up, nps & ~up & ~down, down), strict=True))
    each = joined.assign(points=points, checked=0, **{name: sign.astype("int64") for name, sign in signs.items()})
    base = _summed(each, _BY).merge(pd.DataFrame({"theme": list(themes)}, dtype=str), how="cross")
    having = _summed(each.drop(columns="checked").merge(voiced, on=["participant", "group"]), [*_BY, "theme"])
    rows = base.merge(having.drop(columns="kind"), on=[*_BY, "theme"], how="left", suffixes=("", "_with"))
    there = [name for name in rows.columns if name.endswith("_with")]
    rows[there] = rows[there].fillna(0)
    sides = {side: _side(rows, side) for side in ("", "_with", "_without")}
    (k, mean, deviation, *of_points), (rest_k, rest_mean, rest_deviation, *rest_points) = (
        sides["_with"],
        sides["_without"],
    )
    sides_of = (mean, deviation, k, rest_mean, rest_deviation, rest_k)
    difference, low, high = welch(*sides_of)
    is_nps = (rows["kind"] == NPS).to_numpy()
    impacts = impact_of(*sides_of)
    of_nps = impact_of(of_points[0], of_points[1], k, rest_points[0], rest_points[1], rest_k)
    impact = [np.where(is_nps, points, plain) for points, plain in zip(of_nps, impacts, strict=True)]
    n, all_mean, all_deviation, all_points, points_deviation = sides[""]
    mean_low, mean_high = student_interval(all_mean, all_deviation, n)
    nps_low, nps_high = student_interval(all_points, points_deviation, n)
    found = rows[["score", "theme", "group", "kind"]].assign(
        k=k.astype("int64"), n=n.astype("int64"), mean_with=mean, mean_without=rest_mean, difference=difference,
        difference_low=low, difference_high=high, p=welch_p(*sides_of), q=np.nan, verdict="",
        checked=rows["checked_with"].astype("int64"), impact=impact[0], impact_low=impact[1], impact_high=impact[2],
        mean=all_mean, mean_low=mean_low, mean_high=mean_high, nps=np.where(is_nps, all_points, np.nan),
        nps_low=np.where(is_nps, np.maximum(nps_low, -100), np.nan),
        nps_high=np.where(is_nps, np.minimum(nps_high, 100), np.nan),
    )  # fmt: skip
    for name in _SPLIT:
        found[f"{name}_with"] = rows[f"{name}_with"].where(is_nps).astype(float)
        found[f"{name}_without"] = (rows[name] - rows[f"{name}_with"]).where(is_nps).astype(float)
    # engines sum in different orders
    figures = found.select_dtypes("float64").columns.drop("p")
    found[figures] = found[figures].round(9)
    return found


def _judged(rows: pd.DataFrame, *, exploratory: bool) -> pd.DataFrame:
    """Rows with q over all that are tested, and the verdict: clear only where a person checked what it stands on."""
    if not exploratory:
        rows = rows.assign(q=benjamini_hochberg(rows["p"]))
    said = []
    for k, n, p, q, checked in rows[["k", "n", "p", "q", "checked"]].itertuples(index=False, name=None):
        if k == n:
            said.append(NOBODY_ELSE)
        elif min(k, n - k) < FEWEST:
            said.append(too_few_to_compare(min(k, n - k)))
        else:
            said.append(verdict(p, q, unchecked=not checked))
    return rows.assign(verdict=pd.Series(said, index=rows.index, dtype=str))


def _summed(each: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    squares = each.assign(squares=each["value"] ** 2, points_squares=each["points"] ** 2, number=1)
    sums = ["number", "value", "squares", "points", "points_squares", "checked", *_SPLIT]
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


def _notes(
    given: pd.DataFrame, joined: pd.DataFrame, rows: pd.DataFrame, *, exploratory: bool
) -> tuple[str, ...]:  # fmt: skip
    """How many of those who gave a score could be joined with something said, and what the figures do not say."""
    if not len(given):
        return ("Nobody here has given a score; add a survey or a sheet that holds one.",)
    notes = []
    for score, those in given.groupby("score", sort=True):
        people, said = len(those), joined.loc[joined["score"] == score, "participant"].nunique()
        notes.append(
            f"Of {count(people, 'person', 'people')} who gave “{score}”, {said} also said something "
            "that could be coded."
        )
    tested = int(rows["p"].notna().sum())
    if exploratory:
        notes.append(EXPLORATORY)
    elif tested:
        notes.append(f"All comparisons are counted: {tested}. {CLEAR_MEANS}")
    return (*notes, "What goes with a score is not thereby its cause.")
