"""Unmet needs, grouped by what they are about and where on the journey they arise, counted in people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import narwhals as nw
import pandas as pd

from dashboard.analysis.counting import (
    Columns,
    Part,
    collected,
    group_order,
    heard,
    in_order,
    keyed,
    kind_of,
    kinds_in,
    narrowing,
    order_of,
    overlap_note,
    with_group,
)
from dashboard.analysis.prevalence import BASE, checked_note, with_share
from dashboard.analysis.table import Table
from dashboard.coding.needs import today
from dashboard.evidence.tables import NO_STAGE, Evidence, Frame

NO_THEME = "no theme"
"""The theme of a need that no accepted theme fits; key columns hold no nulls."""
TODAY = "today"
"""A key besides those of a row: only the passages that say how people manage today."""

_ROWS: Columns = {
    "what": nw.String, "source_kind": nw.String, "group": nw.String, "theme": nw.String, "stage": nw.String,
    "people": nw.Int64, "checked": nw.Int64, "today": nw.Int64,
}  # fmt: skip


def needs(evidence: Evidence, by: str | None = None, *, pool: bool = False) -> Table:
    """People who state an unmet need, by theme and stage; one row a theme, stage, group and source kind.

    share = k ÷ n with Wilson's interval: k people with at least one passage that states a need and in which the theme
    is accepted at the stage ("no theme", "no stage" where there is none), n people who said anything codable. A passage
    with two themes counts in both. Rows are the themes and stages where anybody states a need, the most people first;
    a group of whom none does has k = 0. checked: how many of k a person has confirmed as a need. today: how many of k
    say there how they manage today, by a workaround or elsewhere (``coding.needs.today``).
    Raises InvalidFilter where the study has no attribute ``by``.
    """
    found = collected(
        [
            _stating(evidence, by, pool=pool, themed=True),
            _stating(evidence, by, pool=pool, themed=False),
            _said(evidence, by, pool=pool),
        ],
        _ROWS,
    )
    said = found["what"] == "said"
    base = found.loc[said, ["source_kind", "group", "people"]].rename(columns={"people": "n"})
    stating = found.loc[~said, ["source_kind", "group", "theme", "stage", "people", "checked", "today"]]
    stated = stating[["source_kind", "theme", "stage"]].drop_duplicates()
    rows = base.merge(stated, on="source_kind").merge(
        stating.rename(columns={"people": "k"}), on=["source_kind", "group", "theme", "stage"], how="left"
    )
    rows[["k", "checked", "today"]] = rows[["k", "checked", "today"]].fillna(0).astype("int64")
    themes, stages = (*evidence.study.themes, NO_THEME), (*evidence.study.stages, NO_STAGE)
    rows = in_order(
        rows,
        source_kind=kinds_in(rows["source_kind"]),
        theme=themes,
        stage=stages,
        group=group_order(evidence, by, rows["group"]),
    )
    of_need = ["source_kind", "theme", "stage"]
    most = rows.groupby(of_need)["k"].transform("sum")
    kinds = rows["source_kind"].map({kind: place for place, kind in enumerate(kinds_in(rows["source_kind"]))})
    rows = rows.assign(_kind=kinds, _most=-most).sort_values(["_kind", "_most"], kind="stable")
    ways = rows["today"].reset_index(drop=True)
    rows = with_share(rows[[*of_need, "group", "k", "n", "checked"]].reset_index(drop=True)).assign(today=ways)
    rows, keys = keyed(rows, evidence.group_column(by), first=("theme", "stage"), pool=pool)
    return Table(
        measure="needs",
        rows=rows,
        keys=keys,
        counted="k",
        unit="participants",
        by=by,
        order=order_of(rows, keys, theme=themes, stage=stages, group=group_order(evidence, by, ())),
        denominator=BASE + narrowing(evidence.filters),
        notes=(*overlap_note(evidence, by), *(checked_note(rows) if len(rows) else _none(base))),
        intervals=by is not None or not evidence.study.plan,
    )


def behind(evidence: Evidence, keys: Mapping[str, Any]) -> Frame:
    """The passages behind a row: those that state a need, at its stage and with its theme.

    With the key ``today`` only those that say how people manage today.
    """
    frame = stating_needs(evidence)
    if keys.get(TODAY):
        frame = frame.filter(nw.col("passage").is_in(_telling_of_today(evidence)))
    if "stage" in keys:
        frame = frame.filter(nw.col("stage") == str(keys["stage"]))
    if "theme" not in keys:
        return frame
    return _without_theme(evidence, frame) if keys["theme"] == NO_THEME else _with(evidence, frame, str(keys["theme"]))


def stating_needs(evidence: Evidence) -> Frame:
    """Codable passages that state an unmet need."""
    return evidence.passages().filter(nw.col("codable") & nw.col("need"))


def _with(evidence: Evidence, frame: Frame, theme: str) -> Frame:
    accepted = evidence.open_table("accepted").filter(nw.col("theme") == theme)
    return frame.join(accepted.select("passage").unique(), on="passage", how="semi")


def _without_theme(evidence: Evidence, frame: Frame) -> Frame:
    return frame.join(evidence.open_table("accepted").select("passage").unique(), on="passage", how="anti")


def _telling_of_today(evidence: Evidence) -> list[str]:
    """Ids of the passages that state a need and say how people manage today, whatever the filters leave of them."""

    def look() -> list[str]:
        stating = evidence.open_table("passages").filter(nw.col("codable") & nw.col("need"))
        rows = stating.select("passage", "text").collect("pandas").to_pandas()
        rows = rows[today(rows["text"].tolist())] if len(rows) else rows
        return [*sorted(rows["passage"].astype("str")), ""]  # never empty: an engine may not know the type of nothing

    return evidence.unfiltered().once("needs: today", look)


def _stating(evidence: Evidence, by: str | None, *, pool: bool, themed: bool) -> Part:
    frame = stating_needs(evidence)
    if themed:
        frame = frame.join(evidence.open_table("accepted").select("passage", "theme"), on="passage", how="inner")
    else:
        frame = _without_theme(evidence, frame)
    frame = with_group(
        evidence,
        frame,
        by,
        "participant",
        "stage",
        source_kind=kind_of(pool=pool),
        theme=nw.col("theme") if themed else nw.lit(NO_THEME),
        checked=(nw.col("need_status") == "confirmed").cast(nw.Int64),
        today=nw.col("passage").is_in(_telling_of_today(evidence)).cast(nw.Int64),
    )
    of = ["source_kind", "group", "theme", "stage"]
    each = frame.group_by(*of, "participant").agg(checked=nw.col("checked").max(), today=nw.col("today").max())
    found = each.group_by(of).agg(people=nw.len(), checked=nw.col("checked").sum(), today=nw.col("today").sum())
    return found, {"what": "states"}


def _said(evidence: Evidence, by: str | None, *, pool: bool) -> Part:
    found = heard(evidence, by, pool=pool).group_by("source_kind", "group").agg(people=nw.len())
    return found, {"what": "said", "theme": "", "stage": "", "checked": 0, "today": 0}


def _none(base: pd.DataFrame) -> tuple[str, ...]:
    return ("Nobody here states an unmet need.",) if len(base) else ()
