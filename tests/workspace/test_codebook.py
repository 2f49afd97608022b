"""Codebooks travel as files; themes are merged and split with their decisions; every change can be undone."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pytest
from conftest import Opened

from dashboard.errors import InvalidStudy
from dashboard.study import Comparison, Decision, Objective, Theme
from dashboard.workspace import Workspace, codebook, coding, studies
from dashboard.workspace.codebook import Form
from dashboard.workspace.evidence import evidence

THEMES = (
    Theme("Money", "what it costs", ("price", "fee*"), ("it is dear",), ("my own prices",)),
    Theme("Refunds", "money back", ("refund",), parent="Money"),
    Theme("=Help", "support, “quoted”; and more", ("chat", "phone")),
)


def with_themes(ws: Workspace, themes: tuple[Theme, ...] = THEMES) -> str:
    study = studies.create(ws, "Codes")
    studies.save(ws, replace(studies.get(ws, study), codebook=themes), version=studies.version(ws, study))
    return study


@pytest.mark.parametrize("form", get_args(Form))
def test_a_codebook_that_is_taken_away_comes_back_the_same(ws: Workspace, form: Form) -> None:
    data = codebook.taken_away(ws, with_themes(ws), form)
    other = studies.create(ws, "Other")
    assert codebook.bring_in(ws, other, f"codes.{form}", data) == (3, 0)
    found = studies.get(ws, other).codebook
    assert b"\n=Help" not in data  # no cell of the file is a formula
    shown = THEMES
    if form == "qdc":
        shown = tuple(Theme(theme.name, theme.definition, parent=theme.parent) for theme in THEMES)
    assert found == shown


def test_what_is_brought_in_fills_gaps_and_takes_nothing_away(ws: Workspace) -> None:
    study = with_themes(ws)
    data = b"theme,definition,cues\nMoney,other words,price;bill\nSpeed,how fast it is,slow\n"
    assert codebook.bring_in(ws, study, "more.csv", data) == (1, 1)
    found = {theme.name: theme for theme in studies.get(ws, study).codebook}
    assert found["Money"].definition == "what it costs"
    assert found["Money"].cues == ("price", "fee*", "bill")
    assert found["Speed"].definition == "how fast it is"
    with pytest.raises(InvalidStudy, match="holds no themes"):
        codebook.bring_in(ws, study, "talk.txt", b"Ada: Hello.\nBob: Hello, how are you?\n")


def test_themes_are_merged_with_everything_that_hangs_on_them_and_parted_again(sample: Opened) -> None:
    ws, study = sample.ws, sample.study
    before = studies.get(ws, study)
    one, other = before.codebook[0].name, next(t.name for t in before.codebook[1:] if t.parent is None)
    objective = Objective(
        "more", "Why?", (Comparison(one, before.attributes[0].name if before.attributes else "plan"),)
    )
    studies.save(ws, replace(before, objectives=(*before.objectives, objective)), version=studies.version(ws, study))
    before = studies.get(ws, study)
    whole = evidence(ws, study)
    assert whole is not None
    item = coding.queue(whole, theme=one)[0]
    anchor = coding.anchor(whole, item.source, item.turn, item.start, item.end)
    coding.decide(ws, study, [Decision(anchor, "theme", one, "confirmed", "")])

    def decided() -> dict[int, str]:
        return {decision.id: decision.value for decision in ws.records.decisions(study)}

    as_it_was = decided()
    codebook.merge(ws, study, one, other)
    after = studies.get(ws, study)
    assert one not in after.themes
    merged = next(theme for theme in after.codebook if theme.name == other)
    assert set(before.codebook[0].cues) <= set(merged.cues)
    assert after.objectives[-1].comparisons[0].theme == other
    assert one not in decided().values()
    assert codebook.undo(ws, study).startswith(f"“{one}” was taken out")
    assert studies.get(ws, study).codebook == before.codebook
    assert decided() == as_it_was
    with pytest.raises(InvalidStudy, match="neither itself"):
        codebook.merge(ws, study, other, other)


def test_a_theme_is_split_by_its_cues_and_decisions_go_along(sample: Opened) -> None:
    ws, study = sample.ws, sample.study
    whole = evidence(ws, study)
    assert whole is not None
    theme = next(theme for theme in studies.get(ws, study).codebook if len(theme.cues) > 2)
    items = coding.queue(whole, theme=theme.name)[:6]
    anchors = [coding.anchor(whole, item.source, item.turn, item.start, item.end) for item in items]
    numbers = coding.decide(ws, study, [Decision(anchor, "theme", theme.name, "confirmed", "") for anchor in anchors])
    moved = codebook.split(ws, study, theme.name, "Its own", theme.cues)
    found = {t.name: t for t in studies.get(ws, study).codebook}
    assert found["Its own"].cues == theme.cues
    assert found[theme.name].cues == ()
    went = [d for d in ws.records.decisions(study) if d.value == "Its own" and d.id in numbers]
    assert moved >= len(went) > 0
    codebook.undo(ws, study)
    assert not [d for d in ws.records.decisions(study) if d.value == "Its own"]
    assert theme in studies.get(ws, study).codebook
    with pytest.raises(InvalidStudy, match="at least one cue"):
        codebook.split(ws, study, theme.name, "Nothing", ["no such cue"])


def test_history_names_each_change_and_undo_goes_back_step_by_step(ws: Workspace) -> None:
    study = with_themes(ws, ())
    with pytest.raises(InvalidStudy, match="nothing to undo"):
        codebook.undo(ws, study)
    for themes in ((THEMES[0],), THEMES):
        studies.save(ws, replace(studies.get(ws, study), codebook=themes), version=studies.version(ws, study))
    coding.rename(ws, study, "theme", "Refunds", "Money back")
    whats = [change.what for change in codebook.history(ws, study)]
    assert whats == ["“Refunds” is now called “Money back”", "“Refunds”, “=Help” were added", "“Money” was added"]
    for left in (THEMES, (THEMES[0],), ()):
        codebook.undo(ws, study)
        assert studies.get(ws, study).codebook == left
    assert codebook.history(ws, study) == []
