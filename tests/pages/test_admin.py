"""Administration: roles, members, last days, forgetting with a preview, backups, the audit trail."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from conftest import Opened
from ui.shown import data, opened, tell, texts, titles

from dashboard.workspace import Workspace, audit, backups, forgetting, people_and_roles, retention


def test_roles_are_given_changed_and_ended(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    at = opened("admin", ws.settings.data_dir, monkeypatch)
    assert "No backup was made yet" in texts(at)
    assert "Nobody was given a role here yet" in texts(at)
    at.text_input(key="admin:subject").set_value("<b>nobody</b>").run()
    at.button(key="admin:grant").click().run()
    assert "names nobody" in texts(at)
    at.text_input(key="admin:subject").set_value("Ada@Example.org").run()
    at.selectbox(key="admin:role").set_value("researcher").run()
    at.button(key="admin:grant").click().run()
    assert titles(at, "admin:roles") == ["ada@example.org"]
    tell(at, "admin:roles", do="be admin", id="ada@example.org")
    assert [each.role for each in people_and_roles.grants(ws)] == ["admin"]
    tell(at, "admin:roles", do="end", id="ada@example.org")
    assert people_and_roles.grants(ws) == []
    at.number_input(key="admin:k").set_value(7).run()
    assert people_and_roles.floor_of_k(ws) == 7


def _tab(at: object, name: str) -> None:
    at.session_state["admin:tab"] = name  # type: ignore[index,attr-defined]
    at.run()  # type: ignore[attr-defined]
    assert not at.exception  # type: ignore[attr-defined]


def test_members_and_last_days_are_set_where_the_study_stands(sample: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    at = opened("admin", sample.ws.settings.data_dir, monkeypatch, study=sample.study)
    _tab(at, "Studies")
    tell(at, "admin:studies", do="members", id=sample.study, value="ada@example.org, @example.net")
    assert people_and_roles.memberships(sample.ws)[0].members == ("@example.net", "ada@example.org")
    tell(at, "admin:studies", do="members", id=sample.study, value="")
    tell(at, "admin:studies", do="until", id=sample.study, value="soon")
    assert "“soon” is no date" in texts(at)
    day = sample.ws.records.now().date() + timedelta(days=3)
    tell(at, "admin:studies", do="until", id=sample.study, value=day.isoformat())
    assert retention.kept(sample.ws)[0].until == day
    assert "comes to its last day in 3 days, and is erased after it." in texts(at)
    (row,) = data(at, "admin:studies")["rows"]
    assert [tag["text"] for tag in row["tags"]] == ["3 days left"]


def test_a_person_is_forgotten_after_a_look_at_what_goes(sample: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    at = opened("admin", sample.ws.settings.data_dir, monkeypatch, study=sample.study)
    _tab(at, "Forget a person")
    assert "Choose a person to see what would be reached" in texts(at)
    someone = next(each for each in forgetting.everyone(sample.ws, sample.study) if each.name and len(each.files) > 1)
    at.selectbox(key="admin:forget-person").set_value(someone.participant).run()
    assert not at.exception
    assert "What goes in" in texts(at)
    assert someone.name in texts(at)
    assert at.button(key="admin:forget").disabled
    assert someone.participant in {each.participant for each in forgetting.everyone(sample.ws, sample.study)}
    at.checkbox(key="admin:forget-sure").check().run()
    at.button(key="admin:forget").click().run()
    assert not at.exception
    assert "This person was forgotten" in texts(at)
    assert someone.participant not in {each.participant for each in forgetting.everyone(sample.ws, sample.study)}


def test_backups_and_the_audit_trail(sample: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    at = opened("admin", sample.ws.settings.data_dir, monkeypatch)
    _tab(at, "Backups")
    at.button(key="admin:backup").click().run()
    (made,) = backups.known(sample.ws)
    assert titles(at, "admin:backups") == [made.name]
    assert Path(made.path).stat().st_mode & 0o777 == 0o600
    _tab(at, "Audit")
    assert at.dataframe[0].value["What"].iloc[0] == "make backup"
    at.text_input(key="admin:audit-by").set_value("nobody like this").run()
    assert "Nothing was done under these filters" in texts(at)
    assert audit.to_csv(audit.lines(sample.ws)).startswith("at,by,action,study,name,subject")
