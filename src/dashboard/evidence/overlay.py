"""Decisions laid over what was computed: where each is anchored now, and what they say together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from dashboard.intake.parsed import QuotedCoding
from dashboard.records.anchors import applies, attach
from dashboard.records.cards import Card
from dashboard.study import Anchor, Decision, Span, Study

TurnsOf = Callable[[pd.DataFrame], pd.DataFrame]
"""Rows of (source, turn) → rows of what stands there: the turns' texts, or their passages."""
TextsOf = Callable[[str], Mapping[int, str]]
"""Source id → turn → text, for the whole source."""

ATTACHED = ["passage", "kind", "value", "status", "coder", "adjudicated", "position", "decision"]


@dataclass(frozen=True)
class Attached:
    """Decisions that found their passages, one row a (decision, passage), and those that did not.

    spans: decision → where it stands now, for marks in the conversation.
    """

    rows: pd.DataFrame
    spans: tuple[tuple[Decision, Span], ...]
    detached: tuple[Decision, ...]


def attach_all(
    decisions: Sequence[Decision], *, texts_at: TurnsOf, texts_of: TextsOf, passages_at: TurnsOf
) -> Attached:
    """Each decision on each passage that its span covers by at least half of the shorter of the two.

    texts_at: adds the column text to (source, turn). texts_of: all texts of a source, asked for only where a text is
    not where its anchor says. passages_at: adds the columns passage, start, end.
    """
    there = texts_at(_turns((each.anchor.source, each.anchor.turn) for each in decisions))
    texts = dict(zip(zip(there["source"], there["turn"], strict=True), there["text"], strict=True))
    spans, detached = [], []
    for decision in decisions:
        anchor = decision.anchor
        text = texts.get((anchor.source, anchor.turn))
        in_place = anchor.text and text is not None and text[anchor.start : anchor.end] == anchor.text
        span = anchor.span if in_place else attach(anchor, texts_of(anchor.source))
        if span is None:
            detached.append(decision)
        else:
            spans.append((decision, span))
    by_turn: dict[tuple[str, int], list[tuple[int, int, str]]] = {}
    passages = passages_at(_turns((span.source, span.turn) for _, span in spans))
    columns = (passages[name] for name in ("source", "turn", "start", "end", "passage"))
    for source, turn, start, end, passage in zip(*columns, strict=True):
        by_turn.setdefault((source, int(turn)), []).append((int(start), int(end), passage))
    rows = [
        (passage, each.kind, each.value, each.status, each.coder, each.adjudicated, position, each.id)
        for position, (each, span) in enumerate(spans)
        for start, end, passage in by_turn.get((span.source, span.turn), ())
        if applies(span, Span(span.source, span.turn, start, end))
    ]
    frame = pd.DataFrame(rows, columns=ATTACHED)
    # the latest word of a coder on a passage holds, whichever of several overlapping spans it was said of
    frame = frame.drop_duplicates(["passage", "kind", "value", "coder", "adjudicated"], keep="last")
    return Attached(frame.reset_index(drop=True), tuple(spans), tuple(detached))


def _turns(pairs: Iterable[tuple[str, int]]) -> pd.DataFrame:
    return pd.DataFrame(sorted(set(pairs)), columns=["source", "turn"]).astype({"source": str, "turn": "int64"})


def decisions_of_codings(
    codings: Iterable[QuotedCoding],
    *,
    own_source: str,
    sources: Mapping[str, str],
    turns: pd.DataFrame,
) -> list[Decision]:
    """Codings that came with a file, as decisions of their coder, anchored by exact text.

    sources: file name → source id. turns: columns source, turn, text, participant, document of participants' turns.
    A coding that fits nowhere gets an anchor at turn −1 and shows as detached.
    """
    index = _TextIndex(turns)
    found = []
    for coding in codings:
        source = sources.get(coding.document, "")
        anchor = index.anchor(coding, source=source, own_source=own_source)
        coder = coding.coder or "imported"
        found.append(Decision(anchor, "theme", coding.theme, coding.status, coder))
    return found


