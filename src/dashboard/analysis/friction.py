"""Where people struggle along the journey, how many of those who speak of a stage, and how strongly."""

from __future__ import annotations

import narwhals as nw
import numpy as np
import pandas as pd

from dashboard.analysis.counting import (
    POOLED,
    Columns,
    Part,
    at_a_stage,
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
)  # fmt: skip
from dashboard.analysis.friction_scores import with_scores
from dashboard.analysis.in_words import FEWEST, in_the, listed
from dashboard.analysis.statistics import intensity_interval, mover_product, wilson
from dashboard.analysis.table import Table
from dashboard.evidence.tables import NO_STAGE, Evidence

LEAST = 0.25
"""The intensity of a struggle without negative words: effort, a workaround, an unmet need."""

THEME = "theme"
"""``by`` this splits a stage by the themes voiced there."""

_ROWS: Columns = {
    "what": nw.String, "source_kind": nw.String, "stage": nw.String, "group": nw.String, "people": nw.Int64,
    "mean": nw.Float64, "deviation": nw.Float64, "least": nw.Float64, "most": nw.Float64,
}  # fmt: skip


def friction(evidence: Evidence, by: str | None = None, *, pool: bool = False) -> Table:
    """Reach, intensity and index of friction at each stage; one row a stage, group and source kind, the worst first.

    reach = k ÷ n: people with a struggle there, of those who talk about that stage; Wilson's interval. intensity: the
    mean over those k people of their mean −sentiment over their struggling passages there, where a struggle without
    negative words counts 0.25. index = 100 × reach × intensity, with its interval by MOVER (``statistics``). rank: by
    the lower bound of reach within a source kind. ``by="theme"``: each theme within a stage, of all who talk about the
    stage; any other ``by``: for each group, of those of the group. A stage of which nobody talks has no row but a
    note. Where people gave scores, their means stand beside (``friction_scores``). Raises InvalidFilter where the
    study has no attribute ``by``.
    """
    group = None if by == THEME else by
    parts = [_talking(of_people_only(evidence), group, pool=pool), _struggling(evidence, by, group, pool=pool)]
    found = collected(parts, _ROWS)
    rows = _rows(found, evidence, by)
    groups = evidence.study.themes if by == THEME else group_order(evidence, group, rows["group"])
    rows = in_order(
        _figures(rows),
        source_kind=kinds_in(rows["source_kind"]),
        stage=evidence.study.stages,
        group=groups,
    )
    rows = _ranked(rows)
    if by != THEME:
        rows = with_scores(rows, evidence, by, pool=pool)
    notes = overlap_note(evidence, group) or _silent(found, evidence)  # people in no segment may talk of a stage, too
    rows, keys = keyed(rows, evidence.group_column(group) if by != THEME else THEME, first=("stage",), pool=pool)
    order = order_of(rows, keys, stage=evidence.study.stages, theme=evidence.study.themes, group=groups)
    return Table(
        measure="friction",
        rows=rows,
        keys=keys,
        counted="k",
        unit="participants",
        by=by,
        order=order,
        denominator="people who talk about the stage" + narrowing(evidence.filters),
        notes=notes,
    )


def _talking(base: Evidence, by: str | None, *, pool: bool) -> Part:
    people = with_group(base, at_a_stage(base), by, "stage", "participant", source_kind=kind_of(pool=pool)).unique()
    found = people.group_by("source_kind", "stage", "group").agg(people=nw.len())
    return found, {"what": "talk", "mean": 0.0, "deviation": 0.0, "least": 0.0, "most": 0.0}


def _struggling(evidence: Evidence, by: str | None, group: str | None, *, pool: bool) -> Part:
    shown: dict[str, nw.Expr] = {
        "source_kind": kind_of(pool=pool),
        "intensity": nw.max_horizontal(-nw.col("sentiment"), nw.lit(LEAST)),
    }
    if by == THEME:
        stages = evidence.filters.stages or evidence.study.stages
        frame = evidence.accepted().filter(nw.col("struggle") & nw.col("stage").is_in(stages))
        frame = frame.select("stage", "participant", group=nw.col("theme"), **shown)
    else:
        struggling = at_a_stage(evidence).filter(nw.col("struggle"))
        frame = with_group(evidence, struggling, group, "stage", "participant", **shown)
    each = frame.group_by("source_kind", "stage", "group", "participant").agg(intensity=nw.col("intensity").mean())
    # equal intensities must be seen as equal on every engine, whatever the order they were summed in
    each = each.with_columns(intensity=nw.col("intensity").round(9))
    found = each.group_by("source_kind", "stage", "group").agg(
        people=nw.len(),
        mean=nw.col("intensity").mean(),
        deviation=nw.col("intensity").std(ddof=1),
        least=nw.col("intensity").min(),
        most=nw.col("intensity").max(),
    )
    return found, {"what": "struggle"}


