"""The dashboard: pages, the study that is open, and the filter bar above them.

streamlit run app.py
"""

from __future__ import annotations

import os

import streamlit as st

from dashboard.settings import from_environment
from dashboard.ui import cached, frame, published, session, signing_in
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
        "publish": ("Publish", ":material/share:", False, ()),
        "admin": ("Administration", ":material/admin_panel_settings:", False, ()),
    },
}

# pages in the menu of a share; those by person only where it has them
SHARED = ("overview", "themes", "journey", "quotes", "findings")
BY_PERSON = ("answers", "participants")
ADMINS = ("admin",)

st.set_page_config(
    page_title="Customer research", page_icon=frame.asset("icon.svg"), layout="wide", initial_sidebar_state=230
)
frame.style()
with session.catching():
    settings = from_environment(os.environ)
    refuse_strangers(str(st.get_option("server.address") or ""), sign_in=settings.shared)
    user = signing_in.person_or_ask(settings, [name for pages in PAGES.values() for name in pages])
    session.settle(settings, user)
    start, named = "studies", {name: about for pages in PAGES.values() for name, about in pages.items()}
    groups = {group: list(pages) for group, pages in PAGES.items()}
    if user is not None and user.role != "admin":
        groups = {group: [name for name in names if name not in ADMINS] for group, names in groups.items()}
    if user is not None and user.role == "viewer":
        groups = {"": [start]}
    if session.share():
        start, groups = "overview", {"": [*SHARED, *(BY_PERSON if session.by_person() else ())]}
    menu = {
        group: [
            # the first page stands at "/"; its own name is an address of it, too
            st.Page(f"pages/{name}.py", title=named[name][0], icon=named[name][1], default=name == start,
                    url_path="start" if name == start else name)
            for name in names
        ]
        for group, names in groups.items()
    }  # fmt: skip
    menu[""].append(st.Page(f"pages/{start}.py", title=named[start][0], url_path=start, visibility="hidden"))
    page = st.navigation(menu, expanded=True)  # else who is signed in would take the last pages out of sight
    here = page.url_path or start
    session.begin(here)
    _, _, filtered, used = named[here]
    with session.catching():
        whole = session.evidence()
        frame.study_name(session.study_name())
        published.above()
        frame.head()
        filter_bar(whole, shown=filtered and not session.widget(session.PASSAGE), page=here)
        choices(whole, used)
    session.show_notices()
    page.run()
    if user is not None:
        signing_in.leave(user)
cached.warm()
