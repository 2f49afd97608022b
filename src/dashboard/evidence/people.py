"""Who is who, and what is known of each participant: attributes, scores, named segments."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import pandas as pd

from dashboard.evidence.parts import Parts
from dashboard.evidence.reading import Reading, rows_of, summary_of
from dashboard.evidence.tables import attribute_column
from dashboard.intake.parsed import ParsedSource
from dashboard.intake.people import Mention, assign, mentions
from dashboard.rules import parse_rule
from dashboard.study import NOT_GIVEN, AttributeRule, Identity, Study

MOST_CHOICES = 60
"""A choice question with more different answers than this describes nobody's group and is left out of attributes."""
FEW_GROUPS = 8
"""An attribute of two to this many groups is offered before others: it is what people compare by."""
CONSENT = "consent"
"""A column of this name says what each person allows (quote, paraphrase, nothing); it groups nobody."""
MOST_NUMBERS = 8
"""A numeric attribute with more different values than this is grouped: by study.yaml, else in quartiles."""


@dataclass(frozen=True)
class WhoIsWho:
    """Persons' word on who is who: confirmed identities, and pairs of mentions that are not one person."""

    identities: tuple[Identity, ...] = ()
    parted: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True)
class People:
    """Everybody that the sources speak of.

    of: mention key → participant id. participants: one row a person, with ``attr:`` columns. scores, memberships: as in
    ``TABLES``. dates: participant → the date that a sheet gives. attributes and values: in display order.
    """

    of: Mapping[str, str]
    participants: pd.DataFrame
    scores: pd.DataFrame
    memberships: pd.DataFrame
    dates: Mapping[str, str]
    attributes: tuple[str, ...]
    values: tuple[tuple[str, tuple[str, ...]], ...]


def all_mentions(readings: Sequence[Reading], parts: Parts) -> list[Mention]:
    """Every speaker, row and respondent of the sources."""
    return _mentions(readings, {reading.source: _whole(reading, parts) for reading in readings})


def _whole(reading: Reading, parts: Parts) -> ParsedSource:
    """A source with its rows, without its turns."""
    return replace(summary_of(reading, parts).parsed, rows=rows_of(reading, parts))


def _mentions(readings: Sequence[Reading], parsed: Mapping[str, ParsedSource]) -> list[Mention]:
    return [each for reading in readings for each in mentions(reading.source, reading.name, parsed[reading.source])]


def identities_of(study: Study, who: WhoIsWho, readings: Sequence[Reading], parts: Parts) -> tuple[Identity, ...]:
    """Who is who as study.yaml and persons say it; the later win. Mentions carry source ids.

    There is one truth besides the study's own file: the identities of the records. A participant that a person names
    for a speaker of one source is kept there too.
    """
    return (*written_identities(study, readings), *who.identities)


def written_identities(study: Study, readings: Sequence[Reading]) -> tuple[Identity, ...]:
    """Who is who as study.yaml says it, among its participants and for the speakers of its sources."""
    ids = {reading.name: reading.source for reading in readings}
    written = [
        replace(identity, mentions=tuple(_with_source_id(mention, ids) for mention in identity.mentions))
        for identity in study.identities
    ]
    for reading in readings:
        correction = study.corrections.get(reading.source) or study.corrections.get(reading.name)
        for label, speaker in correction.speakers.items() if correction else ():
            if speaker.participant:
                written.append(Identity(speaker.participant, (f"speaker {reading.source}/{speaker.name or label}",)))
    return tuple(written)


def is_of(mention: str, keys: Collection[str], ids: Mapping[str, str]) -> bool:
    """Whether a mention as study.yaml writes it is one of these keys. ids: file name → source id."""
    return _with_source_id(mention, ids) in keys


def dates_of(readings: Sequence[Reading], parts: Parts, of: Mapping[str, str]) -> dict[str, str]:
    """Participant → the date that a sheet of participants gives. of: mention key → participant."""
    found: dict[str, str] = {}
    for reading in readings:
        if summary_of(reading, parts).parsed.kind == "participants":
            for row in rows_of(reading, parts):
                if row.date and (person := of.get(f"row {reading.source}/{row.number}")):
                    found.setdefault(person, row.date)
    return found