def _rows(found: pd.DataFrame, evidence: Evidence, by: str | None) -> pd.DataFrame:
    """k, n, mean, deviation, same for each stage, group and source kind of which anybody talks."""
    talk = found.loc[found["what"] == "talk", ["source_kind", "stage", "group", "people"]]
    talk = talk.rename(columns={"people": "n"})
    if evidence.filters.stages:
        talk = talk[talk["stage"].isin(evidence.filters.stages)]
    if by == THEME:
        themes = pd.DataFrame({"group": list(evidence.study.themes)}, dtype=str)
        talk = talk.drop(columns="group").merge(themes, how="cross")
    struggle = found[found["what"] == "struggle"].drop(columns="what").rename(columns={"people": "k"})
    rows = talk.merge(struggle, on=["source_kind", "stage", "group"], how="left")
    rows["k"] = rows["k"].fillna(0).astype("int64")
    return rows


def _figures(rows: pd.DataFrame) -> pd.DataFrame:
    k, n = rows["k"].to_numpy(), rows["n"].to_numpy()
    reach = k / n
    reach_low, reach_high = wilson(k, n)
    some = k > 0
    intensity = np.where(some, rows["mean"], np.nan)
    same = (rows["least"] == rows["most"]).to_numpy()
    low, high = intensity_interval(
        np.where(some, intensity, LEAST), rows["deviation"].fillna(0).to_numpy(), k, same=same, least=LEAST
    )
    index_low, index_high = mover_product(reach, (reach_low, reach_high), np.where(some, intensity, LEAST), (low, high))
    return rows[["source_kind", "stage", "group", "k", "n"]].assign(
        reach=reach,
        reach_low=reach_low,
        reach_high=reach_high,
        intensity=intensity,
        intensity_low=np.where(some, low, np.nan),
        intensity_high=np.where(some, high, np.nan),
        index=np.where(some, 100 * reach * np.nan_to_num(intensity), 0.0),
        index_low=100 * index_low,
        index_high=100 * index_high,
    )


def _ranked(rows: pd.DataFrame) -> pd.DataFrame:
    """The worst first within each source kind, by the lower bound of reach; equal ones in the order of the journey."""
    lower = rows["reach_low"].round(9)
    kinds = rows["source_kind"].map({kind: place for place, kind in enumerate(kinds_in(rows["source_kind"]))})
    order = np.lexsort((np.arange(len(rows)), -lower.to_numpy(), kinds.to_numpy(dtype="int64")))
    rows = rows.iloc[order].reset_index(drop=True)
    return rows.assign(rank=rows.groupby("source_kind").cumcount() + 1)


def _silent(found: pd.DataFrame, evidence: Evidence) -> tuple[str, ...]:
    """Which stages nobody talks about, and which so few that they make no claim."""
    if not evidence.study.stages:
        return ("This study has no journey yet; add its stages to see where people struggle.",)
    talk = found[found["what"] == "talk"]
    asked = evidence.filters.stages or evidence.study.stages
    notes = []
    for kind in kinds_in(talk["source_kind"]) or [POOLED]:
        people = talk[talk["source_kind"] == kind].groupby("stage")["people"].sum()
        silent = [stage for stage in asked if stage not in people.index and stage != NO_STAGE]
        if silent:
            notes.append(f"Nobody talks about {listed(silent)} {in_the(kind)}.")
        few = [stage for stage in asked if 0 < people.get(stage, 0) < FEWEST]
        if few:
            notes.append(f"Fewer than {FEWEST} people talk about {listed(few)} {in_the(kind)}: no claim is made there.")
    return tuple(notes)
