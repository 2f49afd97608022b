"""The filter bar: every filter is a parameter of the address, and its state is said in words."""

import narwhals as nw
import pytest
from conftest import Opened
from streamlit.testing.v1 import AppTest
from ui.shown import APP, opened, texts

from dashboard.filters import Filters
from dashboard.ui.filter_bar import state_in_words
from dashboard.workspace import evidence as of_evidence


def test_the_state_says_how_many_people_are_left_of_how_many(sample: Opened) -> None:
    whole = of_evidence.evidence(sample.ws, sample.study)
    assert whole is not None
    everybody = state_in_words(whole, Filters())
    assert everybody.startswith("All ")
    left, _, rest = state_in_words(whole, Filters().with_attribute("plan", ["pro"])).partition(" of ")
    assert rest == f"{everybody.split()[1]} people: plan pro"
    assert int(left) < int(everybody.split()[1])


def test_a_link_restores_the_filters_and_they_go_along_from_page_to_page(
    sample: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened("studies", sample.ws.settings.data_dir, monkeypatch)  # sets the data folder
    at = AppTest.from_file(str(APP), default_timeout=60)
    at.query_params["study"] = sample.study
    at.query_params["attr:plan"] = "pro"
    at.query_params["text"] = "bank"
    at.run()
    for page in ("themes", "sources", "quotes"):
        at.switch_page(f"pages/{page}.py").run()
        assert not at.exception
        assert at.multiselect(key="attr:plan").value == ["pro"]
        assert at.text_input(key="text").value == "bank"
    assert "people: plan pro, “bank” in the text" in texts(at)
    at.button(key="filter:clear").click().run()
    assert at.multiselect(key="attr:plan").value == []
    assert "All " in texts(at)


def test_nobody_left_says_so_and_offers_the_way_back(sample: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    at = opened("themes", sample.ws.settings.data_dir, monkeypatch, study=sample.study)
    at.multiselect(key="attr:plan").set_value(["team"])
    at.multiselect(key="attr:company").set_value(["Brandt & Bell Photography"]).run()
    assert "Nobody is left under these filters" in texts(at)
    at.button(key="empty-filters-action").click().run()
    assert "Nobody is left" not in texts(at)


def test_where_nobody_knows_who_was_heard_in_both_the_two_are_not_added_up(sample: Opened) -> None:
    whole = of_evidence.evidence(sample.ws, sample.study)
    assert whole is not None
    said = whole.said().filter(nw.col("passages") > 0).collect("pandas").to_pandas()["source_kind"].astype(str)
    interviews, survey = int((said == "interview").sum()), int((said == "survey").sum())
    assert state_in_words(whole, Filters(), apart=True) == (
        f"All {interviews} people in the interviews, {survey} in the survey"
    )
    only = state_in_words(whole, Filters(source_kinds=("survey",)), apart=True)
    assert only.startswith(f"0 of {interviews} people in the interviews, {survey} of {survey} in the survey: ")
