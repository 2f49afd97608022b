"""A backup is one whole state, made while others write; restored, it serves without whom was forgotten since."""

from __future__ import annotations

import json
import stat
import threading
import zipfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from dashboard.errors import ConfigurationError, Conflict, NotFound
from dashboard.records import roles, shares
from dashboard.records.anchors import make
from dashboard.settings import Settings
from dashboard.study import Decision
from dashboard.workspace import (
    User,
    Workspace,
    backup,
    directory,
    evidence,
    forgetting,
    jobs,
    open_workspace,
    people_and_roles,
    retention,
    sources,
    studies,
)
from tests import small_study


def small(ws: Workspace, tmp_path: Path, name: str = "study") -> str:
    study, _ = directory.take_in(ws, small_study.write(tmp_path / name))
    return study


def opened(folder: Path) -> Workspace:
    return open_workspace(Settings(data_dir=folder), User("Maren"))


def test_a_restored_store_is_the_store(ws: Workspace, tmp_path: Path) -> None:
    study = small(ws, tmp_path)
    source = next(row for row in ws.records.sources(study) if row.name == "P02 notes.txt")
    text = "Oh, lovely, I had it running in an hour and my sister uses it as well now."
    with ws.records.begin(by=ws.user) as tx:
        tx.decide(study, Decision(make(source.id, 1, text, 4, 10), "theme", "Onboarding", "confirmed", "Maren"))
    file = tmp_path / "all.backup"
    made = backup.backup(ws, file)
    assert (made.studies, made.sources, made.missing) == (1, 4, ())
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    done = backup.restore(Settings(data_dir=tmp_path / "new"), file)
    assert (done.studies, done.sources, done.again) == (1, 4, ())
    there = opened(tmp_path / "new")
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o700
    assert there.records.study(study) == ws.records.study(study)
    assert there.records.sources(study) == ws.records.sources(study)
    assert there.records.decisions(study) == ws.records.decisions(study)
    assert there.files.get(source.digest) == ws.files.get(source.digest)
    trail = [row.action for row in there.records.audit()]
    assert trail[0] == "restore backup"
    assert "create study" in trail
    jobs.build_now(there, study)
    assert evidence.evidence(there, study) is not None
    there.records.close()


def test_a_backup_is_one_state_while_others_write(ws: Workspace, tmp_path: Path) -> None:
    study = small(ws, tmp_path)
    stop, written = threading.Event(), []

    def write() -> None:
        while not stop.is_set() and len(written) < 12:
            study_id = studies.duplicate(ws, study, f"Copy {len(written)}")
            written.append(study_id)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for n in range(2):
            backup.backup(ws, tmp_path / f"{n}.backup")
    finally:
        stop.set()
        writer.join()
    assert written
    for n in range(2):
        backup.restore(Settings(data_dir=tmp_path / f"new {n}"), tmp_path / f"{n}.backup")
        there = opened(tmp_path / f"new {n}")
        for row in there.records.studies():  # each copy whole, or not there
            assert len(there.records.sources(row.id)) == 4
            for source in there.records.sources(row.id):
                assert there.files.get(source.digest)
        there.records.close()


def test_what_was_since_is_done_again_before_it_serves(ws: Workspace, tmp_path: Path) -> None:
    study, other = small(ws, tmp_path), studies.create(ws, "Short lived")
    with ws.records.begin(by=ws.user) as tx:
        token = shares.add(tx, study, title="Everybody", audience=[])
        roles.grant(tx, "gone@example.org", "researcher")
        roles.grant(tx, "stays@example.org", "admin")
        roles.add_member(tx, study, "gone@example.org")
    file = tmp_path / "all.backup"
    backup.backup(ws, file)
    forgetting.forget(ws, study, "P01")
    retention.erase(ws, other)
    people_and_roles.end(ws, "gone@example.org")
    people_and_roles.set_members(ws, study, ["stays@example.org"])
    with ws.records.begin(by=ws.user) as tx:
        shares.revoke(tx, token)
    ws.records.close()
    with pytest.raises(Conflict):
        backup.restore(ws.settings, file)
    done = backup.restore(ws.settings, file, replace_store=True)
    assert set(done.again) == {
        "1 person forgotten", "1 study erased", "1 role ended", "1 membership ended", "1 link revoked",
    }  # fmt: skip
    there = opened(ws.settings.data_dir)
    assert [row.id for row in there.records.studies()] == [study]
    assert [each.participant for each in forgetting.everyone(there, study) if each.participant == "P01"] == []
    assert [each.subject for each in people_and_roles.grants(there)] == ["stays@example.org"]
    assert people_and_roles.memberships(there)[0].members == ()
    with there.records.read() as connection, pytest.raises(NotFound):
        shares.share(connection, token)
    for path in ws.settings.data_dir.rglob("*"):
        if path.is_file():
            assert b"Bo Fenn" not in path.read_bytes(), path
    there.records.close()


