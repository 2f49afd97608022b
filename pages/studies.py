"""Studies: which study to work on; the start page."""

from dashboard.ui import frame, session, study_list

frame.heading("Which study do you want to work on?", study_list.lead())
with session.catching():
    study_list.study_list()
with session.catching():
    study_list.new_study()
