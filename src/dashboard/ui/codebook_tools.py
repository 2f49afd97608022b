"""Beneath the codebook: bring one in or take it away as a file, merge and split themes, and its history."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from dashboard.analysis.in_words import count
from dashboard.study import Theme
from dashboard.ui import frame, session
from dashboard.workspace import codebook, studies

_FORMS: dict[codebook.Form, tuple[str, str]] = {
    "yaml": ("YAML, with everything", "application/yaml"),
    "csv": ("CSV, for a spreadsheet", "text/csv"),
    "qdc": ("REFI-QDA, for other programs", "application/xml"),
}
_UPLOAD = "codebook:upload"


def codebook_tools(study: str) -> None:
    """Draw what can be done with a codebook as a whole."""
    themes = studies.get(session.workspace(), study).codebook
    with st.expander("Bring in or take away a codebook", key="codebook:file", icon=":material/swap_vert:"):
        _file(study, has=bool(themes))
    if len(themes) > 1:
        with st.expander("Merge or split themes", key="codebook:reshape", icon=":material/call_merge:"):
            merging, splitting = st.columns(2, gap="large")
            with merging:
                _merge(study, [theme.name for theme in themes])
            with splitting:
                _split(study, [theme for theme in themes if theme.cues])
    opened = st.expander("History", key="codebook:history", icon=":material/history:", on_change="rerun")
    with opened:
        if opened.open:
            _history(study)


def _file(study: str, *, has: bool) -> None:
    times = int(session.kept(_UPLOAD, 0) or 0)
    given = st.file_uploader(
        "A codebook: YAML, a table with the columns theme and definition, or REFI-QDA (.qdc)",
        type=["yaml", "yml", "csv", "tsv", "xlsx", "ods", "qdc", "qdpx"], key=f"{_UPLOAD}:{times}",
    )  # fmt: skip
    if given is not None:
        with session.doing():
            new, known = codebook.bring_in(session.workspace(), study, given.name, given.getvalue())
            session.notice(
                f"{count(new, 'theme')} came in from “{given.name}”"
                + (f"; {count(known, 'theme')} of the same name took over what they lacked." if known else ".")
            )
        session.keep(_UPLOAD, times + 1)  # the uploader forgets the file
        st.rerun()
    if has:
        with st.container(horizontal=True, key="codebook-away"):
            for form, (label, mime) in _FORMS.items():
                st.download_button(
                    label, data=_written(study, form), file_name=f"codebook.{form}", mime=mime,
                    key=f"codebook:{form}", on_click="ignore", icon=":material/download:", type="tertiary",
                )  # fmt: skip


def _written(study: str, form: codebook.Form) -> Callable[[], bytes]:
    return partial(codebook.taken_away, session.workspace(), study, form)


def _merge(study: str, names: list[str]) -> None:
    one = st.selectbox("Put this theme", names, key="codebook:merge", index=None, placeholder="a theme")
    others = [name for name in names if name != one]
    into = st.selectbox("into this one", others, key="codebook:into", index=None, placeholder="another theme")
    frame.say("Its cues, examples and decisions go along; the history undoes it.", tone="quiet")
    ready = one is not None and into is not None
    st.button("Merge", key="codebook:merge:do", disabled=not ready, on_click=_merged, args=(study, one, into))


def _split(study: str, themes: list[Theme]) -> None:
    of = {theme.name: theme for theme in themes}
    name = st.selectbox("Split this theme", list(of), key="codebook:split", index=None, placeholder="a theme with cues")
    cues = st.multiselect(
        "Cues that make a theme of their own", of[name].cues if name in of else (), key=f"codebook:cues:{name}"
    )
    new = st.text_input("Name of the new theme", key=f"codebook:new:{name}")
    ready = name is not None and cues and new.strip()
    st.button("Split", key="codebook:split:do", disabled=not ready, on_click=_parted, args=(study, name, new, cues))


def _history(study: str) -> None:
    found = codebook.history(session.workspace(), study)
    if not found:
        frame.say("The codebook was not changed yet.", tone="quiet")
        return
    st.button("Undo the latest change", key="codebook:undo", icon=":material/undo:", on_click=_undone, args=(study,))
    for change in found[:15]:
        frame.say(f"{change.at:%d %b %Y, %H:%M}, {change.by}: {change.what}.", tone="quiet")


def _merged(study: str, one: str, into: str) -> None:
    with session.doing(f"“{one}” is part of “{into}” now."):
        codebook.merge(session.workspace(), study, one, into)


def _parted(study: str, name: str, new: str, cues: list[str]) -> None:
    with session.doing():
        moved = codebook.split(session.workspace(), study, name, new, cues)
        session.notice(f"“{new.strip()}” is a theme of its own now; {count(moved, 'decision')} went along.")


def _undone(study: str) -> None:
    with session.doing():
        session.notice(f"Undone: {codebook.undo(session.workspace(), study)}.")
