"""Memos and starred: everything that was noted of a quote, a theme or a person, and a form to note more."""

from __future__ import annotations

import streamlit as st

from dashboard.evidence.tables import Evidence
from dashboard.ui import cached, frame, session
from dashboard.ui.rows import Action, Event, Row, Tag, rows
from dashboard.workspace import findings, notes
from dashboard.workspace.findings import Learned
from dashboard.workspace.notes import Memo

_THEME, _PERSON = "a theme", "a person"
_WRITTEN = "findings:memo"


def memos(whole: Evidence, learned: Learned) -> None:
    """Draw what was noted and starred, the latest first, and the form."""
    ws = session.workspace()
    there = notes.memos(ws, whole.study.id)
    left, right = st.columns([3, 2], gap="medium")
    with left:
        if there:
            _list(whole, there)
        else:
            frame.say(
                "Nothing is noted or starred yet: the star and “Note or pin” stand under every quote.", tone="plain"
            )
    with right:
        _form(whole)


def about(memo: Memo) -> str:
    """What a memo is about, in words."""
    what = memo.what
    match memo.about_kind:
        case "quote":
            return f"“{what['text']}”"
        case "theme":
            return f"Theme {what['theme']}"
        case "person":
            return f"Person {what['participant']}"
        case _:
            return f"{what.get('participant', '')} on {what.get('theme', '')}"


def _list(whole: Evidence, there: list[Memo]) -> None:
    ws = session.workspace()
    quotes = [memo for memo in there if memo.anchor]
    where = findings.places(whole, [memo.anchor for memo in quotes if memo.anchor])
    passages = {str(memo.id): place.passage for memo, place in zip(quotes, where, strict=True) if place}
    people = {str(memo.id): place.participant for memo, place in zip(quotes, where, strict=True) if place}
    known = {str(memo.id): memo for memo in there}

    def heard(event: Event) -> None:
        memo = known[event["id"]]
        if event["do"] == "open":
            reading = session.Reading(tuple(passages.values()), "memos and starred", "findings", 0, len(passages))
            session.read(passages[event["id"]], reading)
        elif event["do"] == "remove":
            notes.write(ws, whole.study.id, memo, text="", starred=False)

    rows(
        [
            Row(
                str(memo.id),
                people.get(str(memo.id), "Not in the sources any more") if memo.anchor else about(memo),
                tuple(filter(None, (about(memo) if memo.anchor else "", memo.text, f"Noted by {memo.by}"))),
                tags=(Tag("starred", "good"),) if memo.starred else (),
                actions=(
                    *((Action("open", "Open in conversation"),) if str(memo.id) in passages else ()),
                    *((Action("remove", "Remove"),) if memo.by == ws.user.name else ()),
                ),
            )
            for memo in there
        ],
        heard,
        key="memos",
        label="Memos and starred",
    )


def _form(whole: Evidence) -> None:
    frame.section("Note something")
    kinds = [*((_THEME,) if whole.study.themes else ()), _PERSON]
    kind = st.segmented_control("Of", kinds, default=kinds[0], required=True, key="memo:kind")
    names = list(whole.study.themes) if kind == _THEME else cached.people(whole)["participant"].tolist()
    key = f"memo:{kind}:{session.kept(_WRITTEN, 0)}"
    with st.form(key, border=False):
        st.selectbox("Which", names, key=f"{key}:which")
        st.text_area("Memo", key=f"{key}:text", max_chars=notes.LONGEST, height=90)
        st.checkbox("Star it", key=f"{key}:starred")
        st.form_submit_button("Keep the memo", key=f"{key}:save", on_click=_save, args=(str(kind), key))


def _save(kind: str, key: str) -> None:
    which, text = str(session.widget(f"{key}:which") or ""), str(session.widget(f"{key}:text") or "")
    starred = bool(session.widget(f"{key}:starred"))
    note = notes.note_theme if kind == _THEME else notes.note_person
    with session.doing("The memo is kept."):
        note(session.workspace(), session.study_id() or "", which, text=text, starred=starred)
        session.keep(_WRITTEN, session.kept(_WRITTEN, 0) + 1)
