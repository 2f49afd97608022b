"""The interview guide, given as a document or written as lines; saved only where nobody saved in between."""

from __future__ import annotations

import streamlit as st

from dashboard.analysis.in_words import count
from dashboard.ui import frame, session
from dashboard.workspace import guide, studies

_ROUND, _DRAFT = "guide:round", "guide:draft"
HOW = (
    "One question a line. A line that begins with # names the stage of the journey that the questions below it are "
    "about; # alone ends that. A question that stays keeps what was answered to it."
)


def guide_editor(study: str) -> None:
    """Draw the guide's lines to be changed, and where a document that holds it can be given."""
    ws = session.workspace()
    version, present = studies.version(ws, study), guide.guide(ws, study)
    frame.section("The guide" + (f" ({count(len(present), 'question')})" if present else ""))
    if not present:
        frame.say(
            "This study has no guide yet. With one, you see which of its questions each interview asked, and what was "
            "answered to each.",
        )
    number = int(session.kept(_ROUND, 0))
    draft = session.kept(f"{_DRAFT}:{study}")
    with st.expander("Change the guide" if present else "Give the guide", expanded=not present or draft is not None):
        given = st.file_uploader(
            "A document: Word, OpenDocument, RTF, PDF, web page or text",
            type=list(guide.FORMATS),
            max_upload_size=guide.LARGEST_MB,
            key=f"guide:file:{number}",
        )
        if given is not None:
            _take(study, given.name, given.getvalue())
            st.rerun()
        field = f"guide:lines:{number}:{version}"
        st.text_area("Questions", guide.as_lines(present) if draft is None else draft, key=field, height=280)
        frame.say(HOW, tone="quiet")
        st.button("Save the guide", key="guide:save", type="primary", on_click=_save, args=(study, field, version))


def _take(study: str, name: str, data: bytes) -> None:
    """Put the questions of a document into the field, to be looked at before they are saved."""
    session.keep(_ROUND, int(session.kept(_ROUND, 0)) + 1)
    with session.doing():
        found = guide.read(session.workspace(), study, data, name)
        session.keep(f"{_DRAFT}:{study}", guide.as_lines(found))
        session.notice(
            f"{count(len(found), 'question')} read from “{name}”: look at them below, and save.", tone="done"
        )


def _save(study: str, field: str, version: int) -> None:
    with session.doing():
        number = guide.set_lines(session.workspace(), study, str(session.widget(field) or ""), version=version)
        session.keep(f"{_DRAFT}:{study}", None)
        session.notice(f"The guide was saved: {count(number, 'question')}.")
