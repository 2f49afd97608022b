"""What was learned is kept, changed by one at a time, follows a renamed theme, and leaves no words in the audit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dashboard.errors import Conflict, NotFound
from dashboard.filters import Filters
from dashboard.records import findings as of
from dashboard.records.findings import Action, Figure, Finding, Pin
from dashboard.records.rows import User
from dashboard.records.store import Records
from dashboard.study import Anchor, Assumption, Stage, Study, Theme

ADA, BEN = User("Ada"), User("Ben")
STUDY = Study(
    "Gardeners", codebook=(Theme("Watering"),), journey=(Stage("Dig"),), assumptions=(Assumption("dry", "x"),)
)
SAID = Anchor("s1", 3, 5, 9, "dear", "too ", " for")
FIGURE = Figure(
    "prevalence", (("theme", "Watering"), ("attr:plan", "pro")), by="plan", filters=Filters(stages=("Dig",)),
    said="3 of 7 people",
)  # fmt: skip


@pytest.fixture
def study(records: Records) -> str:
    with records.begin(by=ADA) as transaction:
        return transaction.create_study(STUDY)


def found(records: Records, study: str) -> list[Finding]:
    with records.read() as connection:
        return of.findings(connection, study)


def test_a_finding_is_changed_by_one_at_a_time(records: Records, study: str) -> None:
    before = records.decisions_version(study)
    with records.begin(by=ADA) as transaction:
        number = of.add_finding(transaction, study, Finding(0, "Hoses leak", objective="leave", figure=FIGURE))
    (first,) = found(records, study)
    assert (first.id, first.version, first.created_by, first.figure) == (number, 1, "Ada", FIGURE)
    with records.begin(by=BEN) as transaction:
        assert of.save_finding(transaction, study, replace(first, claim="All hoses leak", figure=None)) == 2
    with pytest.raises(Conflict, match="somebody else"), records.begin(by=ADA) as transaction:
        of.save_finding(transaction, study, replace(first, claim="Lost"))
    (second,) = found(records, study)
    assert (second.claim, second.figure, second.created_by, second.changed_by) == ("All hoses leak", None, "Ada", "Ben")
    with records.begin(by=ADA) as transaction:
        of.remove_finding(transaction, study, number)
    assert found(records, study) == []
    with pytest.raises(NotFound), records.begin(by=ADA) as transaction:
        of.save_finding(transaction, study, second)
    with pytest.raises(NotFound), records.begin(by=ADA) as transaction:
        of.remove_finding(transaction, study, number)
    assert records.decisions_version(study) == before  # no number on any page follows from a finding


def test_a_finding_of_another_study_is_out_of_reach(records: Records, study: str) -> None:
    with records.begin(by=ADA) as transaction:
        number = of.add_finding(transaction, study, Finding(0, "Hoses leak"))
        other = transaction.create_study(replace(STUDY, name="Others"))
    for write in (
        lambda transaction: of.save_finding(transaction, other, Finding(number, "Mine now")),
        lambda transaction: of.remove_finding(transaction, other, number),
        lambda transaction: of.save_action(transaction, other, Action(0, "Repair", finding=number)),
    ):
        with pytest.raises(NotFound), records.begin(by=ADA) as transaction:
            write(transaction)


def test_the_same_quote_is_pinned_once_and_may_change_sides(records: Records, study: str) -> None:
    with records.begin(by=ADA) as transaction:
        first = of.pin(transaction, study, Pin(0, "assumption", "dry", "for", SAID))
        again = of.pin(transaction, study, Pin(0, "assumption", "dry", "against", SAID))
        other = of.pin(transaction, study, Pin(0, "finding", "1", "", SAID))
    assert first == again != other
    with records.read() as connection:
        pins = of.pins(connection, study)
    assert [(pin.subject, pin.side, pin.anchor, pin.by) for pin in pins] == [
        ("dry", "against", SAID, "Ada"),
        ("1", "", SAID, "Ada"),
    ]
    with records.begin(by=ADA) as transaction:
        of.unpin(transaction, study, first)
    with records.read() as connection:
        assert [pin.id for pin in of.pins(connection, study)] == [other]


def test_verdicts_are_kept_and_the_latest_comes_last(records: Records, study: str) -> None:
    with records.begin(by=ADA) as transaction:
        of.judge(transaction, study, "dry", "supported", "seven said so")
        of.judge(transaction, study, "dry", "mixed", "three did not")
    with records.read() as connection:
        assert [(v.verdict, v.why) for v in of.verdicts(connection, study)] == [
            ("supported", "seven said so"),
            ("mixed", "three did not"),
        ]


def test_an_action_is_added_changed_and_removed(records: Records, study: str) -> None:
    with records.begin(by=ADA) as transaction:
        finding = of.add_finding(transaction, study, Finding(0, "Hoses leak"))
        action = Action(0, "Repair the hose", finding, "Cy", date(2026, 9, 1), "M", "https://example.org/1")
        number = of.save_action(transaction, study, action)
        of.save_action(transaction, study, replace(action, id=number, status="done", due=None))
    with records.read() as connection:
        (kept,) = of.actions(connection, study)
    assert (kept.what, kept.finding, kept.due, kept.status, kept.by) == (
        "Repair the hose",
        finding,
        None,
        "done",
        "Ada",
    )
    with records.begin(by=ADA) as transaction:
        of.remove_action(transaction, study, number)
    with records.read() as connection:
        assert of.actions(connection, study) == []
    with pytest.raises(NotFound), records.begin(by=ADA) as transaction:
        of.save_action(transaction, study, replace(action, id=number))


def test_figures_follow_a_theme_and_a_stage_to_new_names(records: Records, study: str) -> None:
    with records.begin(by=ADA) as transaction:
        of.add_finding(transaction, study, Finding(0, "Hoses leak", figure=FIGURE))
        transaction.rename_value(study, "theme", "Watering", "Hoses")
        transaction.rename_value(study, "stage", "Dig", "Plant")
    (finding,) = found(records, study)
    assert finding.figure == replace(
        FIGURE, keys=(("theme", "Hoses"), ("attr:plan", "pro")), filters=Filters(stages=("Plant",))
    )


def test_the_audit_trail_names_no_words(records: Records, study: str) -> None:
    with records.begin(by=ADA) as transaction:
        number = of.add_finding(transaction, study, Finding(0, "Hoses leak"))
        of.pin(transaction, study, Pin(0, "finding", str(number), "", SAID))
        of.judge(transaction, study, "dry", "mixed", "because")
        of.save_action(transaction, study, Action(0, "Repair"))
    lines = [(row.action, row.subject) for row in reversed(records.audit(study))]
    assert [action for action, _ in lines[1:]] == ["add finding", "pin quote", "judge assumption", "add action"]
    assert all(subject.isdigit() for _, subject in lines[1:])