def _with_source_id(mention: str, ids: Mapping[str, str]) -> str:
    kind, _, rest = mention.partition(" ")
    name, _, label = rest.rpartition("/") if kind == "row" else rest.partition("/")
    for known in sorted(ids, key=len, reverse=True):  # a file's name may hold a slash itself: "a.zip/b.vtt"
        if rest.startswith(known + "/"):
            name, label = known, rest[len(known) + 1 :]
            break
    return f"{kind} {ids.get(name, name)}/{label}"


def people_of(study: Study, who: WhoIsWho, readings: Sequence[Reading], parts: Parts) -> People:
    """Everybody the sources speak of, as one table of participants."""
    parsed = {reading.source: _whole(reading, parts) for reading in readings}
    identities = identities_of(study, who, readings, parts)
    of = assign(_mentions(readings, parsed), identities=identities, parted=who.parted)
    known = _gathered(study, of, readings, parsed)
    consent = {identity.participant: identity.consent for identity in identities if identity.consent}
    everybody = sorted(set(of.values()))
    table = pd.DataFrame({"participant": everybody}, dtype=str)
    table["name"] = [known.names.get(person, "") for person in everybody]
    table["consent"] = [consent.get(person) or known.consent.get(person, "") for person in everybody]
    memberships = _memberships(study, everybody, known)
    values: list[tuple[str, tuple[str, ...]]] = []
    for name, given in known.attributes.items():
        rule = study.attribute(name)
        column, order = _grouped(pd.Series([given.get(person, NOT_GIVEN) for person in everybody], dtype=str), rule)
        table[attribute_column(name)] = column
        values.append((name, order))
    values.sort(key=lambda each: _usefulness(study, *each))
    names = tuple(name for name, _ in values)
    return People(of, table, known.scores, memberships, known.dates, names, tuple(values))


def _usefulness(study: Study, name: str, values: Sequence[str]) -> tuple[int, bool]:
    """Where an attribute stands among the others: as the study lists them, then those that make a few groups."""
    listed = [rule.name for rule in study.attributes if not rule.cluster]
    groups = len([value for value in values if value != NOT_GIVEN])
    return (listed.index(name) if name in listed else len(listed), not 2 <= groups <= FEW_GROUPS)


@dataclass
class _Known:
    """What the rows say of people, as it is gathered: attribute → participant → value as given, and so on."""

    attributes: dict[str, dict[str, str]]
    names: dict[str, str]
    consent: dict[str, str]
    dates: dict[str, str]
    scores: pd.DataFrame


def _gathered(
    study: Study, of: Mapping[str, str], readings: Sequence[Reading], parsed: Mapping[str, ParsedSource]
) -> _Known:
    """What all rows say; what a sheet says wins over a survey. Spelling of headers and values follows the first."""
    spelled = {rule.name.casefold(): rule.name for rule in study.attributes}
    values = {(rule.name, value.casefold()): value for rule in study.attributes for value in rule.order}
    known = _Known({}, {}, {}, {}, pd.DataFrame())
    scores: list[tuple[str, str, str, float, str, str]] = []
    for reading in sorted(
        readings, key=lambda each: (parsed[each.source].kind != "participants", each.name, each.source)
    ):
        source = parsed[reading.source]
        kept = _kept_attributes(source)
        for row in source.rows:
            person = of[f"row {reading.source}/{row.number}"]
            if row.name:
                known.names.setdefault(person, row.name)
            if row.date and source.kind == "participants":
                known.dates.setdefault(person, row.date)
            for header, given in row.attributes.items():
                value = given.strip()
                if header.strip().casefold() == CONSENT:
                    known.consent.setdefault(person, value.casefold())
                elif header in kept:
                    name = spelled.setdefault(header.casefold(), header)
                    value = values.setdefault((name, value.casefold()), value)
                    known.attributes.setdefault(name, {}).setdefault(person, value or NOT_GIVEN)
            for header, number in row.scores.items():
                kind = source.score_kinds.get(header, "rating")
                scores.append((person, header, kind, float(number), row.date or source.date, reading.source))
        for speaker in source.speakers:
            speaking = of.get(f"speaker {reading.source}/{speaker.name or ''}")
            if speaking and speaker.name:
                known.names.setdefault(speaking, speaker.name)
    columns = ["participant", "score", "kind", "value", "date", "source"]
    frame = pd.DataFrame(scores, columns=columns)
    known.scores = frame.astype({"value": float, **{name: str for name in columns if name != "value"}})
    return known


