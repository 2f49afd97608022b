"""Interviews: how well did we ask, and what of the guide was asked."""

from dashboard.ui import frame, interviews, session, states
from dashboard.ui.guide_editor import guide_editor
from dashboard.ui.show import show

frame.heading("How well did we ask?")
with session.catching():
    of = states.seen(readers="researchers")
    if of is not None:
        if interviews.there_are(of):
            frame.say(interviews.lead(of), tone="lead")
            frame.section("Who spoke how much?")
            show("interviews", of, page="interviews")
            frame.section("How were the questions put?")
            show("questions", of, page="interviews")
            interviews.to_check(of)
            interviews.stretches(of)
            interviews.guide_asked(of)
        guide_editor(session.study_id() or "")
