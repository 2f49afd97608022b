from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from conftest import Opened
from docx import Document
from lxml import etree
from pptx import Presentation
from small_study import write

from dashboard.charts.measures import MEASURES
from dashboard.errors import InvalidFilter, InvalidStudy, NotAllowed, NotFound, UnreadableFile
from dashboard.evidence.tables import Evidence
from dashboard.filters import Filters
from dashboard.intake import read
from dashboard.records.findings import Figure, Finding
from dashboard.settings import Settings
from dashboard.sharing.policy import Policy
from dashboard.study import Correction, Decision, Theme, WordCorrection
from dashboard.workspace import (
    User,
    Workspace,
    coding,
    directory,
    findings,
    jobs,
    open_workspace,
    people,
    sharing,
    sources,
    studies,
    taking,
)
from dashboard.workspace.access import open_published
from dashboard.workspace.evidence import evidence
from dashboard.workspace.taking import Chart

RESEARCHER = User("ana", role="researcher")


def of(ws: Workspace, study: str) -> Evidence:
    found = evidence(ws, study)
    assert found is not None
    return found


@pytest.fixture
def small(ws: Workspace, tmp_path: Path) -> Opened:
    """A small study with two decisions and a finding."""
    study, _ = directory.take_in(ws, write(tmp_path / "small"))
    jobs.build_now(ws, study)
    seen = of(ws, study)
    rows = seen.passages().select("passage", "text").collect("pandas").to_native()
    dear = rows[rows["text"].str.contains("expensive")]["passage"].iloc[0]
    decision = Decision(coding.anchor_of(seen, dear), "theme", "Pricing", "confirmed", "")
    coding.decide(ws, study, [decision, replace(decision, value="Onboarding", status="rejected")])
    number = findings.add(ws, study, Finding(0, "=People find it dear"))
    findings.pin(ws, of(ws, study), dear, number)
    return Opened(ws, study)


def test_slides_are_charts_that_can_be_edited(small: Opened) -> None:
    charts = [Chart("overview"), Chart("prevalence"), Chart("prevalence", "plan"), Chart("friction")]
    data = taking.slides(small.ws, small.study, charts, filters=Filters(attributes=(("plan", ("pro",)),)))
    show = Presentation(io.BytesIO(data))
    drawn = [shape.chart for slide in show.slides for shape in slide.shapes if shape.has_chart]
    assert len(show.slides) >= len(charts)
    assert drawn
    first = next(slide for slide in show.slides if any(shape.has_chart for shape in slide.shapes))
    table = taking.figures(small.ws, small.study, charts[1], filters=Filters(attributes=(("plan", ("pro",)),)))
    assert first.shapes.title.text == MEASURES["prevalence"].headline(table)
    said = " ".join(shape.text_frame.text for shape in first.shapes if shape.has_text_frame)
    assert table.denominator in said
    assert "Filtered: plan pro." in said
    assert "“" in first.notes_slide.notes_text_frame.text
    assert show.core_properties.author == ""


def test_a_report_follows_the_order_of_a_reader(small: Opened) -> None:
    page = taking.written_report(small.ws, small.study, "html").decode()
    assert (
        page.index("=People find it dear") < page.index("What do people talk about?") < page.index("Method and limits")
    )
    assert "<script" not in page
    paper = Document(io.BytesIO(taking.written_report(small.ws, small.study, "docx")))
    heads = [each.text for each in paper.paragraphs if each.style.name.startswith("Heading")]
    assert (
        heads.index("=People find it dear")
        < heads.index("What do people talk about?")
        < heads.index("Method and limits")
    )
    with pytest.raises(InvalidFilter):
        taking.slides(small.ws, small.study, [Chart("nothing")])


def test_a_figure_that_the_study_lacks_by_now_fails_no_report(small: Opened) -> None:
    gone = Figure("prevalence", (("theme", "Pricing"),), by="nothing of that name")
    findings.add(small.ws, small.study, Finding(0, "It was so", figure=gone))
    assert "It was so" in taking.written_report(small.ws, small.study, "html").decode()


