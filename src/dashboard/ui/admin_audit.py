"""Who did what when, to be looked through and taken away."""

from __future__ import annotations

from datetime import date

import streamlit as st

from dashboard.ui import frame, session
from dashboard.workspace import audit as trail
from dashboard.workspace import retention

_STUDY, _BY, _SINCE = "admin:audit-study", "admin:audit-by", "admin:audit-since"
_SHOWN = 500


def audit() -> None:
    """Draw the audit trail under the filters, and its downloads."""
    ws = session.workspace()
    names = {"": "Everything", **{each.study: each.name for each in retention.kept(ws)}}
    left, middle, right = st.columns(3)
    study = left.selectbox("About", list(names), key=_STUDY, format_func=lambda each: names[each])
    by = middle.text_input("By", key=_BY, placeholder="Part of a name or address")
    since = right.date_input("Since", None, key=_SINCE)
    found = trail.lines(
        ws, study_id=study or None, by=by or "", since=since if isinstance(since, date) else None, limit=_SHOWN + 1
    )
    frame.say("It says who did what to which study and thing; it holds nobody's words.", tone="quiet")
    if not found:
        frame.say("Nothing was done under these filters.")
        return
    st.dataframe(
        [
            {
                "When": line.at,
                "Who": line.by,
                "What": line.action,
                "Study": line.name or line.study,
                "Which": line.subject,
            }
            for line in found[:_SHOWN]
        ],
        hide_index=True,
        width="stretch",
        column_config={"When": st.column_config.DatetimeColumn(format="YYYY-MM-DD HH:mm:ss", timezone="UTC")},
    )
    if len(found) > _SHOWN:
        frame.say(f"The latest {_SHOWN} lines are shown; the downloads hold all of them.", tone="quiet")

    def everything() -> list[trail.Line]:
        day = since if isinstance(since, date) else None
        return trail.lines(session.workspace(), study_id=study or None, by=by or "", since=day)

    with st.container(horizontal=True):
        st.download_button(
            "CSV", lambda: trail.to_csv(everything()), "audit.csv", "text/csv", key="admin:audit-csv",
            on_click="ignore",
        )  # fmt: skip
        st.download_button(
            "JSON", lambda: trail.to_json(everything()), "audit.jsonl", "application/x-ndjson", key="admin:audit-json",
            on_click="ignore",
        )  # fmt: skip
