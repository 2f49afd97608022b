"""Publish: what others will see of the study, who may open it, and the links there are."""

from dashboard.ui import frame, publish, session, states

frame.heading("What will others see?")
with session.catching():
    of = states.seen(readers="researchers")
    if of is not None:
        publish.publish(of)
