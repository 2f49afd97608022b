"""Saturation: how many themes each further interview brought, and what would be expected in any other order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import narwhals as nw
import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.analysis.counting import Columns, Part, collected, narrowing, of_people_only
from dashboard.analysis.in_words import count
from dashboard.analysis.statistics import Floats
from dashboard.analysis.table import Table
from dashboard.errors import InvalidFilter
from dashboard.evidence.tables import Evidence, Frame

ORDERS = 200
"""Random orders of the interviews that the expected curve is drawn from."""
LAST = 5
"""How many interviews the headline looks back on."""

_ROWS: Columns = {
    "what": nw.String, "source": nw.String, "participant": nw.String, "theme": nw.String, "date": nw.String,
    "checked": nw.Int64,
}  # fmt: skip
_COLUMNS = {
    "position": "int64", "source": "str", "participants": "str", "date": "str", "new": "int64", "themes": "int64",
    "expected": "float64", "expected_low": "float64", "expected_high": "float64",
}  # fmt: skip


def saturation(evidence: Evidence, by: str | None = None, *, pool: bool = False) -> Table:
    """Themes that each interview added, in the order the interviews were held; one row an interview.

    new: themes that no interview before it voiced; themes: all so far. expected: mean over 200 random orders of the
    same interviews of how many themes so many of them voice, expected_low and expected_high the 2.5th and 97.5th
    percentile; it tends to the rarefaction curve Σ 1 − C(N − nₜ, k) ÷ C(N, k) over themes t in nₜ of N interviews
    (Hurlbert 1971, Ecology 52). Interviews without a date come last, by name.

    A theme counts where a person confirmed it, and an interview where a person decided on anything in it, if that is so
    in at least half of them; else accepted suggestions count. ``pool`` changes nothing: surveys are no interviews.
    Raises InvalidFilter where it is asked to split.
    """
    if by is not None:
        raise InvalidFilter("Saturation is of all interviews together; leave out what it should be split by.")
    found = _found(evidence)
    heard, names = found.interviews, list(found.interviews["source"])
    new = _first(found)["source"].value_counts().reindex(names, fill_value=0).to_numpy(dtype="int64")
    expected, low, high = expected_curve(_incidence(found), seed=evidence.seed)
    rows = pd.DataFrame(
        {
            "position": range(1, len(names) + 1), "source": _labels(heard), "participants": heard["participants"],
            "date": heard["date"], "new": new, "themes": new.cumsum(), "expected": expected, "expected_low": low,
            "expected_high": high,
        }
    )  # fmt: skip
    return Table(
        measure="saturation",
        rows=rows.astype(_COLUMNS).reset_index(drop=True),
        keys=("source",),
        counted="new",
        unit="themes",
        denominator="the themes that the interviews voice" + narrowing(evidence.filters),
        notes=_notes(found),
        totals={"interviews": len(names), "by_persons": int(found.by_persons)},
        intervals=False,
    )


def behind(evidence: Evidence, keys: Mapping[str, Any]) -> Frame:
    """The passages in which this interview's new themes come first: one a new theme, or fewer where one holds two."""
    found = _found(evidence)
    at = dict(zip(_labels(found.interviews), found.interviews["source"], strict=True))
    source = at.get(str(keys["source"]), "")
    first = _first(found)
    themes = first.loc[first["source"] == source, "theme"].tolist()
    frame = evidence.passages()
    accepted = _accepted(evidence).filter(nw.col("theme").is_in(themes))
    if found.by_persons:
        accepted = accepted.filter(nw.col("checked"))
    where = frame.filter(nw.col("source") == source).select("passage", "turn", "start")
    said = accepted.select("passage", "theme").join(where, on="passage", how="inner")
    rows = said.collect("pandas").to_pandas().sort_values(["turn", "start"], kind="stable")
    named = rows.drop_duplicates("theme")["passage"].unique().tolist()
    return frame.filter(nw.col("passage").is_in(named))


def expected_curve(
    incidence: npt.NDArray[np.bool_], *, seed: int, orders: int = ORDERS
) -> tuple[Floats, Floats, Floats]:
    """Mean, 2.5th and 97.5th percentile, over random orders, of the themes that the first 1, 2 … N interviews voice.

    incidence: (N interviews, themes), whether it voices the theme. Each result has shape (N,), rounded to 4 digits.

    >>> expected_curve(np.array([[True, False], [True, True]]), seed=1)[0].round(1).tolist()[1]
    2.0
    """
    interviews = len(incidence)
    if not interviews:
        return np.zeros(0), np.zeros(0), np.zeros(0)
    draw = np.random.default_rng(seed)
    voiced = incidence[:, incidence.any(axis=0)]
    curves = np.empty((orders, interviews))
    for order in range(orders):
        place = draw.permutation(interviews)
        first = np.where(voiced, place[:, None], interviews).min(axis=0) if voiced.shape[1] else np.zeros(0, dtype=int)
        curves[order] = np.bincount(first, minlength=interviews)[:interviews].cumsum()
    low, high = np.percentile(curves, [2.5, 97.5], axis=0)
    return curves.mean(axis=0).round(4), low.round(4), high.round(4)


