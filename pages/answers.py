"""Answers: what was answered to each question of the guide and the surveys."""

from dashboard.ui import answers, frame, session, states

frame.heading("What was answered to each question?")
with session.catching():
    of = states.seen(readers="by person")
    if of is not None:
        answers.answers(of)
