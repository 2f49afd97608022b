"""The latest word on a span holds, words and quotes apart, and can be taken back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboard.errors import NotFound
from dashboard.records import redactions as of
from dashboard.records.rows import User
from dashboard.records.store import Records
from dashboard.study import Anchor, Study

ADA, BEN = User("Ada"), User("Ben")
NAME = Anchor("s1", 3, 5, 9, "Theo", "too ", " for")


@pytest.fixture
def study(records: Records) -> str:
    with records.begin(by=ADA) as transaction:
        return transaction.create_study(Study("Gardeners"))


def holding(records: Records, study: str) -> list[tuple[str, str, str]]:
    with records.read() as connection:
        return [(each.anchor.text, each.action, each.label) for each in of.redactions(connection, study)]


def test_the_latest_on_a_span_holds_and_can_be_taken_back(records: Records, study: str) -> None:
    version = records.decisions_version(study)
    with records.begin(by=ADA) as transaction:
        of.redact(transaction, study, NAME, "hide", "[colleague]")
        shown = of.redact(transaction, study, NAME, "show")
        of.redact(transaction, study, replace(NAME, start=6, text="heo"), "hide", "[name]")
    assert holding(records, study) == [("Theo", "show", ""), ("heo", "hide", "[name]")]
    with records.begin(by=BEN) as transaction:
        of.withdraw(transaction, study, shown)
        with pytest.raises(NotFound):
            of.withdraw(transaction, study, shown)
        with pytest.raises(NotFound):
            of.withdraw(transaction, "another", shown)
    assert holding(records, study) == [("Theo", "hide", "[colleague]"), ("heo", "hide", "[name]")]
    assert records.decisions_version(study) == version
    rows = records.audit(study)
    assert "Theo" not in str(rows)
    assert [row.action for row in rows[:2]] == ["remove redaction", "redact: hide"]


def test_a_quote_that_is_passed_shows_no_word_that_was_hidden(records: Records, study: str) -> None:
    with records.begin(by=ADA) as transaction:
        number = of.redact(transaction, study, NAME, "hide", "[colleague]")
        of.redact(transaction, study, NAME, "leave out")
        of.redact(transaction, study, NAME, "pass")
        with pytest.raises(ValueError, match="erase"):
            of.redact(transaction, study, NAME, "erase")  # type: ignore[arg-type]
    assert holding(records, study) == [("Theo", "hide", "[colleague]"), ("Theo", "pass", "")]
    with records.read() as connection:
        first = of.redactions(connection, study)[0]
    assert (first.id, first.anchor, first.by) == (number, NAME, "Ada")


def test_a_copy_hides_what_the_study_hides(records: Records, study: str) -> None:
    with records.begin(by=ADA) as transaction:
        source, _ = transaction.add_source(study, "a.vtt", "a" * 64, 10)
        of.redact(transaction, study, replace(NAME, source=source), "hide", "[colleague]")
        of.withdraw(transaction, study, of.redact(transaction, study, replace(NAME, source=source), "show"))
        copy = transaction.duplicate_study(study, "A copy")
    with records.read() as connection:
        (copied,) = of.redactions(connection, copy)
    assert copied.anchor == replace(NAME, source=records.sources(copy)[0].id)
    assert copied.action == "hide"
