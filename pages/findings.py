"""Findings: what was learned by objective, what became of the assumptions, and what will be done."""

from dashboard.ui import findings, frame, published, session, states, take_away

frame.heading("What did we learn, and what will we do?" if session.may_change() else "What did we learn?")
with session.catching():
    of = states.seen()
    if of is not None:
        if session.may_change():
            findings.findings(of)
        else:
            published.findings(of)
        take_away.page(of, key="findings", charts=())
