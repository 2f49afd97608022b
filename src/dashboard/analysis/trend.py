"""How what people say changes over time: prevalence by period, and whether a change could be chance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from dashboard.analysis.counting import (
    Columns,
    Part,
    collected,
    group_order,
    in_order,
    keyed,
    kind_of,
    kinds_in,
    narrowing,
    of_people_only,
    order_of,
    overlap_note,
    with_group,
)
from dashboard.analysis.in_words import CLEAR_MEANS, EXPLORATORY, FEWEST, count, in_the, listed, too_few, verdict
from dashboard.analysis.prevalence import BASE, with_share
from dashboard.analysis.statistics import benjamini_hochberg
from dashboard.analysis.table import Table
from dashboard.evidence.tables import Evidence, Frame, attribute_column
from dashboard.study import NOT_GIVEN

WAVES = frozenset({"wave", "waves", "survey wave", "research wave", "round", "welle", "vague", "ola", "onda", "golf"})
"""Names, casefolded, of an attribute that says in which wave of research a person was heard."""
_DAYS_OF_WEEKS, _MOST = 45, 24

_ROWS: Columns = {
    "what": nw.String, "source_kind": nw.String, "theme": nw.String, "group": nw.String, "period": nw.String,
    "people": nw.Int64, "checked": nw.Int64,
}  # fmt: skip


@dataclass(frozen=True)
class Cut:
    """How time is cut. grain: week, month, quarter, year or wave. periods: all from the first to the last, in order.

    attribute: of a wave; "" for dates.
    """

    grain: str
    periods: tuple[str, ...]
    attribute: str = ""

    def period(self) -> nw.Expr:
        """The period of a passage, from its date or its person's wave; "" where it has none."""
        if self.attribute:
            return nw.col(attribute_column(self.attribute))
        day = nw.col("date")
        if self.grain == "week":
            found: nw.Expr = nw.lit("")
            for monday in self.periods:
                found = nw.when(day >= monday).then(nw.lit(monday)).otherwise(found)
            return found
        if self.grain == "quarter":
            month, year = day.str.slice(5, 2), day.str.slice(0, 4)
            quarter = nw.lit(" Q1")
            for first, name in (("04", " Q2"), ("07", " Q3"), ("10", " Q4")):
                quarter = nw.when(month >= first).then(nw.lit(name)).otherwise(quarter)
            return nw.concat_str([year, quarter])
        return day.str.slice(0, 7 if self.grain == "month" else 4)

    def known(self) -> nw.Expr:
        """Whether a passage has a period."""
        if self.attribute:
            return nw.col(attribute_column(self.attribute)) != NOT_GIVEN
        return nw.col("date") != ""


def trend(evidence: Evidence, by: str | None = None, *, pool: bool = False) -> Table:
    """Prevalence by period; one row a theme, period, source kind and group in which anybody said anything codable.

    share = k ÷ n with Wilson's interval: n people who said anything codable in the period, k of them voice the theme
    in it; a person heard in two periods counts in both. Time is cut by the study's wave, if it has such an attribute,
    else by months (weeks where all was said within 45 days, quarters or years over more than 24 months), by the date
    of the answer or the interview. p: the test of Cochran and Armitage for a trend over the periods with n ≥ 5
    (``cochran_armitage``), where at least five people voice the theme and five do not; q: Benjamini and Hochberg over
    all themes (and groups), each source kind for itself; null under a filter. change: the fitted change of the share
    from the first to the last of these periods. verdict, p, q and change are of the whole row of periods.
    Raises InvalidFilter where the study has no attribute ``by``.
    """
    cut = cut_of(evidence)
    found = collected(
        [_said(evidence, cut, by, pool=pool), _voiced(evidence, cut, by, pool=pool), _undated(evidence, cut)], _ROWS
    )
    said = found.loc[found["what"] == "said", ["source_kind", "group", "period", "people"]]
    themes = pd.DataFrame({"theme": list(evidence.study.themes)}, dtype=str)
    rows = said.rename(columns={"people": "n"}).merge(themes, how="cross")
    voiced = found.loc[found["what"] == "voiced"].drop(columns="what").rename(columns={"people": "k"})
    rows = rows.merge(voiced, on=["source_kind", "group", "period", "theme"], how="left")
    rows[["k", "checked"]] = rows[["k", "checked"]].fillna(0).astype("int64")
    groups = group_order(evidence, by, rows["group"])
    rows = in_order(
        rows, source_kind=kinds_in(rows["source_kind"]), theme=evidence.study.themes, group=groups, period=cut.periods
    )  # fmt: skip
    rows = with_share(rows[["source_kind", "theme", "group", "period", "k", "n", "checked"]])
    rows = _tested(rows, cut, exploratory=bool(evidence.filters))
    notes = (*overlap_note(evidence, by), *_notes(rows, cut, found, evidence))
    rows, keys = keyed(rows, evidence.group_column(by), first=("theme", "period"), pool=pool)
    order = order_of(rows, keys, theme=evidence.study.themes, period=cut.periods, group=groups)
    return Table(
        measure="trend",
        rows=rows,
        keys=keys,
        counted="k",
        unit="participants",
        by=by,
        order=order,
        denominator=f"{BASE} in the period" + narrowing(evidence.filters),
        notes=notes,
    )


