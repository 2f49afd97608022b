"""A duplicated study: everything is there, speaks of its own sources, and goes its own way."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from dashboard.records import cards, findings, notes, views
from dashboard.records.cards import Card
from dashboard.records.copying import moved
from dashboard.records.findings import Action, Finding, Pin
from dashboard.records.rows import User
from dashboard.records.store import open_records
from dashboard.study import Anchor, Correction, Decision, Identity, Study, Theme

ADA = User("Ada")


def test_a_mention_of_a_source_moves_and_others_stay() -> None:
    ids = {"aa": "bb"}
    assert moved("row aa/7", ids) == "row bb/7"
    assert moved("speaker aa/either/or", ids) == "speaker bb/either/or"
    assert moved("speaker a.vtt/S", ids) == "speaker a.vtt/S"
    assert moved("nonsense", ids) == "nonsense"


def test_a_copy_has_everything_and_speaks_of_its_own_sources(tmp_path: Path) -> None:
    records = open_records(f"sqlite:///{tmp_path / 'records.sqlite'}")
    with records.begin(by=ADA) as transaction:
        study = transaction.create_study(Study("Gardeners", codebook=(Theme("Watering"),)))
        one, _ = transaction.add_source(study, "z.vtt", "a" * 64, 10)
        transaction.correct(study, one, Correction(date="2026-03-01"))
    with records.begin(by=ADA) as transaction:
        two, _ = transaction.add_source(study, "a.csv", "b" * 64, 20)
        gone, _ = transaction.add_source(study, "gone.vtt", "c" * 64, 30)
        transaction.remove_source(study, gone)
        transaction.identify(study, Identity("P1", (f"speaker {one}/S", f"row {two}/1"), "quote"))
        transaction.part(study, (f"row {two}/2", f"row {two}/3"))
        said = Decision(Anchor(one, 0, 0, 4, "text", "before", "after"), "theme", "Watering", "confirmed", "Ada")
        transaction.decide(study, replace(said, status="rejected"))
        transaction.decide(study, said)
        transaction.withdraw(study, transaction.decide(study, replace(said, coder="Ben")))
        named = replace(
            Study("Gardeners", id=study, codebook=(Theme("Watering"),)),
            corrections={one: Correction(recording="https://example.org"), "a.csv": Correction(sheet="A")},
            identities=(Identity("P2", (f"row {two}/9", "row a.csv/8")),),
        )
        transaction.save_study(named, version=1)
    before = records.decisions(study)
    with records.begin(by=User("Ben")) as transaction:
        copy = transaction.duplicate_study(study, "A copy")

    sources = {row.name: row for row in records.sources(copy)}
    assert list(sources) == [row.name for row in records.sources(study)] == ["z.vtt", "a.csv"]
    first, second = sources["z.vtt"].id, sources["a.csv"].id
    assert {first, second}.isdisjoint({one, two})
    assert sources["z.vtt"].correction == Correction(date="2026-03-01")
    assert sources["z.vtt"].digest == "a" * 64
    assert records.identities(copy) == (Identity("P1", (f"speaker {first}/S", f"row {second}/1"), "quote"),)
    assert records.parted(copy) == {(f"row {second}/2", f"row {second}/3")}
    (decision,) = records.decisions(copy)
    assert replace(decision, id=0) == replace(before[0], id=0, anchor=replace(before[0].anchor, source=first))
    document = records.study(copy)
    assert (document.name, document.id) == ("A copy", copy)
    assert document.corrections == {first: Correction(recording="https://example.org"), "a.csv": Correction(sheet="A")}
    assert document.identities == (Identity("P2", (f"row {second}/9", "row a.csv/8")),)
    assert records.study_row(copy).version == records.study_row(copy).decisions_version == 1

    with records.begin(by=ADA) as transaction:
        transaction.remove_source(copy, first)
        transaction.withdraw(copy, decision.id)
    assert records.decisions(study) == before
    assert len(records.sources(study)) == 2
    records.close()


def test_a_copy_has_what_was_learned_and_speaks_of_its_own_sources(tmp_path: Path) -> None:
    records = open_records(f"sqlite:///{tmp_path / 'records.sqlite'}")
    with records.begin(by=ADA) as transaction:
        study = transaction.create_study(Study("Gardeners", codebook=(Theme("Watering"),)))
        source, _ = transaction.add_source(study, "z.vtt", "a" * 64, 10)
        said = Anchor(source, 0, 0, 4, "text", "before", "after")
        gone = findings.add_finding(transaction, study, Finding(0, "Gone"))
        kept = findings.add_finding(transaction, study, Finding(0, "Hoses leak"))
        findings.pin(transaction, study, Pin(0, "finding", str(gone), "", said))
        findings.pin(transaction, study, Pin(0, "finding", str(kept), "", said))
        findings.pin(transaction, study, Pin(0, "assumption", "dry", "for", said))
        findings.save_action(transaction, study, Action(0, "Repair", kept))
        findings.save_action(transaction, study, Action(0, "Wait"))
        findings.judge(transaction, study, "dry", "mixed", "why")
        findings.remove_finding(transaction, study, gone)
        notes.note(transaction, study, "quote", notes.about_text(said), text="memo", starred=True)
        notes.note(transaction, study, "theme", notes.about_text({"theme": "Watering"}), text="memo", starred=False)
        notes.summarise(transaction, study, "P1", "Watering", "waters")
        views.save(transaction, study, "View", "themes", "by=plan")
        cards.put(transaction, study, [Card("P1", "Watering", "yes", 1, "d", (said,), "yes")])
    with records.begin(by=ADA) as transaction:
        copy = transaction.duplicate_study(study, "A copy")
    (own,) = records.sources(copy)
    moved_anchor = replace(said, source=own.id)
    with records.read() as connection:
        (finding,) = findings.findings(connection, copy)
        assert (finding.claim, finding.figure) == ("Hoses leak", None)
        pins = findings.pins(connection, copy)
        assert [(pin.subject_kind, pin.subject, pin.anchor) for pin in pins] == [
            ("finding", "", moved_anchor),  # of a finding that was removed
            ("finding", str(finding.id), moved_anchor),
            ("assumption", "dry", moved_anchor),
        ]
        actions = findings.actions(connection, copy)
        assert [(action.what, action.finding) for action in actions] == [("Repair", finding.id), ("Wait", None)]
        assert [verdict.why for verdict in findings.verdicts(connection, copy)] == ["why"]
        theme, quote = notes.memos(connection, copy)
        assert (theme.what, quote.anchor, quote.starred) == ({"theme": "Watering"}, moved_anchor, True)
        assert notes.summaries(connection, copy)["P1", "Watering"].text == "waters"
        assert [view.query for view in views.views(connection, copy)] == ["by=plan"]
        (card,) = cards.cards(connection, copy)
        assert (card.passages, card.answer) == ((moved_anchor,), "yes")
    records.close()
