"""Participants: whom we heard, against the plan, person by person, and what each of them says."""

from dashboard.ui import frame, overview, participants, session, states

frame.heading("Whom did we hear?")
with session.catching():
    of = states.seen(readers="by person")
    if of is not None:
        frame.say(overview.whom_we_heard(of), tone="lead")
        participants.participants(of)
