"""Sources: drop files; see what was understood; correct it; say who is who."""

import streamlit as st

from dashboard.ui import (
    drop,
    frame,
    job_progress,
    people_matches,
    session,
    source_cards,
    source_words,
    study_list,
    take_away,
)

SOURCES, PEOPLE = "What was understood", "Who is who"

study = session.study_id()
frame.heading("What was given, and was it understood?")
if study is None:
    study_list.none_open()
else:
    with session.catching():
        cards = source_cards.cards_of(study)
        frame.say(source_words.summary(cards), tone="lead")
        drop.drop(study, first=not cards)
        job_progress.job_progress(study, cards=cards)
        if cards:
            take_away.study(study, key="sources")
            understood, people = st.tabs([SOURCES, PEOPLE], key="sources:tab", on_change="rerun")
            with understood:
                if understood.open:
                    source_cards.source_cards(study, cards)
            with people:
                if people.open:
                    people_matches.people_matches(study)
        else:
            source_cards.source_cards(study, cards)
