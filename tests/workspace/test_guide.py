"""The guide of a study: read, set, and refused where somebody saved in between."""

from __future__ import annotations

import pytest

from dashboard.errors import Conflict, UnreadableFile
from dashboard.workspace import Workspace, guide, studies


def test_a_guide_is_read_and_set_and_its_ids_stay(ws: Workspace) -> None:
    study = studies.create(ws, "Guided")
    found = guide.read(ws, study, b"1. How was it?\n2. What else?\n", "guide.txt")
    assert guide.guide(ws, study) == ()
    assert guide.set_lines(ws, study, guide.as_lines(found), version=studies.version(ws, study)) == 2
    guide.set_lines(ws, study, "What else?\nWhy?", version=studies.version(ws, study))
    assert [(each.id, each.question) for each in guide.guide(ws, study)] == [("q2", "What else?"), ("q3", "Why?")]


def test_who_saves_second_is_told(ws: Workspace) -> None:
    study = studies.create(ws, "Guided")
    version = studies.version(ws, study)
    guide.set_lines(ws, study, "How was it?", version=version)
    with pytest.raises(Conflict):
        guide.set_lines(ws, study, "Why was it?", version=version)


def test_what_is_too_large_for_a_guide_is_refused(ws: Workspace) -> None:
    study = studies.create(ws, "Guided")
    with pytest.raises(UnreadableFile, match=r"large\.txt"):
        guide.read(ws, study, b"Why? " * 5_000_000, "large.txt")
