"""Whom we heard, against whom the study planned to hear."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import narwhals as nw
import pandas as pd

from dashboard.analysis.counting import (
    POOLED,
    Columns,
    Part,
    collected,
    group_order,
    heard,
    in_order,
    kinds_in,
    of_people_only,
    with_group,
)
from dashboard.analysis.differences import kept_attributes
from dashboard.analysis.in_words import count
from dashboard.analysis.prevalence import BASE
from dashboard.analysis.table import Table
from dashboard.evidence.tables import Evidence, Frame

_ROWS: Columns = {
    "what": nw.String, "attribute": nw.String, "value": nw.String, "source_kind": nw.String, "people": nw.Int64,
}  # fmt: skip
_NOT_HEARD = "not heard"


def mix(evidence: Evidence, by: str | None = None, *, pool: bool = False) -> Table:
    """People heard with each value of an attribute, against the study's plan; one row an attribute, value, source kind.

    n: people who said anything codable; planned: how many the plan asks for (null where it names no number, and for a
    survey beside interviews: a plan says whom to interview); missing: planned − n, at least 0; not_heard: people who
    are known, from a sheet or a score, but said nothing codable anywhere. by: one attribute or ``segment``; without it
    all that the plan names, else all attributes that are compared. Pooled, a person who was interviewed and surveyed
    counts once. Raises InvalidFilter where the study has no attribute ``by``.
    """
    attributes = [by] if by is not None else _planned_attributes(evidence)
    base = of_people_only(evidence)
    said = base.said().filter(nw.col("passages") > 0).select("participant").unique()
    parts: list[Part] = []
    for name in attributes:
        counted = heard(base, name, pool=pool).group_by("group", "source_kind").agg(people=nw.len())
        parts.append((counted.rename({"group": "value"}), {"what": "heard", "attribute": name}))
        silent = base.people().join(said, on="participant", how="anti")
        groups = with_group(base, silent, name, "participant").group_by("group").agg(people=nw.len())
        parts.append(
            (groups.rename({"group": "value"}), {"what": _NOT_HEARD, "attribute": name, "source_kind": _NOT_HEARD})
        )
    found = collected(parts, _ROWS) if parts else pd.DataFrame({name: [] for name in _ROWS})
    planned = POOLED if pool else _planned_kind(evidence)
    of_each = [_of_attribute(evidence, found, name, planned) for name in attributes]
    rows = pd.concat(of_each or [_row_frame([])]).reset_index(drop=True)
    kinds = kinds_in(rows["source_kind"])
    rows = in_order(rows, source_kind=kinds)  # of a kind, as they are: in_order keeps what it does not sort
    keys = ("attribute", "value", *(() if pool else ("source_kind",)))
    return Table(
        measure="mix",
        rows=rows.drop(columns="source_kind") if pool else rows,
        keys=keys,
        counted="n",
        unit="participants",
        by=by,
        denominator=BASE,
        notes=_notes(evidence, rows, by, planned),
        order={"attribute": tuple(attributes), "value": tuple(rows["value"].unique()), "source_kind": tuple(kinds)},
        intervals=False,
    )


def behind(evidence: Evidence, keys: Mapping[str, Any]) -> Frame:
    """The codable passages of the people with this value of this attribute (or of this segment)."""
    base = of_people_only(evidence)
    name = str(keys["attribute"])
    column = base.group_column(name)
    frame = base.grouped(base.passages().filter(nw.col("codable")), name)
    return frame.filter(nw.col(str(column)) == str(keys["value"]))


def _planned_kind(evidence: Evidence) -> str:
    """The source kind that the plan is about: interviews, where the study holds any."""

    def look() -> str:
        kinds = evidence.open_table("said").select("source_kind").unique().collect("pandas").to_pandas()
        return "survey" if set(kinds["source_kind"].astype("str")) == {"survey"} else "interview"

    return evidence.unfiltered().once("mix: planned kind", look)


def _planned_attributes(evidence: Evidence) -> list[str]:
    """The attributes that the plan names and the evidence has; where there are none, all that are compared."""
    planned = [name for name in evidence.study.plan if name in evidence.attributes]
    return planned or list(kept_attributes(evidence))


def _of_attribute(evidence: Evidence, found: pd.DataFrame, name: str, planned: str) -> pd.DataFrame:
    of_name = found[found["attribute"] == name]
    numbers: dict[str, dict[str, int]] = {
        str(kind): dict(zip(each["value"], each["people"], strict=True))
        for kind, each in of_name.groupby("source_kind")
    }
    silent = numbers.pop(_NOT_HEARD, {})
    # the plan may write a value otherwise than the sheet does
    known = {value.casefold(): value for value in evidence.values_of(name)}
    plan = {known.get(value.casefold(), value): number for value, number in evidence.study.plan.get(name, {}).items()}
    here = {value for of_kind in numbers.values() for value in of_kind} | set(silent)
    values = list(dict.fromkeys([*group_order(evidence, name, here), *plan]))
    asked = not evidence.filters.source_kinds or planned in (POOLED, *evidence.filters.source_kinds)
    kinds = kinds_in({*numbers, *([planned] if asked and (plan or not numbers) else [])})
    first = kinds[0] if kinds else ""  # who was not heard at all stands in one row alone
    rows = []
    for kind in kinds:
        heard, wanted = numbers.get(kind, {}), plan if kind == planned else {}
        beside = silent if kind == first else {}
        rows += [
            (name, value, kind, int(heard.get(value, 0)), wanted.get(value), int(beside.get(value, 0)))
            for value in values
            if value in heard or value in wanted or value in beside
        ]
    return in_order(_row_frame(rows), source_kind=kinds, value=values)


def _row_frame(rows: list[tuple[str, str, str, int, int | None, int]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["attribute", "value", "source_kind", "n", "planned", "not_heard"]).astype(
        {
            "attribute": "str", "value": "str", "source_kind": "str", "n": "int64", "planned": "float64",
            "not_heard": "int64",
        }
    )  # fmt: skip
    missing = (frame["planned"] - frame["n"]).clip(lower=0)
    shown = ["attribute", "value", "source_kind", "n", "planned"]
    return frame[shown].assign(missing=missing, not_heard=frame["not_heard"])


def _notes(evidence: Evidence, rows: pd.DataFrame, by: str | None, planned: str) -> tuple[str, ...]:
    notes = []
    if rows["planned"].notna().any() and rows["source_kind"].nunique() > 1:
        notes.append(f"The plan is for the {'survey' if planned == 'survey' else 'interviews'}.")
    short = rows[rows["missing"] > 0]
    if len(short):
        cells = [
            f"{row['attribute']} {row['value']} ({row['n']} of {row['planned']:.0f})"
            for row in short.to_dict("records")
        ]
        notes.append(f"Not heard as planned: {', '.join(cells)}.")
    for name in evidence.study.plan:
        if name not in evidence.attributes and by in (None, name):
            notes.append(f"The plan names “{name}”, which no sheet or survey holds.")
    if not evidence.study.plan:
        notes.append("The study has no plan; with one, this shows who is still missing.")
    silent = rows.groupby("attribute")["not_heard"].sum()
    if len(silent) and silent.max():
        number = int(silent.max())
        notes.append(f"{count(number, 'person', 'people')} known to the study said nothing that could be coded.")
    return tuple(notes)