class _TextIndex:
    """Participants' turns by their text, so that a coding finds its turn without reading all of them."""

    def __init__(self, turns: pd.DataFrame) -> None:
        self._whole: dict[str, list[int]] = {}
        self._of_source: dict[str, list[int]] = {}
        self._of_person: dict[str, list[int]] = {}
        self._turns = list(
            zip(turns["source"], turns["turn"], turns["text"], turns["participant"], turns["document"], strict=True)
        )
        for position, (source, _, text, participant, _) in enumerate(self._turns):
            self._whole.setdefault(" ".join(text.split()), []).append(position)
            self._of_source.setdefault(source, []).append(position)
            self._of_person.setdefault(participant.casefold(), []).append(position)

    def anchor(self, coding: QuotedCoding, *, source: str, own_source: str) -> Anchor:
        """Where the coding's text stands: a whole turn first, then a stretch of one."""
        text = coding.text.strip()

        def fits(position: int) -> bool:
            of_source, _, _, participant, document = self._turns[position]
            right_place = not source or of_source == source
            if not source and coding.document and of_source == own_source:
                right_place = document in ("", coding.document)
            return right_place and (not coding.participant or participant.casefold() == coding.participant.casefold())

        whole = [position for position in self._whole.get(" ".join(text.split()), ()) if fits(position)]
        if whole:
            of_source, turn, said, _, _ = self._turns[whole[0]]
            return Anchor(of_source, int(turn), 0, len(said), said)
        if coding.participant:
            among = self._of_person.get(coding.participant.casefold(), [])
        elif source or own_source in self._of_source:
            among = self._of_source.get(source or own_source, [])
        else:
            among = list(range(len(self._turns)))
        holding = (
            [position for position in among if fits(position) and text in self._turns[position][2]] if text else []
        )
        if len(holding) == 1:
            of_source, turn, said, _, _ = self._turns[holding[0]]
            if said.count(text) == 1:
                start = said.index(text)
                return Anchor(of_source, int(turn), start, start + len(text), text)
        return Anchor(source or own_source, -1, 0, 0, text)


CARDS = ["participant", "theme", "source", "stratum", "card"]


def card_rows(cards: Sequence[Card]) -> pd.DataFrame:
    """One row a (participant, theme) that was drawn, of the themes of which a card was read.

    stratum: the machine's word with the digest of the coder whose word it is: coders are not of one stratum. card: yes,
    no, missed, absent, nowhere or unread, by the latest answer of any coder. source: where its passages stand.
    """
    read = {card.theme for card in cards if card.answer}
    found: dict[tuple[str, str], tuple[str, str, str, str, str]] = {}
    in_time = sorted(cards, key=lambda card: (bool(card.answer), card.at.timestamp() if card.at else 0.0, card.coder))
    for card in in_time:
        if card.theme not in read:
            continue
        said = _said_by(card)
        key = (card.participant, card.theme)
        source = card.passages[0].source if card.passages else ""
        # the stratum is that of the first draw
        stratum = found[key][3] if key in found else f"{coder_mark(card.digest)} {card.stratum}"
        found[key] = (*key, source, stratum, said)
    return pd.DataFrame(list(found.values()), columns=CARDS).astype(str)


def coder_mark(digest: str) -> str:
    """What tells the strata of one coder from those of another.

    >>> coder_mark("a'b" + "0" * 61)
    'ab00000000000000'
    """
    return "".join(letter for letter in digest if letter.isalnum())[:16]


def _said_by(card: Card) -> str:
    if not card.answer:
        return "unread"
    if card.answer == "yes" or not card.whole_answer:
        return card.answer
    if not card.whole:
        return "nowhere"
    return "missed" if card.whole_answer == "yes" else "absent"


VERDICTS = ["passage", "theme", "accepted", "disputed"]
PLACED = ["passage", "kind", "value", "status"]


def theme_verdicts(attached: pd.DataFrame, study: Study) -> pd.DataFrame:
    """What persons together say of each (passage, theme) that any of them judged.

    The latest adjudication settles it; else one confirmation and no rejection accepts it; persons who disagree are in
    dispute, and a theme in dispute is not accepted. A confirmed child confirms its parent, unless a person judged that.
    """
    judged: dict[tuple[str, str], list[tuple[str, bool]]] = {}
    themes = attached[attached["kind"] == "theme"]
    for passage, theme, status, adjudicated in zip(
        themes["passage"], themes["value"], themes["status"], themes["adjudicated"], strict=True
    ):
        judged.setdefault((passage, theme), []).append((status, bool(adjudicated)))
    verdicts: dict[tuple[str, str], tuple[bool, bool]] = {}
    for key, words in judged.items():
        settled = [status for status, adjudicated in words if adjudicated]
        said = {status for status, _ in words}
        if settled:
            verdicts[key] = (settled[-1] == "confirmed", False)
        else:
            verdicts[key] = (said == {"confirmed"}, said == {"confirmed", "rejected"})
    parents = {theme.name: theme.parent for theme in study.codebook if theme.parent}
    for (passage, theme), (accepted, _) in list(verdicts.items()):
        parent = parents.get(theme)
        while accepted and parent and (passage, parent) not in verdicts:
            verdicts[passage, parent] = (True, False)
            parent = parents.get(parent)
    return pd.DataFrame([(*key, *verdict) for key, verdict in verdicts.items()], columns=VERDICTS)


def placements(attached: pd.DataFrame) -> pd.DataFrame:
    """Persons' latest word on stage, sentiment and need of each passage; status rejected: the suggestion is wrong."""
    rows = attached[attached["kind"] != "theme"].sort_values(["adjudicated", "position"], kind="stable")
    confirmed = rows[rows["status"] == "confirmed"].drop_duplicates(["passage", "kind"], keep="last")
    rejected = rows[rows["status"] == "rejected"].drop_duplicates(["passage", "kind"], keep="last")
    both = pd.concat([rejected, confirmed]).drop_duplicates(["passage", "kind"], keep="last")
    return both[PLACED].reset_index(drop=True)
