"""Quotes: everything that was said, to search and to read in its conversation."""

from dashboard.ui import frame, quote_list, reader, session, states, take_away

with session.catching():
    if not reader.reader():
        frame.heading("What exactly did they say?")
        of = states.seen()
        if of is not None:
            if not of.study.codebook:
                states.needs_codebook(of)
            quote_list.everything(of)
            take_away.page(of, key="quotes", charts=())
