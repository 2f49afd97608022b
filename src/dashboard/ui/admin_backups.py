"""The backups there are, and making one."""

from __future__ import annotations

import streamlit as st

from dashboard.ui import frame, session
from dashboard.ui.rows import Row, Tag, rows
from dashboard.workspace import backup
from dashboard.workspace import backups as kept
from dashboard.workspace.backups import Backup

_DAYS = "admin:keep-days"


def backups() -> None:
    """Draw the backups, the newest first, and the button that makes one."""
    ws = session.workspace()
    found = kept.known(ws)
    if found:
        rows([_row(each) for each in found], lambda event: None, key="admin:backups", label="Backups")
    else:
        frame.say("No backup was made yet.")
    frame.section("Make a backup")
    frame.say(
        "One file with all studies, made while others work, readable by the dashboard's own account alone. It is put "
        "into the data folder: copy it to another machine. “python -m dashboard backup FILE” writes one anywhere, "
        "every night if you like; “python -m dashboard restore FILE” brings it back, without whom was forgotten since.",
        tone="quiet",
    )
    st.number_input("Days it is kept", 1, 3_650, kept.KEPT_DAYS, key=_DAYS, width=220)
    st.button("Make a backup now", key="admin:backup", type="primary", on_click=_make)


def _row(each: Backup) -> Row:
    until = f"kept until {frame.day(each.until)}" if each.until else "kept until somebody deletes it"
    made = f"made {each.made.day} {each.made:%B %Y, %H:%M} UTC"
    tags = () if each.there else (Tag("moved elsewhere", "caution"),)
    return Row(each.path, each.name, (f"{made} · {_size(each.size)} · {until}",), tags)


def _size(size: int) -> str:
    return f"{size / 1_000_000:,.1f} MB" if size >= 100_000 else f"{size / 1_000:,.0f} kB"


def _make() -> None:
    with session.doing():
        made = backup.backup_here(session.workspace(), keep_days=int(session.widget(_DAYS, kept.KEPT_DAYS)))
        session.notice(f"The backup “{made.path.name}” was made: {made.studies} studies, {_size(made.size)}.")
