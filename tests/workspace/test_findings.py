"""Findings as use cases: what is refused, what a figure says now, and where a pinned quote stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import narwhals as nw
import pandas as pd
import pytest
import small_study

from dashboard.analysis.friction import friction
from dashboard.analysis.in_words import row_in_words
from dashboard.analysis.prevalence import prevalence
from dashboard.analysis.table import Table
from dashboard.errors import Conflict, InvalidStudy, NotFound
from dashboard.evidence.tables import Evidence
from dashboard.filters import Filters
from dashboard.settings import Settings
from dashboard.study import Assumption, Objective
from dashboard.workspace import User, Workspace, directory, findings, jobs, open_workspace, studies
from dashboard.workspace import evidence as of_evidence
from dashboard.workspace.findings import Action, Figure, Finding


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Workspace, str]]:
    """A small study with an objective and an assumption; tests may write into it."""
    folder = tmp_path_factory.mktemp("findings")
    ws = open_workspace(Settings(data_dir=folder / "store"), User("Maren"))
    study, _ = directory.take_in(ws, small_study.write(folder / "small"))
    framed = replace(
        studies.get(ws, study),
        objectives=(Objective("leave", "Why do they leave?"),),
        assumptions=(Assumption("price", "It costs too much.", ("Pricing",)),),
    )
    studies.save(ws, framed, version=studies.version(ws, study))
    jobs.build_now(ws, study)
    yield ws, study
    ws.records.close()


def evidence(built: tuple[Workspace, str]) -> Evidence:
    opened = of_evidence.evidence(*built)
    assert opened is not None
    return opened


def test_what_does_not_hold_together_is_refused(built: tuple[Workspace, str]) -> None:
    ws, study = built
    whole = evidence(built)
    passage = str(whole.passages().select("passage").head(1).collect("pandas").to_native()["passage"].iloc[0])
    with pytest.raises(InvalidStudy, match="needs a claim"):
        findings.add(ws, study, Finding(0, "  "))
    with pytest.raises(InvalidStudy, match="no objective"):
        findings.add(ws, study, Finding(0, "x", objective="gone"))
    with pytest.raises(InvalidStudy, match="draft"):
        findings.add(ws, study, Finding(0, "x", status="done"))  # type: ignore[arg-type]
    with pytest.raises(InvalidStudy, match="more than"):
        findings.add(ws, study, Finding(0, "x" * 3000))
    with pytest.raises(InvalidStudy, match="no assumption"):
        findings.judge(ws, study, "gone", "mixed", "why")
    with pytest.raises(InvalidStudy, match="Choose what"):
        findings.judge(ws, study, "price", "", "why")
    with pytest.raises(InvalidStudy, match="reason"):
        findings.judge(ws, study, "price", "mixed", " ")
    with pytest.raises(InvalidStudy, match="https"):
        findings.save_action(ws, study, Action(0, "x", link="javascript:alert(1)"))
    with pytest.raises(InvalidStudy, match="says what"):
        findings.save_action(ws, study, Action(0, ""))
    with pytest.raises(InvalidStudy, match="for an assumption or against"):
        findings.pin(ws, whole, passage, "price")
    with pytest.raises(NotFound):
        findings.pin(ws, whole, passage, 99)
    assert findings.learned(ws, study) == findings.Learned()


def test_a_figure_follows_the_evidence_and_the_finding_its_latest_version(built: tuple[Workspace, str]) -> None:
    ws, study = built
    whole = evidence(built)
    table = prevalence(whole, "plan")
    keys = table.keys_of(0)
    figure = findings.figure_of(whole, table, keys)
    row = table.records()[0]
    assert figure.said == f"{row['k']} of {row['n']} {'person' if row['n'] == 1 else 'people'}"
    number = findings.add(ws, study, Finding(0, " It costs. ", objective="leave", figure=figure))
    kept = findings.learned(ws, study).finding(number)
    assert kept is not None
    assert (kept.claim, kept.figure) == ("It costs.", figure)
    assert findings.now(table, figure) == findings.Now(figure.said, row["k"] / row["n"])
    assert findings.now(table, replace(figure, keys=(("theme", "Gone"),))) == findings.Now("")
    findings.save(ws, study, replace(kept, claim="It costs much."))
    with pytest.raises(Conflict):
        findings.save(ws, study, replace(kept, claim="Lost"))
    findings.remove(ws, study, number)
    assert findings.learned(ws, study).finding(number) is None


def test_filters_are_part_of_a_figure(built: tuple[Workspace, str]) -> None:
    narrowed = evidence(built).where(Filters(source_kinds=("interview",)))
    table = prevalence(narrowed)
    assert findings.figure_of(narrowed, table, table.keys_of(0), pool=True).filters == narrowed.filters


def test_words_say_what_is_counted() -> None:
    rows = pd.DataFrame({"theme": ["a", "b"], "k": [1, 2], "n": [1, 7], "rest_k": [0, 3], "rest_n": [4, 9]})
    table = Table("differences", rows, ("theme",), "k", "participants")
    assert row_in_words(table, 0) == "1 of 1 person; of the others 0 of 4"
    assert row_in_words(table, 1) == "2 of 7 people; of the others 3 of 9"
    bare = Table("mentions", pd.DataFrame({"theme": ["a"], "k": [1]}), ("theme",), "k", "passages")
    assert row_in_words(bare, 0) == "1 passage"
    assert row_in_words(Table("m", rows, ("theme",), None, "pairs"), 0) == ""


def test_a_pinned_quote_is_found_where_it_stands_now(built: tuple[Workspace, str]) -> None:
    ws, study = built
    whole = evidence(built)
    rows = whole.passages().filter(nw.col("codable")).select("passage", "participant").head(2).collect("pandas").rows()
    for passage, _ in rows:
        findings.pin(ws, whole, passage, "price", side="for")
    anchors = [pin.anchor for pin in findings.learned(ws, study).pinned_to("price")]
    lost = replace(anchors[0], text="never said by anybody", before="", after="")
    moved = replace(anchors[1], turn=anchors[1].turn + 40, start=3, end=3 + len(anchors[1].text))
    found = findings.places(whole, [*anchors, lost, moved])
    assert [(place.passage, place.participant) if place else None for place in found] == [*rows, None, rows[1]]
    assert findings.places(whole, []) == []


def test_an_action_is_overdue_until_it_is_done() -> None:
    action = Action(0, "x", due=date(2026, 3, 1))
    assert findings.overdue(action, date(2026, 3, 2))
    assert not findings.overdue(action, date(2026, 3, 1))
    assert not findings.overdue(replace(action, status="done"), date(2027, 1, 1))
    assert not findings.overdue(replace(action, due=None), date(2027, 1, 1))


def test_friction_of_a_figure_is_that_of_its_stage_and_theme(built: tuple[Workspace, str]) -> None:
    table = friction(evidence(built), "theme", pool=True)
    rows = [row for row in table.records() if row["index"]]
    assert rows
    worst = max(rows, key=lambda row: row["index"])
    assert findings.friction_of(table, Figure("prevalence", (("theme", worst["theme"]),))) == worst["index"]
    assert findings.friction_of(table, Figure("scores", (("score", "nps"),))) == 0
    assert findings.friction_of(table, None) == findings.friction_of(None, None) == 0
