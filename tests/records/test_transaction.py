"""Every write: what it changes, what it refuses, and the line it leaves in the audit trail."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sqlalchemy as sa

from dashboard.errors import Conflict, InvalidStudy, NotFound
from dashboard.records import schema
from dashboard.records.rows import User
from dashboard.records.store import Records
from dashboard.study import Anchor, Correction, Decision, Identity, SpeakerCorrection, Study, Theme

ADA = User("Ada", email="ada@example.org")
A, B, C = "a" * 64, "b" * 64, "c" * 64
SAID = Decision(Anchor("s1", 3, 5, 9, "dear", "too ", " for"), "theme", "Watering", "confirmed", "Ada")


@pytest.fixture
def study(records: Records) -> str:
    with records.begin(by=ADA) as transaction:
        return transaction.create_study(Study("Gardeners", codebook=(Theme("Watering"),)))


def actions(records: Records, study: str) -> list[str]:
    return [row.action for row in reversed(records.audit(study))]


# ---------------------------------------------------------------- studies


def test_saving_needs_the_present_version(records: Records, study: str) -> None:
    changed = replace(records.study(study), name="Growers")
    with records.begin(by=ADA) as transaction:
        assert transaction.save_study(changed, version=1) == 2
    assert records.study(study).name == records.study_row(study).name == "Growers"
    with pytest.raises(Conflict, match="Growers"), records.begin(by=ADA) as transaction:
        transaction.save_study(replace(changed, name="Lost"), version=1)
    assert records.study(study).name == "Growers"
    assert records.study_row(study).version == 2


def test_a_study_that_does_not_hold_together_is_not_kept(records: Records, study: str) -> None:
    broken = Study("Broken", id=study, codebook=(Theme("A", parent="A"),))
    with pytest.raises(InvalidStudy), records.begin(by=ADA) as transaction:
        transaction.save_study(broken, version=1)
    with pytest.raises(InvalidStudy), records.begin(by=ADA) as transaction:
        transaction.create_study(Study("  "))
    assert records.study(study).name == "Gardeners"


def test_deleting_is_soft(records: Records, study: str) -> None:
    for state in ("archived", "deleted", "active"):
        with records.begin(by=ADA) as transaction:
            transaction.set_state(study, state)  # type: ignore[arg-type]
        assert records.study_row(study).state == state
        assert records.study(study).themes == ("Watering",)
    assert actions(records, study) == ["create study", "study archived", "study deleted", "study active"]
    with pytest.raises(ValueError, match="lost"), records.begin(by=ADA) as transaction:
        transaction.set_state(study, "lost")  # type: ignore[arg-type]


def test_corrections_and_people_of_the_file_stay_in_the_study(records: Records) -> None:
    given = Study(
        "From a file",
        corrections={"a.vtt": Correction(speakers={"S": SpeakerCorrection("interviewer")})},
        identities=(Identity("P1", ("speaker a.vtt/T",), "quote"),),
    )
    with records.begin(by=ADA) as transaction:
        study = transaction.create_study(given)
        source, _ = transaction.add_source(study, "a.vtt", A, 1)
    assert records.study(study) == replace(given, id=study)
    assert records.source(source).correction == Correction()
    assert records.identities(study) == ()


# ---------------------------------------------------------------- sources


def test_bytes_and_names_say_what_a_source_is(records: Records, study: str) -> None:
    with records.begin(by=ADA) as transaction:
        first, outcome = transaction.add_source(study, "a.vtt", A, 10)
        assert outcome == "new"
        assert transaction.add_source(study, "a.vtt", A, 10) == (first, "same")
        assert transaction.add_source(study, "renamed.vtt", A, 10) == (first, "same")
        assert transaction.add_source(study, "a.vtt", B, 20) == (first, "new version")
        other, outcome = transaction.add_source(study, "b.vtt", A, 10)
        assert (outcome, other != first) == ("new", True)
    assert [(row.name, row.digest, row.size) for row in records.sources(study)] == [("a.vtt", B, 20), ("b.vtt", A, 10)]
    assert records.source(first).study_id == study


def test_a_removed_source_comes_back_with_what_was_corrected(records: Records, study: str) -> None:
    correction = Correction(date="2026-03-01")
    with records.begin(by=ADA) as transaction:
        source, _ = transaction.add_source(study, "a.vtt", A, 10)
        transaction.correct(study, source, correction)
        transaction.remove_source(study, source)
    assert records.sources(study) == []
    assert [row.id for row in records.sources(study, removed=True)] == [source]
    assert [row.id for row in records.sources(study, removed=None)] == [source]
    with records.begin(by=ADA) as transaction:
        assert transaction.add_source(study, "other name.vtt", A, 10) == (source, "new")
    assert records.sources(study)[0].correction == correction
    assert records.sources(study)[0].removed_at is None


def test_a_removed_source_does_not_come_back_beside_its_successor(records: Records, study: str) -> None:
    with records.begin(by=ADA) as transaction:
        old, _ = transaction.add_source(study, "a.vtt", A, 10)
        transaction.remove_source(study, old)
        new, outcome = transaction.add_source(study, "a.vtt", B, 10)
        assert (new != old, outcome) == (True, "new")
    with pytest.raises(Conflict, match=r"a\.vtt"), records.begin(by=ADA) as transaction:
        transaction.restore_source(study, old)
    with records.begin(by=ADA) as transaction:
        assert transaction.add_source(study, "a.vtt", A, 10) == (new, "new version")


def test_a_source_of_another_study_is_not_touched(records: Records, study: str) -> None:
    with records.begin(by=ADA) as transaction:
        other = transaction.create_study(Study("Other"))
        source, _ = transaction.add_source(other, "a.vtt", A, 10)
    for write in (
        lambda t: t.remove_source(study, source),
        lambda t: t.restore_source(study, source),
        lambda t: t.correct(study, source, Correction(date="2026-03-01")),
    ):
        with pytest.raises(NotFound), records.begin(by=ADA) as transaction:
            write(transaction)
    assert records.source(source).correction == Correction()


def test_a_correction_that_could_not_be_read_again_is_not_kept(records: Records, study: str) -> None:
    with records.begin(by=ADA) as transaction:
        source, _ = transaction.add_source(study, "a.csv", A, 10)
    with pytest.raises(InvalidStudy), records.begin(by=ADA) as transaction:
        transaction.correct(study, source, Correction(columns={"Q1": "nonsense"}))
    assert records.source(source).correction == Correction()


def test_a_file_name_that_is_no_text_is_kept_as_text(records: Records, study: str) -> None:
    with records.begin(by=ADA) as transaction:
        source, _ = transaction.add_source(study, "caf\udce9.vtt", A, 10)
    assert records.source(source).name == "caf?.vtt"


# ---------------------------------------------------------------- decisions


def test_the_latest_word_of_a_coder_holds(records: Records, study: str) -> None:
    with records.begin(by=ADA) as transaction:
        transaction.decide(study, SAID)
        second = transaction.decide(study, replace(SAID, status="rejected"))
        third = transaction.decide(study, replace(SAID, coder="Ben"))
        fourth = transaction.decide(study, replace(SAID, adjudicated=True))
    found = records.decisions(study)
    assert [each.id for each in found] == [second, third, fourth]
    assert [each.status for each in found] == ["rejected", "confirmed", "confirmed"]
    assert found[0].anchor == SAID.anchor
    assert found[0].at.endswith("+00:00")


def test_other_words_at_the_same_place_are_another_decision(records: Records, study: str) -> None:
    with records.begin(by=ADA) as transaction:
        transaction.decide(study, SAID)
        transaction.decide(study, replace(SAID, anchor=replace(SAID.anchor, text="cold")))
        transaction.decide(study, replace(SAID, anchor=replace(SAID.anchor, turn=4)))
        transaction.decide(study, replace(SAID, value="Tools"))
        transaction.decide(study, replace(SAID, kind="stage"))
    assert len(records.decisions(study)) == 5


def test_what_is_taken_back_leaves_what_was_said_before(records: Records, study: str) -> None:
    with records.begin(by=ADA) as transaction:
        first = transaction.decide(study, SAID)
        second = transaction.decide(study, replace(SAID, status="rejected"))
        transaction.withdraw(study, second)
    assert [(each.id, each.status) for each in records.decisions(study)] == [(first, "confirmed")]
    with records.begin(by=ADA) as transaction:
        transaction.withdraw(study, first)
    assert records.decisions(study) == []
    for gone in (first, 999):
        with pytest.raises(NotFound), records.begin(by=ADA) as transaction:
            transaction.withdraw(study, gone)


def test_a_decision_of_another_study_cannot_be_taken_back(records: Records, study: str) -> None:
    with records.begin(by=ADA) as transaction:
        number = transaction.decide(study, SAID)
        other = transaction.create_study(Study("Other"))
    with pytest.raises(NotFound), records.begin(by=ADA) as transaction:
        transaction.withdraw(other, number)
    assert len(records.decisions(study)) == 1


def test_decisions_follow_a_renamed_theme(records: Records, study: str) -> None:
    with records.begin(by=ADA) as transaction:
        transaction.decide(study, SAID)
        transaction.decide(study, replace(SAID, kind="stage"))
        transaction.rename_value(study, "theme", "Watering", "Water")
    assert [(each.kind, each.value) for each in records.decisions(study)] == [("theme", "Water"), ("stage", "Watering")]


def test_a_row_of_one_key_is_put_once_and_what_is_removed_is_not_there(records: Records, study: str) -> None:
    table, key = schema.saved_view, {"study_id": study, "name": "Mine"}
    values = {"query": "a=1", "pinned": False, "by": "Ada"}
    with records.begin(by=ADA) as transaction:
        values["at"] = transaction.at
        first = transaction.put(table, key, values, once={"page": "themes"})
        assert transaction.put(table, key, {**values, "query": "a=2"}, once={"page": "people"}) == first
        assert transaction.number_of(table, key) == first
        row = transaction.connection.execute(sa.select(table).where(table.c.id == first)).one()
        assert (row.page, row.query) == ("themes", "a=2")
        transaction.remove(table, study, first, what="saved view")
        assert transaction.number_of(table, key) is None
        assert transaction.put(table, key, values, once={"page": "themes"}) != first
    with pytest.raises(NotFound, match="saved view"), records.begin(by=ADA) as transaction:
        transaction.remove(table, study, first, what="saved view")


# ---------------------------------------------------------------- versions, revisions, audit


def test_the_decisions_version_rises_once_in_a_transaction(records: Records, study: str) -> None:
    with records.begin(by=ADA) as transaction:
        transaction.decide(study, SAID)
        transaction.decide(study, replace(SAID, coder="Ben"))
        transaction.identify(study, Identity("P1", ("speaker s1/A",)))
    assert records.decisions_version(study) == 2
    assert records.study_row(study).version == 1


def test_what_raises_the_decisions_version(records: Records, study: str) -> None:
    with records.begin(by=ADA) as transaction:
        source, _ = transaction.add_source(study, "a.vtt", A, 1)
        transaction.add_revision(study, parts=("p",), coder="c", inputs="i")
        transaction.add_job(study, "build")
    assert records.decisions_version(study) == 1, "what was given and computed is named by revisions"
    writes = [
        lambda t: t.correct(study, source, Correction(date="2026-03-01")),
        lambda t: t.identify(study, Identity("P1", ("speaker s1/A", "speaker s1/B"))),
        lambda t: t.part(study, ("speaker s1/A", "speaker s1/B")),
        lambda t: t.decide(study, SAID),
        lambda t: t.rename_value(study, "theme", "Watering", "Water"),
        lambda t: t.withdraw(study, 1),
        lambda t: t.save_study(records.study(study), version=1),
        lambda t: t.remove_source(study, source),
        lambda t: t.restore_source(study, source),
        lambda t: t.set_state(study, "archived"),
    ]
    for n, write in enumerate(writes):
        with records.begin(by=ADA) as transaction:
            write(transaction)
        assert records.decisions_version(study) == 2 + n


def test_two_studies_in_one_transaction_rise_each(records: Records, study: str) -> None:
    with records.begin(by=ADA) as transaction:
        other = transaction.create_study(Study("Other"))
    with records.begin(by=ADA) as transaction:
        transaction.decide(study, SAID)
        transaction.decide(other, SAID)
        transaction.decide(other, replace(SAID, coder="Ben"))
    assert (records.decisions_version(study), records.decisions_version(other)) == (2, 2)


def test_revisions_are_numbered(records: Records, study: str) -> None:
    with records.begin(by=ADA) as transaction:
        first = transaction.add_revision(study, parts=["s1:turns:abc", "s1:rows:def"], coder="c1", inputs="i1")
    with records.begin(by=ADA) as transaction:
        second = transaction.add_revision(study, parts=(), coder="c2", inputs="i2")
    assert (first.number, second.number) == (1, 2)
    assert records.revision(study) == second
    assert records.revisions(study) == [second, first]
    assert records.revisions(study, limit=1) == [second]
    assert records.revisions(study)[1].parts == ("s1:turns:abc", "s1:rows:def")


def test_the_audit_trail_names_the_person_and_no_customers_words(records: Records, study: str) -> None:
    with records.begin(by=ADA) as transaction:
        transaction.decide(study, replace(SAID, value="Watering", anchor=replace(SAID.anchor, text="SECRET")))
        transaction.identify(study, Identity("SECRET", ("speaker s1/SECRET",)))
        transaction.part(study, ("speaker s1/SECRET", "speaker s1/other"))
        source, _ = transaction.add_source(study, "SECRET.vtt", A, 1)
        transaction.correct(study, source, Correction(speakers={"SECRET": SpeakerCorrection("observer")}))
    with records.begin(by=User("Ben")) as transaction:
        transaction.remove_source(study, source)
    rows = records.audit(study)
    assert rows[0].by == "Ben"
    assert {row.by for row in rows[1:]} == {"ada@example.org"}
    assert [row.action for row in rows] == [
        "remove source", "correct source", "add source", "part participants", "identify participant", "decide",
        "create study",
    ]  # fmt: skip
    assert rows[0].subject == source
    assert "SECRET" not in repr(rows)
    assert len(records.audit(limit=2)) == 2
    assert records.audit("another") == []


def test_every_write_of_a_study_that_is_not_there_is_refused(records: Records) -> None:
    for write in (
        lambda t: t.save_study(Study("X", id="none"), version=1),
        lambda t: t.set_state("none", "deleted"),
        lambda t: t.duplicate_study("none", "copy"),
        lambda t: t.add_source("none", "a", A, 1),
        lambda t: t.correct("none", "s", Correction()),
        lambda t: t.identify("none", Identity("P")),
        lambda t: t.part("none", ()),
        lambda t: t.decide("none", SAID),
        lambda t: t.withdraw("none", 1),
        lambda t: t.rename_value("none", "theme", "a", "b"),
        lambda t: t.add_revision("none", parts=(), coder="", inputs=""),
        lambda t: t.add_job("none", "build"),
        lambda t: t.claim_job("none", 1),
        lambda t: t.request_cancel("none"),
    ):
        with pytest.raises(NotFound), records.begin(by=ADA) as transaction:
            write(transaction)
    assert records.audit() == []
