"""Coding: decide on suggestions; write the codebook and the journey."""

import streamlit as st

from dashboard.ui import codebook_editor, frame, job_progress, review, session, study_list
from dashboard.workspace import studies

REVIEW, CODEBOOK = "Review suggestions", "Codebook and journey"
TAB = "coding:tab"

study = session.study_id()
frame.heading("What should be looked for, and was it found rightly?")
if study is None:
    study_list.none_open()
else:
    with session.catching():
        themes = studies.get(session.workspace(), study).themes
        job_progress.job_progress(study)
        if not themes and session.widget(TAB) is None:
            session.set_widget(TAB, CODEBOOK)
        tabs = st.tabs([REVIEW, CODEBOOK], key=TAB, on_change="rerun")
        with tabs[0]:
            if tabs[0].open:
                review.review(study, on_codebook=lambda: session.set_widget(TAB, CODEBOOK))
        with tabs[1]:
            if tabs[1].open:
                codebook_editor.codebook_editor(study, "theme")
                codebook_editor.codebook_editor(study, "stage")
