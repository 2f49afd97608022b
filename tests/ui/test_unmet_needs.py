"""What people lack, and how they manage today."""

import pytest
from analysis.evidence_fixture import evidence, random_study
from conftest import Opened
from ui.shown import data, opened, texts

from dashboard.ui.unmet_needs import today


def test_how_people_manage_is_told_in_their_own_words() -> None:
    persons, passages, codings = random_study(people=40, seed=8)
    texts_of = [
        "We copy it all into a spreadsheet by hand." if i % 2 else "I wish it did." for i in range(len(passages))
    ]
    found = today(evidence("duckdb", persons, passages.assign(text=texts_of), codings), pool=False)
    assert 0 < len(found) <= 6
    assert all("how they manage: “We copy it all" in line.detail for line in found)
    assert all(line.keys["today"] is True and line.measure == "needs" for line in found)


def test_a_line_opens_exactly_the_people_who_say_how_they_manage(
    sample: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = opened("journey", sample.ws.settings.data_dir, monkeypatch, study=sample.study)
    assert "What do they lack?" in texts(at)
    line = data(at, "needs:today")["groups"][0]["lines"][0]
    at.session_state["needs:today"] = {"line": {"id": line["id"]}}
    at.run()
    number = line["detail"].split(" ")[0]
    assert f"{number} {'person' if number == '1' else 'people'}, " in texts(at)
