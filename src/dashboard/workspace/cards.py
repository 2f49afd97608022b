"""Reading cards: one person and one theme, yes or no, so that figures can say how far the coding is off."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd

from dashboard.errors import NotFound
from dashboard.evidence.loading import MACHINE
from dashboard.evidence.tables import Evidence
from dashboard.records import cards as kept
from dashboard.records.anchors import make
from dashboard.records.cards import Answer, Card
from dashboard.study import SOURCE_KINDS, Anchor
from dashboard.workspace.access import Workspace

PASSAGES = 5
"""Passages on a card: those most likely to speak of the theme."""
WHOLE_EVERY = 5
"""Of so many cards answered no, the whole transcript of the first is read."""
MOST_DRAWN = 400
"""People whose cards are drawn at once; of more, these are drawn at random."""
_SPREAD = {"yes": 0.25, "no": 0.12}
"""How far people of a stratum are guessed to differ: it decides how many cards each stratum gets."""


@dataclass(frozen=True)
class Heard:
    """One stretch of a person's words on a card. turn_text: the whole turn. question: what it answers."""

    text: str
    before: str
    after: str
    question: str


@dataclass(frozen=True)
class Dealt:
    """A card to answer. whole: the card was answered no, and everything the person said is to be read now."""

    card: Card
    passages: tuple[Heard, ...]
    whole: bool = False


def by_weight(evidence: Evidence) -> list[str]:
    """The themes, those first whose figures matter most and are known least.

    A theme weighs more the more of its people stand on unchecked suggestions, the nearer its share is to a half, and
    the fewer cards were read; twice as much where a comparison of it was declared, or where many struggle with it.
    """
    people = max(1, int(evidence.said().select(nw.col("participant").n_unique()).collect("pandas").item()))
    voiced = evidence.voiced().with_columns(checked=nw.col("checked").cast(nw.Int64))
    found = _rows(voiced.group_by("theme").agg(k=nw.len(), checked=nw.col("checked").sum()))
    counts = {t: (int(k), int(c)) for t, k, c in zip(found["theme"], found["k"], found["checked"], strict=True)}
    struggling = _rows(
        evidence.accepted().filter(nw.col("struggle")).group_by("theme").agg(k=nw.col("participant").n_unique())
    )
    hard = set(struggling.sort_values(["k", "theme"], ascending=[False, True])["theme"].head(3))
    declared = {each.theme for objective in evidence.study.objectives for each in objective.comparisons}
    read = _rows(evidence.cards().filter(nw.col("card") != "unread").group_by("theme").agg(cards=nw.len()))
    cards = dict(zip(read["theme"], read["cards"], strict=True))

    def weight(theme: str) -> float:
        k, checked = counts.get(theme, (0, 0))
        share = min(1.0, k / people)
        unchecked = 1 - checked / k if k else 1.0
        consequence = 1 + (theme in declared) + (theme in hard)
        return float((0.1 + unchecked) * (0.1 + share * (1 - share)) * consequence / (1 + cards.get(theme, 0) / 8))

    return sorted(evidence.study.themes, key=lambda theme: -weight(theme))


def deal(ws: Workspace, study_id: str, whole: Evidence, theme: str) -> Dealt | None:
    """The next card of a theme; None where nobody is left to read. The first time, all cards are drawn and frozen."""
    with ws.records.read() as connection:
        drawn = kept.cards(connection, study_id, theme=theme)
    waiting = next((c for c in drawn if c.whole and not c.whole_answer and c.coder == ws.user.name), None)
    if waiting:
        return Dealt(waiting, _heard(whole, waiting), whole=True)
    drawn = _draw(ws, study_id, whole, theme, drawn)
    card = _next(drawn, _settled(whole, theme), _kinds(whole))
    return Dealt(card, _heard(whole, card)) if card else None


def answer(ws: Workspace, study_id: str, card: Card, said: Answer) -> Card:
    """Keep the answer as this person's; the card, which asks for the whole transcript after every fifth no.

    That is the first, sixth, eleventh … no to a card that did not hold everything the person said.
    """
    with ws.records.read() as connection:
        drawn = kept.cards(connection, study_id, theme=card.theme)
    if said == "yes":
        return _put(ws, study_id, replace(card, answer="yes", whole=False, whole_answer=None))
    if len(card.passages) < PASSAGES:  # the card held everything: there is no more to read
        return _put(ws, study_id, replace(card, answer="no", whole=False, whole_answer="no"))
    others = [c for c in drawn if (c.participant, c.coder) != (card.participant, ws.user.name)]
    earlier = sum(c.answer == "no" and len(c.passages) >= PASSAGES for c in others)
    return _put(ws, study_id, replace(card, answer="no", whole=earlier % WHOLE_EVERY == 0, whole_answer=None))


