"""Coding: decide on suggestions; write the codebook and the journey."""

import streamlit as st

from dashboard.ui import (
    about_coder,
    agreement,
    cards,
    codebook_editor,
    codebook_tools,
    discovery,
    disputes,
    frame,
    job_progress,
    languages,
    learning,
    review,
    second_coder,
    session,
    study_list,
)
from dashboard.workspace import studies

REVIEW, CODEBOOK, UNCOVERED = "Review suggestions", "Codebook and journey", "Not covered yet"
AGREEMENT = "Agreement"
TAB = "coding:tab"

study = session.study_id()
frame.heading("What should be looked for, and was it found rightly?")
if study is None:
    study_list.none_open()
else:
    with session.catching():
        themes = studies.get(session.workspace(), study).themes
        learning.follow(study)
        job_progress.job_progress(study)
        languages.caveat(study)
        if not themes and session.widget(TAB) is None:
            session.set_widget(TAB, CODEBOOK)
        tabs = st.tabs([REVIEW, CODEBOOK, cards.READ, UNCOVERED, AGREEMENT], key=TAB, on_change="rerun")
        with tabs[0]:
            if tabs[0].open:
                review.review(study, on_codebook=lambda: session.set_widget(TAB, CODEBOOK))
                about_coder.about_coder()
        with tabs[1]:
            if tabs[1].open:
                codebook_editor.codebook_editor(study, "theme")
                codebook_tools.codebook_tools(study)
                codebook_editor.codebook_editor(study, "stage")
        with tabs[2]:
            if tabs[2].open:
                cards.read_cards(study, on_codebook=lambda: session.set_widget(TAB, CODEBOOK))
        with tabs[3]:
            if tabs[3].open:
                discovery.discovered(study)
        with tabs[4]:
            # nothing of what others said is shown while somebody codes blind
            if tabs[4].open and not second_coder.second_coder(study):
                agreement.agreement()
                disputes.disputes()
