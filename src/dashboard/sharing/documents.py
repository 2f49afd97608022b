"""The study as viewers read it: its themes, stages, segments and questions redacted, what is not chosen left out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Any, TypeVar

import narwhals as nw
import pandas as pd

from dashboard.errors import InvalidStudy
from dashboard.evidence.tables import Evidence, attribute_column
from dashboard.rules import Rule, parse_rule
from dashboard.sharing.anonymity import OTHER
from dashboard.sharing.groups import TOGETHER, Grouped
from dashboard.sharing.rewriting import unique
from dashboard.study import AttributeRule, Comparison, Segment, Study

Number = TypeVar("Number", int, float)
Of = TypeVar("Of")

MOST_TRIED = 2_000
"""Combinations of values behind "other" that a rule is tried on; with more it is left out."""


@dataclass(frozen=True)
class Names:
    """What each name of the study is called in the version; what is not there was left out."""

    themes: Mapping[str, str]
    stages: Mapping[str, str]
    attributes: Mapping[str, str]
    values: Mapping[tuple[str, str], str]
    segments: Mapping[str, str]
    objectives: Mapping[str, str]


@dataclass(frozen=True)
class Segments:
    """The named segments that are left. of_class: class → names. left_out: those that what stays does not tell."""

    of_class: Mapping[int, tuple[str, ...]]
    kept: tuple[str, ...]
    left_out: tuple[str, ...]


def names_of(evidence: Evidence, groups: Grouped, segments: Segments, safe: Callable[[str], str]) -> Names:
    """What everything is called. safe: a text as it may leave."""
    study = evidence.study

    def named(names: Sequence[str]) -> dict[str, str]:
        return unique(names, {name: safe(name) for name in names})

    values: dict[tuple[str, str], str] = {}
    for name in groups.kept:
        there = groups.values(evidence, name)
        given = unique(there, {value: value if value in (OTHER, TOGETHER) else safe(value) for value in there})
        values |= {(name, value): given[value] for value in there}
    return Names(
        named(study.themes),
        named(study.stages),
        named(groups.kept),
        values,
        named(segments.kept),
        named(tuple(objective.id for objective in study.objectives)),
    )


def study_of(evidence: Evidence, groups: Grouped, names: Names, safe: Callable[[str], str]) -> Study:
    """The study's document: no cues, examples, rules, corrections or people; the rest redacted."""
    study = evidence.study
    rules = {rule.name: rule for rule in study.attributes}
    ordered = [rules.get(name, AttributeRule(name)) for name in groups.kept]
    known = set(names.themes.values())
    return Study(
        name=safe(study.name),
        objectives=tuple(
            replace(
                each, id=names.objectives[each.id], question=safe(each.question),
                comparisons=tuple(
                    Comparison(names.themes[c.theme], names.attributes[c.by])
                    for c in each.comparisons
                    if c.theme in names.themes and c.by in names.attributes
                ),
            )
            for each in study.objectives
        ),
        assumptions=tuple(
            replace(
                each, id=f"a{number}", belief=safe(each.belief),
                supports=tuple(names.themes[theme] for theme in each.supports if theme in names.themes),
                contradicts=tuple(names.themes[theme] for theme in each.contradicts if theme in names.themes),
            )
            for number, each in enumerate(study.assumptions, 1)
        ),
        guide=tuple(
            replace(each, id=f"q{number}", question=safe(each.question), stage=names.stages.get(each.stage or ""))
            for number, each in enumerate(study.guide, 1)
        ),
        attributes=tuple(
            AttributeRule(
                names.attributes[rule.name],
                order=tuple(names.values[rule.name, v] for v in groups.values(evidence, rule.name)),
                cluster=rule.cluster,
            )
            for rule in ordered
        ),
        segments=tuple(Segment(names.segments[s.name], "") for s in study.segments if s.name in names.segments),
        plan=_by_value(_kept_everywhere(study.plan, groups), names, groups, safe),
        population=_by_value(_kept_everywhere(study.population, groups), names, groups, safe),
        journey=tuple(
            replace(each, name=names.stages[each.name], definition=safe(each.definition), cues=())
            for each in study.journey
        ),
        codebook=tuple(
            replace(
                each, name=names.themes[each.name], definition=safe(each.definition), cues=(), include=(), exclude=(),
                parent=None if each.parent is None
                else (parent if (parent := safe(each.parent)) not in known else names.themes.get(each.parent)),
            )
            for each in study.codebook
        ),
        threshold=study.threshold,
    )  # fmt: skip


