"""How far two coders agree: a person with another, and each person with the machine."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from dashboard.analysis.counting import Columns, collected, in_order
from dashboard.analysis.in_words import FEWEST, count
from dashboard.analysis.statistics import Floats, wilson
from dashboard.analysis.table import Table
from dashboard.evidence.tables import Evidence, Frame

MACHINE = "machine"
"""The coder whose codings are suggestions."""

_ROWS: Columns = {
    "passage": nw.String, "theme": nw.String, "by": nw.String, "status": nw.String, "confidence": nw.Float64,
}  # fmt: skip


def agreement(evidence: Evidence, by: str | None = None, *, pool: bool = False) -> Table:
    """Passages on which two coders disagree; one row a theme and pair of coders who have both judged any.

    n: passages of which both have said whether they speak of the theme; k: those of which one says yes and the other
    no. A person judges by confirming or rejecting; the machine's yes is a suggestion at or above the study's threshold,
    its no any other, on whatever a person judged. agreement = (n − k) ÷ n with Wilson's interval; kappa: Cohen's,
    alpha: Krippendorff's (``kappa_of``, ``alpha_of``), null where both say the same of every passage, since chance
    would do so, too. one_yes, another_yes: how often each says yes. by and pool change nothing.
    """
    judged = _judged(evidence)
    pairs = [_pair(judged, one, another) for one, another in _coders(judged)]
    rows = pd.concat([_EMPTY, *pairs], ignore_index=True) if pairs else _EMPTY.copy()
    n, k = rows["n"].to_numpy(), rows["k"].to_numpy()
    both = (rows["one_yes"] + rows["another_yes"] - k) // 2  # each disagreement is one yes of one of them
    low, high = wilson(n - k, n)
    rows = rows.assign(
        agreement=(n - k) / n, agreement_low=low, agreement_high=high,
        kappa=kappa_of(both, rows["one_yes"] - both, rows["another_yes"] - both, n).round(9),
        alpha=alpha_of(both, k, n).round(9),
    )  # fmt: skip
    names = list(dict.fromkeys([*rows["one"], *rows["another"]]))
    rows = in_order(rows, one=names, another=names, theme=evidence.study.themes)
    keys = ("theme", "one", "another")
    shown = [
        *keys,
        "k",
        "n",
        "agreement",
        "agreement_low",
        "agreement_high",
        "kappa",
        "alpha",
        "one_yes",
        "another_yes",
    ]
    return Table(
        measure="agreement",
        rows=rows[shown],
        keys=keys,
        counted="k",
        unit="passages",
        denominator="quotes that both have judged",
        notes=_notes(rows),
        order={"theme": evidence.study.themes, "one": tuple(names), "another": tuple(names)},
    )


def behind(evidence: Evidence, keys: Mapping[str, Any]) -> Frame:
    """The passages on which the two coders of a row disagree about its theme."""
    judged = _judged(evidence)
    of_theme = judged[judged["theme"] == str(keys["theme"])]
    one, another = (of_theme[of_theme["by"] == str(keys[name])] for name in ("one", "another"))
    both = one.merge(another, on="passage", suffixes=("", "_other"))
    apart: list[str] = both.loc[both["yes"] != both["yes_other"], "passage"].tolist()
    return evidence.passages().filter(nw.col("passage").is_in(apart))


def kappa_of(both: ArrayLike, one_alone: ArrayLike, another_alone: ArrayLike, n: ArrayLike) -> Floats:
    """Cohen's kappa of two coders who say yes or no to n passages; NaN where chance alone would bring agreement.

    (p_o − p_e) ÷ (1 − p_e), p_o the share on which they agree, p_e the share expected of their own rates of yes (Cohen
    1960, "A coefficient of agreement for nominal scales", Educ. Psychol. Meas. 20). both, one_alone, another_alone: how
    often both say yes, or only the one or the other.

    >>> float(kappa_of(20, 5, 10, 50).round(3))  # the two readers of fifty proposals of the textbooks
    0.4
    """
    a, b, c, whole = (np.asarray(each, dtype=float) for each in (both, one_alone, another_alone, n))
    with np.errstate(invalid="ignore", divide="ignore"):
        observed = (whole - b - c) / whole
        one, another = (a + b) / whole, (a + c) / whole
        expected = one * another + (1 - one) * (1 - another)
        found: Floats = np.where(expected < 1, (observed - expected) / (1 - expected), np.nan)
    return found


def alpha_of(both: ArrayLike, apart: ArrayLike, n: ArrayLike) -> Floats:
    """Krippendorff's alpha of two coders who say yes or no to n passages; NaN where neither answer varies.

    1 − D_o ÷ D_e: of 2n answers y = 2 both + apart are yes and the rest no; D_o = apart ÷ n, D_e = 2 y (2n − y) ÷
    (2n (2n − 1)) (Krippendorff, "Computing Krippendorff's alpha-reliability", 2011, part A). both: how often both say
    yes; apart: how often they differ.

    >>> float(alpha_of(1, 4, 10).round(3))  # his worked example A
    0.095
    """
    yes_both, differ, whole = (np.asarray(each, dtype=float) for each in (both, apart, n))
    yes, answers = 2 * yes_both + differ, 2 * whole
    with np.errstate(invalid="ignore", divide="ignore"):
        expected = 2 * yes * (answers - yes) / (answers * (answers - 1))
        found: Floats = np.where(expected > 0, 1 - differ / whole / expected, np.nan)
    return found


# ---------------------------------------------------------------- who judged what


def _judged(evidence: Evidence) -> pd.DataFrame:
    """passage, theme, by, yes: what persons decided, and what the machine says of the same passages and themes."""
    return evidence.once("agreement", lambda: _said(evidence))


def _said(evidence: Evidence) -> pd.DataFrame:
    codings = evidence.codings()
    persons = codings.filter(nw.col("by") != MACHINE)
    of_persons = persons.select("passage", "theme").unique()
    machine = codings.filter(nw.col("by") == MACHINE).join(of_persons, on=["passage", "theme"], how="semi")
    decided = collected([(persons.select("passage", "theme", "by", "status"), {"confidence": 1.0})], _ROWS)
    decided = decided[decided["status"].isin(["confirmed", "rejected"])]
    decided = decided.assign(yes=decided["status"] == "confirmed")
    suggested = collected([(machine, {})], _ROWS)
    asked = decided[["passage", "theme"]].drop_duplicates()
    suggested = asked.merge(suggested, on=["passage", "theme"], how="left").assign(by=MACHINE)
    suggested["yes"] = suggested["confidence"].fillna(0.0) >= evidence.study.threshold
    columns = ["passage", "theme", "by", "yes"]
    found = pd.concat([decided[columns], suggested[columns]], ignore_index=True)
    return found[found["theme"].isin(evidence.study.themes)].sort_values(columns, ignore_index=True)


def _coders(judged: pd.DataFrame) -> list[tuple[str, str]]:
    """Pairs: persons by name, each person with the machine last."""
    persons = sorted(set(judged["by"]) - {MACHINE})
    return [*combinations(persons, 2), *((person, MACHINE) for person in persons)]


_EMPTY = pd.DataFrame(
    {"theme": [], "one": [], "another": [], "k": [], "n": [], "one_yes": [], "another_yes": []}
).astype(
    dict.fromkeys(("theme", "one", "another"), "str") | dict.fromkeys(("k", "n", "one_yes", "another_yes"), "int64")
)


def _pair(judged: pd.DataFrame, one: str, another: str) -> pd.DataFrame:
    first, second = (judged.loc[judged["by"] == name, ["passage", "theme", "yes"]] for name in (one, another))
    both = first.merge(second, on=["passage", "theme"], suffixes=("_one", "_another"))
    both = both.assign(apart=both["yes_one"] != both["yes_another"])
    rows = both.groupby("theme", as_index=False).agg(
        k=("apart", "sum"), n=("apart", "size"), one_yes=("yes_one", "sum"), another_yes=("yes_another", "sum")
    )
    whole = ["k", "n", "one_yes", "another_yes"]
    return rows.astype(dict.fromkeys(whole, "int64") | {"theme": "str"}).assign(one=one, another=another)[
        list(_EMPTY.columns)
    ]


def _notes(rows: pd.DataFrame) -> tuple[str, ...]:
    if not len(rows):
        return ("Confirm or reject some suggestions, and agreement can be told.",)
    few = int((rows["n"] < FEWEST).sum())
    return (
        "What a person was shown to judge is not a random choice of quotes, so agreement with the machine here is not "
        "how often it is right overall.",
        *((f"{count(few, 'row')} of fewer than {FEWEST} quotes: too few to say.",) if few else ()),
    )
