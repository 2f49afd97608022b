"""Who did what when, exported; and the same from a shell."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from dashboard.cli import main
from dashboard.workspace import Workspace, audit, directory, people_and_roles
from tests import small_study


def run(ws: Workspace, capsys: pytest.CaptureFixture[str], *arguments: str, status: int = 0) -> str:
    with pytest.raises(SystemExit) as ended:
        main(["--data-dir", str(ws.settings.data_dir), *arguments])
    assert ended.value.code == status
    return capsys.readouterr().out


def test_the_trail_holds_no_words_and_no_formula(ws: Workspace, tmp_path: Path) -> None:
    study, _ = directory.take_in(ws, small_study.write(tmp_path / "study"))
    people_and_roles.grant(ws, "=cmd@example.org", "viewer")
    text = audit.to_csv(audit.lines(ws))
    assert "Bo Fenn" not in text
    assert "'=cmd@example.org" in text
    assert {line.study for line in audit.lines(ws, study_id=study)} == {study}
    assert audit.lines(ws, by="nobody") == []
    today = ws.records.now().date()
    assert audit.lines(ws, since=today) == audit.lines(ws)
    assert audit.lines(ws, since=today + timedelta(days=2)) == []
    assert [json.loads(line)["action"] for line in audit.to_json(audit.lines(ws, limit=1)).splitlines()] == [
        "grant viewer"
    ]


def test_a_shell_does_what_the_page_does(ws: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    study, _ = directory.take_in(ws, small_study.write(tmp_path / "study"))
    run(ws, capsys, "users", "--grant", "ada@example.org", "admin")
    assert json.loads(run(ws, capsys, "users", "--json"))["who"] == "ada@example.org"
    run(ws, capsys, "users", "--study-id", study, "--members", "ada@example.org")
    assert "ada@example.org" in run(ws, capsys, "users", "--study-id", study)
    run(ws, capsys, "retain", "--study-id", study, "--until", "2020-01-01")
    (row,) = run(ws, capsys, "retain", "--dry-run", "--json").splitlines()
    assert json.loads(row)["what"] == "would be erased"
    run(ws, capsys, "retain", "--study-id", study, "--until", "never")
    run(ws, capsys, "retain", "--study-id", study, "--until", "soon", status=1)
    run(ws, capsys, "backup", str(tmp_path / "b"), "--json")
    assert any(
        json.loads(row)["gone"]
        for row in run(ws, capsys, "forget", "--study-id", study, "--participant", "P01", "--json").splitlines()
    )
    run(ws, capsys, "forget", "--study-id", study, "--participant", "P01", "--yes")
    run(ws, capsys, "restore", str(tmp_path / "b"), status=1)
    made = json.loads(run(ws, capsys, "restore", str(tmp_path / "b"), "--into", str(tmp_path / "new"), "--json"))
    assert (made["studies"], made["sources"]) == (1, 4)
    actions = [json.loads(line)["action"] for line in run(ws, capsys, "audit", "--json").splitlines()]
    assert "forget person" in actions
    assert run(ws, capsys, "audit", "--csv", "--limit", "2").count("\n") == 3
