"""The dashboard: pages, the study that is open, and the filter bar above them.

streamlit run app.py
"""

from __future__ import annotations

import os

import streamlit as st

from dashboard.settings import from_environment
from dashboard.ui import cached, frame, session
from dashboard.ui.choosing import choices
from dashboard.ui.filter_bar import filter_bar
from dashboard.ui.listening import refuse_strangers

# page → (title in the menu, icon, whether the filter bar stands above it, what else can be chosen there)
PAGES: dict[str, dict[str, tuple[str, str, bool, tuple[str, ...]]]] = {
    "": {"studies": ("Studies", ":material/folder_open:", False, ())},
    "What we heard": {
        "overview": ("Overview", ":material/summarize:", True, ()),
        "themes": ("Themes", ":material/grid_on:", True, ("by", "sort", "together", "mentions")),
        "journey": ("Journey", ":material/route:", True, ("at", "together")),
        "scores": ("Scores", ":material/speed:", True, ("score",)),
        "quotes": ("Quotes", ":material/format_quote:", True, ()),
        "answers": ("Answers", ":material/question_answer:", True, ("question",)),
        "interviews": ("Interviews", ":material/record_voice_over:", True, ()),
        "participants": ("Participants", ":material/group:", True, ()),
        "findings": ("Findings", ":material/lightbulb:", False, ()),
    },
    "Work on it": {
        "sources": ("Sources", ":material/upload_file:", False, ()),
        "coding": ("Coding", ":material/edit_note:", False, ()),
    },
}

st.set_page_config(
    page_title="Customer research", page_icon=frame.asset("icon.svg"), layout="wide", initial_sidebar_state=230
)
frame.style()
with session.catching():
    refuse_strangers(str(st.get_option("server.address") or ""))
    menu = {
        group: [
            st.Page(f"pages/{name}.py", title=title, icon=icon, url_path=name, default=name == "studies")
            for name, (title, icon, _, _) in pages.items()
        ]
        for group, pages in PAGES.items()
    }
    page = st.navigation(menu)
    here = page.url_path or "studies"
    session.begin(from_environment(os.environ), here)
    _, _, filtered, used = next(pages[here] for pages in PAGES.values() if here in pages)
    with session.catching():
        whole = session.evidence()
        frame.study_name(session.study_name())
        frame.head()
        filter_bar(whole, shown=filtered and not session.widget(session.PASSAGE), page=here)
        choices(whole, used)
    session.show_notices()
    page.run()
cached.warm()