def test_quotes_stay_text_wherever_they_are_taken(small: Opened) -> None:
    rows = taking.quotes(small.ws, small.study, {"theme": "Pricing"})
    assert {"Quote", "Themes", "Participant", "Source", "plan"} <= set(rows.columns)
    hostile = rows.assign(Quote="=cmd()|![x](http://a/b)", Themes="@sum")
    assert b"\n=cmd" not in taking.quotes_csv(hostile)
    assert b"'=cmd" in taking.quotes_csv(hostile)
    assert b"![x](" not in taking.quotes_markdown(hostile, title="Q")


def test_a_project_follows_the_standard_and_reads_back(small: Opened) -> None:
    data = taking.project(small.ws, small.study)
    schema = etree.XMLSchema(etree.parse(Path(__file__).parents[1] / "sharing" / "refi_qda.xsd"))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        schema.assertValid(etree.fromstring(archive.read("project.qde")))
    by = {coding.coder for coding in read(data, "a.qdpx").codings}
    assert small.ws.user.name in by
    assert {each.coder for each in read(taking.project(small.ws, small.study, suggested=False), "a.qdpx").codings} == {
        small.ws.user.name
    }


def test_a_template_is_kept_without_macros_and_for_nobody_who_gives_something_else(ws: Workspace) -> None:
    plain = io.BytesIO()
    Presentation().save(plain)
    taking.set_template(ws, "ours.potx", plain.getvalue())
    assert taking.template(ws) == "ours.potx"
    with pytest.raises(UnreadableFile, match=r"“a\.pptx” is no PowerPoint file"):
        taking.set_template(ws, "a.pptx", b"PK nothing")
    taking.forget_template(ws)
    assert taking.template(ws) == ""


