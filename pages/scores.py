"""Scores: what goes with a low score, and what those who left say more often."""

from dashboard.ui import choosing, frame, scores, session, states

frame.heading("What goes with a low score?")
with session.catching():
    of = states.seen(readers="researchers")
    if of is not None and scores.there_are(of):
        score = choosing.score(of)
        scores.lead(of, score)
        scores.overall_score(of, score)
        if states.needs_codebook(of):
            frame.section("Who gives less, by what they speak of?")
            scores.by_theme(of, score)
            scores.split(of, score)
    if of is not None and of.study.codebook:
        frame.section("What do those who left say more often?")
        scores.those_who_left(of)
