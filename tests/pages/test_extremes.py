"""Studies at the edge: nothing given, nothing built, names that look like markup, and far too many of everything."""

import html
from dataclasses import replace

import pytest
import small_study
from ui.shown import data, opened, texts

from dashboard.analysis.quotes import quotes
from dashboard.study import Decision, Segment, Stage, Theme
from dashboard.workspace import Workspace, coding, jobs, sources, studies
from dashboard.workspace.evidence import evidence

PAGES = (
    "studies", "overview", "themes", "journey", "scores", "quotes", "answers", "interviews", "participants", "findings",
    "sources", "coding",
)  # fmt: skip
HOSTILE = ("__class__", "![x](http://x.example/y.png)", ":red[x]", "$a$", "<script>alert(1)</script>")
STRANGE = ("عمر", "😀 Bo", r"{\rtf1 Cy}")


def _filled(ws: Workspace, files: dict[str, str], *, themes: tuple[str, ...] = (), stages: tuple[str, ...] = ()) -> str:
    """A study with these files, not built."""
    study = studies.create(ws, HOSTILE[1])
    given = replace(
        studies.get(ws, study),
        codebook=tuple(Theme(name, cues=("price",)) for name in themes),
        journey=tuple(Stage(name, cues=("set up",)) for name in stages),
    )
    studies.save(ws, given, version=studies.version(ws, study))
    added = sources.add(ws, study, [(name, text.encode()) for name, text in files.items()])
    assert {each.outcome for each in added} <= {"new"}, added
    return study


def _all_pages(ws: Workspace, study: str, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Page → what it says; no page breaks, and none hands a word from outside to Markdown."""
    said = {}
    for page in PAGES:
        at = opened(page, ws.settings.data_dir, monkeypatch, study=study)
        said[page] = texts(at)
        assert "report the reference" not in said[page], page
        assert not at.markdown, page
        for name in HOSTILE[1:]:
            assert all(name not in element.label for kind in ("button", "selectbox") for element in at.get(kind)), page
        for element in at.get("html"):
            assert "<script" not in element.proto.body, page
    return said


def test_a_study_without_sources(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    said = _all_pages(ws, studies.create(ws, "Nothing yet"), monkeypatch)
    assert all("no sources yet" in said[page] for page in ("overview", "themes", "journey", "quotes"))


def test_sources_that_were_never_built(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    said = _all_pages(ws, _filled(ws, small_study.FILES, themes=("Pricing",)), monkeypatch)
    assert "nothing was made of them yet" in said["themes"]


def test_without_a_codebook_and_a_journey_quotes_are_shown(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    study = _filled(ws, small_study.FILES)
    jobs.build_now(ws, study)
    said = _all_pages(ws, study, monkeypatch)
    assert "no codebook yet" in said["themes"]
    assert "no journey yet" in said["journey"]


def test_one_participant(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    study = _filled(ws, {"P02 notes.txt": small_study.P02}, themes=("Pricing",), stages=("Set up",))
    jobs.build_now(ws, study)
    said = _all_pages(ws, study, monkeypatch)
    assert "We heard 1 person" in said["overview"]
    assert "No score has been given yet" in said["scores"]
    assert "No attribute of the study says who left" in said["scores"]
    assert "changed over time" not in said["themes"]


def test_names_that_look_like_markup_stay_names(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    people = "id,name,plan\n" + "".join(f"P{i},{name},{HOSTILE[i]}\n" for i, name in enumerate(STRANGE))
    answers = "Response ID,id,What is the main reason for your score?\n" + "".join(
        f"R{i},P{i % 3},The price went up again in month {i} and nobody told us\n" for i in range(12)
    )
    study = _filled(ws, {"nps.csv": answers, "people.csv": people}, themes=HOSTILE, stages=HOSTILE)
    jobs.build_now(ws, study)
    said = _all_pages(ws, study, monkeypatch)
    assert HOSTILE[1] in html.unescape(said["overview"])
    at = opened("themes", ws.settings.data_dir, monkeypatch, study=study)
    assert set(data(at, "show:differences:heat")["rows"]) <= set(HOSTILE)


def test_two_hundred_themes_and_sixty_values(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = "Response ID,Branch,What is the main reason for your score?\n" + "".join(
        f"R{i},branch {i % 60},The price went up again in month {i} and nobody told us\n" for i in range(180)
    )
    study = _filled(ws, {"nps.csv": answers}, themes=tuple(f"Theme {i}" for i in range(200)))
    jobs.build_now(ws, study)
    _all_pages(ws, study, monkeypatch)


ALIKE = "Response ID,plan,What is the main reason for your score?\n" + "".join(
    f"R{i},pro,The price went up again in month {i} and nobody told us\n" for i in range(12)
)


def test_where_everything_was_rejected_no_theme_comes_up(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    study = _filled(ws, {"nps.csv": ALIKE}, themes=("Pricing", "Support"), stages=("Pay",))
    jobs.build_now(ws, study)
    whole = evidence(ws, study)
    assert whole is not None
    rejected = [
        Decision(coding.anchor_of(whole, passage), "theme", theme, "rejected", "")
        for passage in quotes(whole, {}).rows["passage"]
        for theme in whole.study.themes
    ]
    coding.decide(ws, study, rejected)
    said = _all_pages(ws, study, monkeypatch)
    assert "Pricing" not in said["overview"]
    assert "comes up most often" not in said["themes"]
    for page, text in said.items():
        for claim in (": clear difference", ": worth a look", "speak of “Pricing”"):
            assert claim not in text, page


def test_where_everybody_is_the_same_nobody_differs(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    study = _filled(ws, {"nps.csv": ALIKE}, themes=("Pricing",))
    framed = studies.get(ws, study)
    alone = (Segment("only one", "plan = 'pro' and plan = 'pro'"), Segment("nobody", "plan = 'team'"))
    studies.save(ws, replace(framed, segments=alone), version=studies.version(ws, study))
    jobs.build_now(ws, study)
    said = _all_pages(ws, study, monkeypatch)
    for page in ("overview", "themes", "scores"):
        assert "clear difference:" not in said[page]
        assert ": worth a look" not in said[page]
    assert "changed over time" not in said["themes"]
