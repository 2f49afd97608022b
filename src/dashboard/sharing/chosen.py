"""What a policy makes of evidence before anything is cut: who counts, and whose words are shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import narwhals as nw
import numpy as np
import pandas as pd

from dashboard.evidence.tables import NO_STAGE, Evidence, Frame
from dashboard.records.anchors import attach
from dashboard.records.redactions import Redaction
from dashboard.sharing.consent import may_be_quoted
from dashboard.sharing.contacts import Mark
from dashboard.sharing.excerpts import BY_HAND, ByHand, each_of
from dashboard.sharing.groups import Earlier, Grouped, grouped, people_rows
from dashboard.sharing.policy import Policy, usable
from dashboard.sharing.redaction import OwnNames, Person
from dashboard.sharing.rewriting import Wording, ordinary_words
from dashboard.study import Span


@dataclass(frozen=True)
class Found:
    """What a policy makes of evidence before anything is cut: who counts, how texts are redacted, what is a quote."""

    evidence: Evidence
    policy: Policy
    groups: Grouped
    ids: Mapping[tuple[str, str], str]
    wordings: Mapping[str, Wording]
    written: Wording
    turns: pd.DataFrame
    passages: pd.DataFrame
    accepted: pd.DataFrame
    quoted: frozenset[str]
    allowed: frozenset[tuple[str, str]]
    by_hand: ByHand


def found_in(
    evidence: Evidence, policy: Policy, *, redactions: Sequence[Redaction] = (), unrevoked: Sequence[Earlier] = (),
    secret: bytes = b"", seed: int = 0,
) -> Found:  # fmt: skip
    """Who counts, and what of their words may be shown."""
    evidence, policy = evidence.unfiltered(), usable(policy)
    draw = np.random.default_rng(seed)
    rows, attributes = people_rows(evidence, policy, secret=secret)
    groups = grouped(rows, attributes, k=policy.k, earlier=unrevoked, seed=seed)
    ids = _ids(groups.rows, policy, draw)
    people = rows_of(evidence.people())
    turns = rows_of(evidence.turns())
    passages = rows_of(evidence.passages())
    keep = (*evidence.study.themes, *evidence.study.stages, *evidence.attributes)
    ordinary = ordinary_words(turns["text"], keep)
    wordings = {
        kind: Wording(_own_names(evidence, people, turns, ids, kind, policy), ordinary, numbered=policy.links_quotes)
        for kind in ("interview", "survey")
    }
    written = Wording(_own_names(evidence, people, turns, {}, "", policy), ordinary_words((), keep))
    mine = [(p, k) in ids for p, k in zip(passages["participant"], passages["source_kind"], strict=True)]
    passages = passages[pd.Series(mine, index=passages.index, dtype=bool)].sort_values("passage", ignore_index=True)
    accepted = rows_of(evidence.open_table("verdicts").filter(nw.col("accepted")))
    allowed = may_be_quoted(people, ids)
    by_hand = _by_hand(redactions, turns, passages)
    quoted = _quoted(passages, accepted, allowed, by_hand)
    return Found(
        evidence, policy, groups, ids, wordings, written, turns, passages, accepted, quoted, allowed, by_hand
    )  # fmt: skip


def rows_of(frame: Frame) -> pd.DataFrame:
    """The rows of a frame, here."""
    found: pd.DataFrame = frame.collect("pandas").to_pandas()
    return found


def _ids(rows: pd.DataFrame, policy: Policy, draw: np.random.Generator) -> dict[tuple[str, str], str]:
    """(participant, source kind) → what they are called: a number where a viewer may see it, else nothing to read."""
    pairs = sorted(zip(rows["participant"], rows["source_kind"], strict=True))
    order = draw.permutation(len(pairs))
    width = len(str(len(pairs)))
    return {
        pairs[place]: f"Person {number:0{width}d}" if policy.links_quotes else draw.bytes(8).hex()
        for number, place in enumerate(order, 1)
    }


def _own_names(
    evidence: Evidence, people: pd.DataFrame, turns: pd.DataFrame, ids: Mapping[tuple[str, str], str], kind: str,
    policy: Policy,
) -> OwnNames:  # fmt: skip
    """Everybody the study knows by name: participants, their labels, and whoever else speaks. A participant who counts
    in this kind is called as they are in the version, where viewers may tell people apart."""
    found = []
    for row in people.sort_values("participant").to_dict("records"):
        names = tuple(name for name in (str(row["name"]), str(row["participant"])) if _is_name(name))
        mine = ids.get((str(row["participant"]), kind), "")
        label = mine.lower() if mine and policy.links_quotes else "participant"
        found.append(Person(label, names))
    spoken = turns[["speaker", "role"]].drop_duplicates()
    pairs = sorted({(str(s), str(r)) for s, r in zip(spoken["speaker"], spoken["role"], strict=True)})
    known = {part.casefold() for person in found for name in person.names for part in name.split()}
    found += [
        Person("participant" if role == "participant" else "interviewer", (name,))
        for name, role in pairs
        if _is_name(name) and not {part.casefold() for part in name.split()} <= known
    ]
    found += [Person("interviewer", (name,)) for name in evidence.study.interviewers if _is_name(name)]
    return OwnNames.of(found)


def _is_name(written: str) -> bool:
    """Whether a label names somebody: it has letters and no digits ("P07", "Speaker 2" do not)."""
    return any(c.isalpha() for c in written) and not any(c.isdigit() for c in written)


def _quoted(
    passages: pd.DataFrame, accepted: pd.DataFrame, allowed: frozenset[tuple[str, str]], by_hand: ByHand
) -> frozenset[str]:
    """Passages that are quotes: behind a number, of somebody who allows it, and not left out by a person."""
    if not len(passages):
        return frozenset()
    themed = passages["passage"].isin(set(accepted["passage"]))
    behind = themed | (passages["stage"] != NO_STAGE) | passages["need"] | passages["struggle"]
    of = passages[behind & passages["codable"] & ~passages["passage"].isin(by_hand.left_out)]
    return frozenset(str(row.passage) for row in each_of(of) if (str(row.participant), str(row.source_kind)) in allowed)


def _by_hand(redactions: Sequence[Redaction], turns: pd.DataFrame, passages: pd.DataFrame) -> ByHand:
    """What persons decided, where it stands in the texts as they are read now."""
    sources = {redaction.anchor.source for redaction in redactions}
    texts: dict[str, dict[int, str]] = {source: {} for source in sources}
    for row in each_of(turns[turns["source"].isin(sources)]):
        texts[str(row.source)][int(row.turn)] = str(row.text)
    hide: dict[tuple[str, int], list[Mark]] = {}
    show: dict[tuple[str, int], list[Span]] = {}
    judged: dict[str, list[Span]] = {"pass": [], "leave out": []}
    for redaction in redactions:
        span = attach(redaction.anchor, texts[redaction.anchor.source])
        if span is None:
            continue
        if redaction.action == "hide":
            mark = Mark(span.start, span.end, redaction.label or "name", BY_HAND)
            hide.setdefault((span.source, span.turn), []).append(mark)
        elif redaction.action == "show":
            show.setdefault((span.source, span.turn), []).append(span)
        else:
            judged[redaction.action].append(span)
    return ByHand(
        {key: tuple(marks) for key, marks in hide.items()},
        {key: tuple(spans) for key, spans in show.items()},
        passages_on(judged["leave out"], passages),
        passages_on(judged["pass"], passages),
    )


def passages_on(spans: Iterable[Span], passages: pd.DataFrame) -> frozenset[str]:
    """The passages that these spans cover at least half of, or that cover half of them."""
    wanted: dict[tuple[str, int], list[Span]] = {}
    for span in spans:
        wanted.setdefault((span.source, span.turn), []).append(span)
    if not wanted:
        return frozenset()
    found = set()
    for row in each_of(passages[passages["source"].isin({source for source, _ in wanted})]):
        for span in wanted.get((str(row.source), int(row.turn)), ()):
            overlap = min(span.end, int(row.end)) - max(span.start, int(row.start))
            if overlap > 0 and 2 * overlap >= min(span.end - span.start, int(row.end) - int(row.start)):
                found.add(str(row.passage))
    return frozenset(found)
