"""Named segments: a rule tried out before it is kept, and kept in the study."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import narwhals as nw

from dashboard.errors import InvalidStudy
from dashboard.evidence.engines import readings_of
from dashboard.evidence.parts import PartName
from dashboard.evidence.people import WhoIsWho, rule_rows
from dashboard.evidence.tables import Evidence
from dashboard.rules import Rule, parse_rule
from dashboard.study import NOT_GIVEN, Segment
from dashboard.workspace import studies
from dashboard.workspace.access import Workspace

MOST_NAMED = 6
"""Values of an attribute that a sentence lists; a person who has to choose among more looks at the filters."""
MOST_HELD = 4

Rows = Mapping[str, Mapping[str, str | float]]

_rows: OrderedDict[tuple[str, str, str, int], Rows] = OrderedDict()
_lock = threading.Lock()


@dataclass(frozen=True)
class Preview:
    """Whom a rule fits, of the people heard. problem: one sentence on why it cannot be kept as it is, else ""."""

    people: int
    of: int
    problem: str = ""


def preview(ws: Workspace, evidence: Evidence, rule: str) -> Preview:
    """How many of the people we heard a rule fits, or what is wrong with it.

    A rule sees attributes as they were given and the latest score of each kind (nps, csat, ces, rating) and name.
    """
    heard = set(
        evidence.unfiltered()
        .people()
        .filter(nw.col("heard"))
        .select("participant")
        .collect("pandas")
        .to_native()["participant"]
    )
    try:
        parsed = parse_rule(rule)
    except InvalidStudy as wrong:
        return Preview(0, len(heard), str(wrong))
    rows = {person: row for person, row in _known(ws, evidence).items() if person in heard}
    if unknown := _unknown(parsed, rows):
        return Preview(0, len(heard), unknown)
    fits = sum(parsed.test(row) for row in rows.values())
    return Preview(fits, len(heard), "" if fits else _nobody(parsed, rows))


def save(ws: Workspace, study_id: str, name: str, rule: str, *, instead_of: str = "") -> None:
    """Keep a segment in the study. instead_of: the name of the one it takes the place of.

    Raises InvalidStudy where it has no name, another one has it, or the rule cannot be read.
    """
    name = " ".join(name.split())
    study, version = studies.get(ws, study_id), studies.version(ws, study_id)
    if not name:
        raise InvalidStudy("A segment needs a name; write one and try again.")
    if name != instead_of and any(segment.name.casefold() == name.casefold() for segment in study.segments):
        raise InvalidStudy(f"There is a segment “{name}” already; choose another name.")
    parse_rule(rule)
    made = Segment(name, rule.strip())
    there = [made if segment.name == instead_of else segment for segment in study.segments]
    if made not in there:
        there.append(made)
    with ws.records.begin(by=ws.user) as transaction:
        transaction.save_study(replace(study, segments=tuple(there)), version=version)
        if instead_of not in ("", name):
            transaction.follow(study_id, "segment", instead_of, name)


def remove(ws: Workspace, study_id: str, name: str) -> None:
    """Take a segment out of the study; nobody's words change."""
    study, version = studies.get(ws, study_id), studies.version(ws, study_id)
    kept = tuple(segment for segment in study.segments if segment.name != name)
    studies.save(ws, replace(study, segments=kept), version=version)


def names(ws: Workspace, evidence: Evidence) -> list[str]:
    """What a rule can ask about: attributes first, then scores."""
    scores = evidence.unfiltered().scores().select("kind", "score").unique().collect("pandas").to_native()
    return list(dict.fromkeys([*evidence.attributes, *sorted(set(scores["kind"])), *sorted(set(scores["score"]))]))


def _known(ws: Workspace, evidence: Evidence) -> Rows:
    """What rules see of each participant; held for the few studies that are worked on."""
    key = (ws.settings.records_url, evidence.study.id, evidence.revision, evidence.decisions)
    with _lock:
        if key not in _rows:
            revisions = ws.records.revisions(evidence.study.id)
            revision = next((row for row in revisions if row.id == evidence.revision), None)
            if revision is None:
                return {}
            readings = readings_of([PartName.of(text) for text in revision.parts], ws.parts)
            who = WhoIsWho(ws.records.identities(evidence.study.id), ws.records.parted(evidence.study.id))
            _rows[key] = rule_rows(evidence.study, who, readings, ws.parts)
            while len(_rows) > MOST_HELD:
                _rows.popitem(last=False)
        _rows.move_to_end(key)
        return _rows[key]


def _unknown(rule: Rule, rows: Rows) -> str:
    """That the rule asks about something nobody has; "" where it does not."""
    there = {name: None for row in rows.values() for name in row}
    folded = {name.casefold() for name in there}
    missing = [name for name in rule.names if name.casefold() not in folded]
    if not missing:
        return ""
    known = ", ".join(list(there)[: 3 * MOST_NAMED]) or "none so far"
    return f"Nobody has the attribute or score “{missing[0]}”; there are: {known}."


def _nobody(rule: Rule, rows: Rows) -> str:
    """That the rule fits nobody, with what there is of each thing that it asks about."""
    said = [f"This rule fits none of the {len(rows):,} people we heard."]
    for name in rule.names:
        given = [
            next(value for key, value in row.items() if key.casefold() == name.casefold())
            for row in rows.values()
            if any(key.casefold() == name.casefold() and value != NOT_GIVEN for key, value in row.items())
        ]
        if given:
            said.append(f"“{name}” is known of {len(given):,}: {_range(given)}.")
    return " ".join(said)


def _range(given: Sequence[str | float]) -> str:
    """What values there are.

    >>> _range([0.0, 10.0, 9.0]), _range(["pro", "free", "pro"])
    ('0 to 10', 'free, pro')
    """
    numbers = [value for value in given if not isinstance(value, str)]
    if numbers:
        return f"{min(numbers):g} to {max(numbers):g}"
    values = sorted({str(value) for value in given})
    more = "" if len(values) <= MOST_NAMED else f" and {len(values) - MOST_NAMED:,} more"
    return ", ".join(values[:MOST_NAMED]) + more
