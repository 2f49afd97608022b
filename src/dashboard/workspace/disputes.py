"""Themes on which persons disagree, with both readings, and the word that settles them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import narwhals as nw
import pandas as pd

from dashboard.evidence.tables import Evidence
from dashboard.study import Decision
from dashboard.workspace import coding
from dashboard.workspace.access import Workspace


@dataclass(frozen=True)
class Dispute:
    """One theme of one passage that some confirmed and some rejected."""

    passage: str
    theme: str
    text: str
    confirmed: tuple[str, ...]
    rejected: tuple[str, ...]


def disputes(evidence: Evidence, *, limit: int = 200) -> list[Dispute]:
    """What persons disagree on and nobody has settled, in the order it was said."""
    disputed = evidence.verdicts().filter(nw.col("disputed")).select("passage", "theme")
    persons = evidence.open_table("codings").filter(nw.col("confidence").is_null())
    joined = disputed.join(persons.select("passage", "theme", "by", "status"), on=["passage", "theme"], how="inner")
    texts = evidence.passages().select("passage", "text", "source", "turn", "start")
    rows: pd.DataFrame = joined.join(texts, on="passage", how="inner").collect("pandas").to_pandas()
    rows = rows.sort_values(["source", "turn", "start", "theme", "by"], kind="stable")
    found: dict[tuple[str, str], list[tuple[str, str, str]]] = {}
    for passage, theme, by, status, text in rows[["passage", "theme", "by", "status", "text"]].itertuples(
        index=False, name=None
    ):
        found.setdefault((passage, theme), []).append((by, status, text))
    return [
        Dispute(
            passage,
            theme,
            words[0][2],
            tuple(by for by, status, _ in words if status == "confirmed"),
            tuple(by for by, status, _ in words if status == "rejected"),
        )
        for (passage, theme), words in list(found.items())[:limit]
    ]


def settle(
    ws: Workspace, evidence: Evidence, passage: str, theme: str, status: Literal["confirmed", "rejected"]
) -> list[int]:
    """Say what holds, as the one who adjudicates; the decisions' ids, to withdraw. Raises NotFound."""
    decision = Decision(coding.anchor_of(evidence, passage), "theme", theme, status, "", adjudicated=True)
    return coding.decide(ws, evidence.study.id, [decision])