def test_where_the_disk_was_lost_the_ledger_alone_is_enough(ws: Workspace, tmp_path: Path) -> None:
    study = small(ws, tmp_path)
    file = tmp_path / "all.backup"
    backup.backup(ws, file)
    forgetting.forget(ws, study, "P01")
    new = tmp_path / "new"
    new.mkdir()
    (new / "ledger.json").write_bytes((ws.settings.data_dir / "ledger.json").read_bytes())
    assert b"Fenn" not in (new / "ledger.json").read_bytes()
    assert backup.restore(Settings(data_dir=new), file).again == ("1 person forgotten",)


def test_who_was_being_forgotten_while_the_backup_was_made_is_forgotten_again(ws: Workspace, tmp_path: Path) -> None:
    study = small(ws, tmp_path)
    file = tmp_path / "all.backup"
    made = ws.records.now()
    backup.backup(ws, file)
    forgetting.forget(ws, study, "P01")
    ledger = ws.settings.data_dir / "ledger.json"
    entries = json.loads(ledger.read_text())
    began = [{**each, "at": (made - timedelta(minutes=1)).isoformat()} for each in entries]  # and ended after it
    new = tmp_path / "new"
    new.mkdir()
    (new / "ledger.json").write_text(json.dumps(began))
    assert backup.restore(Settings(data_dir=new), file).again == ("1 person forgotten",)


@pytest.mark.parametrize(
    "name", ["../outside", "/etc/outside", "sources/../../outside", "sources/ab/cd", "tables/../x.jsonl", "parts/x"]
)
def test_a_path_that_leaves_the_folder_is_refused(ws: Workspace, tmp_path: Path, name: str) -> None:
    file = tmp_path / "bad.backup"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(name, b"x")
        about = {"form": backup.FORM, "made": "2026-01-01T00:00:00+00:00", "rows": {}, "records": "0003", "ledger": []}
        archive.writestr("manifest.json", json.dumps({**about, "members": {name: ["", 1]}}))
    with pytest.raises(ConfigurationError):
        backup.restore(Settings(data_dir=tmp_path / "new"), file)
    assert not (tmp_path / "new" / "records.sqlite").exists()
    assert not (tmp_path / "outside").exists()


def test_a_damaged_backup_is_refused_and_the_store_stays(ws: Workspace, tmp_path: Path) -> None:
    study = small(ws, tmp_path)
    file = tmp_path / "all.backup"
    backup.backup(ws, file)
    data = bytearray(file.read_bytes())
    with zipfile.ZipFile(file) as archive:
        largest = max(archive.infolist(), key=lambda info: info.compress_size)
    for at in range(largest.header_offset + 150, largest.header_offset + 170):
        data[at] ^= 0xFF
    file.write_bytes(data)
    with pytest.raises(ConfigurationError):
        backup.restore(ws.settings, file, replace_store=True)
    file.write_bytes(b"no backup")
    with pytest.raises(ConfigurationError):
        backup.restore(ws.settings, file, replace_store=True)
    assert ws.records.study(study)


def test_retention_warns_and_then_erases(ws: Workspace, tmp_path: Path) -> None:
    study = small(ws, tmp_path)
    kept = studies.duplicate(ws, study, "A copy")
    today = ws.records.now().date()
    retention.keep_until(ws, study, today + timedelta(days=5))
    assert [each.name for each in retention.retain(ws, dry_run=True).soon] == ["Small"]
    later = today + timedelta(days=6)
    (due,) = retention.retain(ws, today=later, dry_run=True).erased
    assert due.copies == ("A copy",)
    assert ws.records.study(study)
    retention.retain(ws, today=later)
    assert [row.id for row in ws.records.studies()] == [kept]
    retention.keep_until(ws, kept, today)
    retention.retain(ws, today=later)
    assert not ws.records.studies()
    left = [path for path in ws.settings.data_dir.rglob("*") if path.is_file()]
    assert {path.name for path in left} <= {"records.sqlite", "records.sqlite-wal", "records.sqlite-shm", "ledger.json"}
    assert not any(b"Bo Fenn" in path.read_bytes() for path in left)


def test_old_backups_are_deleted(ws: Workspace, tmp_path: Path) -> None:
    small(ws, tmp_path)
    backup.backup(ws, tmp_path / "old.backup", keep_days=10)
    backup.backup(ws, tmp_path / "kept.backup", keep_days=0)
    retention.retain(ws, today=ws.records.now().date() + timedelta(days=11))
    assert not (tmp_path / "old.backup").exists()
    assert (tmp_path / "kept.backup").exists()
    sources.cards(ws, ws.records.studies()[0].id)


def test_only_administrators_do_this_where_many_work(ws: Workspace, tmp_path: Path) -> None:
    from dashboard.errors import NotAllowed

    shared = replace(ws, settings=replace(ws.settings, mode="shared"), user=User("R", role="researcher"))
    for do in (
        lambda: backup.backup(shared, tmp_path / "x"),
        lambda: retention.retain(shared),
        lambda: people_and_roles.grants(shared),
        lambda: forgetting.preview(shared, "x", "y"),
    ):
        with pytest.raises(NotAllowed):
            do()
