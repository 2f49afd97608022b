"""Themes: what people talk about, and who."""

from dashboard.ui import choosing, frame, quote_list, session, states
from dashboard.ui.show import show, show_mentions

frame.heading("What do people talk about, and who?")
with session.catching():
    of = states.seen()
    if of is not None and states.needs_codebook(of):
        by, pool = choosing.compare_by(of), choosing.together()
        if by is None:
            show("prevalence", of, pool=pool, page="themes")
        else:
            show("differences", of, by, pool=pool, heat=True, sort=choosing.order(), page="themes")
        if choosing.mentions():
            show_mentions(of)
    elif of is not None:
        quote_list.everything(of, page="themes")