def _kept_everywhere(given: Mapping[str, Of], groups: Grouped) -> dict[str, Of]:
    """What is given of attributes that every source kind keeps: of another, too few would seem to have been heard."""
    return {name: of for name, of in given.items() if all(name in kept for kept in groups.of_kind.values())}


def _by_value(
    given: Mapping[str, Mapping[str, Number]], names: Names, groups: Grouped, safe: Callable[[str], str]
) -> dict[str, dict[str, Number]]:
    """Numbers by value, those of values that became "other" added up there; nothing of what was left out."""
    found: dict[str, dict[str, Number]] = {}
    for name, numbers in given.items():
        if name not in groups.kept:
            continue
        coarse = {value for (_, of), values in groups.other.items() if of == name for value in values}
        mine = found.setdefault(names.attributes[name], {})
        for value, number in numbers.items():
            shown = names.values.get((name, value)) or names.values.get((name, OTHER) if value in coarse else ("", ""))
            shown = shown or safe(value)
            mine[shown] = mine[shown] + number if shown in mine else number
    return found


def records_of(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a frame, each as a mapping."""
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]


def segments_of(evidence: Evidence, groups: Grouped) -> Segments:
    """Which named segments each class belongs to, by their rules over the values that are left.

    A class belongs to a segment where the rule holds whichever values stand behind its "other". A segment is left out
    where its rule asks for what is not kept, needs finer values than are shown, or holds for no class.
    """
    classes: dict[int, set[str]] = {int(number): set() for number in groups.rows["class"].unique()}
    kept, left_out = [], []
    members = evidence.open_table("memberships").collect("pandas").to_pandas()
    everybody = evidence.people().filter(nw.col("heard")).collect("pandas").to_pandas()
    columns = {attribute_column(name): name for name in evidence.attributes}
    people = everybody[["participant", *columns]].rename(columns=columns).astype(str)
    behind = {
        (kind, name): tuple(values) for (kind, name), values in groups.other.items()
    }  # fmt: skip
    firsts = groups.rows.drop_duplicates("class")
    for segment in evidence.study.segments:
        try:
            rule = parse_rule(segment.rule)
        except InvalidStudy:
            left_out.append(segment.name)
            continue
        true = set(members.loc[members["segment"] == segment.name, "participant"])
        asked = _asked(rule, groups.kept)
        exact = asked is not None and all(rule.test(row) == (row["participant"] in true) for row in records_of(people))
        holding = [
            int(row["class"])
            for row in records_of(firsts)
            if exact and asked is not None and _holds(rule, row, asked, behind, groups)
        ]
        if holding:
            kept.append(segment.name)
            for number in holding:
                classes[number].add(segment.name)
        else:
            left_out.append(segment.name)
    order = {name: place for place, name in enumerate(kept)}
    return Segments(
        {number: tuple(sorted(of, key=order.__getitem__)) for number, of in classes.items()},
        tuple(kept),
        tuple(left_out),
    )


def _asked(rule: Rule, kept: Sequence[str]) -> tuple[str, ...] | None:
    """The kept attributes that a rule asks about; None where it asks for anything else."""
    folded = {name.casefold(): name for name in kept}
    found = [folded.get(name.casefold()) for name in rule.names]
    return None if None in found else tuple(name for name in found if name is not None)


def _holds(
    rule: Rule, row: Mapping[str, object], asked: Sequence[str], behind: Mapping[tuple[str, str], tuple[str, ...]],
    groups: Grouped,
) -> bool:  # fmt: skip
    kind = str(row["source_kind"])
    if any(name not in groups.of_kind.get(kind, ()) for name in asked):
        return False
    choices = [
        behind[kind, name] if row[name] == OTHER and (kind, name) in behind else (str(row[name]),) for name in asked
    ]
    tried = 1
    for values in choices:
        tried *= len(values)
    if not tried or tried > MOST_TRIED:
        return False
    return all(rule.test(dict(zip(asked, values, strict=True))) for values in product(*choices))
