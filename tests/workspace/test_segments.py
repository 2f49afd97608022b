"""Segments as use cases: a name of their own, a rule that can be read, and followers of a new name."""

from __future__ import annotations

import pytest

from dashboard.errors import InvalidStudy
from dashboard.workspace import Workspace, segments, studies, views


def test_a_segment_is_kept_renamed_and_removed(ws: Workspace) -> None:
    study = studies.create(ws, "New")
    segments.save(ws, study, " Pros ", " plan = 'pro' ")
    with pytest.raises(InvalidStudy, match="already"):
        segments.save(ws, study, "pros", "plan = 'x'")
    with pytest.raises(InvalidStudy, match="needs a name"):
        segments.save(ws, study, "", "plan = 'x'")
    with pytest.raises(InvalidStudy, match="cannot be read"):
        segments.save(ws, study, "Broken", "plan = ")
    views.save(ws, study, "Mine", page="themes", choices={"segment": ["Pros"]})
    segments.save(ws, study, "Paying", "plan != 'free'", instead_of="Pros")
    (segment,) = studies.get(ws, study).segments
    assert (segment.name, segment.rule) == ("Paying", "plan != 'free'")
    assert views.choices_of(views.views(ws, study)[0]) == {"segment": ["Paying"]}
    segments.remove(ws, study, "Paying")
    assert studies.get(ws, study).segments == ()
