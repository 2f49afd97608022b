"""A saved view brings its page, filters and choices back, as far as the study still has them."""

import pytest
from conftest import Opened
from ui.shown import data, opened, tell, texts

from dashboard.ui.saved_views import state_of
from dashboard.workspace import evidence as of_evidence
from dashboard.workspace import views


def test_a_view_is_saved_and_opened_again(sample: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    at = opened("themes", sample.ws.settings.data_dir, monkeypatch, study=sample.study)
    at.multiselect(key="attr:plan").set_value(["pro"])
    at.selectbox(key="by").set_value("status")
    at.session_state["views"] = True
    at.run()
    at.button(key="views:save").click().run()
    assert "A view needs a name" in texts(at)
    at.text_input(key="views:name:0").set_value("Pros by status")
    at.button(key="views:save").click().run()
    (view,) = views.views(sample.ws, sample.study)
    assert (view.name, view.page) == ("Pros by status", "themes")
    (row,) = data(at, "views:rows")["rows"]
    assert row["lines"] == ["Themes: plan pro"]
    at.button(key="filter:clear").click().run()
    at.selectbox(key="by").set_value("plan").run()
    tell(at, "views:rows", do="open", id=row["id"])
    assert at.multiselect(key="attr:plan").value == ["pro"]
    assert at.selectbox(key="by").value == "status"
    tell(at, "views:rows", do="remove", id=row["id"])
    assert views.views(sample.ws, sample.study) == []


def test_what_the_study_does_not_have_any_more_is_left_out(sample: Opened) -> None:
    whole = of_evidence.evidence(sample.ws, sample.study)
    assert whole is not None
    asked = {"attr:plan": ["pro", "gold"], "attr:gone": ["x"], "theme": ["Nothing", "Pricing"], "segment": ["Old"]}
    state = state_of(whole, asked)
    assert (state["attr:plan"], state["theme"], state["segment"]) == (["pro"], ["Pricing"], [])
    assert "attr:gone" not in state
