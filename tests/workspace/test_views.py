"""Saved views as use cases."""

from __future__ import annotations

import pytest

from dashboard.errors import InvalidFilter
from dashboard.workspace import Workspace, studies, views


def test_a_view_holds_its_choices_whatever_they_say(ws: Workspace) -> None:
    study = studies.create(ws, "New")
    choices = {"attr:plan & more": ["a=b", "c&d"], "text": ["“50 %” + é"], "theme": []}
    number = views.save(ws, study, "  My   view ", page="themes", choices=choices, pinned=True)
    (view,) = views.views(ws, study)
    assert (view.id, view.name, view.page, view.pinned, view.by) == (number, "My view", "themes", True, "Maren")
    assert views.choices_of(view) == {key: values for key, values in choices.items() if values}
    with pytest.raises(InvalidFilter, match="needs a name"):
        views.save(ws, study, " ", page="themes", choices={})
    views.remove(ws, study, number)
    assert views.views(ws, study) == []
