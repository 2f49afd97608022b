"""Overview: what customers said, on one screen."""

from dashboard.ui import frame, languages, overview, quote_list, session, states

frame.heading("What did customers say?")
with session.catching():
    of = states.seen()
    if of is not None:
        frame.say(overview.whom_we_heard(of), tone="lead")
        languages.caveat(of.study.id)
        if states.needs_codebook(of):
            overview.overview(of)
        else:
            quote_list.everything(of, page="overview")
