"""The page Publish: step by step from who can be told apart to a link, and the links there are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import streamlit as st

from dashboard.evidence.tables import Evidence
from dashboard.sharing.policy import Policy
from dashboard.ui import frame, session
from dashboard.ui.publish_contents import contents
from dashboard.ui.publish_draft import STEP, STEPS, draft
from dashboard.ui.publish_groups import groups
from dashboard.ui.publish_links import lead, links, links_of, today
from dashboard.ui.publish_look import look
from dashboard.ui.publish_review import review
from dashboard.workspace.sharing import SharedLink


def publish(of: Evidence) -> None:
    """Draw the steps over the whole evidence of the study; the filters of other pages say nothing here."""
    whole = of.unfiltered()
    there, now = links_of(whole.study.id), today()
    frame.say(lead(there, now, shared=session.workspace().settings.shared), tone="lead")
    policy = draft(whole.study.id, there)
    if session.widget(STEP) is None and there:
        session.set_widget(STEP, STEPS[-1])
    tabs = st.tabs(list(STEPS), key=STEP, on_change="rerun")
    for number, tab in enumerate(tabs):
        if tab.open:
            with tab:
                _step(number, whole, policy, there, now=now)


def _step(number: int, whole: Evidence, policy: Policy, there: Sequence[SharedLink], *, now: datetime) -> None:
    match number:
        case 0:
            groups(whole, policy, there)
        case 1:
            contents(whole, policy)
        case 2:
            review(whole, policy, there)
        case 3:
            look(whole, policy, there, now=now)
        case _:
            links(whole.study.id, there, now=now)
    if number < 3:
        st.button(
            f"Next: {STEPS[number + 1][2:]}", key=f"publish:next:{number}", type="primary",
            on_click=session.set_widget, args=(STEP, STEPS[number + 1]),
        )  # fmt: skip
