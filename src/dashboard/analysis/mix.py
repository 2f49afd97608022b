"""Whom we heard, against whom the study planned to hear."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import narwhals as nw
import pandas as pd

from dashboard.analysis.counting import Columns, collected, group_order, in_order, of_people_only, with_group
from dashboard.analysis.in_words import count
from dashboard.analysis.table import Table
from dashboard.evidence.tables import Evidence, Frame

_ROWS: Columns = {"what": nw.String, "attribute": nw.String, "value": nw.String, "people": nw.Int64}


def mix(evidence: Evidence, by: str | None = None, *, pool: bool = False) -> Table:
    """People heard with each value of an attribute, against the study's plan; one row an attribute and value.

    n: people who said anything codable; planned: how many the plan asks for (null where it names no number); missing:
    planned − n, at least 0; not_heard: people who are known, from a sheet or a score, but said nothing codable. by: one
    attribute or ``segment``; without it all that the plan names, else all attributes. A person counts once however
    many sources heard them, so ``pool`` changes nothing. Raises InvalidFilter where the study has no attribute ``by``.
    """
    attributes = [by] if by is not None else _planned_attributes(evidence)
    base = of_people_only(evidence)
    parts = []
    for name in attributes:
        said = base.said().filter(nw.col("passages") > 0).select("participant").unique()
        people = base.people()
        for what, how in (("heard", "semi"), ("not heard", "anti")):
            those = people.join(said, on="participant", how=how)  # type: ignore[arg-type]  # two of its literals
            groups = with_group(base, those, name, "participant").group_by("group").agg(people=nw.len())
            parts.append((groups.rename({"group": "value"}), {"what": what, "attribute": name}))
    found = collected(parts, _ROWS) if parts else pd.DataFrame({name: [] for name in _ROWS})
    rows = pd.concat([_of_attribute(evidence, found, name) for name in attributes] or [_row_frame([])])
    rows = rows.reset_index(drop=True)
    return Table(
        measure="mix",
        rows=rows,
        keys=("attribute", "value"),
        counted="n",
        unit="participants",
        by=by,
        denominator="people who said anything that could be coded",
        notes=_notes(evidence, rows, by),
        order={"attribute": tuple(attributes), "value": tuple(rows["value"].unique())},
        intervals=False,
    )


def behind(evidence: Evidence, keys: Mapping[str, Any]) -> Frame:
    """The codable passages of the people with this value of this attribute (or of this segment)."""
    base = of_people_only(evidence)
    name = str(keys["attribute"])
    column = base.group_column(name)
    frame = base.grouped(base.passages().filter(nw.col("codable")), name)
    return frame.filter(nw.col(str(column)) == str(keys["value"]))


def _planned_attributes(evidence: Evidence) -> list[str]:
    """The attributes that the plan names and the evidence has; all attributes where there is no plan."""
    planned = [name for name in evidence.study.plan if name in evidence.attributes]
    return planned or list(evidence.attributes)


def _of_attribute(evidence: Evidence, found: pd.DataFrame, name: str) -> pd.DataFrame:
    of_name = found[found["attribute"] == name]
    numbers = {
        what: dict(zip(each["value"], each["people"], strict=True)) for what, each in of_name.groupby("what")
    }  # fmt: skip
    heard, silent = numbers.get("heard", {}), numbers.get("not heard", {})
    # the plan may write a value otherwise than the sheet does
    known = {value.casefold(): value for value in evidence.values_of(name)}
    plan = {known.get(value.casefold(), value): number for value, number in evidence.study.plan.get(name, {}).items()}
    values = list(dict.fromkeys([*group_order(evidence, name, [*heard, *silent]), *plan]))
    narrowed = evidence.filters.narrows_people
    rows = [
        (name, value, int(heard.get(value, 0)), plan.get(value), int(silent.get(value, 0)))
        for value in values
        if not narrowed or value in heard or value in silent or value in plan
    ]
    return in_order(_row_frame(rows), value=values)


def _row_frame(rows: list[tuple[str, str, int, int | None, int]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["attribute", "value", "n", "planned", "not_heard"]).astype(
        {"attribute": "str", "value": "str", "n": "int64", "planned": "float64", "not_heard": "int64"}
    )
    missing = (frame["planned"] - frame["n"]).clip(lower=0)
    return frame[["attribute", "value", "n", "planned"]].assign(missing=missing, not_heard=frame["not_heard"])


def _notes(evidence: Evidence, rows: pd.DataFrame, by: str | None) -> tuple[str, ...]:
    notes = []
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
