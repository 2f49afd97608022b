"""What can be taken away, offered where it stands: charts as slides, quotes, a report, a whole study.

A file is made when it is asked for, and whoever asks is asked again then whether they may.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard.analysis.table import Table
from dashboard.charts.measures import MEASURES
from dashboard.evidence.tables import Evidence
from dashboard.ui import frame, session
from dashboard.ui.exports import XLSX, quotes_xlsx
from dashboard.workspace import studies, taking
from dashboard.workspace.taking import Chart

if TYPE_CHECKING:
    from dashboard.workspace.taking import Taker

PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ZIP = "application/zip"
OVERVIEW = (Chart("overview"), Chart("prevalence"), Chart("friction"), Chart("scores"))
"""What the slides of the overview show."""
_BROUGHT, _FORMS = "take_away:brought", ["zip"]


def taker() -> Taker:
    """Who takes: a viewer with a share in the address, else the researcher."""
    return session.shared() or session.workspace()


def chart(of: Evidence, table: Table, *, key: str) -> None:
    """Draw the button that makes a slide of the chart above it; nothing where this person may not take it."""
    who, study, filters = taker(), session.study_id() or "", of.filters
    shared = session.share() != ""
    if table.measure not in MEASURES or (shared and table.measure in taking.BY_PERSON):
        return
    pooled = "source_kind" not in table.keys
    shown = Chart(table.measure, table.by, pooled)
    _button(
        "Chart as PowerPoint", lambda: taking.slides(who, study, [shown], filters=filters), f"{table.measure}.pptx",
        PPTX, key=f"{key}:pptx", help="A native chart to edit, with the quotes in the notes.",
    )  # fmt: skip


def page(of: Evidence, *, key: str, charts: Sequence[Chart] = OVERVIEW) -> None:
    """Draw what can be taken away of a page: its charts as slides, its quotes, and the report on the whole study."""
    who, study, filters = taker(), session.study_id() or "", of.filters

    def found() -> Any:
        return taking.quotes(who, study, {}, filters=filters)

    with st.popover("Take away", type="tertiary", icon=":material/download:", key=f"{key}:take"):
        if charts:
            _button(
                "This page as PowerPoint", lambda: taking.slides(who, study, charts, filters=filters), "slides.pptx",
                PPTX, key=f"{key}:pptx", help="Native charts to edit, with the quotes in the notes.",
            )  # fmt: skip
        reports(key=key)
        _button("Quotes as CSV", lambda: taking.quotes_csv(found()), "quotes.csv", "text/csv", key=f"{key}:csv")
        _button("Quotes as Excel", lambda: quotes_xlsx(found()), "quotes.xlsx", XLSX, key=f"{key}:xlsx")
        _button(
            "Quotes as Markdown", lambda: taking.quotes_markdown(found(), title="Quotes"), "quotes.md",
            "text/markdown", key=f"{key}:md",
        )  # fmt: skip


def reports(*, key: str) -> None:
    """Draw the buttons of the report over everybody: objectives, findings, themes, friction, scores, method."""
    who, study = taker(), session.study_id() or ""
    _button("Report as Word", lambda: taking.written_report(who, study, "docx"), "report.docx", DOCX, key=f"{key}:docx")
    _button(
        "Report as HTML", lambda: taking.written_report(who, study, "html"), "report.html", "text/html",
        key=f"{key}:html",
    )  # fmt: skip


def study(study_id: str, *, key: str) -> None:
    """Draw the buttons of a whole study, for the researcher alone."""
    if not session.may_change():
        return
    ws = session.workspace()
    with st.popover("Take the study away", type="tertiary", icon=":material/archive:", key=f"{key}:study"):
        _button(
            "Study as ZIP", lambda: taking.whole_study(ws, study_id), "study.zip", ZIP, key=f"{key}:zip",
            help="study.yaml, all files and what people decided; brought in again it gives the same numbers.",
        )  # fmt: skip
        _button(
            "For NVivo, MAXQDA, ATLAS.ti (.qdpx)", lambda: taking.project(ws, study_id), "study.qdpx", ZIP,
            key=f"{key}:qdpx", help="REFI-QDA: texts, codes and codings by person. Names stand in it as given.",
        )  # fmt: skip
        frame.say("Both hold everything that was said, with names.", tone="quiet")


def bring_in() -> None:
    """Draw where a study that was taken away is brought in again."""
    given = st.file_uploader("Bring in a study that was taken away (ZIP)", _FORMS, key="take_away:zip")
    seen = f"{given.name} {given.size} {given.file_id}" if given else ""
    if given is None or session.kept(_BROUGHT) == seen:
        return
    session.keep(_BROUGHT, seen)
    with session.catching(), st.status("Bringing the study in …") as status:
        brought = taking.bring_in(
            session.workspace(), given.name, given.getvalue(), progress=lambda done, name: status.update(label=name)
        )
        lost = [each.message for each in brought.files if each.outcome == "error"]
        for message in lost:
            session.notice(message, tone="wrong")
        name = studies.get(session.workspace(), brought.study).name
        session.notice(f"“{name}” was brought in. Build it on Sources to see its numbers.")
        session.open_study(brought.study, page="sources")
        st.rerun()


def template() -> None:
    """Draw where the company's own PowerPoint template is given, shown and taken back."""
    ws = session.workspace()
    frame.section("Template for slides")
    name = taking.template(ws)
    if name:
        frame.say(f"Slides stand in “{name}”.")
        st.button("Use plain slides again", key="template:forget", type="tertiary", on_click=_forget)
    else:
        frame.say("Slides stand on plain white. Give your company's template (.pptx or .potx) to use it.", tone="quiet")
    given = st.file_uploader(
        "Template", ["pptx", "potx", "pptm", "potm"], key="template:file", label_visibility="collapsed"
    )
    seen = f"{given.name} {given.file_id}" if given else ""
    if given is not None and session.kept("template:seen") != seen:
        session.keep("template:seen", seen)
        with session.catching():
            taking.set_template(ws, given.name, given.getvalue())
            session.notice("The template is kept, without macros and outside links.")
            st.rerun()


def _forget() -> None:
    with session.doing("Slides stand on plain white again."):
        taking.forget_template(session.workspace())


def _button(label: str, data: Callable[[], bytes], name: str, mime: str, *, key: str, help: str | None = None) -> None:
    st.download_button(
        label, data=data, file_name=name, mime=mime, key=f"{key}:take", type="tertiary", on_click="ignore", help=help
    )