def answer_whole(ws: Workspace, study_id: str, card: Card, said: Answer) -> Card:
    """Keep what everything that the person said tells. Raises NotFound where the card does not ask for it."""
    if not card.whole:
        raise NotFound("This card does not ask for the whole transcript; go on with the next card.")
    return _put(ws, study_id, replace(card, whole_answer=said))


def answer_again(ws: Workspace, study_id: str, card: Card) -> Card:
    """The card as before what the whole transcript told was kept: it asks for that again."""
    return _put(ws, study_id, replace(card, whole_answer=None))


def withdraw(ws: Workspace, study_id: str, card: Card) -> Card:
    """The card as if it had not been answered."""
    return _put(ws, study_id, replace(card, answer=None, whole=False, whole_answer=None))


def read(evidence: Evidence, theme: str) -> tuple[int, int]:
    """How many cards of a theme were read, and of how many people."""
    rows = _rows(
        evidence.cards().filter(nw.col("theme").cast(nw.String) == theme).group_by("card").agg(people=nw.len())
    )
    if rows.empty:
        return 0, int(evidence.said().filter(nw.col("passages") > 0).select(nw.len()).collect("pandas").item())
    unread = rows.loc[rows["card"].isin(["unread", "certain"]), "people"].sum()
    return int(rows["people"].sum() - unread), int(rows["people"].sum())


def everything(evidence: Evidence, card: Card) -> tuple[Heard, ...]:
    """All that the person said in the kind of source of the card, turn by turn."""
    kind = _kinds(evidence).get(card.passages[0].source) if card.passages else None
    wanted = (nw.col("participant") == card.participant) & (nw.col("role") == "participant")
    turns = _rows(evidence.turns().filter(wanted).select("source", "turn", "text", "question", "source_kind"))
    turns = turns[turns["source_kind"] == kind] if kind else turns
    turns = turns.sort_values(["source", "turn"])
    return tuple(Heard(text, "", "", question) for text, question in zip(turns["text"], turns["question"], strict=True))


# ---------------------------------------------------------------- drawing


def _draw(ws: Workspace, study_id: str, whole: Evidence, theme: str, drawn: Sequence[Card]) -> list[Card]:
    """All cards of a theme; those of people who have none are made and frozen, with the machine's word of now."""
    said = _rows(whole.said().filter(nw.col("passages") > 0).select("participant", "source_kind"))
    rank = {kind: place for place, kind in enumerate(SOURCE_KINDS)}
    said["rank"] = said["source_kind"].map(rank)
    first = said.sort_values(["participant", "rank"]).drop_duplicates("participant")
    missing = first[~first["participant"].isin([card.participant for card in drawn])]
    if missing.empty or (any(card.answer is None for card in drawn) and len(missing) + len(drawn) > MOST_DRAWN):
        return list(drawn)
    draw = np.random.default_rng([whole.seed, zlib.crc32(theme.encode()), len(drawn)])
    chosen = missing.iloc[draw.permutation(len(missing))[:MOST_DRAWN]]
    revision = ws.records.revision(study_id)
    digest = revision.coder if revision else ""
    made = _made(whole, theme, chosen, digest=digest, first=len(drawn))
    with ws.records.begin(by=ws.user) as transaction:
        kept.put(transaction, study_id, made)
    return [*drawn, *(replace(card, coder=ws.user.name) for card in made)]


def _made(whole: Evidence, theme: str, people: pd.DataFrame, *, digest: str, first: int) -> list[Card]:
    wanted = whole.open_table("passages").filter(
        nw.col("participant").is_in(list(people["participant"])), nw.col("codable")
    )
    needed = ("passage", "participant", "source_kind", "source", "turn", "start", "end", "words")
    suggested = whole.open_table("codings").filter(
        nw.col("by") == MACHINE, nw.col("theme") == theme, nw.col("status") == "suggested"
    )
    joined = wanted.select(*needed).join(suggested.select("passage", "confidence"), on="passage", how="left")
    rows = _rows(joined).merge(people[["participant", "source_kind"]], on=["participant", "source_kind"])
    rows["confidence"] = rows["confidence"].fillna(0.0)
    # where the machine sees nothing, the longest passages say most
    order = ["confidence", "words", "source", "turn", "start"]
    rows = rows.sort_values(order, ascending=[False, False, True, True, True])
    best = rows.groupby("participant", sort=False).head(PASSAGES)
    texts = _texts(whole, best)
    named = set(rows.loc[rows["confidence"] >= whole.study.threshold, "participant"])
    anchors: dict[str, list[Anchor]] = {}
    columns = (best[name].tolist() for name in ("participant", "source", "turn", "start", "end"))
    for person, source, turn, start, end in zip(*columns, strict=True):
        anchors.setdefault(person, []).append(make(source, turn, texts[source, turn][0], start, end))
    return [
        Card(person, theme, "yes" if person in named else "no", number, digest, tuple(anchors.get(person, ())))
        for number, person in enumerate(map(str, people["participant"]), start=first)
    ]


