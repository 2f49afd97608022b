"""Overview: what customers said, on one screen; of a share, first what the researcher says of it."""

from dashboard.ui import frame, languages, overview, published, quote_list, session, states, take_away

with session.catching():
    frame.heading(published.heading("What did customers say?"))
    of = states.seen()
    if of is not None:
        published.opening()
        if session.may_change() or of.filters:  # else the box on method has said it
            frame.say(overview.whom_we_heard(of), tone="lead")
        languages.caveat(of.study.id)
        if states.needs_codebook(of):
            overview.overview(of)
        else:
            quote_list.everything(of, page="overview")
        take_away.page(of, key="overview")
