"""Who is who: what the machine takes for one participant, what persons say of it, and taking their word back."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from dashboard.evidence.build import read_all
from dashboard.evidence.parts import Parts
from dashboard.evidence.people import WhoIsWho, all_mentions, dates_of, identities_of, is_of, written_identities
from dashboard.evidence.reading import Reading
from dashboard.intake.isolated import limits_of
from dashboard.intake.people import Match, Mention, assign, match
from dashboard.records.transaction import Transaction
from dashboard.study import Correction, Identity, Study
from dashboard.workspace.access import Workspace


@dataclass(frozen=True)
class People:
    """Who is who as things stand.

    mentions: every speaker, sheet row and respondent. matches: what seems to be one participant and nobody settled, the
    most doubtful first. of: mention key → participant id. said: the mentions that a person said something of.
    parted: pairs of mentions that a person said are two people.
    """

    mentions: tuple[Mention, ...]
    matches: tuple[Match, ...]
    of: Mapping[str, str]
    said: frozenset[str]
    parted: frozenset[tuple[str, str]]


@dataclass(frozen=True)
class Word:
    """What persons say of some mentions at one moment, to be put back."""

    keys: tuple[str, ...]
    identities: tuple[Identity, ...]
    parted: tuple[tuple[str, str], ...]


def readings(ws: Workspace, study_id: str) -> list[Reading]:
    """Every source of a study that can be read, as it is read now."""
    study = ws.records.study(study_id)
    sources, limits = ws.records.sources(study_id), limits_of(ws.settings)
    return read_all(study, sources, parts=ws.parts, files=ws.files, limits=limits)


def who_is_who(ws: Workspace, study_id: str) -> People:
    """Everybody the sources speak of, and what is still to be said of them."""
    study, now = ws.records.study(study_id), tuple(readings(ws, study_id))
    who = WhoIsWho(ws.records.identities(study_id), ws.records.parted(study_id))
    there = _mentions(ws.parts, now)
    proposed = _proposed(there)
    identities = identities_of(study, who, now, ws.parts)
    of = assign(there, identities=identities, parted=who.parted)
    said = frozenset(key for identity in identities for key in identity.mentions if key in of)
    # a proposal stands under the id that its people go by now
    found = (replace(m, participant=of.get(m.keys[0], m.participant)) if m.sure else m for m in proposed)
    open_ones = tuple(each for each in found if not _settled(each, said, of, who.parted))
    return People(there, open_ones, of, said, who.parted)


def _settled(found: Match, said: Collection[str], of: Mapping[str, str], parted: Collection[tuple[str, str]]) -> bool:
    """Whether a person has answered: all of it is theirs, or parted, or it goes without saying by now."""
    first, *others = sorted(found.keys)
    if any((first, other) in parted for other in others) or set(found.keys) <= set(said):
        return True
    return not found.sure and of.get(first) == of.get(others[0])


@lru_cache(maxsize=16)
def _mentions(parts: Parts, now: tuple[Reading, ...]) -> tuple[Mention, ...]:
    """Parts never change, so their people are gathered once."""
    return tuple(all_mentions(now, parts))


@lru_cache(maxsize=16)
def _proposed(there: tuple[Mention, ...]) -> tuple[Match, ...]:
    """Compared once, whatever persons say of these mentions, and whatever else is corrected in their sources."""
    return tuple(match(there))


def mentions(ws: Workspace, study_id: str) -> list[Mention]:
    """Every speaker, sheet row and respondent."""
    return list(who_is_who(ws, study_id).mentions)


def matches(ws: Workspace, study_id: str) -> list[Match]:
    """Which mentions seem to be one participant, the most doubtful first; what a person settled is left out."""
    return list(who_is_who(ws, study_id).matches)


def people(ws: Workspace, study_id: str) -> Mapping[str, str]:
    """Mention key → participant id, as things stand."""
    study, now = ws.records.study(study_id), tuple(readings(ws, study_id))
    who = WhoIsWho(ws.records.identities(study_id), ws.records.parted(study_id))
    identities = identities_of(study, who, now, ws.parts)
    return assign(_mentions(ws.parts, now), identities=identities, parted=who.parted)


def sheet_dates(ws: Workspace, study_id: str) -> Mapping[str, str]:
    """Participant → the date that a sheet of participants gives."""
    return dates_of(readings(ws, study_id), ws.parts, people(ws, study_id))


# ---------------------------------------------------------------- a person's word


def word(ws: Workspace, study_id: str, keys: Sequence[str]) -> Word:
    """What persons say of these mentions now, for ``restore``."""
    asked = set(keys)
    identities = (
        replace(each, mentions=tuple(key for key in each.mentions if key in asked), consent=None)
        for each in ws.records.identities(study_id)
    )
    parted = sorted(pair for pair in ws.records.parted(study_id) if asked.issuperset(pair))
    return Word(tuple(keys), tuple(each for each in identities if each.mentions), tuple(parted))


def confirm(ws: Workspace, study_id: str, keys: Sequence[str], participant: str) -> Word:
    """These mentions are one participant. What was said of them before, for ``restore``."""
    return confirm_all(ws, study_id, [(keys, participant)])


def confirm_all(ws: Workspace, study_id: str, found: Sequence[tuple[Sequence[str], str]]) -> Word:
    """Of each of these: the mentions are one participant."""
    before = word(ws, study_id, list(dict.fromkeys(key for keys, _ in found for key in keys)))
    with ws.records.begin(by=ws.user) as transaction:
        for keys, participant in found:
            transaction.identify(study_id, Identity(participant, tuple(keys)))
    return before


def part(ws: Workspace, study_id: str, keys: Sequence[str]) -> Word:
    """These mentions are different people. What was said of them before, for ``restore``."""
    before = word(ws, study_id, keys)
    with ws.records.begin(by=ws.user) as transaction:
        _unwrite(ws, transaction, study_id, keys)
        transaction.part(study_id, tuple(keys))
    return before


def forget(ws: Workspace, study_id: str, keys: Sequence[str]) -> Word:
    """Take back whatever a person or study.yaml said of these mentions: they are matched as if nobody had spoken."""
    before = word(ws, study_id, keys)
    with ws.records.begin(by=ws.user) as transaction:
        _unwrite(ws, transaction, study_id, keys)
        transaction.forget(study_id, tuple(keys))
    return before


def restore(ws: Workspace, study_id: str, before: Word) -> None:
    """Let what persons said of these mentions at another moment hold again."""
    with ws.records.begin(by=ws.user) as transaction:
        transaction.forget(study_id, before.keys)
        for identity in before.identities:
            transaction.identify(study_id, identity)
        for pair in before.parted:
            transaction.part(study_id, pair)


def _unwrite(ws: Workspace, transaction: Transaction, study_id: str, keys: Sequence[str]) -> None:
    """Take these mentions out of what the study's own file says of who is who."""
    study = ws.records.study(study_id)
    now = readings(ws, study_id)
    if not {key for each in written_identities(study, now) for key in each.mentions} & set(keys):
        return
    ids = {reading.name: reading.source for reading in now}
    identities = tuple(
        replace(each, mentions=tuple(key for key in each.mentions if not is_of(key, keys, ids)))
        for each in study.identities
    )
    corrections = {name: _nobodys(each, ids.get(name, name), keys) for name, each in study.corrections.items()}
    kept = tuple(each for each in identities if each.mentions or each.consent)
    changed: Study = replace(study, identities=kept, corrections=corrections)
    transaction.save_study(changed, version=ws.records.study_row(study_id).version)


def _nobodys(correction: Correction, source: str, keys: Collection[str]) -> Correction:
    speakers = {
        label: replace(each, participant=None) if f"speaker {source}/{label}" in keys else each
        for label, each in correction.speakers.items()
    }
    return replace(correction, speakers=speakers)
