"""After forgetting, nothing of a person is left in any byte, and what others said stands where it stood."""

from __future__ import annotations

import gzip
import io
import sqlite3
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import sqlalchemy as sa

from dashboard.errors import NotFound
from dashboard.records import findings, notes, schema, shares, views
from dashboard.records.anchors import make
from dashboard.study import Decision, Identity, Theme
from dashboard.workspace import Workspace, backup, directory, evidence, forgetting, jobs, sources, studies
from tests import small_study

SENTENCE = "my brother Bram keeps the whole ledger in a shoebox under the stairs"
GROUP = f"""\
WEBVTT

00:00:01.000 --> 00:00:04.000
Ada Quill: Welcome, both. Bo, how did the first week go for you?

00:00:05.000 --> 00:00:12.000
Bo Fenn: The set up was confusing for me, and {SENTENCE}.

00:00:13.000 --> 00:00:15.000
Ada Quill: And for you, Cy?

00:00:16.000 --> 00:00:24.000
Cy Marlow: Easy. Bo Fenn told me about the tutorial, and I had it running in an hour or so.
"""
ALONE = f"""\
WEBVTT

00:00:01.000 --> 00:00:04.000
Ada Quill: What did it cost you?

00:00:05.000 --> 00:00:12.000
Bo Fenn: Too expensive, I said so in March. As I told you, {SENTENCE}.

00:00:13.000 --> 00:00:15.000
Ada Quill: And what did you do then?

00:00:16.000 --> 00:00:19.000
Bo Fenn: I wrote to the support and waited for a week or so.
"""
PEOPLE = "id,name,email,plan\nP01,Bo Fenn,bo.fenn@example.net,free\nP02,Cy Marlow,cy@example.net,pro\n"
SURVEY = (
    "Response ID,Email,How likely are you to recommend us? (0-10),What is the main reason for your score?\n"
    f"R-1,bo.fenn@example.net,3,Honestly {SENTENCE} and it is dear\n"
    "R-2,cy@example.net,9,The tutorial was great and I was set up in no time\n"
    "R-3,,8,Ask Bo Fenn what he makes of the price\n"
)
TRACES = ("Bo Fenn", "bo.fenn", "Fenn", SENTENCE, "shoebox under the stairs")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[tuple[Workspace, str]]:
    """A study with one person in four files, and something decided and written about them everywhere."""
    from dashboard.settings import Settings
    from dashboard.workspace import User, open_workspace

    folder = tmp_path / "study"
    small_study.write(folder)
    for path in folder.iterdir():
        if path.name != "study.yaml":
            path.unlink()
    for name, text in {
        "pair.vtt": GROUP, "2026-03-02 Bo Fenn.vtt": ALONE, "people.csv": PEOPLE, "nps.csv": SURVEY,
    }.items():  # fmt: skip
        (folder / name).write_text(text, encoding="utf-8")
    ws = open_workspace(Settings(data_dir=tmp_path / "store"), User("Maren"))
    study, _ = directory.take_in(ws, folder)
    jobs.build_now(ws, study)
    yield ws, study
    ws.records.close()


def decide(ws: Workspace, study: str) -> None:
    """Say something about the person, and about others, in every table that holds text."""
    ids = {row.name: row.id for row in ws.records.sources(study)}
    of_them = make(ids["pair.vtt"], 1, f"The set up was confusing for me, and {SENTENCE}.", 0, 30)
    said = "Easy. Bo Fenn told me about the tutorial, and I had it running in an hour or so."
    of_others = make(ids["pair.vtt"], 3, said, said.index("I had it"), len(said))
    frame = ws.records.study(study)
    with ws.records.begin(by=ws.user) as tx:
        tx.save_study(
            frame.__class__(**{**vars(frame), "codebook": (
                frame.codebook[0].__class__("Pricing", include=(SENTENCE, "dear"), cues=("price",)), frame.codebook[1]
            )}),
            version=ws.records.study_row(study).version,
        )  # fmt: skip
        for anchor in (of_them, of_others):
            tx.decide(study, Decision(anchor, "theme", "Onboarding", "confirmed", "Maren"))
        finding = findings.add_finding(
            tx, study, findings.Finding(0, f"Bo Fenn says “{SENTENCE}”, though P01 is not alone")
        )
        findings.pin(tx, study, findings.Pin(0, "finding", str(finding), "for", of_them))
        findings.save_action(tx, study, findings.Action(0, "Call Bo Fenn", owner="Maren"))
        notes.note(tx, study, "person", notes.about_text({"participant": "P01"}), text="Fenn was tired", starred=True)
        notes.note(tx, study, "quote", notes.about_text(of_others), text="agrees with Bo Fenn", starred=False)
        notes.summarise(tx, study, "P01", "Pricing", f"Finds it dear: {SENTENCE}")
        views.save(tx, study, "What Bo Fenn says", "participants", "person=P01&text=Bo+Fenn")
        tx.identify(study, Identity("P02", (f"speaker {ids['pair.vtt']}/Cy Marlow",)))


