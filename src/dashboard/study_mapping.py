"""Study ↔ plain dicts, lists, texts and numbers: the schema of ``study.yaml``, which the records keep as JSON."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, TypeVar, cast

from dashboard.study import (
    COLUMN_ROLES,
    ROLES,
    Assumption,
    AttributeRule,
    Comparison,
    Correction,
    GuideQuestion,
    Identity,
    Objective,
    Role,
    Segment,
    SpeakerCorrection,
    Stage,
    Study,
    Theme,
)
from dashboard.study_tree import Book, Node

KEYS = (
    "name", "objectives", "assumptions", "guide", "attributes", "segments", "plan", "population", "journey", "codebook",
    "threshold", "interviewers", "sources", "participants",
)  # fmt: skip
CONSENTS = ("quote", "paraphrase", "nothing")
UNTITLED = "Untitled study"

_T = TypeVar("_T")
Record = Mapping[str, Node]


def from_mapping(mapping: Mapping[str, Any], *, name: str = "the stored study") -> Study:
    """The study that ``to_mapping`` wrote."""
    return study_of(Node(dict(mapping), Book(name)))


# ---------------------------------------------------------------- mapping → study


def text_of(record: Record, key: str, default: str = "") -> str:
    """The text under a key that may be missing."""
    node = record.get(key)
    return node.text() if node and node.value != "" else default


def each_of(record: Record, key: str, read: Callable[[Node], _T]) -> tuple[_T, ...]:
    """What ``read`` makes of each member of the list under a key that may be missing."""
    return tuple(read(node) for node in record[key].items()) if key in record else ()


def _texts(record: Record, key: str) -> tuple[str, ...]:
    return record[key].texts() if key in record else ()


def study_of(root: Node) -> Study:
    """The study that a tree describes; it need not hold together yet. Raises InvalidStudy."""
    record = root.record(*KEYS)
    sources = record["sources"].entries() if "sources" in record else {}
    return Study(
        name=record["name"].text() if "name" in record else UNTITLED,
        objectives=each_of(record, "objectives", _objective),
        assumptions=each_of(record, "assumptions", _assumption),
        guide=each_of(record, "guide", _guide_question),
        attributes=_attributes(record),
        segments=each_of(record, "segments", _segment),
        plan={name: _counts(node) for name, node in _entries(record, "plan")},
        population={name: _weights(node) for name, node in _entries(record, "population")},
        journey=each_of(record, "journey", stage_of),
        codebook=each_of(record, "codebook", theme_of),
        threshold=record["threshold"].number(0, 1) if "threshold" in record else 0.5,
        interviewers=_texts(record, "interviewers"),
        corrections={name: _correction(node) for name, node in sources.items()},
        identities=each_of(record, "participants", _identity),
    )


def _entries(record: Record, key: str) -> Iterable[tuple[str, Node]]:
    return record[key].entries().items() if key in record else ()


def _numbered(node: Node, record: Record, letter: str) -> str:
    return text_of(record, "id", f"{letter}{int(node.place[-1]) + 1}")


def _objective(node: Node) -> Objective:
    record = node.record("id", "question", "comparisons")
    return Objective(
        _numbered(node, record, "o"), node.need(record, "question").text(), each_of(record, "comparisons", _comparison)
    )


def _comparison(node: Node) -> Comparison:
    record = node.record("theme", "by")
    return Comparison(node.need(record, "theme").text(), node.need(record, "by").text())


def _assumption(node: Node) -> Assumption:
    record = node.record("id", "belief", "for", "against")
    return Assumption(
        _numbered(node, record, "a"),
        node.need(record, "belief").text(),
        _texts(record, "for"),
        _texts(record, "against"),
    )


def _guide_question(node: Node) -> GuideQuestion:
    record = node.record("id", "question", "stage")
    return GuideQuestion(
        _numbered(node, record, "q"), node.need(record, "question").text(), text_of(record, "stage") or None
    )


def _attributes(record: Record) -> tuple[AttributeRule, ...]:
    found = []
    for name, node in _entries(record, "attributes"):
        rule = node.record("order", "groups", "cluster")
        groups = {group: _bounds(bounds) for group, bounds in _entries(rule, "groups")}
        cluster = rule["cluster"].flag() if "cluster" in rule else False
        found.append(AttributeRule(name, _texts(rule, "order"), groups, cluster))
    return tuple(found)


def _bounds(node: Node) -> tuple[float | None, float | None]:
    pair = node.items()
    if len(pair) != 2:
        raise node.problem("a group needs two bounds; write [from, to], with null for an open end.")
    low, high = (None if bound.value is None else bound.number() for bound in pair)
    if low is not None and high is not None and low >= high:
        raise node.problem(
            "the group is empty, since its values are at least the first and below the second bound; correct one."
        )
    return low, high


def _segment(node: Node) -> Segment:
    record = node.record("name", "rule")
    return Segment(node.need(record, "name").text(), node.need(record, "rule").text())


def _counts(node: Node) -> dict[str, int]:
    return {value: count.whole(0) for value, count in node.entries().items()}


def _weights(node: Node) -> dict[str, float]:
    weights = {value: weight.number(0) for value, weight in node.entries().items()}
    if weights and not sum(weights.values()) > 0:
        raise node.problem("all shares are 0; give the share of each value in the population.")
    return weights


def stage_of(node: Node) -> Stage:
    """One stage of a journey."""
    record = node.record("stage", "definition", "cues")
    return Stage(node.need(record, "stage").text(), text_of(record, "definition"), _texts(record, "cues"))


def theme_of(node: Node) -> Theme:
    """One theme of a codebook."""
    record = node.record("theme", "parent", "definition", "cues", "include", "exclude")
    return Theme(
        node.need(record, "theme").text(),
        text_of(record, "definition"),
        _texts(record, "cues"),
        _texts(record, "include"),
        _texts(record, "exclude"),
        text_of(record, "parent") or None,
    )


def _identity(node: Node) -> Identity:
    record = node.record("id", "is", "consent")
    consent = record["consent"].choice(CONSENTS) if "consent" in record else None
    return Identity(node.need(record, "id").text(), _texts(record, "is"), consent)


def correction_from_mapping(mapping: Mapping[str, Any], *, name: str = "the correction") -> Correction:
    """The correction that ``correction_to_mapping`` wrote."""
    return _correction(Node(dict(mapping), Book(name)))


def _correction(node: Node) -> Correction:
    record = node.record("speakers", "columns", "date", "recording", "sheet", "header_row", "encoding")
    return Correction(
        speakers={label: _speaker(speaker) for label, speaker in _entries(record, "speakers")},
        columns={header: column.choice(COLUMN_ROLES) for header, column in _entries(record, "columns")},
        date=_date(record["date"]) if "date" in record else None,
        recording=_address(record["recording"]) if "recording" in record else None,
        sheet=text_of(record, "sheet") or None,
        header_row=record["header_row"].whole(1) if "header_row" in record else None,
        encoding=_encoding(record["encoding"]) if "encoding" in record else None,
    )


def _speaker(node: Node) -> SpeakerCorrection:
    record = node.record("role", "participant", "name")
    role = cast(Role, record["role"].choice(ROLES)) if "role" in record else None
    return SpeakerCorrection(role, text_of(record, "participant") or None, text_of(record, "name") or None)


def _date(node: Node) -> str:
    text = node.text()
    try:
        return datetime.date.fromisoformat(text).isoformat()
    except ValueError:
        raise node.problem(f"“{text[:40]}” is no date; write it as 2026-06-30.") from None


def _address(node: Node) -> str:
    text = node.text()
    if not text.lower().startswith(("https://", "http://")):
        raise node.problem(f"“{text[:40]}” is no web address; write one that begins with https://.")
    return text


def _encoding(node: Node) -> str:
    text = node.text()
    try:
        b"?".decode(text)
    except UnicodeError:
        return text  # known, only not to its taste
    except (LookupError, ValueError):
        raise node.problem(f"the encoding “{text[:40]}” is not known; write for example utf-8 or cp1252.") from None
    return text


# ---------------------------------------------------------------- study → mapping


def _filled(**entries: Any) -> dict[str, Any]:
    """The entries that say something; ``for_`` and ``is_`` stand for words that Python keeps for itself."""
    return {
        key.rstrip("_"): _plain(value) for key, value in entries.items() if value not in (None, "", (), [], {}, False)
    }


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, Collection) and not isinstance(value, str):
        return [_plain(item) for item in value]
    return int(value) if isinstance(value, float) and value.is_integer() and abs(value) < 1e15 else value


def to_mapping(study: Study) -> dict[str, Any]:
    """The study as dicts, lists, texts and numbers, in the order of the study file; what is empty is left out."""
    threshold = {} if study.threshold == 0.5 else {"threshold": study.threshold}
    return {
        "name": study.name,
        **_filled(
            objectives=[
                _filled(
                    id=objective.id,
                    question=objective.question,
                    comparisons=[{"theme": each.theme, "by": each.by} for each in objective.comparisons],
                )
                for objective in study.objectives
            ],
            assumptions=[
                _filled(id=each.id, belief=each.belief, for_=each.supports, against=each.contradicts)
                for each in study.assumptions
            ],
            guide=[_filled(id=each.id, question=each.question, stage=each.stage) for each in study.guide],
            attributes={
                rule.name: _filled(order=rule.order, groups=rule.groups, cluster=rule.cluster)
                for rule in study.attributes
            },
            segments=[{"name": segment.name, "rule": segment.rule} for segment in study.segments],
            plan=study.plan,
            population=study.population,
            journey=[_filled(stage=each.name, definition=each.definition, cues=each.cues) for each in study.journey],
            codebook=[_theme_to_mapping(theme) for theme in study.codebook],
        ),
        **threshold,
        **_filled(
            interviewers=study.interviewers,
            sources={name: correction_to_mapping(correction) for name, correction in study.corrections.items()},
            participants=[
                _filled(id=each.participant, is_=each.mentions, consent=each.consent) for each in study.identities
            ],
        ),
    }


def _theme_to_mapping(theme: Theme) -> dict[str, Any]:
    return _filled(
        theme=theme.name,
        parent=theme.parent,
        definition=theme.definition,
        cues=theme.cues,
        include=theme.include,
        exclude=theme.exclude,
    )


def correction_to_mapping(correction: Correction) -> dict[str, Any]:
    """A correction as it stands under ``sources`` in the study file."""
    speakers = {
        label: _filled(role=speaker.role, participant=speaker.participant, name=speaker.name)
        for label, speaker in correction.speakers.items()
    }
    return _filled(
        speakers=speakers,
        columns=correction.columns,
        date=correction.date,
        recording=correction.recording,
        sheet=correction.sheet,
        header_row=correction.header_row,
        encoding=correction.encoding,
    )
