"""Conversations as they may leave: redacted turns, quotes moved along, and only as much around a quote as was chosen.

Where a viewer must not learn which quotes are one person's, an interview is taken apart: each quoted turn with its
surroundings is a source of its own, no turn stands in two of them, and their order is random.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from dashboard.sharing.contacts import Mark
from dashboard.sharing.policy import Policy
from dashboard.sharing.redaction import capitalises_nouns
from dashboard.sharing.rewriting import UNQUOTED, Rewritten, Wording, rewritten
from dashboard.study import Span

BY_HAND = "a person said so"
"""The reason of a mark that a person made."""
NOBODY_SHOWN = "not shown"
"""The name of the source that quotes stand in whose words are not shown."""
_TURN = ["source", "turn"]


@dataclass(frozen=True)
class ByHand:
    """What persons decided on redaction, as spans of turns. hide: with its label."""

    hide: Mapping[tuple[str, int], tuple[Mark, ...]] = field(default_factory=dict)
    show: Mapping[tuple[str, int], tuple[Span, ...]] = field(default_factory=dict)
    left_out: frozenset[str] = frozenset()
    passed: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Excerpts:
    """turns, passages and sources of the version. texts: (original source, turn) → the turn as it is shown."""

    turns: pd.DataFrame
    passages: pd.DataFrame
    sources: pd.DataFrame
    texts: Mapping[tuple[str, int], Rewritten]
    quotes: int


def each_of(frame: pd.DataFrame) -> Iterator[Any]:
    """The rows of a frame, each with its columns by name."""
    return iter(frame.itertuples(index=False))


def marks_of(turn: tuple[str, int], text: str, wording: Wording, by_hand: ByHand, *, capitals: bool) -> list[Mark]:
    """What is replaced in one turn: what the rules find and a person did not show, and what a person hid."""
    shown = by_hand.show.get(turn, ())
    ruled = [
        mark for mark in wording.labelled(text, wording.marks(text, capitals=capitals))
        if not any(span.start <= mark.start and mark.end <= span.end for span in shown)
    ]  # fmt: skip
    return [*by_hand.hide.get(turn, ()), *ruled]


def languages_with_capitals(turns: pd.DataFrame) -> frozenset[str]:
    """The sources in which every noun has a capital letter, so that one names nobody."""
    return frozenset(str(source) for source, each in turns.groupby("source")["text"] if capitalises_nouns(each))


def excerpts(
    turns: pd.DataFrame,
    passages: pd.DataFrame,
    policy: Policy,
    *,
    wordings: Mapping[str, Wording],
    by_hand: ByHand,
    ids: Mapping[tuple[str, str], str],
    quoted: frozenset[str],
    allowed: frozenset[tuple[str, str]],
    draw: np.random.Generator,
) -> Excerpts:
    """The conversations of a version.

    turns, passages: as in the evidence; passages of people who count. wordings: source kind → how its texts are
    redacted. ids: (participant, source kind) → the id in this version. quoted: passages that are quotes. allowed: whose
    words may be shown.
    """
    nouns = languages_with_capitals(turns)
    asked = _asked(turns, wordings, by_hand, nouns)
    shown = _shown(turns, passages, policy, quoted)
    turns = turns[pd.MultiIndex.from_frame(turns[_TURN]).isin(shown)] if len(turns) else turns
    texts: dict[tuple[str, int], Rewritten] = {}
    open_turns: set[tuple[str, int]] = set()
    left_out = passages[passages["passage"].isin(by_hand.left_out)]
    gone: dict[tuple[str, int], list[Mark]] = defaultdict(list)
    for row in each_of(left_out):
        gone[str(row.source), int(row.turn)].append(Mark(int(row.start), int(row.end), UNQUOTED[1:-1], "left out"))
    for row in each_of(turns):
        key = (str(row.source), int(row.turn))
        kind = str(row.source_kind)
        if row.role == "participant" and (str(row.participant), kind) not in allowed:
            continue
        marks = marks_of(key, str(row.text), wordings[kind], by_hand, capitals=key[0] not in nouns)
        texts[key] = rewritten(str(row.text), [*gone.get(key, ()), *marks])
        open_turns.add(key)
    places = _places(turns, passages, policy, quoted, ids, draw)
    made_turns = _turns(turns, texts, places, ids, asked, policy)
    made = _passages(passages, texts, places, ids, asked, by_hand.left_out, draw)
    sources = _sources(places, made)
    visible = set(made.loc[made["text"] != UNQUOTED, "original"])
    return Excerpts(made_turns, made, sources, texts, len(visible & quoted))


def _shown(turns: pd.DataFrame, passages: pd.DataFrame, policy: Policy, quoted: frozenset[str]) -> pd.MultiIndex:
    """The turns of which anything is shown."""
    keys = {
        (str(s), int(t))
        for s, t in zip(*(passages.loc[passages["passage"].isin(quoted), c] for c in _TURN), strict=True)
    }
    if policy.transcripts:
        sources = set(passages["source"])
        of = turns[turns["source"].isin(sources)]
        own = set(zip(passages["source"], passages["turn"], strict=True))
        survey = of["source_kind"] == "survey"
        mine = pd.Series([key in own for key in zip(of["source"], of["turn"], strict=True)], index=of.index, dtype=bool)
        return pd.MultiIndex.from_frame(of.loc[~survey | mine, _TURN])
    interviews = turns[(turns["source_kind"] == "interview")]
    for (source, _), each in interviews.sort_values("turn").groupby(["source", "document"], sort=False):
        order = each["turn"].tolist()
        for place in [at for at, turn in enumerate(order) if (str(source), int(turn)) in keys]:
            near = order[max(0, place - policy.around) : place + policy.around + 1]
            keys |= {(str(source), int(turn)) for turn in near}
    return (
        pd.MultiIndex.from_tuples(sorted(keys), names=_TURN)
        if keys
        else pd.MultiIndex.from_arrays([[], []], names=_TURN)
    )


@dataclass(frozen=True)
class _Places:
    """Where turns stand in the version. at: (source, turn) → (source, turn). kinds: new source → kind.

    stub: kind → the source of quotes that are not shown. whole: new sources that are one given source each.
    """

    at: Mapping[tuple[str, int], tuple[str, int]]
    kinds: Mapping[str, str]
    whole: frozenset[str]
    stub: Mapping[str, str]


def _token(draw: np.random.Generator) -> str:
    return draw.bytes(6).hex()


def _places(
    turns: pd.DataFrame, passages: pd.DataFrame, policy: Policy, quoted: frozenset[str],
    ids: Mapping[tuple[str, str], str], draw: np.random.Generator,
) -> _Places:  # fmt: skip
    at: dict[tuple[str, int], tuple[str, int]] = {}
    kinds: dict[str, str] = {}
    own: dict[str, str] = {}
    everything = pd.concat([turns[[*_TURN, "source_kind"]], passages[[*_TURN, "source_kind"]]]).drop_duplicates(_TURN)
    of_source = {str(source): each for source, each in everything.groupby("source")}
    names = sorted(of_source)
    quoted_turns = {
        (str(s), int(t))
        for s, t in zip(*(passages.loc[passages["passage"].isin(quoted), c] for c in _TURN), strict=True)
    }
    speakers = {
        (str(s), int(t)): str(p)
        for s, t, p in zip(passages["source"], passages["turn"], passages["participant"], strict=True)
    }
    there = {(str(s), int(t)) for s, t in zip(turns["source"], turns["turn"], strict=True)}
    for place in draw.permutation(len(names)):
        source = names[place]
        of = of_source[source]
        kind = str(of["source_kind"].iloc[0])
        numbers = sorted(int(turn) for turn in of["turn"])
        if kind == "survey":
            own[source] = _token(draw)
            kinds[own[source]] = kind
            order = [numbers[i] for i in draw.permutation(len(numbers))]
            if policy.links_quotes:  # the answers of one person side by side, persons in random order
                who = {turn: ids.get((speakers.get((source, turn), ""), kind), "") for turn in order}
                order.sort(key=who.__getitem__)
            at |= {(source, turn): (own[source], new) for new, turn in enumerate(order)}
        elif policy.links_quotes:
            own[source] = _token(draw)
            kinds[own[source]] = kind
            at |= {(source, turn): (own[source], turn) for turn in numbers}
        else:
            for piece in _apart([turn for turn in numbers if (source, turn) in there], source, quoted_turns):
                new = _token(draw)
                kinds[new] = kind
                at |= {(source, turn): (new, number) for number, turn in enumerate(piece)}
    stub = {kind: _token(draw) for kind in ("interview", "survey")}
    return _Places(at, kinds, frozenset(own.values()), stub)


def _apart(turns: Sequence[int], source: str, quoted: set[tuple[str, int]]) -> list[list[int]]:
    """Turns as stretches around each quoted one: what stands before an answer is nearer to it than what follows."""
    pieces: list[list[int]] = []
    waiting: list[int] = []
    for turn in turns:
        waiting.append(turn)
        if (source, turn) in quoted:
            pieces.append(waiting)
            waiting = []
    if waiting and pieces:
        pieces[-1] += waiting
    return pieces


@dataclass(frozen=True)
class _Asked:
    """How a question is shown: a turn of an interviewer that a person redacted as that turn, else by the rules."""

    by_hand: Mapping[tuple[str, str], str]
    wordings: Mapping[str, Wording]
    nouns: frozenset[str]

    def text(self, source: str, kind: str, question: str) -> str:
        """The question as it may leave."""
        known = self.by_hand.get((source, question))
        return self.wordings[kind].text(question, capitals=source not in self.nouns) if known is None else known


def _asked(turns: pd.DataFrame, wordings: Mapping[str, Wording], by_hand: ByHand, nouns: frozenset[str]) -> _Asked:
    judged = {*by_hand.hide, *by_hand.show}
    of = turns[(turns["role"] != "participant") & turns["source"].isin({source for source, _ in judged})]
    found = {}
    for row in each_of(of):
        key, text = (str(row.source), int(row.turn)), str(row.text)
        if key in judged:
            wording = wordings[str(row.source_kind)]
            marks = marks_of(key, text, wording, by_hand, capitals=key[0] not in nouns)
            found[key[0], text] = rewritten(text, marks).text
    return _Asked(found, wordings, nouns)


def _turns(
    turns: pd.DataFrame, texts: Mapping[tuple[str, int], Rewritten], places: _Places,
    ids: Mapping[tuple[str, str], str], asked: _Asked, policy: Policy,
) -> pd.DataFrame:  # fmt: skip
    rows = []
    for row in each_of(turns):
        key = (str(row.source), int(row.turn))
        if key not in places.at:
            continue
        source, turn = places.at[key]
        person = ids.get((str(row.participant), str(row.source_kind)), "")
        role = str(row.role)
        named = {"interviewer": "Interviewer", "observer": "Observer"}.get(role)
        speaker = named or (person if policy.links_quotes and person else "Participant")
        text = texts[key].text if key in texts else UNQUOTED
        question = asked.text(key[0], str(row.source_kind), str(row.question)) if key in texts else ""
        rows.append((source, turn, "", speaker, role, person, text, question, str(row.source_kind)))
    frame = pd.DataFrame(
        rows,
        columns=["source", "turn", "document", "speaker", "role", "participant", "text", "question", "source_kind"],
    ).astype({"turn": "int32"})
    frame["start"] = frame["end"] = np.nan
    texts_only = [name for name in frame.columns if name not in ("turn", "start", "end")]
    return frame.astype(dict.fromkeys(texts_only, str)).sort_values(_TURN, ignore_index=True)


def _passages(
    passages: pd.DataFrame, texts: Mapping[tuple[str, int], Rewritten], places: _Places,
    ids: Mapping[tuple[str, str], str], asked: _Asked, left_out: frozenset[str], draw: np.random.Generator,
) -> pd.DataFrame:  # fmt: skip
    """The passages in random order, with ``original``, their ids in the evidence."""
    made = []
    stubbed = dict.fromkeys(places.stub, 0)
    rows = list(each_of(passages))
    tokens: set[str] = set()
    for place in draw.permutation(len(rows)):
        row = rows[place]
        key, kind = (str(row.source), int(row.turn)), str(row.source_kind)
        name = _token(draw)
        while name in tokens:
            name = _token(draw)
        tokens.add(name)
        told = texts.get(key)
        start = end = 0
        text = UNQUOTED
        if told is not None and row.passage not in left_out:
            start, end = told.at(int(row.start)), told.at(int(row.end), end=True)
            text = told.text[start:end]
        if key in places.at:
            source, turn = places.at[key]
        else:  # quotes of which nothing is shown stand together, so that they say nothing of each other
            source, turn = places.stub[kind], stubbed[kind]
            stubbed[kind] += 1
        # a survey's question is everybody's; what an interviewer asked may say what was answered
        question = "" if told is None and kind == "interview" else asked.text(key[0], kind, str(row.question))
        words = len(text.split()) if text != UNQUOTED else 0
        made.append(
            (row.passage, name, source, turn, start, end, ids[str(row.participant), kind], text, question, words)
        )
    columns = ["original", "passage", "source", "turn", "start", "end", "participant", "text", "question", "words"]
    frame = pd.DataFrame(made, columns=columns)
    whole = dict.fromkeys(("turn", "start", "end", "words"), "int32")
    return frame.astype({**whole, **{name: str for name in columns if name not in whole}})


def _sources(places: _Places, passages: pd.DataFrame) -> pd.DataFrame:
    """One row a source, by names that say nothing."""
    used = set(passages["source"])
    count = dict.fromkeys(("interview", "survey"), 0)
    rows = []
    for source, kind in (*places.kinds.items(), *((source, kind) for kind, source in places.stub.items())):
        if source not in used:
            continue
        name = NOBODY_SHOWN if source in places.stub.values() else kind.capitalize()
        if source in places.whole:
            count[kind] += 1
            name = f"{name} {count[kind]}"
        rows.append((source, name, "transcript" if kind == "interview" else "survey", "", kind, "", ""))
    columns = ["source", "name", "kind", "format", "source_kind", "date", "recording"]
    return pd.DataFrame(rows, columns=columns).astype(str)
