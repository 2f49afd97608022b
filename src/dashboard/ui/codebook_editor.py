"""The codebook and the journey, edited one theme or stage at a time; saved only where nobody saved in between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

import streamlit as st

from dashboard import study_file
from dashboard.errors import Conflict, InvalidStudy
from dashboard.study import Stage, Study, Theme
from dashboard.ui import frame, session
from dashboard.ui.codebook_text import added, lines_of, listed, moved, outline, paste_said, row_of, with_item
from dashboard.ui.rows import rows
from dashboard.workspace import coding, studies

Kind = Literal["theme", "stage"]
_NEW = "\n"
_NO_PARENT = ""
_WORDS = {"theme": ("theme", "themes", "codebook"), "stage": ("stage", "stages", "journey")}


def codebook_editor(study: str, kind: Kind) -> None:
    """Draw the themes of the codebook, or the stages of the journey, with the form of the one that is chosen."""
    ws = session.workspace()
    present, version = studies.get(ws, study), studies.version(ws, study)
    held = _held(study, kind, version)
    items = _items(present, kind)
    one, many, book = _WORDS[kind]
    frame.section(f"{book.capitalize()} ({len(items)} {one if len(items) == 1 else many})")
    if held != version:
        _changed_meanwhile(study, kind)
    if not items:
        _begin(study, kind)
    chosen = str(session.kept(_chosen(study, kind), "") or "")
    left, right = st.columns([2, 3], gap="large")
    with left:
        if items:
            rows(
                [row_of(item, depth, kind) for item, depth in outline(items)],
                lambda event: _choose(study, kind, str(event["id"])),
                key=f"coding:{kind}:rows",
                label=many.capitalize(),
                opens="choose",
                current=chosen,
                bounded=True,
            )
            st.button(f"Add a {one}", key=f"coding:{kind}:new", on_click=_choose, args=(study, kind, _NEW))
        _paste(study, kind, present)
    with right, st.container(key=f"{kind}-form"):
        item = next((each for each in items if each.name == chosen), None)
        if item is not None or chosen == _NEW or not items:
            _form(study, kind, present, item, held)
        else:
            frame.say(f"Choose a {one} to read and change it.", tone="quiet")


def _items(study: Study, kind: Kind) -> tuple[Theme, ...] | tuple[Stage, ...]:
    return study.codebook if kind == "theme" else study.journey


def _chosen(study: str, kind: Kind) -> str:
    return f"coding:{kind}:chosen:{study}"


def _choose(study: str, kind: Kind, name: str) -> None:
    session.keep(_chosen(study, kind), name)
    _begin_anew(study, kind)


# ---------------------------------------------------------------- which version is being edited


def _held(study: str, kind: Kind, version: int) -> int:
    """The version that the form was filled from: the present one, unless somebody saved while it was being typed in."""
    number, held = session.kept(f"coding:{kind}:held:{study}", (0, version))
    if held != version and session.widget(f"coding:{kind}:{number}:name") is None:
        number, held = number + 1, version
    session.keep(f"coding:{kind}:held:{study}", (number, held))
    return int(held)


def _number(study: str, kind: Kind) -> int:
    """The number of the form: a new number is a new form, filled from the study as it is stored."""
    return int(session.kept(f"coding:{kind}:held:{study}", (0, 0))[0])


def _begin_anew(study: str, kind: Kind) -> None:
    version = studies.version(session.workspace(), study)
    session.keep(f"coding:{kind}:held:{study}", (_number(study, kind) + 1, version))


def _saved(study: str, kind: Kind, before: int) -> None:
    """After one's own save of a study that had this version before: its form is filled anew, and the other one goes on.

    Else the journey's form would take the codebook's save for somebody else's.
    """
    _begin_anew(study, kind)
    other: Kind = "stage" if kind == "theme" else "theme"
    number, held = session.kept(f"coding:{other}:held:{study}", (0, before))
    if held == before:
        session.keep(f"coding:{other}:held:{study}", (number, studies.version(session.workspace(), study)))


def _changed_meanwhile(study: str, kind: Kind) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"{kind}-changed"):
        frame.say(
            "Somebody changed this study while you were writing. Copy what you wrote if you want to keep it, then load "
            "the study as it is now.",
            tone="caution",
        )
        st.button("Load it as it is now", key=f"coding:{kind}:load", on_click=_begin_anew, args=(study, kind))


# ---------------------------------------------------------------- the form of one theme or stage


def _form(study: str, kind: Kind, present: Study, item: Theme | Stage | None, held: int) -> None:
    one = _WORDS[kind][0]
    key = f"coding:{kind}:{_number(study, kind)}"
    with st.form(key=f"{key}:form", border=False):
        st.text_input("Name", value=item.name if item else "", key=f"{key}:name", max_chars=120)
        st.text_area(
            "Definition: what belongs here, in a sentence",
            value=item.definition if item else "",
            key=f"{key}:definition",
            height=80,
        )
        st.text_area(
            "Cues, one a line: words that point at it (a * stands for any ending)",
            value=listed(item.cues if item else ()),
            key=f"{key}:cues",
            height=120,
        )
        if kind == "theme":
            theme = item if isinstance(item, Theme) else Theme("")
            st.text_area(
                "Examples that belong here, one a line", value=listed(theme.include), key=f"{key}:include", height=90
            )
            st.text_area(
                "Examples that do not, one a line", value=listed(theme.exclude), key=f"{key}:exclude", height=90
            )
            parents = [
                _NO_PARENT,
                *(t.name for t in present.codebook if t.name != theme.name and t.parent != theme.name),
            ]
            st.selectbox(
                "Part of",
                parents,
                index=parents.index(theme.parent) if theme.parent in parents else 0,
                format_func=lambda name: name or "nothing: a theme of its own",
                key=f"{key}:parent",
            )
        st.form_submit_button(
            f"Save the {one}" if item else f"Add the {one}",
            type="primary",
            on_click=_save,
            args=(study, kind, item.name if item else "", key, held),
        )
    if item:
        _remove_button(study, kind, item.name)


def _remove_button(study: str, kind: Kind, name: str) -> None:
    one = _WORDS[kind][0]
    with st.container(horizontal=True):
        if kind == "stage":
            st.button("Move up", key="coding:stage:up", on_click=_move, args=(study, name, -1))
            st.button("Move down", key="coding:stage:down", on_click=_move, args=(study, name, 1))
        with st.popover(f"Remove the {one}"):
            frame.say(f"Remove “{name}”? What was decided on it is kept, and counts again if the name comes back.")
            st.button("Remove it", key=f"coding:{kind}:remove", on_click=_remove, args=(study, kind, name))


def _save(study: str, kind: Kind, old: str, key: str, held: int) -> None:
    ws = session.workspace()
    name = " ".join(str(session.widget(f"{key}:name", "")).split())
    with session.doing():
        if held != studies.version(ws, study):
            raise Conflict(
                "Somebody changed this study while you were writing, so nothing was saved; load it as it is now."
            )
        if old and name != old:
            coding.rename(ws, study, kind, old, name)
        present, version = studies.get(ws, study), studies.version(ws, study)

        def said(field: str) -> str:
            return str(session.widget(f"{key}:{field}", "") or "")

        cues = lines_of(said("cues"))
        item: Theme | Stage
        if kind == "theme":
            item = Theme(
                name, said("definition").strip(), cues, lines_of(said("include")), lines_of(said("exclude")),
                said("parent") or None,
            )  # fmt: skip
        else:
            item = Stage(name, said("definition").strip(), cues)
        studies.save(ws, with_item(present, item, old=name if old else ""), version=version)
        session.keep(_chosen(study, kind), name)
        _saved(study, kind, held)
        session.notice(f"“{name}” was saved.")


def _remove(study: str, kind: Kind, name: str) -> None:
    with session.doing(f"“{name}” was removed; what was decided on it is kept."):
        before = studies.version(session.workspace(), study)
        coding.remove(session.workspace(), study, kind, name)
        session.keep(_chosen(study, kind), "")
        _saved(study, kind, before)


def _move(study: str, name: str, by: int) -> None:
    ws = session.workspace()
    with session.doing():
        present, version = studies.get(ws, study), studies.version(ws, study)
        after = moved(present.journey, name, by)
        if [stage.name for stage in after] == list(present.stages):
            raise InvalidStudy(f"“{name}” is the {'first' if by < 0 else 'last'} stage already.")
        studies.save(ws, replace(present, journey=after), version=version)
        place = [stage.name for stage in after].index(name) + 1
        session.notice(f"“{name}” is stage {place} of {len(after)} now.")
        _saved(study, "stage", version)


# ---------------------------------------------------------------- many at once, and where there is none


def _paste(study: str, kind: Kind, present: Study) -> None:
    one, many, _ = _WORDS[kind]
    number = int(session.kept(f"coding:{kind}:pasted", 0))
    with st.expander(f"Paste a list of {many}"):
        text = st.text_area(
            f"One {one} a line, its definition after a colon"
            + ("; indent a line, or begin it with a dash, to make it part of the one above" if kind == "theme" else ""),
            key=f"coding:{kind}:paste:{number}",
            height=160,
        )
        new, known = added(present, kind, text)
        if text.strip():
            frame.say(paste_said(new, known, one, many), tone="quiet")
        st.button(
            f"Add these {many}",
            key=f"coding:{kind}:paste-add",
            on_click=_add,
            args=(study, kind, f"coding:{kind}:paste:{number}"),
        )


def _add(study: str, kind: Kind, key: str) -> None:
    """Add what the field with this key holds now."""
    ws, text = session.workspace(), str(session.widget(key, "") or "")
    with session.doing():
        present, version = studies.get(ws, study), studies.version(ws, study)
        new, _ = added(present, kind, text)
        if not new:
            raise InvalidStudy(f"There is no new {_WORDS[kind][0]} in the list; write one a line and add them again.")
        _save_all(study, kind, present, new, version)
        session.keep(f"coding:{kind}:pasted", int(session.kept(f"coding:{kind}:pasted", 0)) + 1)


def _save_all(study: str, kind: Kind, present: Study, new: Sequence[Theme | Stage], version: int) -> None:
    changed = present
    for item in new:
        changed = with_item(changed, item)
    studies.save(session.workspace(), changed, version=version)
    _saved(study, kind, version)
    one, many, _ = _WORDS[kind]
    session.notice(f"{len(new)} {one if len(new) == 1 else many} {'was' if len(new) == 1 else 'were'} added.")


def _begin(study: str, kind: Kind) -> None:
    """What to do where there is no theme or stage yet: a starter, a list, or the first one by hand."""
    _, many, book = _WORDS[kind]
    purpose = (
        "Without themes nothing can be counted; quotes, answers and people can be read already."
        if kind == "theme"
        else "A journey shows at which step people struggle."
    )
    frame.say(
        f"This study has no {many} yet. {purpose} Start from a {book} below, paste a list, or write the first one."
    )
    found = studies.starters()
    offered = {starter.key: starter for starter in (found.codebooks if kind == "theme" else found.journeys)}
    if not offered:
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            f"{book.capitalize()} to start from",
            list(offered),
            format_func=lambda key: offered[key].name,
            key=f"coding:{kind}:starter",
            width=320,
        )
        st.button(
            f"Start from this {book}",
            key=f"coding:{kind}:adopt",
            type="primary",
            on_click=_adopt,
            args=(study, kind, chosen),
        )
    frame.say(f"{offered[chosen].description} {', '.join(offered[chosen].items)}.", tone="quiet")


def _adopt(study: str, kind: Kind, key: str) -> None:
    ws = session.workspace()
    with session.doing():
        starter = _starter(kind, key)
        present, version = studies.get(ws, study), studies.version(ws, study)
        _save_all(study, kind, present, starter.codebook if kind == "theme" else starter.journey, version)


def _starter(kind: Kind, key: str) -> study_file.Starter:
    path = studies.DATA / ("codebooks" if kind == "theme" else "journeys") / f"{key}.yaml"
    return study_file.codebook_from_yaml(path.read_text(encoding="utf-8"), name=path.name)
