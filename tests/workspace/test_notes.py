"""Memos and stars as use cases."""

from __future__ import annotations

import pytest
from conftest import Opened

from dashboard.errors import InvalidStudy, NotFound
from dashboard.workspace import evidence as of_evidence
from dashboard.workspace import notes


def test_a_quote_is_starred_and_noted_and_found_by_its_passage(sample: Opened) -> None:
    ws, study = sample.ws, sample.study
    whole = of_evidence.evidence(ws, study)
    assert whole is not None
    passage = str(whole.passages().select("passage").head(1).collect("pandas").to_native()["passage"].iloc[0])
    version = ws.records.decisions_version(study)
    notes.note_quote(ws, whole, passage, text="  read aloud ", starred=True)
    assert notes.on_quotes(ws, study) == {passage: (True, "read aloud")}
    notes.note_quote(ws, whole, passage, text="", starred=False)
    assert notes.on_quotes(ws, study) == {}
    notes.note_theme(ws, study, "Pricing", text="too broad", starred=False)
    notes.note_person(ws, study, "P01", text="", starred=True)
    found = notes.memos(ws, study)
    assert {(memo.about_kind, memo.text) for memo in found} == {("theme", "too broad"), ("person", "")}
    notes.write(ws, study, found[0], text="", starred=False)
    assert len(notes.memos(ws, study)) == 1
    notes.summarise(ws, study, "P01", "Pricing", "pays gladly")
    assert notes.summaries(ws, study)["P01", "Pricing"].text == "pays gladly"
    assert ws.records.decisions_version(study) == version
    with pytest.raises(NotFound):
        notes.note_quote(ws, whole, "nothing.0.0", text="x", starred=False)
    with pytest.raises(InvalidStudy, match="no theme"):
        notes.note_theme(ws, study, "Gone", text="x", starred=False)
    with pytest.raises(InvalidStudy, match="more than"):
        notes.summarise(ws, study, "P01", "Pricing", "x" * 6000)
