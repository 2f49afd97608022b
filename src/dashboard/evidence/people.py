"""Who is who, and what is known of each participant: attributes, scores, named segments."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import pandas as pd

from dashboard.evidence.parts import Parts
from dashboard.evidence.reading import Reading, rows_of, source_kind, summary_of
from dashboard.evidence.tables import attribute_column
from dashboard.intake.people import Mention, assign, mentions
from dashboard.rules import parse_rule
from dashboard.study import NOT_GIVEN, AttributeRule, Identity, Study

MOST_CHOICES = 60
"""A choice question with more different answers than this describes nobody's group and is left out of attributes."""
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
    ``TABLES``. attributes and values: in display order.
    """

    of: Mapping[str, str]
    participants: pd.DataFrame
    scores: pd.DataFrame
    memberships: pd.DataFrame
    attributes: tuple[str, ...]
    values: tuple[tuple[str, tuple[str, ...]], ...]


def all_mentions(readings: Sequence[Reading], parts: Parts) -> list[Mention]:
    """Every speaker, row and respondent of the sources."""
    found: list[Mention] = []
    for reading in readings:
        parsed = replace(summary_of(reading, parts).parsed, rows=rows_of(reading, parts))
        found += mentions(reading.source, reading.name, parsed)
    return found


def identities_of(study: Study, who: WhoIsWho, readings: Sequence[Reading], parts: Parts) -> tuple[Identity, ...]:
    """Who is who as study.yaml, corrections and persons say it; the later win. Mentions carry source ids."""
    ids = {reading.name: reading.source for reading in readings}
    written = [
        replace(identity, mentions=tuple(_with_source_id(mention, ids) for mention in identity.mentions))
        for identity in study.identities
    ]
    for reading in readings:
        correction = study.corrections.get(reading.source) or study.corrections.get(reading.name)
        for label, speaker in correction.speakers.items() if correction else ():
            if speaker.participant:
                written.append(Identity(speaker.participant, (f"speaker {reading.source}/{label}",)))
    return (*written, *who.identities)


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
    identities = identities_of(study, who, readings, parts)
    of = assign(all_mentions(readings, parts), identities=identities, parted=who.parted)
    consent = {identity.participant: identity.consent or "" for identity in identities}
    raw, names, scores = _gathered(study, of, readings, parts)
    everybody = sorted(set(of.values()))
    table = pd.DataFrame({"participant": everybody}, dtype=str)
    table["name"] = [names.get(person, "") for person in everybody]
    table["consent"] = [consent.get(person, "") for person in everybody]
    memberships = _memberships(study, everybody, raw, scores)
    values: list[tuple[str, tuple[str, ...]]] = []
    for name, given in raw.items():
        rule = study.attribute(name)
        column, order = _grouped(pd.Series([given.get(person, NOT_GIVEN) for person in everybody], dtype=str), rule)
        table[attribute_column(name)] = column
        values.append((name, order))
    return People(of, table, scores, memberships, tuple(raw), tuple(values))


def _gathered(
    study: Study, of: Mapping[str, str], readings: Sequence[Reading], parts: Parts
) -> tuple[dict[str, dict[str, str]], dict[str, str], pd.DataFrame]:
    """Attribute → participant → value as given; participant → name; scores. What a sheet says wins over a survey."""
    raw: dict[str, dict[str, str]] = {}
    spelled = {rule.name.casefold(): rule.name for rule in study.attributes}
    values: dict[tuple[str, str], str] = {
        (rule.name, value.casefold()): value for rule in study.attributes for value in rule.order
    }
    names: dict[str, str] = {}
    scores: list[tuple[str, str, str, float, str, str]] = []
    kinds = {reading.source: summary_of(reading, parts).parsed for reading in readings}
    for reading in sorted(
        readings, key=lambda each: (kinds[each.source].kind != "participants", each.name, each.source)
    ):
        parsed = kinds[reading.source]
        attributes = _kept_attributes(reading, parts, {c.name for c in parsed.columns if c.role == "choice"})
        for row in rows_of(reading, parts):
            person = of[f"row {reading.source}/{row.number}"]
            if row.name:
                names.setdefault(person, row.name)
            for header, value in row.attributes.items():
                if header not in attributes:
                    continue
                name = spelled.setdefault(header.casefold(), header)
                value = values.setdefault((name, value.strip().casefold()), value.strip())
                raw.setdefault(name, {}).setdefault(person, value or NOT_GIVEN)
            for header, number in row.scores.items():
                kind = parsed.score_kinds.get(header, "rating")
                scores.append((person, header, kind, float(number), row.date or parsed.date, reading.source))
        if source_kind(parsed) == "interview":
            for speaker in parsed.speakers:
                person_of_label = of.get(f"speaker {reading.source}/{speaker.name or ''}")
                if person_of_label and speaker.name:
                    names.setdefault(person_of_label, speaker.name)
    columns = ["participant", "score", "kind", "value", "date", "source"]
    frame = pd.DataFrame(scores, columns=columns).astype({"value": float, **{c: str for c in columns if c != "value"}})
    return raw, names, frame


def _kept_attributes(reading: Reading, parts: Parts, choices: set[str]) -> set[str]:
    different: dict[str, set[str]] = {}
    for text in parts.read(reading.rows)["attributes"].to_pylist():
        for header, value in json.loads(text).items():
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


def _memberships(
    study: Study, everybody: Sequence[str], raw: Mapping[str, Mapping[str, str]], scores: pd.DataFrame
) -> pd.DataFrame:
    """Who belongs to which named segment; a rule sees attributes as given, and a person's latest score of each kind."""
    found: list[tuple[str, str]] = []
    if study.segments:
        latest: dict[str, dict[str, float]] = {}
        for row in scores.sort_values(["date", "score"], kind="stable").to_dict("records"):
            latest.setdefault(row["participant"], {}).update({row["kind"]: row["value"], row["score"]: row["value"]})
        rules = [(segment.name, parse_rule(segment.rule)) for segment in study.segments]
        for person in everybody:
            known: dict[str, str | float] = {name: given[person] for name, given in raw.items() if person in given}
            known |= {name: score for name, score in latest.get(person, {}).items() if name not in known}
            found += [(person, name) for name, rule in rules if rule.test(known)]
    return pd.DataFrame(found, columns=["participant", "segment"], dtype=str)
