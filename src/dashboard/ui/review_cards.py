"""Suggestions to decide on, with what stands around them; how many were checked; and what people decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

import narwhals as nw

from dashboard.evidence.tables import NO_STAGE, Evidence
from dashboard.ui.quote_list import fit, sign
from dashboard.ui.rows import Action, Row, Tag
from dashboard.workspace.coding import Suggestion
from dashboard.workspace.second import Asked

AROUND = 260
"""Characters of the turn shown before and after the words that were coded."""

_WHY = {
    "likely": "one of the surest",
    "uncertain": "one the machine is unsure of",
    "random": "drawn at random, to find what was missed",
}
_KINDS = {"theme": "theme", "stage": "stage", "sentiment": "sign", "need": "unmet need"}
_SIGNS = {"-1": "negative", "0": "neither", "1": "positive"}


@dataclass(frozen=True)
class Verdict:
    """What a person said of one suggestion in this round, with the decisions to withdraw to undo it."""

    status: str
    ids: tuple[int, ...]


@dataclass(frozen=True)
class Round:
    """Suggestions that are gone through one by one. state: of the evidence and the codebook they were asked for.

    turns: (source, turn) → the whole text of the turn. at: position of the card. verdicts: position → what was said.
    order: positions in the order they were decided, for undo.
    """

    state: str
    theme: str | None
    items: tuple[Suggestion, ...]
    turns: Mapping[tuple[str, int], str] = field(default_factory=dict)
    at: int = 0
    verdicts: Mapping[int, Verdict] = field(default_factory=dict)
    order: tuple[int, ...] = ()

    @property
    def left(self) -> int:
        """How many are undecided."""
        return len(self.items) - len(self.verdicts)

    def decided(self, position: int, verdict: Verdict) -> Round:
        """The round after one was decided, at the next undecided card; where none is left, past the last."""
        verdicts = {**self.verdicts, position: verdict}
        order = (*(other for other in self.order if other != position), position)
        after = [p for p in (*range(position + 1, len(self.items)), *range(position)) if p not in verdicts]
        return replace(self, verdicts=verdicts, order=order, at=after[0] if after else len(self.items))

    def undone(self, position: int) -> Round:
        """The round before one was decided, at its card."""
        verdicts = {other: verdict for other, verdict in self.verdicts.items() if other != position}
        return replace(self, verdicts=verdicts, order=tuple(o for o in self.order if o != position), at=position)

    def moved(self, by: int) -> Round:
        """The round at another card, decided or not."""
        return replace(self, at=max(0, min(len(self.items), self.at + by)))


@dataclass(frozen=True)
class Counts:
    """Of one theme: (passage, theme) pairs a person judged, and those that count without anybody's word."""

    checked: int = 0
    unchecked: int = 0


def turns_of(evidence: Evidence, items: Iterable[Suggestion | Asked]) -> dict[tuple[str, int], str]:
    """The whole texts of the turns that these stand in."""
    wanted = {(item.source, item.turn) for item in items}
    if not wanted:
        return {}
    near = nw.col("source").is_in(sorted({source for source, _ in wanted})) & nw.col("turn").is_in(
        sorted({turn for _, turn in wanted})
    )
    found = evidence.turns().filter(near).select("source", "turn", "text").collect("pandas")
    texts = {(str(source), int(turn)): str(text) for source, turn, text in found.iter_rows()}
    return {key: texts[key] for key in wanted if key in texts}


def counts(evidence: Evidence) -> dict[str, Counts]:
    """Theme → how much of it was checked; themes of the codebook without any coding count nothing."""
    found = (
        evidence.verdicts()
        .group_by("theme")
        .agg(
            checked=nw.col("checked").cast(nw.Int64).sum(),
            unchecked=(nw.col("accepted") & ~nw.col("checked")).cast(nw.Int64).sum(),
        )
        .select("theme", "checked", "unchecked")
        .collect("pandas")
    )
    by_theme = {str(theme): Counts(int(checked), int(unchecked)) for theme, checked, unchecked in found.iter_rows()}
    return {theme: by_theme.get(theme, Counts()) for theme in evidence.study.themes}


