"""Study ↔ plain dicts, lists, texts and numbers: the schema of ``study.yaml``, which the records keep as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboard.study import (
    Assumption,
    AttributeRule,
    Comparison,
    GuideQuestion,
    Identity,
    Objective,
    Segment,
    Stage,
    Study,
    Theme,
)
from dashboard.study_corrections import correction_from_mapping as correction_from_mapping
from dashboard.study_corrections import correction_of_node, filled
from dashboard.study_corrections import correction_to_mapping as correction_to_mapping
from dashboard.study_tree import Book, Node, Record, each_of, entries_of, text_of, texts_of

KEYS = (
    "name", "objectives", "assumptions", "guide", "attributes", "segments", "plan", "population", "journey", "codebook",
    "threshold", "interviewers", "sources", "participants",
)  # fmt: skip
CONSENTS = ("quote", "paraphrase", "nothing")
UNTITLED = "Untitled study"


def from_mapping(mapping: Mapping[str, Any], *, name: str = "the stored study") -> Study:
    """The study that ``to_mapping`` wrote."""
    return study_of(Node(dict(mapping), Book(name)))


# ---------------------------------------------------------------- mapping → study


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
        plan={name: _counts(node) for name, node in entries_of(record, "plan")},
        population={name: _weights(node) for name, node in entries_of(record, "population")},
        journey=each_of(record, "journey", stage_of),
        codebook=each_of(record, "codebook", theme_of),
        threshold=record["threshold"].number(0, 1) if "threshold" in record else 0.5,
        interviewers=texts_of(record, "interviewers"),
        corrections={name: correction_of_node(node) for name, node in sources.items()},
        identities=each_of(record, "participants", _identity),
    )


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
        texts_of(record, "for"),
        texts_of(record, "against"),
    )


def _guide_question(node: Node) -> GuideQuestion:
    record = node.record("id", "question", "stage")
    return GuideQuestion(
        _numbered(node, record, "q"), node.need(record, "question").text(), text_of(record, "stage") or None
    )


def _attributes(record: Record) -> tuple[AttributeRule, ...]:
    found = []
    for name, node in entries_of(record, "attributes"):
        rule = node.record("order", "groups", "cluster")
        groups = {group: _bounds(bounds) for group, bounds in entries_of(rule, "groups")}
        cluster = rule["cluster"].flag() if "cluster" in rule else False
        found.append(AttributeRule(name, texts_of(rule, "order"), groups, cluster))
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
    return Stage(node.need(record, "stage").text(), text_of(record, "definition"), texts_of(record, "cues"))


def theme_of(node: Node) -> Theme:
    """One theme of a codebook."""
    record = node.record("theme", "parent", "definition", "cues", "include", "exclude")
    return Theme(
        node.need(record, "theme").text(),
        text_of(record, "definition"),
        texts_of(record, "cues"),
        texts_of(record, "include"),
        texts_of(record, "exclude"),
        text_of(record, "parent") or None,
    )


def _identity(node: Node) -> Identity:
    record = node.record("id", "is", "consent")
    consent = record["consent"].choice(CONSENTS) if "consent" in record else None
    return Identity(node.need(record, "id").text(), texts_of(record, "is"), consent)


# ---------------------------------------------------------------- study → mapping


def to_mapping(study: Study) -> dict[str, Any]:
    """The study as dicts, lists, texts and numbers, in the order of the study file; what is empty is left out."""
    threshold = {} if study.threshold == 0.5 else {"threshold": study.threshold}
    return {
        "name": study.name,
        **filled(
            objectives=[
                filled(
                    id=objective.id,
                    question=objective.question,
                    comparisons=[{"theme": each.theme, "by": each.by} for each in objective.comparisons],
                )
                for objective in study.objectives
            ],
            assumptions=[
                filled(id=each.id, belief=each.belief, for_=each.supports, against=each.contradicts)
                for each in study.assumptions
            ],
            guide=[filled(id=each.id, question=each.question, stage=each.stage) for each in study.guide],
            attributes={
                rule.name: filled(order=rule.order, groups=rule.groups, cluster=rule.cluster)
                for rule in study.attributes
            },
            segments=[{"name": segment.name, "rule": segment.rule} for segment in study.segments],
            plan=study.plan,
            population=study.population,
            journey=[filled(stage=each.name, definition=each.definition, cues=each.cues) for each in study.journey],
            codebook=[theme_to_mapping(theme) for theme in study.codebook],
        ),
        **threshold,
        **filled(
            interviewers=study.interviewers,
            sources={name: correction_to_mapping(correction) for name, correction in study.corrections.items()},
            participants=[
                filled(id=each.participant, is_=each.mentions, consent=each.consent) for each in study.identities
            ],
        ),
    }


def theme_to_mapping(theme: Theme) -> dict[str, Any]:
    """One theme as the study file has it."""
    return filled(
        theme=theme.name,
        parent=theme.parent,
        definition=theme.definition,
        cues=theme.cues,
        include=theme.include,
        exclude=theme.exclude,
    )
