"""Administration: who may do what, how long things are kept, and what was done."""

import streamlit as st

from dashboard.ui import admin, admin_audit, admin_backups, admin_forget, admin_studies, frame, session, take_away

PARTS = {
    "People and roles": admin.roles,
    "Studies": admin_studies.studies,
    "Forget a person": admin_forget.forget,
    "Backups": admin_backups.backups,
    "Template for slides": take_away.template,
    "Audit": admin_audit.audit,
}

frame.heading("Who may do what, and what is kept?")
with session.catching():
    if admin.allowed():
        frame.say(admin.lead(), tone="lead")
        for tab, draw in zip(st.tabs(list(PARTS), key="admin:tab", on_change="rerun"), PARTS.values(), strict=True):
            with tab, session.catching():
                if tab.open:
                    draw()
