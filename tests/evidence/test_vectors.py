"""The vectors of passages outlive whatever leaves the words as they are."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from small_study import P01

from dashboard.coding.meaning import sentences
from dashboard.errors import EngineError
from dashboard.evidence import vectors
from dashboard.evidence.parts import Parts
from dashboard.study import Correction, SpeakerCorrection
from dashboard.workspace import Workspace, sources, studies
from dashboard.workspace.jobs import build_now


def frame(*said: tuple[str, bool]) -> pd.DataFrame:
    return pd.DataFrame(said, columns=["text", "codable"])


def test_every_passage_has_its_vector_and_what_is_not_codable_zeros(tmp_path: Path) -> None:
    parts = Parts(tmp_path)
    rows = frame(("The price doubled.", True), ("n/a", False), ("Nobody ever called me back.", True))
    vectors.make(parts, rows)
    found = vectors.read(parts, rows)
    assert found.shape == (3, sentences().width)
    assert not found[1].any()
    assert np.allclose(found[[0, 2]], sentences().embed(["The price doubled.", "Nobody ever called me back."]))
    again = frame(("n/a", False), ("The price doubled.", True), ("Nobody ever called me back.", True))
    assert np.array_equal(vectors.read(parts, again), found[[1, 0, 2]]), "the same words in order, the same part"
    with pytest.raises(EngineError):
        vectors.read(parts, rows.iloc[::-1])


def test_no_codable_passage_is_no_vector(tmp_path: Path) -> None:
    parts = Parts(tmp_path)
    for rows in (frame(("n/a", False)), frame().astype({"codable": bool})):
        vectors.make(parts, rows)
        assert vectors.read(parts, rows).shape == (len(rows), sentences().width)


def test_a_corrected_date_or_recording_embeds_nothing_again(ws: Workspace) -> None:
    study = studies.create(ws, "Calls")
    (added,) = sources.add(ws, study, [("P01.vtt", P01.encode())])
    assert added.source is not None
    build_now(ws, study)
    folder = ws.settings.parts_dir
    before = {path.name for path in folder.glob("vectors-*")}
    turns = len(list(folder.glob("turns-*")))
    dated = Correction(date="2026-03-02", recording="https://example.com/call")
    sources.correct(ws, study, added.source, dated)
    build_now(ws, study)
    assert len(list(folder.glob("turns-*"))) == turns + 1
    assert {path.name for path in folder.glob("vectors-*")} == before
    other = Correction(speakers={"Ada Quill": SpeakerCorrection("participant")})
    sources.correct(ws, study, added.source, other)
    build_now(ws, study)
    assert len(list(folder.glob("vectors-*"))) == len(before) + 1, "other words are said by participants now"