# ---------------------------------------------------------------- who voices what, where


@dataclass(frozen=True)
class _Found:
    """interviews in order: source, name, participants, date ("" where unknown). voiced: source, theme, of these alone.

    by_persons: only what a person confirmed counts. aside: interviews that are left out for it; where suggestions
    count, those in which a person decided on anything.
    """

    interviews: pd.DataFrame
    voiced: pd.DataFrame
    by_persons: bool
    aside: int


def _found(evidence: Evidence) -> _Found:
    return evidence.once("saturation", lambda: _look(evidence))


def _look(evidence: Evidence) -> _Found:
    base = of_people_only(evidence).passages().filter(nw.col("codable"), nw.col("source_kind") == "interview")
    where = base.select("passage", "source")
    themes = _accepted(evidence).join(where, on="passage", how="inner")
    decided = evidence.open_table("verdicts").filter(nw.col("checked")).join(where, on="passage", how="inner")
    parts: list[Part] = [
        (
            base.group_by("source", "participant").agg(date=nw.col("date").min()),
            {"what": "heard", "theme": "", "checked": 0},
        ),
        (
            themes.with_columns(checked=nw.col("checked").cast(nw.Int64))
            .group_by("source", "theme")
            .agg(checked=nw.col("checked").max()),
            {"what": "voiced", "participant": "", "date": ""},
        ),
        (
            decided.select("source").unique(),
            {"what": "decided", "participant": "", "theme": "", "date": "", "checked": 1},
        ),
    ]
    rows = collected(parts, _ROWS)
    heard = rows[rows["what"] == "heard"].sort_values(["source", "participant"], kind="stable")
    of_all = heard.groupby("source", as_index=False).agg(participants=("participant", ", ".join), date=("date", "min"))
    names: pd.DataFrame = evidence.sources().select("source", "name").collect("pandas").to_pandas()
    of_all = of_all.merge(names.astype("str"), on="source", how="left").astype("str")
    of_all = of_all.assign(undated=of_all["date"] == "")
    of_all = of_all.sort_values(["undated", "date", "name", "source"], kind="stable", ignore_index=True)
    voiced = rows.loc[rows["what"] == "voiced", ["source", "theme", "checked"]]
    read = set(rows.loc[rows["what"] == "decided", "source"])
    if not read or 2 * len(read) < len(of_all):
        return _Found(of_all, voiced.reset_index(drop=True), False, len(read))
    kept = of_all[of_all["source"].isin(read)].reset_index(drop=True)
    return _Found(kept, voiced[voiced["checked"] > 0].reset_index(drop=True), True, len(of_all) - len(kept))


def _accepted(evidence: Evidence) -> Frame:
    return evidence.accepted().filter(nw.col("source_kind") == "interview").select("passage", "theme", "checked")


def _first(found: _Found) -> pd.DataFrame:
    """Each theme with the first interview that voices it: source, theme."""
    place = {source: position for position, source in enumerate(found.interviews["source"])}
    ranked = found.voiced.assign(place=found.voiced["source"].map(place).astype("int64"))
    return ranked.sort_values(["place", "theme"], kind="stable").drop_duplicates("theme")[["source", "theme"]]


def _incidence(found: _Found) -> npt.NDArray[np.bool_]:
    place = {source: position for position, source in enumerate(found.interviews["source"])}
    themes = {theme: position for position, theme in enumerate(sorted(set(found.voiced["theme"])))}
    voiced = np.zeros((len(place), len(themes)), dtype=bool)
    for source, theme in zip(found.voiced["source"], found.voiced["theme"], strict=True):
        voiced[place[source], themes[theme]] = True
    return voiced


def _labels(interviews: pd.DataFrame) -> list[str]:
    """What each interview is called: its file's name, with the source's id where two have the same."""
    twice = set(interviews.loc[interviews["name"].duplicated(keep=False), "name"])
    pairs = zip(interviews["name"], interviews["source"], strict=True)
    return [f"{name} ({source})" if name in twice else str(name) for name, source in pairs]


def _notes(found: _Found) -> tuple[str, ...]:
    number = len(found.interviews)
    if not number:
        return ("There is no interview in which anything could be coded.",)
    notes = []
    if found.by_persons:
        notes.append("Themes count where a person confirmed them.")
        if found.aside:
            notes.append(f"Left out: {count(found.aside, 'interview')} in which no person has decided on a theme yet.")
    else:
        seen = f"a person has decided on themes in {found.aside} of {count(number, 'interview')}"
        notes.append(f"These are suggestions: {seen if found.aside else 'no person has checked them yet'}.")
    undated = int((found.interviews["date"] == "").sum())
    if undated:
        verb = "has no date and comes" if undated == 1 else "have no date and come"
        notes.append(f"{count(undated, 'interview')} {verb} last, by name.")
    notes.append(
        "This says when a theme was first heard, not how common it is: one that comes late need not be rare, and with "
        "a codebook that was written beforehand no theme can come that nobody thought of."
    )
    return tuple(notes)
