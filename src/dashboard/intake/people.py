"""Which speaker, row and respondent are one participant: suggested here, decided by a person.

A *mention* is one place where somebody stands: a speaker of one transcript, or one row of one survey or sheet.
Mentions
that share an explicit id, an e-mail address or a full name are one participant for sure; names that are merely alike
are offered. Labels such as "Speaker 2" name nobody outside their own file.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Literal

from dashboard.intake.alike import Fact, likenesses
from dashboard.intake.names import (
    id_in_file_name,
    id_key,
    is_code,
    is_full_name,
    is_generic,
    is_strong,
    name_in_file_name,
    name_key,
)
from dashboard.intake.parsed import ParsedSource
from dashboard.study import Identity


@dataclass(frozen=True)
class Mention:
    """One place where somebody stands.

    key: as in ``study.yaml``: ``speaker <source>/<label>`` or ``row <source>/<number>``. id: the explicit id, as
    written; for a speaker the one in the label or, where the file has one participant, in its name. label: the
    speaker's. file: the name of the file. sheet: the row is of a sheet of participants.
    """

    key: str
    source: str
    kind: Literal["speaker", "row"]
    id: str = ""
    name: str = ""
    email: str = ""
    label: str = ""
    file: str = ""
    sheet: bool = False


@dataclass(frozen=True)
class Match:
    """Mentions that are, or may be, one participant.

    keys: of the mentions, sorted. participant: the id they would go by. sure: taken unless a person parts them; else
    it waits for a person. score: 0 … 1. reason: a few words, to be shown.
    """

    keys: tuple[str, ...]
    participant: str
    sure: bool
    score: float
    reason: str


def mentions(source: str, name: str, parsed: ParsedSource) -> list[Mention]:
    """The participants whom one source speaks of.

    source: what stands in the keys, an id or the file's name. name: the file's name.
    """
    speakers = [speaker for speaker in parsed.speakers if speaker.role == "participant"]
    found = []
    for speaker in speakers:
        label = speaker.name or ""
        known = label if is_code(label) else ""
        if not known and len(speakers) == 1:
            known = id_in_file_name(name)
        alone = name_in_file_name(label, name) if len(speakers) == 1 else ""
        full = label if is_full_name(label) else alone
        found.append(Mention(f"speaker {source}/{label}", source, "speaker", known, full, "", label, name))
    sheet = parsed.kind == "participants"
    for row in parsed.rows:
        full = row.name or (row.id if is_full_name(row.id) else "")
        found.append(Mention(f"row {source}/{row.number}", source, "row", row.id, full, row.email, "", name, sheet))
    return found


def assign(
    mentions: Sequence[Mention],
    *,
    identities: Sequence[Identity],
    parted: Collection[tuple[str, str]] = (),
) -> dict[str, str]:
    """Mention key → participant id, for every mention; it depends on the set of mentions, not on their order.

    Persons' word comes first (of two identities that name one mention, the later holds), then sure matches that were
    not parted. A participant goes by the id of the sheet or survey, else by the speaker's label, else by the file and
    the row's number. Two people never share an id.

    >>> people = [Mention("speaker a.vtt/P7", "a.vtt", "speaker", "P7", label="P7", file="a.vtt"),
    ...           Mention("row s.csv/1", "s.csv", "row", "P07", file="s.csv")]
    >>> assign(people, identities=[])
    {'row s.csv/1': 'P07', 'speaker a.vtt/P7': 'P07'}
    """
    groups = _grouped(mentions, identities, parted)
    return _named(groups)


def match(mentions: Sequence[Mention]) -> list[Match]:
    """Suggestions of who is who, the doubtful first: sure ones with all their mentions, the others as pairs."""
    groups = _grouped(mentions, (), ())
    ids = _named(groups)
    sure = []
    for group in groups.members.values():
        if len(group) > 1:
            reasons = sorted({groups.reasons[key] for key in group if key in groups.reasons}, key=_REASONS.index)
            keys = tuple(sorted(group))
            sure.append(Match(keys, ids[keys[0]], True, _SURE[reasons[0]], " and ".join(reasons)))
    unsure = []
    for one, other, score, reason in likenesses(_facts(groups)):
        if groups.find(one) != groups.find(other):
            keys = tuple(sorted((one, other)))
            row = one if one.startswith("row ") else other
            unsure.append(Match(keys, ids[row], False, score, reason))
    return sorted([*unsure, *sure], key=lambda found: (found.sure, found.score, found.keys))


_SURE = {"same id": 1.0, "same e-mail": 0.99, "same name": 0.97}
_REASONS = list(_SURE)


# ---------------------------------------------------------------- which mentions are one


class _Groups:
    """Mentions joined into participants; joins that would put two people into one are refused."""

    def __init__(self, mentions: Iterable[Mention], parted: Collection[tuple[str, str]]) -> None:
        self.of = {mention.key: mention for mention in sorted(mentions, key=lambda mention: mention.key)}
        self.root = {key: key for key in self.of}
        self.members = {key: [key] for key in self.of}
        self.fixed: dict[str, str] = {}  # root → the id that a person gave
        self.reasons: dict[str, str] = {}
        self.apart: dict[str, set[str]] = defaultdict(set)
        self.ids = {key: id_key(mention.id) if mention.id else "" for key, mention in self.of.items()}
        self.own: dict[str, dict[str, str]] = {  # root → source → id of its rows: two ids in one sheet are two people
            key: {mention.source: self.ids[key]}
            for key, mention in self.of.items()
            if mention.kind == "row" and self.ids[key]
        }
        for one, other in parted:
            if one in self.of and other in self.of and one != other:
                self.apart[one].add(other)
                self.apart[other].add(one)

    def find(self, key: str) -> str:
        while self.root[key] != key:
            self.root[key] = self.root[self.root[key]]
            key = self.root[key]
        return key

    def join(self, one: str, other: str, reason: str = "", *, by_person: bool = False) -> bool:
        first, second = self.find(one), self.find(other)
        if first == second:
            return True
        if len(self.members[first]) < len(self.members[second]):
            first, second = second, first
        if self.fixed.get(first, self.fixed.get(second)) != self.fixed.get(second, self.fixed.get(first)):
            return False
        if not by_person and (self._are_apart(first, second) or self._two_ids(first, second)):
            return False
        self.root[second] = first
        self.members[first] += self.members.pop(second)
        if second in self.fixed:
            self.fixed[first] = self.fixed.pop(second)
        if second in self.own:
            self.own.setdefault(first, {}).update(self.own.pop(second))
        if reason:
            for key in (one, other):
                self.reasons.setdefault(key, reason)
        return True

    def _are_apart(self, first: str, second: str) -> bool:
        if not self.apart:
            return False
        return any(
            self.root.get(other) is not None and self.find(other) == first
            for key in self.members[second]
            for other in self.apart.get(key, ())
        )

    def _two_ids(self, first: str, second: str) -> bool:
        ours, theirs = self.own.get(first), self.own.get(second)
        if not ours or not theirs:
            return False
        return any(theirs.get(source, known) != known for source, known in ours.items())


def _grouped(
    mentions: Sequence[Mention], identities: Sequence[Identity], parted: Collection[tuple[str, str]]
) -> _Groups:
    groups = _Groups(mentions, parted)
    said: dict[str, str] = {}
    for identity in identities:
        for key in identity.mentions:
            if key in groups.of:
                said[key] = identity.participant
    by_person: dict[str, list[str]] = defaultdict(list)
    for key, participant in sorted(said.items()):
        by_person[participant].append(key)
    for participant, keys in sorted(by_person.items()):
        for key in keys[1:]:
            groups.join(keys[0], key, by_person=True)
        groups.fixed[groups.find(keys[0])] = participant
    for reason, near in _same(groups, by_person):
        for key in near[1:]:
            groups.join(near[0], key, reason)
    return groups


def _same(groups: _Groups, by_person: Mapping[str, list[str]]) -> list[tuple[str, list[str]]]:
    """Groups of keys that are surely one: by id, then by e-mail, then by full name."""
    every = list(groups.of.values())
    usable = _usable_ids(every, groups.ids)
    ids: dict[str, list[str]] = defaultdict(list)
    for participant, keys in by_person.items():  # an identity's own id attracts the row that bears it
        if key := id_key(participant):
            ids[key].append(keys[0])
            if key.isdecimal():
                ids[f"p{key}"].append(keys[0])
    for mention in every:
        if mention.key in usable:
            ids[usable[mention.key]].append(mention.key)
    emails: dict[str, list[str]] = defaultdict(list)
    names: dict[str, list[Mention]] = defaultdict(list)
    for mention in every:
        if "@" in mention.email:
            emails[mention.email.strip().casefold()].append(mention.key)
        if mention.name and is_full_name(mention.name) and "," not in mention.name:
            names[name_key(mention.name)].append(mention)
    alone = []
    for _, bearers in sorted(names.items()):
        once = Counter(mention.source for mention in bearers).most_common(1)[0][1] == 1
        if once and len({mention.email.casefold() for mention in bearers if mention.email}) < 2:
            alone.append(("same name", [mention.key for mention in bearers]))
    by_id = [("same id", keys) for _, keys in sorted(ids.items())]
    by_email = [("same e-mail", keys) for _, keys in sorted(emails.items())]
    return [*by_id, *by_email, *alone]


def _usable_ids(every: Sequence[Mention], ids: Mapping[str, str]) -> dict[str, str]:
    """Key → id by which it may be matched; numbers that only count rows or speakers of one file say nothing outside it.

    One sheet of participants that numbers them 1 … n is the exception: its 7 is the "P7" of a transcript, and the 7 of
    a survey all of whose numbers it has.
    """
    rows: dict[str, list[Mention]] = defaultdict(list)
    speakers: dict[str, list[Mention]] = defaultdict(list)
    for mention in every:
        if ids[mention.key]:
            (rows if mention.kind == "row" else speakers)[mention.source].append(mention)
    numbering = {source for source, own in rows.items() if _only_numbers(own)}
    sheets = [source for source in sorted(numbering) if any(mention.sheet for mention in rows[source])]
    sheet = {ids[mention.key] for mention in rows[sheets[0]]} if len(sheets) == 1 else set()
    found: dict[str, str] = {}
    for source, own in rows.items():
        joins_sheet = source in numbering and sheet.issuperset(ids[mention.key] for mention in own)
        for mention in own:
            key = ids[mention.key]
            found[mention.key] = f"p{key}" if joins_sheet else f"{source}\0{key}" if source in numbering else key
    files = Counter(key for own in speakers.values() for key in {ids[mention.key] for mention in own})
    for own in speakers.values():
        local = len(own) > 1 and _only_numbers(own)
        for mention in own:
            key = ids[mention.key]
            if files[key] == 1 or (is_strong(mention.id) and not local):
                found[mention.key] = key  # else: "Participant 1" in every file is somebody else in each
    return found


def _only_numbers(own: Sequence[Mention]) -> bool:
    """Whether the ids are a running number: 1 … n, or nearly."""
    if not all(mention.kind == "speaker" or mention.id.strip().isdecimal() for mention in own):
        return False
    numbers = {int(digits) for mention in own if (digits := re.sub(r"\D", "", mention.id)) and len(digits) < 9}
    return bool(numbers) and len(numbers) == len(own) and max(numbers) <= 2 * len(own) + 5


def _facts(groups: _Groups) -> list[Fact]:
    alone = Counter(mention.source for mention in groups.of.values() if mention.kind == "speaker")
    return [
        Fact(
            mention.key,
            mention.kind,
            mention.source,
            name_key(mention.name or ("" if is_generic(mention.label) or mention.id else mention.label)),
            mention.id,
            stem(mention) if mention.kind == "speaker" and alone[mention.source] == 1 else "",
        )
        for mention in groups.of.values()
    ]


# ---------------------------------------------------------------- what they are called


def _named(groups: _Groups) -> dict[str, str]:
    """Key → id; wherever two people would share an id, each is told apart by its file."""
    wanted: dict[str, list[str]] = {}
    for root, keys in groups.members.items():
        wanted[root] = [groups.fixed[root]] if root in groups.fixed else _wishes(groups, sorted(keys))
    taken = {_folded(name): 1 for name in groups.fixed.values()}
    names: dict[str, str] = dict(groups.fixed)
    open_roots = sorted((root for root in wanted if root not in names), key=lambda root: min(groups.members[root]))
    for step in range(max((len(wishes) for wishes in wanted.values()), default=0)):
        asked = {root: wanted[root][min(step, len(wanted[root]) - 1)] for root in open_roots}
        count = Counter(_folded(name) for name in asked.values())
        for root, name in asked.items():
            if count[_folded(name)] == 1 and _folded(name) not in taken:
                names[root] = name
        taken |= {_folded(names[root]): 1 for root in open_roots if root in names}
        open_roots = [root for root in open_roots if root not in names]
    for root in open_roots:  # the same file name twice, or an id that a person gave to somebody else
        last, number = wanted[root][-1], 2
        while _folded(f"{last} {number}") in taken:
            number += 1
        names[root] = f"{last} {number}"
        taken[_folded(names[root])] = 1
    return {key: names[groups.find(key)] for key in groups.of}


def _wishes(groups: _Groups, keys: Sequence[str]) -> list[str]:
    """Ids that a participant could go by, the best first; each says more than the one before."""
    every = [groups.of[key] for key in keys]
    rows = [mention for mention in every if mention.kind == "row"]
    with_id = sorted(
        (mention for mention in rows if groups.ids[mention.key]),
        key=lambda mention: (not mention.sheet, mention.id.strip().isdecimal(), mention.file, mention.key),
    )
    speakers = [mention for mention in every if mention.kind == "speaker"]
    if with_id:
        best = with_id[0]
        return [best.id.strip(), f"{best.id.strip()} ({stem(best)})", f"{stem(best)} #{best.key.rpartition('/')[2]}"]
    if speakers:
        best = min(speakers, key=lambda mention: (not mention.id, is_generic(mention.label), mention.key))
        label = best.id or best.label.strip()
        told = f"{label or 'no name'} ({stem(best)})"
        if is_generic(label) and not is_strong(label):
            return [*([label] if label else []), stem(best), told]
        return [label, told]
    return [f"{stem(rows[0])} #{rows[0].key.rpartition('/')[2]}"]


def stem(mention: Mention) -> str:
    """The name of the mention's file without its folder and ending."""
    return _stem(mention.file or mention.source) or mention.source


@lru_cache(maxsize=10_000)
def _stem(path: str) -> str:
    return PurePosixPath(path).stem


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