def behind(evidence: Evidence, keys: Mapping[str, Any]) -> Frame:
    """The passages behind a row: where the theme is accepted, said in its period."""
    cut = cut_of(evidence)
    accepted = evidence.accepted().filter(nw.col("theme") == str(keys["theme"])).select("passage").unique()
    frame = evidence.passages().filter(nw.col("codable") & cut.known() & (cut.period() == str(keys["period"])))
    return frame.join(accepted, on="passage", how="semi")


def cut_of(evidence: Evidence) -> Cut:
    """How this study's time is cut; the same under every filter, and worked out once."""
    whole = evidence.unfiltered()
    return whole.once("cut of time", lambda: _cut_of(whole))


def _cut_of(evidence: Evidence) -> Cut:
    for name in evidence.attributes:
        values = tuple(value for value in evidence.values_of(name) if value != NOT_GIVEN)
        if name.casefold().replace("_", " ") in WAVES and len(values) > 1:
            return Cut("wave", values, name)
    dated = evidence.open_table("passages").filter(nw.col("codable") & (nw.col("date") != ""))
    days = dated.select("date").unique().collect("pandas").to_pandas()["date"].tolist()
    return cut_of_days(days)


def cut_of_days(days: Sequence[str]) -> Cut:
    """How these ISO days are cut: months, or weeks, quarters, years where they are close together or far apart.

    >>> cut_of_days(["2026-03-02", "2026-06-30"])
    Cut(grain='month', periods=('2026-03', '2026-04', '2026-05', '2026-06'), attribute='')
    >>> cut_of_days(["2026-03-31", "2026-04-08"])
    Cut(grain='week', periods=('2026-03-30', '2026-04-06'), attribute='')
    """
    if not days:
        return Cut("month", ())
    first, last = date.fromisoformat(min(days)[:10]), date.fromisoformat(max(days)[:10])
    if (last - first).days <= _DAYS_OF_WEEKS:
        monday = first - timedelta(days=first.weekday())
        weeks = range((last - monday).days // 7 + 1)
        return Cut("week", tuple((monday + timedelta(weeks=number)).isoformat() for number in weeks))
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    if len(months) <= _MOST:
        return Cut("month", tuple(f"{month // 12}-{month % 12 + 1:02d}" for month in months))
    quarters = range(months[0] // 3, months[-1] // 3 + 1)
    if len(quarters) <= _MOST:
        return Cut("quarter", tuple(f"{quarter // 4} Q{quarter % 4 + 1}" for quarter in quarters))
    return Cut("year", tuple(f"{year:04d}" for year in range(first.year, last.year + 1)))


def cochran_armitage(k: ArrayLike, n: ArrayLike, at: ArrayLike) -> tuple[float, float]:
    """The test for a trend of the shares k ÷ n at these times, as (z, two-sided p).

    z = Σ t(k − n K ÷ N) ÷ √V with V = K(N − K) ÷ (N(N − 1)) × (Σ n t² − (Σ n t)² ÷ N): Cochran, Biometrics 10 (1954),
    417–451; Armitage, Biometrics 11 (1955), 375–386; the variance given the margins is Mantel's (JASA 58 (1963),
    690–700). NaN where nobody or everybody counts, or where all is at one time.

    >>> z, p = cochran_armitage([19, 29, 24], [516, 589, 293], [0, 1, 2])  # Armitage's example of tonsils: χ² 7.19
    >>> round(z**2, 2), round(p, 4)
    (7.19, 0.0073)
    """
    from scipy.special import ndtr

    k, n, t = (np.asarray(each, dtype=float) for each in (k, n, at))
    people, voiced = n.sum(), k.sum()
    spread = (n * t**2).sum() - (n * t).sum() ** 2 / people if people else 0.0
    if people < 2 or voiced in (0, people) or spread <= 0:
        return float("nan"), float("nan")
    variance = voiced * (people - voiced) / (people * (people - 1)) * spread
    z = float((t * (k - n * voiced / people)).sum() / np.sqrt(variance))
    return z, float(2 * ndtr(-abs(z)))


# ---------------------------------------------------------------- counting


def _said(evidence: Evidence, cut: Cut, by: str | None, *, pool: bool) -> Part:
    frame = of_people_only(evidence).passages().filter(nw.col("codable") & cut.known())
    people = with_group(evidence, frame, by, "participant", source_kind=kind_of(pool=pool), period=cut.period())
    found = people.unique().group_by("source_kind", "group", "period").agg(people=nw.len())
    return found, {"what": "said", "theme": "", "checked": 0}


def _voiced(evidence: Evidence, cut: Cut, by: str | None, *, pool: bool) -> Part:
    dated = evidence.open_table("passages").filter(nw.col("codable")).select("passage", "date")
    frame = evidence.accepted().join(dated, on="passage", how="inner").filter(cut.known())
    each = with_group(
        evidence, frame, by, "participant", "theme", source_kind=kind_of(pool=pool), period=cut.period(),
        checked=nw.col("checked").cast(nw.Int64),
    )  # fmt: skip
    keys = ("source_kind", "group", "period", "theme")
    people = each.group_by(*keys, "participant").agg(checked=nw.col("checked").max())
    return people.group_by(*keys).agg(people=nw.len(), checked=nw.col("checked").sum()), {"what": "voiced"}


def _undated(evidence: Evidence, cut: Cut) -> Part:
    frame = of_people_only(evidence).passages().filter(nw.col("codable") & ~cut.known())
    found = frame.group_by("source_kind").agg(people=nw.len())
    return found, {"what": "undated", "theme": "", "group": "", "period": "", "checked": 0}


# ---------------------------------------------------------------- the figures


def _tested(rows: pd.DataFrame, cut: Cut, *, exploratory: bool) -> pd.DataFrame:
    """Rows with change, p, q and verdict, each the same for all periods of a theme with five people or more."""
    place = rows["period"].map({period: number for number, period in enumerate(cut.periods)}).astype(float)
    rows = rows.assign(change=np.nan, p=np.nan, q=np.nan, verdict=rows["n"].map(too_few).astype(str))
    threads = []
    for (kind, _, _), each in rows[rows["n"] >= FEWEST].groupby(["source_kind", "theme", "group"], sort=False):
        k, n, at = each["k"].to_numpy(), each["n"].to_numpy(), place[each.index].to_numpy()
        p = change = float("nan")
        if len(each) > 1 and min(k.sum(), (n - k).sum()) >= FEWEST:
            _, p = cochran_armitage(k, n, at)
            middle = at - (n * at).sum() / n.sum()
            change = float((middle * k).sum() / (n * middle**2).sum() * (at.max() - at.min()))
        threads.append((kind, each.index, p, change, bool(each["checked"].sum())))
    for kind in dict.fromkeys(thread[0] for thread in threads):
        mine = [thread for thread in threads if thread[0] == kind]
        qs = benjamini_hochberg([p for _, _, p, _, _ in mine])
        for (_, index, p, change, checked), q in zip(mine, qs, strict=True):
            q = float("nan") if exploratory else float(q)
            rows.loc[index, ["change", "p", "q"]] = [round(change, 9), p, q]
            rows.loc[index, "verdict"] = verdict(p, q, unchecked=not checked)
    last = [name for name in rows.columns if name != "checked"]
    return rows[[*last, "checked"]]


def _notes(rows: pd.DataFrame, cut: Cut, found: pd.DataFrame, evidence: Evidence) -> tuple[str, ...]:
    notes = []
    undated = found[found["what"] == "undated"]
    missing = int(undated["people"].sum())
    if not len(rows):
        none = "No quote has a date, so nothing can be said of time." if missing else "Nobody has said anything yet."
        return (none,)
    if cut.attribute:
        notes.append(f"Time is cut by “{cut.attribute}”: {listed(cut.periods)}.")
    else:
        named = " (Mondays)" if cut.grain == "week" else ""
        notes.append(
            f"By {cut.grain}{named} of the interview or the answer; a person heard in two of them counts in both."
        )
    if missing:
        without = "wave" if cut.attribute else "date"
        notes.append(f"{count(missing, 'quote')} without a {without} {'is' if missing == 1 else 'are'} left out.")
    if evidence.filters:
        notes.append(EXPLORATORY)
    else:
        looks = rows.dropna(subset=["p"]).drop_duplicates(["source_kind", "theme", "group"])
        sizes = [f"{len(each)} {in_the(str(kind))}" for kind, each in looks.groupby("source_kind", sort=True)]
        if sizes:
            notes.append(f"All trends that were tested are counted: {', '.join(sizes)}. {CLEAR_MEANS}")
    for kind in kinds_in(rows["source_kind"]):
        if rows.loc[rows["source_kind"] == kind, "period"].nunique() == 1:
            notes.append(f"Everything {in_the(kind)} was said in one {cut.grain}: there is nothing to compare.")
    return tuple(notes)
