"""Decisions make the next suggestions better: when the coder learns, and what is said of it."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

from conftest import Opened

from dashboard.evidence.parts import PartName
from dashboard.settings import Settings
from dashboard.study import Decision, Theme
from dashboard.workspace import coding, learning, open_workspace, studies
from dashboard.workspace.evidence import evidence
from dashboard.workspace.jobs import build_now


def decide(sample: Opened, status: str, *, theme: str, most: int) -> int:
    """Decide on the surest suggestions of a theme; how many there were."""
    whole = evidence(sample.ws, sample.study)
    assert whole is not None
    items = coding.queue(whole, theme=theme)[:most]
    decisions = [
        Decision(coding.anchor(whole, item.source, item.turn, item.start, item.end), "theme", theme, status, "")  # type: ignore[arg-type]
        for item in items
    ]
    coding.decide(sample.ws, sample.study, decisions)
    return len(decisions)


def test_decisions_wait_until_they_are_learned_from(sample: Opened) -> None:
    ws, study = sample.ws, sample.study
    theme = ws.records.study(study).themes[0]
    before = learning.waiting(ws, study)
    assert before == 0
    assert learning.brought(ws, study) == ()
    made = decide(sample, "rejected", theme=theme, most=4)
    assert learning.waiting(ws, study) == made
    assert not learning.learn(ws, study)  # too few to begin by itself
    build_now(ws, study)
    assert learning.waiting(ws, study) == 0


def test_what_learning_brought_is_said_by_theme(sample: Opened) -> None:
    ws, study = sample.ws, sample.study
    whole = evidence(ws, study)
    assert whole is not None
    sure = {
        name: sum(item.confidence >= 0.5 for item in coding.queue(whole, theme=name)) for name in whole.study.themes
    }
    theme = max(sure, key=lambda name: sure[name])
    decide(sample, "rejected", theme=theme, most=25)
    build_now(ws, study)
    found = {each.theme: each for each in learning.brought(ws, study)}
    assert found[theme].fewer > 0
    assert f"“{theme}”" in learning.said(tuple(found.values()), most=99)


def coded(sample: Opened) -> dict[str, bytes]:
    """Every part of the latest revision that is the coder's word, in bytes."""
    revision = sample.ws.records.revision(sample.study)
    assert revision is not None
    parts = [PartName.of(text) for text in revision.parts]
    return {
        part.file: sample.ws.parts.path(part.file).read_bytes()
        for part in parts
        if part.step in ("suggestions", "placed")
    }


def test_learning_here_and_now_makes_byte_for_byte_what_a_build_makes(sample: Opened, tmp_path: Path) -> None:
    ws, study = sample.ws, sample.study
    first = coded(sample)
    assert not learning.learn_now(ws, study)  # nothing waits
    theme = ws.records.study(study).themes[0]
    decide(sample, "rejected", theme=theme, most=4)
    shutil.copytree(ws.settings.data_dir, tmp_path / "twin")
    assert not learning.learn_now(ws, study, most=10)  # too many passages to make a person wait
    assert learning.learn_now(ws, study)
    assert not learning.learn_now(ws, study)
    twin = Opened(open_workspace(Settings(data_dir=tmp_path / "twin"), ws.user), study)
    build_now(twin.ws, study)
    assert coded(sample) == coded(twin) != first
    twin.ws.records.close()


def test_what_is_taken_back_is_unlearned(sample: Opened) -> None:
    ws, study = sample.ws, sample.study
    first = coded(sample)
    whole = evidence(ws, study)
    assert whole is not None
    item = coding.queue(whole)[0]
    ids = coding.decide(
        ws, study, [Decision(coding.anchor_of(whole, item.passage), "theme", item.theme, "rejected", "")]
    )
    assert learning.learn_now(ws, study)
    assert coded(sample) != first
    coding.withdraw(ws, study, ids)
    assert learning.waiting(ws, study) == 1
    assert learning.learn_now(ws, study)
    assert coded(sample) == first


def test_no_learning_changes_what_a_person_decided(sample: Opened) -> None:
    ws, study = sample.ws, sample.study
    said = {}
    for number, theme in enumerate(ws.records.study(study).themes[:3]):
        status = ("confirmed", "rejected")[number % 2]
        whole = evidence(ws, study)
        assert whole is not None
        for item in coding.queue(whole, theme=theme)[:3]:
            said[item.passage, theme] = status == "confirmed"
        decide(sample, status, theme=theme, most=3)
        assert learning.learn_now(ws, study)
        whole = evidence(ws, study)
        assert whole is not None
        rows = whole.verdicts().select("passage", "theme", "checked", "accepted").collect("pandas").to_pandas()
        checked = rows[rows["checked"].astype(bool)]
        now = dict(zip(zip(checked["passage"], checked["theme"], strict=True), checked["accepted"], strict=True))
        # a parent follows its child, so more may be checked than was said
        assert {key: bool(now[key]) for key in said} == said


def test_a_theme_that_was_written_is_looked_for_at_once(sample: Opened) -> None:
    ws, study = sample.ws, sample.study
    framed = studies.get(ws, study)
    more = replace(
        framed, codebook=(*framed.codebook, Theme("Spreadsheets", "work in a spreadsheet", ("spreadsheet*",)))
    )
    studies.save(ws, more, version=studies.version(ws, study))
    assert studies.stale(ws, study)
    assert learning.learn_now(ws, study)
    assert not studies.stale(ws, study)
    whole = evidence(ws, study)
    assert whole is not None
    assert coding.queue(whole, theme="Spreadsheets")
    assert {each.theme: each.more for each in learning.brought(ws, study)}["Spreadsheets"] > 0


def test_words_count_and_name_what_changed() -> None:
    found = tuple(learning.Brought(name, n, m) for name, n, m in (("A", 3, 1), ("B", 1, 0), ("C", 0, 1), ("D", 0, 1)))
    assert (
        learning.said(found)
        == "3 new and 1 fewer suggestions for “A”, 1 new for “B”, 1 fewer for “C”, and changes for 1 more"
    )
