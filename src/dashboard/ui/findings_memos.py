"""Memos and starred: everything that was noted of a quote, a theme or a person, and a form to note more."""

from __future__ import annotations

import streamlit as st

from dashboard.evidence.tables import Evidence
from dashboard.ui import cached, frame, session
from dashboard.ui.rows import Action, Ask, Event, Row, Tag, rows
from dashboard.workspace import findings, notes
from dashboard.workspace.findings import Learned
from dashboard.workspace.notes import Memo

_THEME, _PERSON = "a theme", "a person"
_WRITTEN, _KIND, _WHICH = "findings:memo", "memo:kind", "memo:which"


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
        _form(whole, there)


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
        elif event["do"] == "edit":
            kind = _THEME if memo.about_kind == "theme" else _PERSON
            which = str(memo.what["theme" if kind == _THEME else "participant"])
            session.set_widget(_KIND, kind)
            session.set_widget(f"{_WHICH}:{kind}", which)
            session.keep(_WRITTEN, session.kept(_WRITTEN, 0) + 1)
        elif event["do"] == "remove":
            notes.write(ws, whole.study.id, memo, text="", starred=False)
            session.notice("The memo was removed." if memo.text else "The star was taken away.")

    ask = Ask("Remove this for good?", "Remove", "Keep")

    rows(
        [
            Row(
                str(memo.id),
                people.get(str(memo.id), "Not in the sources any more") if memo.anchor else about(memo),
                tuple(filter(None, (memo.text, f"{'Noted' if memo.text else 'Starred'} by {memo.by}"))),
                tags=(Tag("starred", "good"),) if memo.starred else (),
                actions=(
                    *((Action("open", "Open in conversation"),) if str(memo.id) in passages else ()),
                    *((Action("edit", "Change"),) if _is_mine(memo) and memo.about_kind in ("theme", "person") else ()),
                    *((Action("remove", "Remove", ask),) if _is_mine(memo) else ()),
                ),
                said=about(memo) if memo.anchor else "",
            )
            for memo in there
        ],
        heard,
        key="memos",
        label="Memos and starred",
    )


def _is_mine(memo: Memo) -> bool:
    return memo.by == session.workspace().user.name


def _form(whole: Evidence, there: list[Memo]) -> None:
    """The form for a theme or a person, with what this reader noted of it before: a thing has one memo of each."""
    frame.section("Note something")
    kinds = [*((_THEME,) if whole.study.themes else ()), _PERSON]
    kind = st.segmented_control("Of", kinds, default=kinds[0], required=True, key=_KIND)
    names = list(whole.study.themes) if kind == _THEME else cached.people(whole)["participant"].tolist()
    which = str(st.selectbox("Which", names, key=f"{_WHICH}:{kind}"))
    about_it = {"theme": which} if kind == _THEME else {"participant": which}
    before = next((memo for memo in there if _is_mine(memo) and not memo.anchor and memo.what == about_it), None)
    key = f"memo:{kind}:{session.kept(_WRITTEN, 0)}:{names.index(which) if which in names else 0}"
    with st.form(key, border=False):
        st.text_area("Memo", before.text if before else "", key=f"{key}:text", max_chars=notes.LONGEST, height=90)
        st.checkbox("Star it", bool(before and before.starred), key=f"{key}:starred")
        st.form_submit_button("Keep the memo", key=f"{key}:save", on_click=_save, args=(str(kind), which, key))


def _save(kind: str, which: str, key: str) -> None:
    text = str(session.widget(f"{key}:text") or "")
    starred = bool(session.widget(f"{key}:starred"))
    note = notes.note_theme if kind == _THEME else notes.note_person
    with session.doing("The memo is kept."):
        note(session.workspace(), session.study_id() or "", which, text=text, starred=starred)
        session.keep(_WRITTEN, session.kept(_WRITTEN, 0) + 1)