def together(found: Iterable[Counts]) -> Counts:
    """The counts of several themes, added."""
    every = list(found)
    return Counts(sum(c.checked for c in every), sum(c.unchecked for c in every))


def counts_said(found: Counts) -> str:
    """The counts in words.

    >>> counts_said(Counts(31, 12))
    '31 checked by a person, 12 counted and not checked yet'
    """
    return f"{found.checked:,} checked by a person, {found.unchecked:,} counted and not checked yet"


def card(item: Suggestion, turn: str, verdict: Verdict | None) -> dict[str, str]:
    """What the card shows of one suggestion."""
    before, after = around(turn, item.start, item.end)
    where = f"answering “{item.question}”" if item.question else ""
    placed = " · ".join(
        part
        for part in (item.participant, "" if item.stage in ("", NO_STAGE) else item.stage, sign(item.sentiment))
        if part
    )
    return {
        "theme": item.theme,
        "question": where,
        "before": before,
        "text": item.text,
        "after": after,
        "who": placed,
        "why": f"{fit(item.confidence)} · {item.reason or 'no single reason'} · {_WHY.get(item.why, item.why)}",
        "status": verdict.status if verdict else "",
        "verdict": {"confirmed": "you confirmed it", "rejected": "you rejected it"}[verdict.status] if verdict else "",
    }


def around(turn: str, start: int, end: int) -> tuple[str, str]:
    """What stands before and after a stretch of a turn, cut at words.

    >>> around("It was fine. It cost too much. So we left.", 13, 30)
    ('It was fine. ', ' So we left.')
    """
    before, after = turn[:start], turn[end:]
    if len(before) > AROUND:
        before = "… " + before[-AROUND:].partition(" ")[2]
    if len(after) > AROUND:
        after = after[:AROUND].rpartition(" ")[0] + " …"
    return before, after


def decided_rows(evidence: Evidence, *, me: str, theme: str | None = None) -> list[Row]:
    """What people decided, the latest first; one's own can be undone. theme: of this theme alone."""
    spans = evidence.open_table("spans")
    if theme:
        spans = spans.filter(nw.col("kind") == "theme", nw.col("value") == theme)
    joined = spans.join(
        evidence.turns().select("source", "turn", "text", "participant"), on=["source", "turn"], how="left"
    )
    names = ("decision", "kind", "value", "status", "by", "start", "end", "text", "participant")
    found = [dict(zip(names, row, strict=True)) for row in joined.select(*names).collect("pandas").iter_rows()]
    found.sort(key=lambda row: (-int(row["decision"]), str(row["text"]), int(row["start"])))
    return [_decided_row(row, me=me, place=place) for place, row in enumerate(found)]


def detached_rows(evidence: Evidence, *, me: str) -> list[Row]:
    """Decisions whose words are nowhere in the sources any more."""
    names = ("decision", "kind", "value", "status", "by", "text")
    found = evidence.open_table("detached").select(*names).collect("pandas").iter_rows()
    return [
        _decided_row({**dict(zip(names, row, strict=True)), "start": 0, "end": None}, me=me, place=-1 - place)
        for place, row in enumerate(found)
    ]


def _decided_row(row: Mapping[str, object], *, me: str, place: int) -> Row:
    text = str(row["text"] or "")[int(str(row["start"])) : None if row["end"] is None else int(str(row["end"]))]
    value = str(row["value"])
    said = value if row["kind"] in ("theme", "stage") else _SIGNS.get(value, _KINDS["need"])
    status = "confirmed" if row["status"] == "confirmed" else "rejected"
    mine = int(str(row["decision"])) > 0 and row["by"] == me
    who = "you" if row["by"] == me else str(row["by"])
    about = " · ".join(
        part for part in (str(row.get("participant") or ""), _KINDS[str(row["kind"])], f"by {who}") if part
    )
    tags = (Tag(status, "good" if status == "confirmed" else "caution"),)
    actions = (Action("undo", "Undo"),) if mine else ()
    return Row(f"{row['decision']}:{place}", said or "no stage", (f"“{text}”", about), tags, actions)


def number_of(row: str) -> int:
    """The decision's id in the id of its row.

    >>> number_of("17:3")
    17
    """
    return int(row.partition(":")[0])
