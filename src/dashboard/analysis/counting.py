"""Who voiced what, counted where the data is: the one query behind every share of people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

import narwhals as nw
import numpy as np
import pandas as pd

from dashboard.evidence.tables import EVERYONE, NO_STAGE, SEGMENT, Evidence, Frame
from dashboard.filters import Filters
from dashboard.study import SOURCE_KINDS

POOLED = "pooled"
"""What stands for the source kind where interviews and surveys are pooled."""

Columns: TypeAlias = dict[str, type[nw.dtypes.DType]]
Part: TypeAlias = tuple[Frame, Mapping[str, str | int | float]]

_TYPES: dict[type[nw.dtypes.DType], str] = {nw.String: "str", nw.Int64: "int64", nw.Float64: "float64"}

_ROWS: Columns = {
    "what": nw.String, "split": nw.Int64, "group": nw.String, "source_kind": nw.String, "theme": nw.String,
    "passages": nw.Int64, "people": nw.Int64, "checked": nw.Int64, "uncodable": nw.Int64,
}  # fmt: skip


@dataclass(frozen=True)
class Counts:
    """People by split, group and source kind.

    voiced: columns split, group, source_kind, theme, k, checked. said: columns split, group, source_kind, passages, n,
    uncodable: n people who said so many codable passages. A split is the position in what was asked for.
    """

    voiced: pd.DataFrame
    said: pd.DataFrame

    def base(self, split: int) -> pd.DataFrame:
        """group, source_kind, n (people who said anything codable), silent (who did not), uncodable (answers)."""
        said = self.said[self.said["split"] == split]
        heard = said["n"].where(said["passages"] > 0, 0)
        found = (
            said.assign(n=heard, silent=said["n"] - heard)
            .groupby(["group", "source_kind"], as_index=False, sort=True)[["n", "silent", "uncodable"]]
            .sum()
        )
        return found[found["n"] > 0].reset_index(drop=True)


def count(evidence: Evidence, splits: Sequence[str | None], *, pool: bool) -> Counts:
    """The counts of several splits (attributes, ``segment``, None for everybody) in one query.

    Pooled, a person who was interviewed and surveyed counts once.
    """
    parts: list[Part] = []
    for split, by in enumerate(splits):
        parts += [_voiced(evidence, by, split, pool=pool), _said(evidence, by, split, pool=pool)]
    rows = collected(parts, _ROWS)
    voiced, said = rows["what"] == "voiced", rows["what"] == "said"
    return Counts(
        rows.loc[voiced, ["split", "group", "source_kind", "theme", "people", "checked"]].rename(
            columns={"people": "k"}
        ),
        rows.loc[said, ["split", "group", "source_kind", "passages", "people", "uncodable"]].rename(
            columns={"people": "n"}
        ),
    )


def _voiced(evidence: Evidence, by: str | None, split: int, *, pool: bool) -> Part:
    checked = nw.col("checked").cast(nw.Int64)
    columns = ("participant", "theme") if pool else ("theme",)
    frame = with_group(evidence, evidence.voiced(), by, *columns, source_kind=kind_of(pool=pool), checked=checked)
    if pool:
        frame = frame.group_by("participant", "source_kind", "group", "theme").agg(checked=nw.col("checked").max())
    found = frame.group_by("group", "source_kind", "theme").agg(people=nw.len(), checked=nw.col("checked").sum())
    return found, {"what": "voiced", "split": split, "passages": 0, "uncodable": 0}


def _said(evidence: Evidence, by: str | None, split: int, *, pool: bool) -> Part:
    columns = ("participant", "passages", "uncodable") if pool else ("passages", "uncodable")
    frame = with_group(evidence, evidence.said(), by, *columns, source_kind=kind_of(pool=pool))
    if pool:
        frame = frame.group_by("participant", "source_kind", "group").agg(
            passages=nw.col("passages").sum(), uncodable=nw.col("uncodable").sum()
        )
    found = frame.group_by("group", "source_kind", "passages").agg(people=nw.len(), uncodable=nw.col("uncodable").sum())
    return found, {"what": "said", "split": split, "theme": "", "checked": 0}


# ---------------------------------------------------------------- what every measure needs


def with_group(evidence: Evidence, frame: Frame, by: str | None, *columns: str, **named: nw.Expr) -> Frame:
    """These columns of a frame of people or passages, and ``group``: the value of ``by``, or everyone.

    One step for all of them: an engine that checks every step at once takes longer to be told than to count.
    """
    column = evidence.group_column(by)
    group = nw.lit(EVERYONE) if column is None else nw.col(column)
    return evidence.grouped(frame, by).select(*columns, **named, group=group)


def kind_of(*, pool: bool) -> nw.Expr:
    """The source kind that a row counts in."""
    return nw.lit(POOLED) if pool else nw.col("source_kind")


def heard(evidence: Evidence, by: str | None, *, pool: bool) -> Frame:
    """participant, source_kind, group: people who said anything codable, each once in a source kind and group."""
    said = evidence.said().filter(nw.col("passages") > 0)
    return with_group(evidence, said, by, "participant", source_kind=kind_of(pool=pool)).unique()


def at_a_stage(evidence: Evidence) -> Frame:
    """Codable passages that are placed at a stage of the journey (one of those chosen, where a filter chooses)."""
    stages = evidence.filters.stages or evidence.study.stages
    return evidence.placed().filter(nw.col("codable") & nw.col("stage").is_in(stages) & (nw.col("stage") != NO_STAGE))


def collected(parts: Iterable[Part], columns: Columns) -> pd.DataFrame:
    """Frames one below the other, as these columns; one collect, types the same on every engine.

    A part is a frame and the columns that are the same in each of its rows.
    """
    cast = [
        frame.select(
            **{
                name: (nw.lit(same[name]) if name in same else nw.col(name)).cast(kind())
                for name, kind in columns.items()
            }
        )
        for frame, same in parts
    ]
    found: pd.DataFrame = nw.concat(cast, how="vertical").collect("pandas").to_pandas()
    return found.astype({name: _TYPES[kind] for name, kind in columns.items()})


def of_people_only(evidence: Evidence) -> Evidence:
    """The evidence without the filters on passages: the base that shares are counted on."""
    narrowed = replace(evidence.filters, stages=(), themes=(), text="")
    return evidence.where(narrowed if evidence.filters.narrows_passages else evidence.filters)


def narrowing(filters: Filters) -> str:
    """What a denominator must add where only some passages are looked at; "" where all are."""
    if not filters.narrows_passages:
        return ""
    of_passages = Filters(stages=filters.stages, themes=filters.themes, text=filters.text)
    return f"; counted are quotes with {of_passages.to_words()}"


def kinds_in(kinds: Iterable[str]) -> list[str]:
    """Source kinds in the order they are shown."""
    there = set(kinds)
    return [kind for kind in (*SOURCE_KINDS, POOLED) if kind in there]


def group_order(evidence: Evidence, by: str | None, groups: Iterable[str]) -> list[str]:
    """Groups in display order; any that the study does not list come last."""
    known = list(evidence.values_of(by)) if by else []
    return [*known, *sorted(set(groups) - set(known))]


def grid(evidence: Evidence, counts: Counts, split: int, by: str | None) -> pd.DataFrame:
    """One row a source kind, theme and group with n ≥ 1, k = 0 included: group, source_kind, theme, n, k, checked.

    In the order of the codebook, then of the groups.
    """
    base = counts.base(split)
    themes = pd.DataFrame({"theme": list(evidence.study.themes)}, dtype=str)
    rows = base[["group", "source_kind", "n"]].merge(themes, how="cross")
    voiced = counts.voiced.loc[counts.voiced["split"] == split, ["group", "source_kind", "theme", "k", "checked"]]
    rows = rows.merge(voiced, on=["group", "source_kind", "theme"], how="left")
    rows[["k", "checked"]] = rows[["k", "checked"]].fillna(0).astype("int64")
    return in_order(
        rows,
        source_kind=kinds_in(rows["source_kind"]),
        theme=evidence.study.themes,
        group=group_order(evidence, by, rows["group"]),
    )


def in_order(rows: pd.DataFrame, **orders: Sequence[str]) -> pd.DataFrame:
    """Rows sorted by columns, each in an order of its own."""
    ranks = [
        rows[column].map({value: rank for rank, value in enumerate(dict.fromkeys(order))}).to_numpy(dtype="int64")
        for column, order in orders.items()
    ]
    if not len(rows):
        return rows.reset_index(drop=True)
    return rows.iloc[np.lexsort(ranks[::-1])].reset_index(drop=True)


def keyed(
    rows: pd.DataFrame, column: str | None, *, first: Sequence[str], pool: bool
) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Rows with their key columns in front, the group last of them under its own name; and the names of the keys."""
    keys = (*first, *(() if pool else ("source_kind",)), *((column,) if column else ()))
    rest = [name for name in rows.columns if name not in (*first, "source_kind", "group")]
    named = rows.rename(columns={"group": column}) if column else rows
    return named[[*keys, *rest]].reset_index(drop=True), keys


def order_of(
    rows: pd.DataFrame, keys: Sequence[str], *, group: Sequence[str], **named: Sequence[str]
) -> dict[str, tuple[str, ...]]:
    """Key column → its values in display order: those the study lists, then any other that has a row."""
    known = {**named, "source_kind": kinds_in(rows["source_kind"]) if "source_kind" in rows else ()}
    return {key: tuple(dict.fromkeys([*known.get(key, group), *sorted(rows[key].unique())])) for key in keys}


def overlap_note(evidence: Evidence, by: str | None) -> tuple[str, ...]:
    """That named segments may share people, where they are what a table is split by."""
    return ("Segments may overlap: a person can count in more than one.",) if by == SEGMENT else ()
