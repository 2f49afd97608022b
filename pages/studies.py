"""Studies: which study to work on; the start page."""

from dashboard.ui import frame, session, states, study_list, take_away

if session.may_change():
    frame.heading("Which study do you want to work on?", study_list.lead())
    with session.catching():
        study_list.study_list()
    with session.catching():
        study_list.new_study()
    with session.catching():
        take_away.bring_in()
else:
    frame.heading("What was shared with you?")
    states.no_link()
