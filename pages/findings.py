"""Findings: what was learned by objective, what became of the assumptions, and what will be done."""

from dashboard.ui import findings, frame, session, states

frame.heading("What did we learn, and what will we do?")
with session.catching():
    of = states.seen()
    if of is not None:
        findings.findings(of)
