"""Studies: made, opened, renamed, duplicated, archived, deleted, restored; never lost to somebody else's edit."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from small_study import FILES

from dashboard.errors import Conflict, InvalidStudy, NotAllowed
from dashboard.settings import Settings
from dashboard.study import Correction, Theme
from dashboard.workspace import User, Workspace, directory, jobs, open_workspace, sources, studies


def test_a_new_study_can_begin_with_a_starter(ws: Workspace) -> None:
    starters = studies.starters()
    assert len(starters.codebooks) >= 5
    for starter in (*starters.codebooks, *starters.journeys):
        assert starter.name
        assert len(starter.items) >= 5
    made = studies.create(ws, "Ours", codebook=starters.codebooks[0].key, journey=starters.journeys[0].key)
    study = studies.get(ws, made)
    assert study.themes == starters.codebooks[0].items
    assert study.stages == starters.journeys[0].items


def test_a_study_without_a_name_or_with_an_unknown_starter_is_refused(ws: Workspace) -> None:
    with pytest.raises(InvalidStudy, match="needs a name"):
        studies.create(ws, "  ")
    with pytest.raises(InvalidStudy, match="no starter"):
        studies.create(ws, "Ours", codebook="../../secret")


def test_the_life_of_a_study(ws: Workspace) -> None:
    made = studies.create(ws, "First")
    studies.rename(ws, made, "Renamed")
    copy = studies.duplicate(ws, made, "Copy")
    assert sorted(card.name for card in studies.cards(ws)) == ["Copy", "Renamed"]
    studies.set_state(ws, made, "archived")
    studies.set_state(ws, copy, "deleted")
    assert studies.cards(ws) == []
    assert [card.name for card in studies.cards(ws, state="archived")] == ["Renamed"]
    studies.set_state(ws, copy, "active")
    assert [card.name for card in studies.cards(ws)] == ["Copy"]


def test_two_people_who_edit_at_once_lose_nothing(ws: Workspace) -> None:
    made = studies.create(ws, "Shared")
    seen, version = studies.get(ws, made), studies.version(ws, made)
    studies.save(ws, replace(seen, codebook=(Theme("Pricing"),)), version=version)
    with pytest.raises(Conflict):
        studies.save(ws, replace(seen, codebook=(Theme("Onboarding"),)), version=version)
    assert studies.get(ws, made).themes == ("Pricing",)


def test_a_study_that_does_not_hold_together_is_not_stored(ws: Workspace) -> None:
    made = studies.create(ws, "Ours")
    broken = replace(studies.get(ws, made), codebook=(Theme("Pricing"), Theme("pricing")))
    with pytest.raises(InvalidStudy, match="twice"):
        studies.save(ws, broken, version=studies.version(ws, made))


def test_an_exported_study_imports_to_the_same_study(ws: Workspace) -> None:
    made = studies.create(ws, "Ours", codebook="b2b-saas")
    (added,) = sources.add(ws, made, [("P01 zoom.vtt", FILES["P01 zoom.vtt"].encode())])
    assert added.source is not None
    sources.correct(ws, made, added.source, Correction(date="2026-05-04"))
    sources.confirm(ws, made, [f"speaker {added.source}/Bo Fenn"], "P77")
    text = studies.export_yaml(ws, made)
    other = studies.create(ws, "Other")
    studies.import_yaml(ws, other, text)
    sources.add(ws, other, [("P01 zoom.vtt", FILES["P01 zoom.vtt"].encode())])
    assert studies.get(ws, other).codebook == studies.get(ws, made).codebook
    (card,) = sources.cards(ws, other)
    assert card.correction.date == "2026-05-04"
    assert set(sources.people(ws, other).values()) == {"P77"}


def test_only_a_researcher_is_given_a_workspace(tmp_path: object) -> None:
    with pytest.raises(NotAllowed):
        open_workspace(Settings(data_dir=tmp_path), User("Vera", role="viewer"))  # type: ignore[arg-type]


def test_the_sample_study_is_taken_in_once(ws: Workspace) -> None:
    study = directory.sample(ws)
    assert directory.sample(ws) == study
    assert len(studies.cards(ws)) == 1
    assert all(not card.error for card in sources.cards(ws, study))
    assert not [card for card in sources.cards(ws, study) if card.name.startswith(("key", "README"))]


def test_a_build_runs_in_a_process_of_its_own(ws: Workspace) -> None:
    made = studies.create(ws, "Built", codebook="b2b-saas")
    sources.add(ws, made, [(name, text.encode()) for name, text in FILES.items()])
    job = jobs.build(ws, made)
    state = jobs.current(ws, made)
    assert state is not None
    assert state.id == job
    for watcher in threading.enumerate():
        if watcher.name == f"job {job}":
            watcher.join(timeout=120)
    state = jobs.current(ws, made)
    assert state is not None
    assert (state.state, state.error) == ("done", "")
    assert not studies.stale(ws, made)