def _next(drawn: Iterable[Card], settled: set[str], kinds: Mapping[str, str]) -> Card | None:
    """The first unread card of the stratum where one more is worth most to the share of its source kind."""
    people: dict[tuple[str, str, str], set[str]] = {}
    answered: set[str] = set()
    waiting: dict[tuple[str, str, str], Card] = {}
    in_order = [card for card in sorted(drawn, key=lambda card: card.number) if card.participant not in settled]

    def stratum_of(card: Card) -> tuple[str, str, str]:
        kind = kinds.get(card.passages[0].source, "") if card.passages else ""
        return kind, card.digest, card.stratum

    for card in in_order:
        people.setdefault(stratum_of(card), set()).add(card.participant)
        if card.answer:
            answered.add(card.participant)
    for card in in_order:
        if card.participant not in answered:
            waiting.setdefault(stratum_of(card), card)

    def worth(stratum: tuple[str, str, str]) -> float:
        """How much one more card takes from the variance of the kind's share."""
        of_kind = sum(len(these) for (kind, *_), these in people.items() if kind == stratum[0])
        part, k = len(people[stratum]) / of_kind, len(people[stratum] & answered)
        return part * part * _SPREAD.get(stratum[2], 0.25) / ((k + 1) * (k + 2))

    return waiting[max(waiting, key=lambda stratum: (worth(stratum), stratum))] if waiting else None


def _kinds(whole: Evidence) -> dict[str, str]:
    """Source → its kind."""
    rows = _rows(whole.sources().select("source", "source_kind"))
    return dict(zip(rows["source"], rows["source_kind"], strict=True))


def _settled(whole: Evidence, theme: str) -> set[str]:
    """People with a passage of the theme that a person confirmed: no card is needed for them."""
    sure = whole.open_table("voiced").filter(nw.col("theme").cast(nw.String) == theme, nw.col("checked"))
    return set(map(str, _rows(sure.select("participant"))["participant"]))


# ---------------------------------------------------------------- what a card shows


def _heard(whole: Evidence, card: Card) -> tuple[Heard, ...]:
    rows = pd.DataFrame([(a.source, a.turn) for a in card.passages], columns=["source", "turn"])
    texts = _texts(whole, rows)
    found = []
    for anchor in card.passages:
        text, question = texts.get((anchor.source, anchor.turn), ("", ""))
        if text[anchor.start : anchor.end] == anchor.text:
            found.append(Heard(anchor.text, text[: anchor.start], text[anchor.end :], question))
        else:  # the source was read anew: the words as they were kept
            found.append(Heard(anchor.text, anchor.before, anchor.after, ""))
    return tuple(found)


def _texts(whole: Evidence, rows: pd.DataFrame) -> dict[tuple[str, int], tuple[str, str]]:
    """(source, turn) → text and question of the turns that these rows name."""
    if rows.empty:
        return {}
    near = nw.col("source").is_in(sorted(set(map(str, rows["source"])))) & nw.col("turn").is_in(
        sorted(set(map(int, rows["turn"])))
    )
    found = whole.turns().filter(near).select("source", "turn", "text", "question").collect("pandas").iter_rows()
    return {(str(source), int(turn)): (str(text), str(question or "")) for source, turn, text, question in found}


def _put(ws: Workspace, study_id: str, card: Card) -> Card:
    with ws.records.begin(by=ws.user) as transaction:
        kept.put(transaction, study_id, [card])
    return replace(card, coder=ws.user.name)


def _rows(frame: Any) -> pd.DataFrame:
    found: pd.DataFrame = frame.collect("pandas").to_pandas()
    texts = [name for name in ("theme", "source_kind", "card", "participant") if name in found]
    return found.astype(dict.fromkeys(texts, "str"))