def test_what_was_changed_by_hand_is_refused_in_one_sentence(small: Opened, tmp_path: Path) -> None:
    data = taking.whole_study(small.ws, small.study)
    before = {card.id for card in studies.cards(small.ws)}
    for change in ("format", "row"):
        changed = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(changed, "w") as new:
            for name in old.namelist():
                content = old.read(name)
                if name.endswith(".json"):
                    found = json.loads(content)
                    if change == "format":
                        found["format"] = "other"
                    else:
                        found["decided"]["decision"][0]["turn"] = "7; drop table"
                    content = json.dumps(found).encode()
                new.writestr(name, content)
        with pytest.raises((UnreadableFile, InvalidStudy), match="take the study away again"):
            taking.bring_in(small.ws, "s.zip", changed.getvalue())
    for junk in (b"", b"PK\x03\x04", data[: len(data) // 2]):
        with pytest.raises(UnreadableFile):
            taking.bring_in(small.ws, "s.zip", junk)
    assert {card.id for card in studies.cards(small.ws)} == before


def test_an_unpacked_study_is_a_directory_like_any_other(small: Opened, tmp_path: Path) -> None:
    folder = tmp_path / "unpacked"
    with zipfile.ZipFile(io.BytesIO(taking.whole_study(small.ws, small.study))) as archive:
        archive.extractall(folder)
    other = open_workspace(Settings(data_dir=tmp_path / "other"), RESEARCHER)
    study, added = directory.take_in(other, folder)
    assert not [each for each in added if each.outcome == "error"]
    assert len(other.records.decisions(study)) == len(small.ws.records.decisions(small.study)) == 2
    other.records.close()


def measured(seen: Evidence) -> dict[str, Any]:
    """Every measure, split where it must be, over evidence that draws at random alike."""
    seen = replace(seen, revision="same", decisions=0, known={})
    found: dict[str, Any] = {}
    for name, measure in MEASURES.items():
        for by in (None, "status"):
            if (by is None and measure.by == "must") or (by and measure.by == "never"):
                continue
            table = measure.function(seen, by, pool=False)
            found[f"{name} by {by}"] = (table.rows, table.notes, table.denominator)
    return found


def test_a_study_that_is_brought_in_again_has_the_same_numbers(sample: Opened, tmp_path: Path) -> None:
    ws, study = sample.ws, sample.study
    seen = of(ws, study)
    rows = seen.passages().select("passage", "source", "turn", "participant", "text").collect("pandas").to_native()
    rows = rows.sort_values("passage", ignore_index=True)
    chosen = rows.iloc[:: len(rows) // 12]["passage"]
    for n, passage in enumerate(chosen):
        anchor = coding.anchor_of(seen, passage)
        status = "confirmed" if n % 3 else "rejected"
        coding.decide(ws, study, [Decision(anchor, "theme", seen.study.themes[n % 5], status, "")])
        coding.decide(ws, study, [Decision(anchor, "stage", seen.study.stages[n % 3], "confirmed", "")])
    one = ws.records.sources(study)[0]
    sources.correct(ws, study, one.id, Correction(date="2026-02-03", words=(WordCorrection("invoice", "bill"),)))
    keys = [each.key for each in people.mentions(ws, study)][:2]
    people.part(ws, study, keys)
    people.confirm(ws, study, [people.mentions(ws, study)[5].key], "Somebody else")
    changed = studies.get(ws, study)
    book = (*changed.codebook[1:], Theme("Letters", cues=("letter", "post")))
    studies.save(ws, replace(changed, codebook=book), version=studies.version(ws, study))
    number = findings.add(ws, study, Finding(0, "They leave early", objective=changed.objectives[0].id))
    findings.pin(ws, seen, chosen.iloc[0], number)
    jobs.build_now(ws, study)

    data = taking.whole_study(ws, study)
    other = open_workspace(Settings(data_dir=tmp_path / "other"), RESEARCHER)
    brought = taking.bring_in(other, "study.zip", data)
    assert [each for each in brought.files if each.outcome == "error"] == []
    jobs.build_now(other, brought.study)
    before, after = measured(of(ws, study)), measured(of(other, brought.study))
    for name, (table, *said) in before.items():
        pd.testing.assert_frame_equal(table, after[name][0], obj=name, rtol=1e-9)
        assert list(after[name][1:]) == said, name
    assert [each.claim for each in findings.learned(other, brought.study).findings] == ["They leave early"]
    assert len(findings.learned(other, brought.study).pins) == 1
    other.records.close()


def test_a_viewer_takes_what_a_share_shows_and_nothing_by_person(sample: Opened) -> None:
    ws, study = sample.ws, sample.study
    token = sharing.publish(ws, study, Policy(), title="For all", audience=("@example.com",)).token
    viewer = open_published(ws.settings, User("Vi", email="vi@example.com", role="viewer"), token)
    names = of(ws, study).people().select("participant", "name").collect("pandas").to_native()
    secret = [name for name in {*names["name"], *names["participant"]} if len(name) > 4]
    rows = taking.quotes(viewer, study, {"theme": "Pricing"})
    assert list(rows.columns) == ["Quote", "Themes", "Stage", "Question", "Said in"]
    taken = [
        taking.quotes_csv(rows),
        taking.quotes_markdown(rows, title="Quotes"),
        taking.written_report(viewer, "", "html"),
        *unpacked(taking.written_report(viewer, "", "docx")),
        *unpacked(taking.slides(viewer, "", [Chart("prevalence"), Chart("friction"), Chart("overview")])),
    ]
    for data in taken:
        for name in secret:
            assert name.encode() not in data, name
    for measure in taking.BY_PERSON:
        with pytest.raises(NotAllowed):
            taking.slides(viewer, "", [Chart(measure)])
    with pytest.raises(NotAllowed):
        taking.quotes(viewer, "", {"participant": "P01"})
    for forbidden in (taking.project, taking.whole_study):
        with pytest.raises(NotAllowed):
            forbidden(viewer, study)  # type: ignore[operator,call-arg,arg-type]
    sharing.revoke(ws, token)
    with pytest.raises(NotFound):
        taking.written_report(viewer, "", "html")


def unpacked(data: bytes) -> list[bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [archive.read(name) for name in archive.namelist()]
