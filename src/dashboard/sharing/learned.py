"""Findings and saved views as they are published: claims redacted, figures and choices by the names of the version."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, urlencode

import pandas as pd

from dashboard.analysis.in_words import row_in_words
from dashboard.charts.measures import MEASURES
from dashboard.errors import InvalidFilter
from dashboard.evidence.tables import NO_STAGE, SEGMENT, Evidence
from dashboard.filters import ATTRIBUTE_PREFIX, Filters
from dashboard.records.anchors import attach
from dashboard.records.findings import Figure, Finding, Pin
from dashboard.records.views import SavedView
from dashboard.sharing.chosen import passages_on
from dashboard.sharing.documents import Names
from dashboard.sharing.excerpts import each_of
from dashboard.sharing.frozen import PublishedFinding, PublishedView
from dashboard.sharing.policy import Policy

_PLAIN = ("source_kind", "feeling", "struggle", "effort", "need")
_OF_PAGES = ("sort", "mentions")
PAGES_BY_PERSON = ("participants", "answers", "interviews")


def published_findings(
    evidence: Evidence,
    findings: Sequence[Finding],
    pins: Sequence[Pin],
    policy: Policy,
    names: Names,
    *,
    passages: pd.DataFrame,
    turns: pd.DataFrame,
    passage_of: Mapping[str, str],
    safe: Callable[[str], str],
) -> tuple[PublishedFinding, ...]:
    """The chosen findings, in the order chosen. passage_of: quote in the evidence → in the version."""
    known = {finding.id: finding for finding in findings}
    questions = {objective.id: objective.question for objective in evidence.study.objectives}
    chosen = [known[number] for number in policy.findings if number in known]
    quotes = _pinned(chosen, pins, passages, turns, passage_of)
    return tuple(
        PublishedFinding(
            number, safe(finding.claim), finding.kind, safe(questions.get(finding.objective, "")),
            figure_of(finding.figure, names), "", quotes.get(finding.id, ()),
        )
        for number, finding in enumerate(chosen, 1)
    )  # fmt: skip


def _pinned(
    findings: Sequence[Finding], pins: Sequence[Pin], passages: pd.DataFrame, turns: pd.DataFrame,
    passage_of: Mapping[str, str],
) -> dict[int, tuple[str, ...]]:  # fmt: skip
    wanted = {str(finding.id): finding.id for finding in findings}
    mine = [pin for pin in pins if pin.subject_kind == "finding" and pin.subject in wanted]
    texts: dict[str, dict[int, str]] = {pin.anchor.source: {} for pin in mine}
    for row in each_of(turns[turns["source"].isin(list(texts))]):
        texts[str(row.source)][int(row.turn)] = str(row.text)
    found: dict[int, tuple[str, ...]] = {}
    for pin in mine:
        span = attach(pin.anchor, texts[pin.anchor.source])
        there = sorted(passages_on([span], passages)) if span else []
        shown = [passage_of[passage] for passage in there[:1] if passage in passage_of]
        number = wanted[pin.subject]
        found[number] = tuple(dict.fromkeys((*found.get(number, ()), *shown)))
    return found


def figure_of(figure: Figure | None, names: Names) -> Figure | None:
    """The figure over the version; None where it names what was left out there."""
    if figure is None:
        return None
    keys = []
    for name, value in figure.keys:
        key = _key(name, value, names)
        if key is None:
            return None
        keys.append(key)
    by = figure.by
    if by not in (None, SEGMENT, "theme"):
        by = names.attributes.get(str(by))
        if by is None:
            return None
    filters = filters_of(figure.filters, names)
    return None if filters is None else Figure(figure.measure, tuple(keys), by, filters, figure.pool, "")


def filters_of(filters: Filters, names: Names) -> Filters | None:
    """The same choice over the version; None where it names what was left out there, or looks for words."""
    if filters.text:
        return None
    attributes = []
    for name, values in filters.attributes:
        named = [names.values.get((name, value)) for value in values]
        if name not in names.attributes or None in named:
            return None
        attributes.append((names.attributes[name], tuple(value for value in named if value is not None)))
    stages = {**names.stages, NO_STAGE: NO_STAGE}
    of = [
        [known.get(value) for value in values]
        for known, values in (
            (names.segments, filters.segments),
            (stages, filters.stages),
            (names.themes, filters.themes),
        )
    ]
    if any(None in values for values in of):
        return None
    segments, staged, themes = (tuple(value for value in values if value is not None) for values in of)
    return Filters(tuple(sorted(attributes)), segments, filters.source_kinds, staged, themes, "")


def published_views(
    views: Sequence[SavedView], policy: Policy, names: Names, safe: Callable[[str], str]
) -> tuple[PublishedView, ...]:
    """The chosen views that the version can show, without what names a person or a quote."""
    found = []
    known = {view.id: view for view in views}
    for number in policy.views:
        view = known.get(number)
        if view is None or (view.page in PAGES_BY_PERSON and not policy.persons):
            continue
        pairs = [_parameter(name, value, names) for name, value in parse_qsl(view.query)]
        if None not in pairs:
            query = urlencode([pair for pair in pairs if pair])
            found.append(PublishedView(safe(view.name), view.page, query))
    return tuple(found)


def _parameter(name: str, value: str, names: Names) -> tuple[str, str] | tuple[()] | None:
    """One parameter of an address in the version; () where it is dropped, None where the view cannot be shown."""
    if name in ("passage", "person", "question", "study", "share", "text", "together"):
        return ()
    if name == "by":
        return (
            (name, names.attributes.get(value, value))
            if value in names.attributes or value in (SEGMENT, "theme")
            else None
        )
    if name == "at":
        return (name, names.stages[value]) if value in names.stages else None
    key = _key(name, value, names)
    if key is not None:
        return key[0], str(key[1])
    # of what else a page lets one choose, these are words of this program; anything else is one of the study
    return (name, value) if name in _OF_PAGES else None


def _key(name: str, value: Any, names: Names) -> tuple[str, Any] | None:
    """One key of a row by the names of the version."""
    known = {
        "theme": names.themes, "other": names.themes, "stage": {**names.stages, NO_STAGE: NO_STAGE},
        SEGMENT: names.segments,
    }  # fmt: skip
    if name in known:
        return (name, known[name][str(value)]) if str(value) in known[name] else None
    if name.startswith(ATTRIBUTE_PREFIX):
        attribute = name.removeprefix(ATTRIBUTE_PREFIX)
        if (attribute, str(value)) not in names.values:
            return None
        return ATTRIBUTE_PREFIX + names.attributes[attribute], names.values[attribute, str(value)]
    return (name, value) if name in _PLAIN else None


def with_figures(evidence: Evidence, findings: Sequence[PublishedFinding]) -> tuple[PublishedFinding, ...]:
    """The findings with what their figures say over the version; none where its row is not there."""
    return tuple(replace(each, said=said_of(evidence, each.figure)) for each in findings)


def said_of(evidence: Evidence, figure: Figure | None) -> str:
    """What a figure says over this evidence now; "" where there is none, or its row is no more."""
    if figure is None or figure.measure not in MEASURES:
        return ""
    try:
        measured = MEASURES[figure.measure].function(
            evidence.unfiltered().where(figure.filters), figure.by, pool=figure.pool
        )
    except InvalidFilter:
        return ""
    position = measured.find(dict(figure.keys))
    return "" if position is None else row_in_words(measured, position)
