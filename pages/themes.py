"""Themes: what people talk about, and who."""

from dashboard.ui import cards, choosing, frame, quote_list, session, states, time
from dashboard.ui.show import show, show_mentions
from dashboard.ui.words import words

frame.heading("What do people talk about, and who?")
with session.catching():
    of = states.seen()
    if of is not None and states.needs_codebook(of):
        by, pool = choosing.compare_by(of), choosing.together()
        if by is None:
            show("prevalence", of, pool=pool, page="themes")
        else:
            show("differences", of, by, pool=pool, heat=True, sort=choosing.order(), page="themes")
        if session.may_change():
            cards.offer(of)
        if choosing.mentions():
            show_mentions(of)
        frame.section("Which words are theirs?" if by else "Which words do they use?")
        words(of, by, pool=pool)
        time.over_time(of, pool=pool, page="themes")
        if len(of.study.themes) > 1:
            frame.section("What goes together?")
            show("cooccurrence", of, pool=pool, page="themes")
    elif of is not None:
        quote_list.everything(of, page="themes")
