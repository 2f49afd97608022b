"""Findings: from a number to a finding, its live figure, pinned quotes, actions, verdicts, opportunities, memos."""

from __future__ import annotations

from dataclasses import replace

import pytest
from conftest import Opened
from streamlit.testing.v1 import AppTest
from ui.shown import data, opened, tell, texts

from dashboard.ui.findings import ASSUMPTIONS, MEMOS, OPPORTUNITIES, SORTS, TAB
from dashboard.workspace import Workspace, findings, notes, sources, studies
from dashboard.workspace import evidence as of_evidence
from dashboard.workspace.findings import Action, Finding

HEAT = "show:differences:heat"
QUOTES = "show:differences:quotes"


def begun_from_a_cell(sample: Opened, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """Themes, with the quotes of the first cell that counts somebody open."""
    at = opened("themes", sample.ws.settings.data_dir, monkeypatch, study=sample.study)
    heat = data(at, HEAT)
    row, column = next(
        (i, j) for i, line in enumerate(heat["cells"]) for j, cell in enumerate(line) if cell and cell["depth"]
    )
    at.session_state[HEAT] = {"cell": {"row": row, "column": column}}
    return at.run()


def on_tab(at: AppTest, tab: str) -> AppTest:
    at.session_state[TAB] = tab
    return at.run()


def test_a_number_becomes_a_finding_that_stays_live(sample: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    at = begun_from_a_cell(sample, monkeypatch)
    at.button(key="show:differences:finding").click().run()
    assert "A new finding" in texts(at)
    at.switch_page("pages/findings.py").run()
    assert not at.exception
    claim = next(area for area in at.text_area if area.key.endswith(":claim"))
    claim.set_value("They leave where the bank breaks.")
    next(button for button in at.button if button.key.endswith(":save")).click().run()
    (finding,) = findings.learned(sample.ws, sample.study).findings
    assert finding.claim == "They leave where the bank breaks."
    assert finding.figure is not None
    assert " of " in finding.figure.said
    assert f"{finding.figure.said}" in texts(at), "the finding is open after it was saved"

    written = replace(finding, figure=replace(finding.figure, said="1 of 2 people"))
    findings.save(sample.ws, sample.study, written)
    at.run()
    assert f"{finding.figure.said} (1 of 2 people when it was written)" in texts(at)
    at.button(key="finding:read").click().run()
    people = int(finding.figure.said.split()[0])
    assert f"\n{people} {'person' if people == 1 else 'people'}, " in texts(at), "the number opens its own people"


def test_a_quote_is_starred_noted_and_pinned_where_it_is_read(sample: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    number = findings.add(sample.ws, sample.study, Finding(0, "The bank breaks."))
    at = begun_from_a_cell(sample, monkeypatch)
    first = data(at, QUOTES)["cards"][0]
    tell(at, QUOTES, do="star", passage=first["passage"], on=True)
    assert data(at, QUOTES)["cards"][0]["starred"]
    tell(at, QUOTES, do="keep", passage=first["passage"])
    at.text_area(key=f"{QUOTES}:memo:{first['passage']}").set_value("read it to the board")
    at.button(key=f"{QUOTES}:memo").click().run()
    assert data(at, QUOTES)["cards"][0]["memo"] == "read it to the board"
    for choice in ("Finding: The bank breaks.", "Against: Customers leave because Tallybird costs too much."):
        tell(at, QUOTES, do="keep", passage=first["passage"])
        at.selectbox(key=f"{QUOTES}:subject").set_value(choice)
        at.button(key=f"{QUOTES}:pin").click().run()
    learned = findings.learned(sample.ws, sample.study)
    assert [pin.anchor.text for pin in learned.pinned_to(number)] == [first["text"]]
    assert [pin.side for pin in learned.pinned_to("price")] == ["against"]

    at.switch_page("pages/findings.py").run()
    at.text_input(key="finding").set_value(str(number)).run()
    (row,) = data(at, f"pins:{number}")["rows"]
    assert (row["title"], row["said"]) == (first["participant"], f"“{first['text']}”")
    tell(at, f"pins:{number}", do="unpin", id=row["id"])
    assert "The quote was taken off." in texts(at)
    assert not findings.learned(sample.ws, sample.study).pinned_to(number)
    at.button(key=f"pins:{number}:again").click().run()
    assert [pin.anchor.text for pin in findings.learned(sample.ws, sample.study).pinned_to(number)] == [first["text"]]
    assert "was taken off" not in texts(at)
    on_tab(at, MEMOS)
    (memo,) = data(at, "memos")["rows"]
    assert (memo["said"], memo["lines"]) == (f"“{first['text']}”", ["read it to the board", "Noted by researcher"])
    tell(at, "memos", do="open", id=memo["id"])
    assert at.text_input(key="passage").value == first["passage"]
    assert not at.exception


def test_what_is_done_about_a_finding(sample: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    ws, study = sample.ws, sample.study
    number = findings.add(ws, study, Finding(0, "The bank breaks.", objective="leave"))
    at = opened("findings", ws.settings.data_dir, monkeypatch, study=study)
    assert "1 finding, 0 with something to do about it; 0 of 3 assumptions judged." in texts(at)
    tell(at, "findings:leave", do="open", id=str(number))
    next(field for field in at.text_input if field.key.endswith(":what")).set_value("Repair the connection")
    next(field for field in at.text_input if field.key.endswith(":link")).set_value("tracker")
    save = next(button.key for button in at.button if button.key.startswith("action:"))
    at.button(key=save).click().run()
    assert "begins with https://" in texts(at)
    next(field for field in at.text_input if field.key.endswith(":link")).set_value("https://example.org/7")
    at.button(key=save).click().run()
    (action,) = findings.learned(ws, study).actions
    assert (action.what, action.link, action.finding) == ("Repair the connection", "https://example.org/7", number)
    tell(at, f"actions:{number}", do="doing", id=str(action.id))
    assert findings.learned(ws, study).actions[0].status == "doing"
    findings.add(ws, study, Finding(0, "They leave at night."))
    at.run()
    for sort in SORTS:
        at.selectbox(key="findings:sort").set_value(sort).run()
        assert not at.exception


def test_a_finding_that_somebody_else_changed_is_not_overwritten(
    sample: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    ws, study = sample.ws, sample.study
    number = findings.add(ws, study, Finding(0, "The bank breaks."))
    at = opened("findings", ws.settings.data_dir, monkeypatch, study=study)
    at.text_input(key="finding").set_value(str(number)).run()
    findings.save(ws, study, Finding(number, "The bank breaks at night.", version=1))
    at.text_area(key=f"finding:{number}:1:claim").set_value("My own words.")
    at.button(key=f"finding:{number}:1:save").click().run()
    assert "changed by somebody else" in texts(at)
    assert "Your words, not saved: My own words." in texts(at)
    assert findings.learned(ws, study).findings[0].claim == "The bank breaks at night."


def test_an_assumption_is_judged_with_what_speaks_for_and_against_it(
    sample: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = opened("findings", sample.ws.settings.data_dir, monkeypatch, study=sample.study)
    on_tab(at, ASSUMPTIONS)
    voices = data(at, "voices:0")["rows"]
    assert [voice["title"] for voice in voices][:2] == ["Pricing, interviews", "Pricing, survey"]
    tell(at, "voices:0", do="quotes", id=voices[0]["id"])
    cards = data(at, "assumption:quotes")["cards"]
    assert all("Pricing" in [theme["name"] for theme in card["themes"]] for card in cards)
    at.button(key="verdict:0:0:save").click().run()
    assert "Choose what the study shows" in texts(at)
    at.session_state["verdict:0:0:word"] = "contradicted"
    at.text_area(key="verdict:0:0:why").set_value("Three of the five name the bank first.")
    at.button(key="verdict:0:0:save").click().run()
    verdict = findings.learned(sample.ws, sample.study).verdict_on("price")
    assert verdict is not None
    assert (verdict.verdict, verdict.by) == ("contradicted", "researcher")
    assert "Contradicted, says researcher" in texts(at)


def test_an_unmet_need_becomes_an_opportunity(sample: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    at = opened("findings", sample.ws.settings.data_dir, monkeypatch, study=sample.study)
    on_tab(at, OPPORTUNITIES)
    needs = data(at, "needs:groups")["rows"]
    tell(at, "needs:groups", do="make", id=needs[0]["id"])
    at.button(key="finding:0:1:save").click().run()
    (made,) = findings.learned(sample.ws, sample.study).findings
    assert (made.kind, made.figure.measure if made.figure else "") == ("opportunity", "needs")
    assert [tag["text"] for tag in data(at, "needs:groups")["rows"][0]["tags"]] == ["opportunity"]
    assert "What we will do" in texts(at), "the opportunity is open after it was saved"
    assert data(at, "opportunities")["current"] == str(made.id)
    tell(at, "needs:groups", do="quotes", id=needs[1]["id"])
    assert data(at, "need:quotes")["cards"]


def test_a_memo_on_a_theme(sample: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    at = opened("findings", sample.ws.settings.data_dir, monkeypatch, study=sample.study)
    on_tab(at, MEMOS)
    at.text_area(key="memo:a theme:0:0:text").set_value("too broad, split it")
    at.button(key="memo:a theme:0:0:save").click().run()
    (memo,) = notes.memos(sample.ws, sample.study)
    assert (memo.about_kind, memo.text) == ("theme", "too broad, split it")
    assert at.text_area(key="memo:a theme:1:0:text").value == "too broad, split it", "nothing is written over unseen"
    at.selectbox(key="memo:which:a theme").set_value("Pricing").run()
    assert at.text_area(key="memo:a theme:1:1:text").value == ""
    tell(at, "memos", do="edit", id=str(memo.id))
    assert at.text_area(key="memo:a theme:2:0:text").value == "too broad, split it"
    tell(at, "memos", do="remove", id=str(memo.id))
    assert notes.memos(sample.ws, sample.study) == []


def test_a_study_without_objectives_themes_or_findings(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    from dashboard.workspace import jobs

    study = studies.create(ws, "Bare")
    sources.add(ws, study, [("a.txt", b"I: How was it?\nR: It was fine, thank you, apart from the long wait.\n")])
    jobs.build_now(ws, study)
    number = findings.add(ws, study, Finding(0, "Waiting hurts."))
    findings.save_action(ws, study, Action(0, "Hire", number))
    whole = of_evidence.evidence(ws, study)
    assert whole is not None
    at = opened("findings", ws.settings.data_dir, monkeypatch, study=study)
    for tab in (ASSUMPTIONS, OPPORTUNITIES, MEMOS):
        on_tab(at, tab)
        assert not at.exception
        assert "reference" not in texts(at)
