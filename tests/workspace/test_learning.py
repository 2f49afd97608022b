"""Decisions make the next suggestions better: when the coder learns, and what is said of it."""

from __future__ import annotations

from conftest import Opened

from dashboard.study import Decision
from dashboard.workspace import coding, learning
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


def test_words_count_and_name_what_changed() -> None:
    found = tuple(learning.Brought(name, n, m) for name, n, m in (("A", 3, 1), ("B", 1, 0), ("C", 0, 1), ("D", 0, 1)))
    assert (
        learning.said(found)
        == "3 new and 1 fewer suggestions for “A”, 1 new for “B”, 1 fewer for “C”, and changes for 1 more"
    )
