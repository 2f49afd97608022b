"""The quotes behind a row of any table: exactly the passages that its counted people were counted for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import narwhals as nw
import pandas as pd

from dashboard.analysis.behind import BEHIND, SAID_BY, TURNS
from dashboard.analysis.question_turns import as_quotes
from dashboard.analysis.table import Table
from dashboard.errors import InvalidFilter
from dashboard.evidence.tables import SEGMENT, Evidence, Frame, attribute_column
from dashboard.filters import ATTRIBUTE_PREFIX
from dashboard.study import NEGATIVE_AT, POSITIVE_AT

Sort = Literal["order", "clearest", "participant", "mixed"]
SORTS: tuple[Sort, ...] = ("order", "clearest", "participant", "mixed")

PLAIN = ("stage", "source_kind", "participant", "passage", "source", "question", "struggle", "effort", "need")
"""Columns of a passage that a key may name."""
THEMES = ("theme", "other")
"""Keys that name themes: of passages; the second for pairs of themes."""
FEELING = "feeling"
"""A key of its own: "negative" or "positive" passages."""
OF_ANY_ROW = ("source_kind", SEGMENT, FEELING)
"""Keys that may be asked of a row of any measure, as attributes may."""

_OF_PASSAGE = (
    "passage", "source", "source_name", "turn", "start", "end", "participant", "source_kind", "question", "text",
    "words", "codable", "stage", "stage_status", "sentiment", "sentiment_status", "effort", "need", "need_status",
    "struggle", "date",
)  # fmt: skip


def quotes(
    evidence: Evidence,
    keys: Mapping[str, Any],
    *,
    measure: str = "prevalence",
    sort: Sort = "order",
    limit: int | None = None,
    offset: int = 0,
) -> Table:
    """The passages behind the row with these keys in a table of ``measure``; no keys: everything that was said.

    keys: a row's keys (``Table.keys_of``); any of theme, stage, source_kind, segment, participant, ``attr:NAME``, and
    besides those passage (one id, or a tuple of them), source, question, struggle, effort, need, feeling ("negative"
    or "positive"). A theme asks
    for passages where it is accepted; with ``measure="friction"`` only struggles at the stage count, with ``"feeling"``
    all that is codable there; with ``"cooccurrence"`` passages with either theme, of people who voice both.
    sort: "order" as it was said, "clearest" the surest suggestions and longest quotes first, "participant", "mixed" by
    nothing that one person's quotes have in common.
    limit, offset: a page of them; ``totals`` says how many passages and participants there are on all pages.

    Rows: columns of the passage, its source's name, the person's attributes, ``themes`` (a list of theme, confidence,
    status, by, accepted, disputed, reason; what is accepted first) and ``checked`` (a person decided on one of the
    themes that are accepted). Raises InvalidFilter where a key is none of these, or an attribute is not there.

    Behind a measure that counts turns stand turns of interviewers, in the same columns: ``passage`` is ``source/turn``,
    ``participant`` the speaker's label, nothing is coded, and ``totals`` says besides how many interviews they are of.
    """
    if sort not in SORTS:
        raise InvalidFilter(f"Quotes cannot be sorted by “{sort}”; choose one of: {', '.join(SORTS)}.")
    if measure in SAID_BY and keys:
        measure, keys = SAID_BY[measure](evidence, keys)
    if measure in TURNS:
        return _turns(evidence, keys, measure, sort=sort, limit=limit, offset=offset)
    frame = _behind(evidence, dict(keys), measure)
    page = _sorted(evidence, frame, keys, sort)
    page = page.head(offset + limit) if limit is not None else page
    sources = evidence.sources().select("source", source_name=nw.col("name"))
    attributes = [attribute_column(name) for name in evidence.attributes]
    rows: pd.DataFrame = (
        page.join(sources, on="source", how="left")
        .select(*_OF_PASSAGE, *attributes, "_rank")
        .collect("pandas")
        .to_pandas()
    )
    rows = _in_order(rows, sort).iloc[offset:].reset_index(drop=True)
    themes = _themes(evidence, rows["passage"])
    rows["themes"] = pd.Series([themes.get(passage, []) for passage in rows["passage"]], dtype=object)
    rows["checked"] = [_checked(each, keys) for each in rows["themes"]]
    return Table(
        measure="quotes",
        rows=rows,
        keys=("passage",),
        counted=None,
        unit="passages",
        denominator="",
        totals=_totals(frame, rows, paged=limit is not None or offset > 0),
    )


# ---------------------------------------------------------------- which passages


def _behind(evidence: Evidence, keys: dict[str, Any], measure: str) -> Frame:
    """The passages that the filters and the keys leave; unsorted."""
    if measure in BEHIND and keys:
        frame = BEHIND[measure](evidence, keys)
        for name, value in keys.items():
            if name in OF_ANY_ROW or name.startswith(ATTRIBUTE_PREFIX):
                frame = _with_key(evidence, frame, name, value)
        return frame
    frame = evidence.passages()
    themes = [str(keys.pop(name)) for name in THEMES if name in keys]
    if measure in ("friction", "feeling"):
        frame = frame.filter(nw.col("codable"))
    if measure == "friction":
        frame = frame.filter(nw.col("struggle"))
    for name, value in keys.items():
        frame = _with_key(evidence, frame, name, value)
    if themes:
        accepted = evidence.accepted().filter(nw.col("theme").is_in(themes))
        frame = frame.join(accepted.select("passage").unique(), on="passage", how="semi")
    if len(set(themes)) > 1:
        frame = frame.join(_who_voice_all(evidence, themes, keys), on="participant", how="semi")
    return frame


def _with_key(evidence: Evidence, frame: Frame, name: str, value: Any) -> Frame:
    if name == SEGMENT:
        members = evidence.open_table("memberships").filter(nw.col(SEGMENT) == str(value))
        return frame.join(members.select("participant").unique(), on="participant", how="semi")
    if name == FEELING:
        sentiment = nw.col("sentiment")
        return frame.filter(sentiment <= NEGATIVE_AT if value == "negative" else sentiment >= POSITIVE_AT)
    if name.startswith(ATTRIBUTE_PREFIX):
        evidence.values_of(name.removeprefix(ATTRIBUTE_PREFIX))
    elif name not in PLAIN:
        known = ", ".join((*THEMES[:1], *PLAIN, SEGMENT, FEELING, ATTRIBUTE_PREFIX + "…"))
        raise InvalidFilter(f"Quotes cannot be chosen by “{name}”; choose by one of: {known}.")
    return frame.filter(nw.col(name).is_in(value) if isinstance(value, tuple) else nw.col(name) == value)


def _who_voice_all(evidence: Evidence, themes: list[str], keys: Mapping[str, Any]) -> Frame:
    """People with every one of these themes, within one source kind where the keys name it."""
    voiced = evidence.voiced().filter(nw.col("theme").is_in(themes))
    if "source_kind" in keys:
        voiced = voiced.filter(nw.col("source_kind") == keys["source_kind"])
    number = voiced.select("participant", "theme").unique().group_by("participant").agg(themes=nw.len())
    return number.filter(nw.col("themes") == len(set(themes))).select("participant")


def _turns(
    evidence: Evidence, keys: Mapping[str, Any], measure: str, *, sort: Sort, limit: int | None, offset: int
) -> Table:
    """Turns of interviewers: few enough to be sorted and paged here."""
    turns = TURNS[measure](evidence, keys)
    if sort == "participant":
        turns = turns.sort_values(["speaker", "interview", "turn"], kind="stable")
    elif sort in ("clearest", "mixed"):
        turns = turns.sort_values(["words", "interview", "turn"], ascending=[False, True, True], kind="stable")
    page = turns.iloc[offset : None if limit is None else offset + limit].reset_index(drop=True)
    rows = as_quotes(page, evidence.attributes)
    rows["themes"] = pd.Series([[] for _ in range(len(rows))], dtype=object)
    rows["checked"] = False
    return Table(
        measure="quotes",
        rows=rows,
        keys=("passage",),
        counted=None,
        unit="turns",
        denominator="",
        totals={
            "passages": len(turns),
            "participants": int(turns["speaker"].nunique()),
            "interviews": int(turns["source"].nunique()),
        },
    )


# ---------------------------------------------------------------- in which order


def _sorted(evidence: Evidence, frame: Frame, keys: Mapping[str, Any], sort: Sort) -> Frame:
    """Passages with ``_rank``, the surest first; sorted where the data is, so that a page of many is cheap."""
    if sort != "clearest":
        frame = frame.with_columns(_rank=nw.lit(0.0))
        if sort == "mixed":
            return frame.sort("passage")
        first = ["participant"] if sort == "participant" else []
        return frame.sort(*first, "source_kind", "source", "turn", "start")
    verdicts = evidence.open_table("verdicts").filter(nw.col("accepted"))
    if "theme" in keys:
        verdicts = verdicts.filter(nw.col("theme") == str(keys["theme"]))
    # what a person confirmed is sure; a person's own coding has no confidence
    sure = nw.when(nw.col("checked")).then(nw.lit(1.0)).otherwise(nw.col("confidence"))
    sure_of = verdicts.with_columns(_rank=sure).group_by("passage").agg(_rank=nw.col("_rank").max())
    frame = frame.join(sure_of, on="passage", how="left").with_columns(_rank=nw.col("_rank").fill_null(0.0).round(3))
    # equals by their ids: what comes after what must not say that two quotes are one person's
    return frame.sort("_rank", "words", "passage", descending=[True, True, False])


def _in_order(rows: pd.DataFrame, sort: Sort) -> pd.DataFrame:
    """The page in the same order again: a join does not keep it."""
    if sort == "clearest":
        by, ascending = ["_rank", "words", "passage"], [False, False, True]
    elif sort == "mixed":
        by, ascending = ["passage"], [True]
    else:
        by = [*(["participant"] if sort == "participant" else []), "source_kind", "source", "turn", "start"]
        ascending = [True] * len(by)
    return rows.sort_values(by, ascending=ascending, kind="stable").drop(columns="_rank")


def _totals(frame: Frame, rows: pd.DataFrame, *, paged: bool) -> dict[str, int]:
    if not paged:
        return {"passages": len(rows), "participants": int(rows["participant"].nunique())}
    # a page does not say how many there are: one more count where the data is
    counted = frame.select(passages=nw.len(), participants=nw.col("participant").n_unique())
    found = counted.collect("pandas").to_pandas().iloc[0]
    passages = int(found["passages"])
    # of no rows an engine may count nobody, or nothing
    return {"passages": passages, "participants": int(found["participants"]) if passages else 0}


# ---------------------------------------------------------------- their themes


def _themes(evidence: Evidence, passages: pd.Series[str]) -> dict[str, list[dict[str, Any]]]:
    """Passage → what is said of its themes, for the passages of one page: a second query, of few rows."""
    if not len(passages):
        return {}
    # reading a page of a few hundred by name is cheaper than joining everything that was said a second time
    verdicts, codings = evidence.open_table("verdicts"), evidence.open_table("codings")
    if len(passages) <= 1_000:
        of_page = nw.col("passage").is_in(passages.tolist())
        verdicts, codings = verdicts.filter(of_page), codings.filter(of_page)
    joined = codings.join(
        verdicts.select("passage", "theme", "accepted", "checked", "disputed"), on=["passage", "theme"], how="left"
    )
    columns = ("passage", "theme", "by", "status", "confidence", "reason", "accepted", "disputed")
    rows: pd.DataFrame = joined.select(*columns).collect("pandas").to_pandas()
    rows = rows[rows["passage"].isin(set(passages))].sort_values(["passage", "theme", "by", "status"], kind="stable")
    of_theme: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for values in zip(*(rows[name].tolist() for name in columns), strict=True):
        of_theme.setdefault((values[0], values[1]), []).append(dict(zip(columns, values, strict=True)))
    found: dict[str, list[dict[str, Any]]] = {}
    order = {name: place for place, name in enumerate(evidence.study.themes)}
    for (passage, theme), each in of_theme.items():
        found.setdefault(passage, []).append(_theme(theme, each))
    for themes in found.values():
        themes.sort(
            key=lambda one: (not one["accepted"], -(one["confidence"] or 0.0), order.get(one["theme"], len(order)))
        )
    return found


def _theme(theme: str, codings: list[dict[str, Any]]) -> dict[str, Any]:
    """One theme of one passage: the persons' word where there is one, else the machine's."""
    accepted = codings[0]["accepted"] is True
    machine = next((each for each in codings if each["confidence"] == each["confidence"]), None)  # not NaN
    persons = [each for each in codings if each["confidence"] != each["confidence"]]
    status, by = "suggested", machine["by"] if machine else ""
    if persons:
        status = "confirmed" if accepted else "rejected"
        agreeing = [each for each in persons if each["status"] == status]
        by = ", ".join(dict.fromkeys(each["by"] for each in agreeing or persons))
    return {
        "theme": theme,
        "confidence": machine["confidence"] if machine else None,
        "status": status,
        "by": by,
        "accepted": accepted,
        "disputed": codings[0]["disputed"] is True,
        "reason": machine["reason"] if machine else "",
    }


def _checked(themes: list[dict[str, Any]], keys: Mapping[str, Any]) -> bool:
    asked = {str(keys[name]) for name in THEMES if name in keys}
    return any(
        each["status"] != "suggested" and each["accepted"] and (not asked or each["theme"] in asked) for each in themes
    )
