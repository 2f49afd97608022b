"""Answers: what was answered to each question of the guide and the surveys."""

from dashboard.ui import answers, frame, session, states

frame.heading("What was answered to each question?")
with session.catching():
    of = states.seen()
    if of is not None:
        answers.answers(of)