def everything(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file, and what is packed in it."""
    for path in sorted(folder.rglob("*")):
        if not path.is_file():
            continue
        data = path.read_bytes()
        yield path.name, data + str(path).encode()
        if path.suffix == ".parquet":
            table = pq.read_table(path)
            yield path.name, repr(table.to_pylist()).encode() + repr(table.schema.metadata).encode()
        if zipfile.is_zipfile(io.BytesIO(data)):
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                yield from ((member, archive.read(member)) for member in archive.namelist())
        if data[:2] == b"\x1f\x8b":
            yield path.name, gzip.decompress(data)


def assert_nothing(folder: Path) -> None:
    for name, data in everything(folder):
        for trace in TRACES:
            for encoded in (trace.encode(), trace.encode("utf-16-le")):
                assert encoded.lower() not in data.lower(), f"{trace} in {name}"


def test_nothing_of_a_person_is_left_in_any_byte(store: tuple[Workspace, str], tmp_path: Path) -> None:
    ws, study = store
    decide(ws, study)
    copy = studies.duplicate(ws, study, "A copy")
    with ws.records.begin(by=ws.user) as tx:
        token = shares.add(tx, study, title="For Bo Fenn's team", audience=[])
        shares.add_version(tx, token, version_id="v1", policy={"headline": SENTENCE})
    snapshot = ws.settings.data_dir / "snapshots" / "v1"
    snapshot.mkdir(parents=True)
    (snapshot / "about.json").write_text(f'"{SENTENCE}"')
    assert evidence.evidence(ws, study) is not None

    before = forgetting.preview(ws, study, "P01")
    assert [reach.study for reach in before.reaches] == [study, copy]
    assert {file.name for file in before.reaches[0].files if file.gone} == {"2026-03-02 Bo Fenn.vtt"}
    assert before.reaches[0].versions == 1
    assert ws.records.sources(study)[0].name in {"pair.vtt", "2026-03-02 Bo Fenn.vtt", "nps.csv", "people.csv"}
    assert len(ws.records.sources(study)) == 4  # a preview changes nothing

    done = forgetting.forget(ws, study, "P01")
    assert done.reaches[0].records == before.reaches[0].records
    assert_nothing(ws.settings.data_dir)
    (tmp_path / "fresh").mkdir()
    backup.backup(ws, tmp_path / "fresh" / "all.backup", parts=True)
    assert_nothing(tmp_path / "fresh")

    # and again with everything closed, from outside
    ws.records.close()
    dump = "\n".join(sqlite3.connect(ws.settings.data_dir / "records.sqlite").iterdump())
    assert not [trace for trace in TRACES if trace.lower() in dump.lower()]


def test_what_a_file_was_before_and_what_is_called_after_them_goes_too(store: tuple[Workspace, str]) -> None:
    ws, study = store
    for names in (b"P01,Bo Fenn,free\nP02,Cy Marlow,pro\n", b"P02,Cy Marlow,pro\n"):  # the second does not name them
        sources.add(ws, study, [("plans.csv", b"id,name,tariff\n" + names)])
    ids = {row.name: row.id for row in ws.records.sources(study)}
    frame, called = ws.records.study(study), "What Bo Fenn likes"
    said = "Easy. Bo Fenn told me about the tutorial, and I had it running in an hour or so."
    of_others = make(ids["pair.vtt"], 3, said, said.index("I had it"), len(said))
    with ws.records.begin(by=ws.user) as tx:
        tx.save_study(
            replace(frame, codebook=(*frame.codebook, Theme(called))), version=ws.records.study_row(study).version
        )
        tx.decide(study, Decision(of_others, "theme", called, "confirmed", "Maren"))
        tx.decide(study, Decision(of_others, "sentiment", "1", "confirmed", "Maren"))
        notes.note(tx, study, "theme", notes.about_text({"theme": called}), text="rare", starred=False)
        notes.summarise(tx, study, "P02", called, "The tutorial")
        tx.identify(study, Identity("P01", ("speaker lost/Bo Fenn",)))  # in a file that is not there any more
    done = forgetting.forget(ws, study, "P01")
    assert any(said.startswith("1 earlier version of files") for said in forgetting.in_words(done, done=True))
    assert_nothing(ws.settings.data_dir)
    assert ws.records.identities(study) == ()
    assert "What [removed] likes" in ws.records.study(study).themes
    assert [each.value for each in ws.records.decisions(study)] == ["What [removed] likes", "1"]


def test_what_others_said_stands_where_it_stood(store: tuple[Workspace, str]) -> None:
    ws, study = store
    decide(ws, study)
    forgetting.forget(ws, study, "P01")
    (decision,) = ws.records.decisions(study)
    assert decision.anchor.text == "I had it running in an hour or so."
    there = evidence.evidence(ws, study)
    assert there is not None
    passages = there.passages().collect("pandas").to_native()
    assert set(passages["participant"]) == {"P02", "R-3"}
    turn = evidence.conversation(there, decision.anchor.source).turns[decision.anchor.turn]
    assert turn.text[decision.anchor.start : decision.anchor.end] == decision.anchor.text
    assert turn.text.startswith("Easy. [removed] told me")
    roles = {said.speaker: said.role for said in evidence.conversation(there, decision.anchor.source).turns}
    assert roles == {"Ada Quill": "interviewer", "Cy Marlow": "participant"}
    with ws.records.read() as connection:
        (memo,) = notes.memos(connection, study)
        assert memo.text == "agrees with [removed]"
        assert not findings.pins(connection, study)
        (finding,) = findings.findings(connection, study)
        assert finding.claim == "[removed] says “[removed]”, though [removed] is not alone"
        assert connection.execute(sa.select(sa.func.count()).select_from(schema.summary)).scalar() == 0
    assert ws.records.study(study).codebook[0].include == ("dear",)


def test_forgetting_the_next_person_reads_what_was_kept(store: tuple[Workspace, str]) -> None:
    ws, study = store
    forgetting.forget(ws, study, "P01")
    assert [each.participant for each in forgetting.everyone(ws, study)] == ["P02", "R-3"]
    forgetting.forget(ws, study, "P02")
    assert [each.participant for each in forgetting.everyone(ws, study)] == ["R-3"]
    assert {row.name for row in ws.records.sources(study)} == {"nps.csv"}


def test_names_that_are_ordinary_words_are_left_and_said(store: tuple[Workspace, str]) -> None:
    ws, study = store
    directory_of = b"I: How was it?\nMark Ford: I would mark it as fine. Nothing else comes to my mind today.\n"
    sources.add(ws, study, [("mark.txt", directory_of), ("mark and cy.csv", b"id,name,plan\nP09,Mark Ford,free\n")])
    jobs.build_now(ws, study)
    said = forgetting.preview(ws, study, "P09")
    assert "Mark Ford" in said.names
    assert dict(said.reaches[0].doubtful) == {"Mark": 1}
    assert forgetting.preview(ws, study, "P09", also=["Mark"]).reaches[0].doubtful == ()


def test_nobody_is_refused(store: tuple[Workspace, str]) -> None:
    ws, study = store
    with pytest.raises(NotFound):
        forgetting.preview(ws, study, "P77")
