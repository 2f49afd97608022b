"""Where files are dropped: handed on at once, one outcome a file, nothing kept in the browser's session."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath
from typing import Any

import streamlit as st

from dashboard.errors import DashboardError
from dashboard.ui import frame, session
from dashboard.ui.rows import Row, Tag, Tone, rows
from dashboard.workspace import sources, studies
from dashboard.workspace.directory import NOT_SOURCES
from dashboard.workspace.sources import Added

_ROUND, _OUTCOMES, _FRAMED = "drop:round", "drop:outcomes", "drop:framed"
_ROOM = 4
"""The browser may send this many times what one file may have, so that our own sentence says what is too much."""
_WORDS: dict[str, tuple[str, Tone]] = {
    "error": ("not taken in", "wrong"),
    "left out": ("left out", "quiet"),
    "same": ("already here", "quiet"),
    "new version": ("new version", "caution"),
    "new": ("new", "good"),
}
_LOOK = ("error", "new version")
_STUDY_FILES = (".yaml", ".yml")


def drop(study: str, *, first: bool) -> None:
    """Draw where files are dropped, and what became of the last ones. first: the study has no sources yet."""
    number = int(session.kept(_ROUND, 0))
    most = session.workspace().settings.max_file_mb
    st.html(f"<style>{frame.asset('drop.css')}</style>")  # the browser's own limit is not the one that holds
    with st.container(key="drop"):
        left, right = st.columns([3, 2])
        with left:
            given = st.file_uploader(
                "Files: transcripts, a participant sheet, survey exports, a ZIP",
                accept_multiple_files=True,
                max_upload_size=most * _ROOM,
                key=f"drop:files:{number}",
            )
        with right:
            folder = st.file_uploader(
                "A folder: all of it, except notes such as a README",
                accept_multiple_files="directory",
                max_upload_size=most * _ROOM,
                key=f"drop:folder:{number}",
            )
        if first:
            frame.say(
                "Captions (VTT, SRT), text, Markdown, Word, OpenDocument, RTF, PDF, web pages, CSV, Excel, SPSS, "
                f"speech-to-text JSON, coded projects, study.yaml; up to {most} MB a file. They go nowhere else.",
                tone="quiet",
            )
    if given or folder:
        _take(study, given or (), folder or ())
        session.keep(_ROUND, number + 1)
        st.rerun()
    _show_outcomes(study)


def divided(names: Iterable[str]) -> tuple[list[int], list[int]]:
    """Positions of a folder's files that are taken in, and of those that are no sources: hidden files and notes.

    >>> divided(["a/p1.vtt", "a/.DS_Store", "a/README.md"])
    ([0], [1, 2])
    """
    taken: list[int] = []
    left: list[int] = []
    for position, name in enumerate(names):
        path = PurePosixPath(name.replace("\\", "/"))
        hidden = any(part.startswith((".", "~$", "__MACOSX")) for part in path.parts)
        (left if hidden or path.name.lower().startswith(NOT_SOURCES) else taken).append(position)
    return taken, left


def within(names: Sequence[str]) -> list[str]:
    """A folder's files named by their place within it, as a study file beside them names them.

    >>> within(["My study/p1.vtt", "My study/june/p2.vtt"]), within(["a/p1.vtt", "b/p1.vtt"])
    (['p1.vtt', 'june/p2.vtt'], ['a/p1.vtt', 'b/p1.vtt'])
    """
    paths = [PurePosixPath(name.replace("\\", "/")) for name in names]
    tops = {path.parts[0] if len(path.parts) > 1 else "" for path in paths}
    if len(tops) == 1 and "" not in tops:
        paths = [PurePosixPath(*path.parts[1:]) for path in paths]
    return [path.as_posix() for path in paths]


def in_words(outcomes: Sequence[Added]) -> str:
    """What became of a drop, in one sentence.

    >>> in_words([Added("a", "1", "new", ""), Added("b", "2", "new", ""), Added("c", None, "error", "")])
    '2 files went in, 1 could not be taken in: its sentence says why and what to do.'
    """
    count = {outcome: sum(added.outcome == outcome for added in outcomes) for outcome in _WORDS}
    said = []
    if new := count["new"]:
        said.append(f"{new} file{'' if new == 1 else 's'} went in")
    if again := count["new version"]:
        said.append(f"{again} replaced an earlier version")
    if same := count["same"]:
        said.append(f"{same} {'was' if same == 1 else 'were'} already here")
    if left := count["left out"]:
        said.append(f"{left} left out as no source")
    if wrong := count["error"]:
        which = "its sentence says" if wrong == 1 else "their sentences say"
        said.append(f"{wrong} could not be taken in: {which} why and what to do")
    return f"{', '.join(said)}." if said else "Nothing was dropped."


def outcome_rows(outcomes: Sequence[Added]) -> list[Row]:
    """One row a file, what needs a person first."""
    order = list(_WORDS)
    found = sorted(outcomes, key=lambda added: order.index(added.outcome))
    return [
        Row(f"{position}", added.name, (added.message,), (Tag(*_WORDS[added.outcome]),))
        for position, added in enumerate(found)
    ]


def _take(study: str, given: Sequence[Any], folder: Sequence[Any]) -> None:
    """Hand the files on one by one, say which is read, and remember what became of each."""
    names = within([str(file.name) for file in folder])
    taken, left = divided(names)
    files = [(str(file.name), file) for file in given] + [(names[position], folder[position]) for position in taken]
    outcomes = [
        Added(names[position], None, "left out", "Hidden files and notes on the files are no sources.")
        for position in left
    ]
    bar = st.progress(0.0)
    most = session.workspace().settings.max_files
    plain = []
    for position, (name, file) in enumerate(files):
        if position >= most:
            said = f"“{name}” was not taken: one drop may hold {most} files; drop the rest again."
            outcomes.append(Added(name, None, "error", said))
        elif name.lower().endswith(_STUDY_FILES):
            outcomes.append(_framed(study, name, file.getvalue()))
        else:
            plain.append((name, file))

    def tell(done: int, name: str) -> None:
        share = min(1.0, done / max(1, len(plain)))
        bar.progress(share, text=frame.as_label(f"Reading {min(done + 1, len(plain)):,} of {len(plain):,}, {name}"))

    given_now = ((name, file.getvalue()) for name, file in plain)  # one at a time: a folder may be large
    outcomes += sources.add(session.workspace(), study, given_now, progress=tell) if plain else []
    bar.empty()
    session.keep(_OUTCOMES, (study, outcomes))


def _framed(study: str, name: str, data: bytes) -> Added:
    """A study file is no source: it says how the study is framed. What stood there before is kept, to be put back."""
    ws = session.workspace()
    try:
        before = studies.export_yaml(ws, study)
        text = data.decode("utf-8-sig")
        studies.import_yaml(ws, study, text, name=name)
    except UnicodeDecodeError:
        return Added(name, None, "error", f"“{name}” is not UTF-8 text; save it as UTF-8 and drop it again.")
    except DashboardError as problem:
        return Added(name, None, "error", str(problem))
    session.keep(_FRAMED, (study, name, before))
    now = studies.get(ws, study)
    said = (
        f"It frames the study now: {len(now.codebook)} themes, {len(now.journey)} stages, {len(now.segments)} segments."
    )
    return Added(name, None, "new", said)


def _show_outcomes(study: str) -> None:
    of, outcomes = session.kept(_OUTCOMES, ("", []))
    if of != study or not outcomes:
        return
    wrong = any(added.outcome == "error" for added in outcomes)
    with st.container(horizontal=True, vertical_alignment="center", key="drop-said"):
        frame.say(in_words(outcomes), tone="caution" if wrong else "done")
        framed = session.kept(_FRAMED)
        if framed and framed[0] == study:
            st.button("Take the study file back", key="drop:unframe", on_click=_unframe, args=framed)
        st.button("Close", key="drop:close", on_click=session.keep, args=(_OUTCOMES, ("", [])))
    look = [added for added in outcomes if added.outcome in _LOOK or added.name.lower().endswith(_STUDY_FILES)]
    if look:
        _rows(look, "drop:look", "Files to look at")
    rest = [added for added in outcomes if added not in look]
    if rest:
        with st.expander(f"What became of {'the other' if look else 'each of the'} {len(rest)} files"):
            _rows(rest, "drop:rest", "What became of the other files")


def _rows(outcomes: Sequence[Added], key: str, label: str) -> None:
    rows(outcome_rows(outcomes), lambda event: None, key=key, label=label, bounded=len(outcomes) > 8)


def _unframe(study: str, name: str, before: str) -> None:
    with session.doing(f"“{name}” was taken back; the study is framed as it was before."):
        studies.import_yaml(session.workspace(), study, before)
        session.keep(_FRAMED, None)
