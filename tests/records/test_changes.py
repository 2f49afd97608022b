"""The history of a codebook says what changed and can be undone; nothing is recorded where nothing changed."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from dashboard.records import changes
from dashboard.records.changes import said
from dashboard.study import Theme
from dashboard.workspace import Workspace, studies

NAMES = st.lists(st.sampled_from("ABCDE"), unique=True, max_size=5)


@given(before=NAMES, after=NAMES)
def test_every_change_is_said_by_the_names_it_touches(before: list[str], after: list[str]) -> None:
    words = said([Theme(name) for name in before], [Theme(name) for name in after])
    touched = set(before) ^ set(after)
    assert {name for name in "ABCDE" if f"“{name}”" in words} <= touched
    if len(touched) <= 3:
        assert all(f"“{name}”" in words for name in touched)


def test_saving_anything_else_leaves_no_trace(ws: Workspace) -> None:
    study = studies.create(ws, "One")
    studies.save(ws, replace(studies.get(ws, study), name="Other"), version=1)
    with ws.records.read() as connection:
        assert changes.changes(connection, study) == []