def _kept_attributes(source: ParsedSource) -> set[str]:
    choices = {column.name for column in source.columns if column.role == "choice"}
    different: dict[str, set[str]] = {}
    for row in source.rows:
        for header, value in row.attributes.items():
            seen = different.setdefault(header, set())
            if len(seen) <= MOST_CHOICES:
                seen.add(value)
    return {header for header, seen in different.items() if header not in choices or len(seen) <= MOST_CHOICES}


def _grouped(given: pd.Series[str], rule: AttributeRule) -> tuple[pd.Series[str], tuple[str, ...]]:
    """One attribute as groups, and the groups in display order ("not given" last)."""
    known = given[given != NOT_GIVEN]
    numbers = pd.to_numeric(known.str.replace(",", ".", regex=False), errors="coerce")
    if len(known) and numbers.notna().all() and not rule.order:
        if rule.groups:
            bounds = {name: (low, high) for name, (low, high) in rule.groups.items()}
            named = numbers.map(
                lambda number: next(
                    (
                        n
                        for n, (low, high) in bounds.items()
                        if (low is None or number >= low) and (high is None or number < high)
                    ),
                    "outside the groups",
                )
            )
            return _filled(given, named), _ordered(named, (*bounds, "outside the groups"), given)
        if numbers.nunique() > MOST_NUMBERS:
            edges = np.unique(np.quantile(numbers, [0, 0.25, 0.5, 0.75, 1]))
            names = [f"quarter {i + 1}: {low:g} to {high:g}" for i, (low, high) in enumerate(pairwise(edges))]
            named = pd.Series(
                np.array(names, dtype=object)[
                    np.clip(np.searchsorted(edges[1:-1], numbers, side="left"), 0, len(names) - 1)
                ],
                index=numbers.index,
            )
            return _filled(given, named), _ordered(named, tuple(names), given)
        order = tuple(known.loc[numbers.sort_values(kind="stable").index].drop_duplicates())
        return given, _ordered(known, order, given)
    return given, _ordered(known, (*rule.order, *sorted(set(known) - set(rule.order), key=_natural)), given)


def _filled(given: pd.Series[str], named: pd.Series[str]) -> pd.Series[str]:
    return named.reindex(given.index, fill_value=NOT_GIVEN).astype(str)


def _ordered(present: pd.Series[str], order: Sequence[str], given: pd.Series[str]) -> tuple[str, ...]:
    there = set(present)
    missing = (NOT_GIVEN,) if (given == NOT_GIVEN).any() else ()
    return (*[value for value in dict.fromkeys(order) if value in there], *missing)


def _natural(value: str) -> tuple[float, str]:
    digits = "".join(c for c in value.split(" ")[0] if c.isdecimal())
    return (float(digits) if digits and len(digits) < 12 else float("inf"), value.casefold())


def _memberships(study: Study, everybody: Sequence[str], known: _Known) -> pd.DataFrame:
    """Who belongs to which named segment."""
    found: list[tuple[str, str]] = []
    if study.segments:
        rules = [(segment.name, parse_rule(segment.rule)) for segment in study.segments]
        for person, row in _rule_rows(everybody, known).items():
            found += [(person, name) for name, rule in rules if rule.test(row)]
    return pd.DataFrame(found, columns=["participant", "segment"], dtype=str)


def rule_rows(
    study: Study, who: WhoIsWho, readings: Sequence[Reading], parts: Parts
) -> dict[str, dict[str, str | float]]:
    """Participant → what a segment's rule sees: attributes as given, and the latest score of each kind and name."""
    parsed = {reading.source: _whole(reading, parts) for reading in readings}
    of = assign(_mentions(readings, parsed), identities=identities_of(study, who, readings, parts), parted=who.parted)
    return _rule_rows(sorted(set(of.values())), _gathered(study, of, readings, parsed))


def _rule_rows(everybody: Sequence[str], known: _Known) -> dict[str, dict[str, str | float]]:
    latest: dict[str, dict[str, str | float]] = {}
    for row in known.scores.sort_values(["date", "score"], kind="stable").to_dict("records"):
        latest.setdefault(row["participant"], {}).update({row["kind"]: row["value"], row["score"]: row["value"]})
    return {
        person: {
            **latest.get(person, {}),
            **{name: of[person] for name, of in known.attributes.items() if person in of},
        }
        for person in everybody
    }
