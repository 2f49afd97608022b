"""What people decided about one study, gathered from the records and from the codings that came with files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from dashboard.evidence.overlay import Attached, TurnsOf, attach_all, decisions_of_codings
from dashboard.evidence.parts import Parts
from dashboard.evidence.people import People, WhoIsWho, people_of
from dashboard.evidence.reading import Reading, source_kind, summary_of
from dashboard.records import reading
from dashboard.records.cards import Card, cards
from dashboard.records.store import Records
from dashboard.study import Decision, Study


@dataclass(frozen=True)
class Decided:
    """The decisions of one decisions version, and who is who."""

    version: int
    decisions: tuple[Decision, ...] = ()
    who: WhoIsWho = field(default_factory=WhoIsWho)
    cards: tuple[Card, ...] = ()


def decided_of(records: Records, study_id: str) -> Decided:
    """What people decided about a study up to now."""
    with records.read() as connection:  # one state of the records: the version is of exactly what is read
        return Decided(
            reading.study_row(connection, study_id).decisions_version,
            tuple(reading.decisions(connection, study_id)),
            WhoIsWho(reading.identities(connection, study_id), reading.parted(connection, study_id)),
            tuple(cards(connection, study_id)),
        )


def mention_key(kind: str, source: str, label: str) -> str:
    """The key of whoever speaks in a turn: a row for a survey, a speaker for an interview."""
    return f"{'row' if kind == 'survey' else 'speaker'} {source}/{label}"


def attached_decisions(
    study: Study,
    decided: Decided,
    readings: Sequence[Reading],
    *,
    texts_at: TurnsOf,
    passages_at: TurnsOf,
    parts: Parts,
    people: People | None = None,
) -> Attached:
    """Every decision where it stands now: first those that came with files, then those of the records.

    texts_at, passages_at: as ``overlay.attach_all`` takes them.
    """
    texts: dict[str, Mapping[int, str]] = {}
    of_source = {each.source: each for each in readings}

    def texts_of(source: str) -> Mapping[int, str]:
        if source not in texts:
            read = of_source.get(source)
            table = parts.read(read.turns) if read else None
            texts[source] = (
                dict(zip(table["turn"].to_pylist(), table["text"].to_pylist(), strict=True)) if table else {}
            )
        return texts[source]

    imported = _imported(study, decided, readings, parts, people=people)
    return attach_all([*imported, *decided.decisions], texts_at=texts_at, texts_of=texts_of, passages_at=passages_at)


def _imported(
    study: Study, decided: Decided, readings: Sequence[Reading], parts: Parts, *, people: People | None
) -> list[Decision]:
    codings = {each.source: summary_of(each, parts).parsed.codings for each in readings}
    if not any(codings.values()):
        return []
    people = people or people_of(study, decided.who, readings, parts)
    frames = []
    for each in readings:
        kind = source_kind(summary_of(each, parts).parsed)
        turns = parts.read(each.turns).select(["turn", "text", "speaker", "role", "document"]).to_pandas()
        turns = turns[turns["role"] == "participant"].assign(source=each.source)
        keys = [mention_key(kind, each.source, label) for label in turns["speaker"]]
        frames.append(turns.assign(participant=[people.of.get(key, "") for key in keys]))
    turns = pd.concat(frames, ignore_index=True)
    sources = {each.name: each.source for each in readings}
    found = []
    for source, of_file in codings.items():
        found += decisions_of_codings(of_file, own_source=source, sources=sources, turns=turns)
    return found
