"""What can be chosen about a chart is kept on the way through the pages."""

import pytest
from conftest import Opened
from ui.shown import opened


def test_choices_go_along_and_begin_with_what_people_were_recruited_by(
    sample: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = opened("themes", sample.ws.settings.data_dir, monkeypatch, study=sample.study)
    options = at.selectbox(key="by").options
    assert at.selectbox(key="by").value in ("plan", "status")
    assert options.index("company") > options.index("region"), "what is not compared comes last"
    at.selectbox(key="by").set_value("region").run()
    at.switch_page("pages/journey.py").run()
    at.switch_page("pages/themes.py").run()
    assert not at.exception
    assert at.selectbox(key="by").value == "region"


def test_named_segments_can_be_compared(sample: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    at = opened("themes", sample.ws.settings.data_dir, monkeypatch, study=sample.study)
    at.selectbox(key="by").set_value("named segments").run()
    at.selectbox(key="sort").set_value("largest difference").run()
    assert not at.exception
