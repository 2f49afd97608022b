"""Segments in the filter bar: a rule over attributes and scores is tried out, kept, used, changed and deleted."""

import pytest
from conftest import Opened
from ui.shown import data, opened, tell, texts

from dashboard.workspace import evidence as of_evidence
from dashboard.workspace import segments, studies
from dashboard.workspace.segments import Preview

RULE = "plan = 'pro' and nps >= 9"


def test_a_rule_is_tried_out_kept_and_used(sample: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    at = opened("themes", sample.ws.settings.data_dir, monkeypatch, study=sample.study)
    at.session_state["segments"] = True
    at.run()
    assert "You can ask about: " in texts(at)
    key = "segment::0"
    at.text_input(key=f"{key}:rule").set_value("statu = 'churned'").run()
    assert "Nobody has the attribute or score “statu”" in texts(at)
    assert at.button(key="segment:save").disabled
    at.text_input(key=f"{key}:rule").set_value("status = 'gone'").run()
    assert "fits none of the 175 people we heard. “status” is known of " in texts(at)
    assert ": churned, loyal, new." in texts(at)
    at.text_input(key=f"{key}:rule").set_value("status = churned").run()
    assert "write 'churned'" in texts(at)
    at.text_input(key=f"{key}:rule").set_value(RULE).run()
    fits = next(line for line in texts(at).splitlines() if line.startswith("Fits "))
    at.text_input(key=f"{key}:name").set_value("Left early")
    at.button(key="segment:save").click().run()
    assert "There is a segment “Left early” already" in texts(at)
    at.text_input(key=f"{key}:name").set_value("Left though pleased")
    at.button(key="segment:save").click().run()
    assert not at.exception
    assert at.multiselect(key="segment").value == ["Left though pleased"]
    count = fits.removeprefix("Fits ").removesuffix(" people.")
    assert f"{count} people: Left though pleased" in texts(at), "the preview is what every measure then counts"

    tell(at, "segments:rows", do="edit", id="Left though pleased")
    at.text_input(key="segment:Left though pleased:1:name").set_value("Left, pleased")
    at.button(key="segment:save").click().run()
    assert at.multiselect(key="segment").value == ["Left, pleased"]
    tell(at, "segments:rows", do="remove", id="Left, pleased")
    assert "Left, pleased" not in [row["id"] for row in data(at, "segments:rows")["rows"]]
    assert [each.name for each in studies.get(sample.ws, sample.study).segments] == [
        "Left early",
        "Long-standing customers",
    ]
    assert "All 175 people we heard" in texts(at)


def test_the_preview_counts_the_people_that_the_evidence_then_has(sample: Opened) -> None:
    whole = of_evidence.evidence(sample.ws, sample.study)
    assert whole is not None
    tried = segments.preview(sample.ws, whole, RULE)
    segments.save(sample.ws, sample.study, "  Left   pleased ", RULE)
    again = of_evidence.evidence(sample.ws, sample.study)
    assert again is not None
    rows = again.open_table("memberships").collect("pandas").to_pandas()
    heard = again.people().collect("pandas").to_pandas().query("heard")["participant"]
    assert tried == Preview(int(rows.query("segment == 'Left pleased'")["participant"].isin(heard).sum()), len(heard))
    assert tried.people
