"""One finding opened: its claim and figure, the quotes pinned to it, what will be done, and a form to change it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from dashboard.errors import Conflict, InvalidFilter
from dashboard.evidence.tables import Evidence
from dashboard.ui import cached, frame, session
from dashboard.ui.findings_actions import actions
from dashboard.ui.keeping import DRAFT, FINDING
from dashboard.ui.quote_list import quote_list
from dashboard.ui.rows import Action, Event, Row, Tag, rows
from dashboard.ui.show import in_words
from dashboard.workspace import findings
from dashboard.workspace.findings import Figure, Finding, Learned, Now, Pin

NONE = "none of them"
STATUSES = ("draft", "ready", "set aside")
_LOST, _QUOTES, _TAKEN_OFF = "findings:lost", "findings:quotes", "findings:taken-off"


def now_of(whole: Evidence, figure: Figure | None) -> Now | None:
    """What a figure says now; None for no figure, and no words where the study does not have it any more."""
    if figure is None:
        return None
    try:
        of = whole.unfiltered().where(figure.filters)
        return findings.now(cached.table(of, figure.measure, figure.by, (("pool", figure.pool),)), figure)
    except (InvalidFilter, KeyError):  # an attribute, theme or measure that is no more
        return Now("")


def figure_in_words(figure: Figure, now: Now) -> str:
    """The figure now, and beside it what it was when the finding was written, if that is another.

    >>> figure_in_words(Figure("prevalence", (), said="13 of 24 people"), Now("14 of 24 people"))
    '14 of 24 people (13 of 24 people when it was written)'
    """
    if not now.said:
        return f"{figure.said or 'A figure'} when it was written; the study does not have this row any more"
    if not figure.said or figure.said == now.said:
        return now.said
    return f"{now.said} ({figure.said} when it was written)"


def about(figure: Figure) -> str:
    """What a figure counts, in words: its row, and the filters it was read under."""
    return ", among ".join(filter(None, (in_words(dict(figure.keys)), figure.filters.to_words())))


def figure_beside(finding: Finding, now: Now | None) -> str:
    """The figure that a finding rests on, in words; "" where there is none, or the claim is this very sentence."""
    if finding.figure is None or now is None:
        return ""
    said = f"{about(finding.figure)}: {figure_in_words(finding.figure, now)}"
    return "" if said == finding.claim else said


def detail(whole: Evidence, learned: Learned, finding: Finding) -> None:
    """Draw one finding with everything that belongs to it."""
    study = whole.study
    frame.section(finding.claim)
    objective = next((each.question for each in study.objectives if each.id == finding.objective), "")
    said = f"{finding.kind.capitalize()}, {finding.status}; last changed by {finding.changed_by or finding.created_by}."
    frame.say("\n".join(filter(None, (said, objective and f"Speaks to: {objective}"))), tone="quiet")
    if finding.figure:
        now = now_of(whole, finding.figure) or Now("")
        if said := figure_beside(finding, now):
            frame.say(said)
        if now.said:
            _quotes_button(finding.id)
            if session.kept(_QUOTES) == finding.id:
                behind(whole, finding.figure, key="finding:quotes")
    frame.section("Pinned quotes")
    pinned(whole, learned.pinned_to(finding.id), key=f"pins:{finding.id}")
    actions(learned, finding.id)
    _change(study.objectives, finding)


def behind(whole: Evidence, figure: Figure, *, key: str) -> None:
    """The quotes behind a figure, under the filters it was read under."""
    try:
        of = whole.unfiltered().where(figure.filters)
    except InvalidFilter:
        return
    quote_list(
        of, dict(figure.keys), key=key, measure=figure.measure, title=in_words(dict(figure.keys)), page="findings",
        per_page=5,
    )  # fmt: skip


def _quotes_button(number: int) -> None:
    shown = session.kept(_QUOTES) == number
    st.button(
        "Hide the quotes" if shown else "Read the quotes behind it",
        key="finding:read", on_click=session.keep, args=(_QUOTES, None if shown else number),
    )  # fmt: skip


# ---------------------------------------------------------------- pinned quotes


def pinned(whole: Evidence, pins: Sequence[Pin], *, key: str) -> None:
    """The quotes pinned to a thing, each with who said it; opened in its conversation, or taken off."""
    _taken_off(whole, pins, key=key)
    if not pins:
        frame.say("No quote is pinned to it yet: press “Note or pin” under any quote.", tone="quiet")
        return
    where = findings.places(whole, [pin.anchor for pin in pins])
    passages = {str(pin.id): place.passage for pin, place in zip(pins, where, strict=True) if place}
    people = {str(pin.id): place.participant for pin, place in zip(pins, where, strict=True) if place}

    def heard(event: Event) -> None:
        if event["do"] == "open" and event["id"] in passages:
            reading = session.Reading(tuple(passages.values()), "pinned quotes", "findings", 0, len(passages))
            session.read(passages[event["id"]], reading)
        elif event["do"] == "unpin":
            findings.unpin(session.workspace(), whole.study.id, int(event["id"]))
            taken = next(pin for pin in pins if str(pin.id) == event["id"])
            session.keep(_TAKEN_OFF, (whole.study.id, key, taken, passages.get(event["id"], "")))

    open_it, take_off = Action("open", "Open in conversation"), Action("unpin", "Take off")
    rows(
        [
            Row(
                str(pin.id),
                people.get(str(pin.id), "Not in the sources any more"),
                said=f"“{pin.anchor.text}”",
                tags=(Tag(pin.side, "good" if pin.side == "for" else "caution"),) if pin.side else (),
                actions=(open_it, take_off) if str(pin.id) in passages else (take_off,),
            )
            for pin in pins
        ],
        heard,
        key=key,
        label="Pinned quotes",
    )


def _taken_off(whole: Evidence, pins: Sequence[Pin], *, key: str) -> None:
    """Says which quote was taken off last, with the button that pins it again."""
    study, where, taken, passage = session.kept(_TAKEN_OFF) or ("", "", None, "")
    if taken is None or (study, where) != (whole.study.id, key):
        return
    with st.container(horizontal=True, vertical_alignment="center", key=f"{key}:taken"):
        frame.say("The quote was taken off.", tone="done")
        if passage:
            st.button("Pin it again", key=f"{key}:again", on_click=_pin_again, args=(taken, passage))


def _pin_again(taken: Pin, passage: str) -> None:
    with session.doing():
        whole = session.evidence()
        if whole is not None:
            subject = int(taken.subject) if taken.subject_kind == "finding" else taken.subject
            findings.pin(session.workspace(), whole, passage, subject, side=taken.side)
        session.keep(_TAKEN_OFF, None)


# ---------------------------------------------------------------- forms


def new(whole: Evidence) -> None:
    """The form of a new finding, begun from a number or from nothing."""
    draft: Mapping[str, Any] = session.kept(DRAFT) or {}
    kind, figure = str(draft.get("kind") or "finding"), draft.get("figure")
    frame.section("A new opportunity" if kind == "opportunity" else "A new finding")
    if figure is not None:
        frame.say(f"It rests on {about(figure)}: {figure.said}. The number stays live.", tone="quiet")
    begun = Finding(
        0, str(draft.get("claim") or ""), kind="opportunity" if kind == "opportunity" else "finding", figure=figure
    )
    _form(whole.study.objectives, begun)
    st.button("Cancel", key="finding:cancel", type="tertiary", on_click=session.keep, args=(DRAFT, None))


def _change(objectives: Sequence[Any], finding: Finding) -> None:
    lost = session.kept(_LOST)
    with st.expander("Change the claim, how far it is, or its objective", expanded=bool(lost)):
        if lost:
            frame.say(f"Your words, not saved: {lost}", tone="caution")
        _form(objectives, finding)
        with st.popover(f"Remove this {finding.kind}"):
            frame.say("Remove it? What is pinned to it and what will be done about it goes from this page with it.")
            st.button("Remove it", key="finding:remove", on_click=_remove, args=(finding,))


def _form(objectives: Sequence[Any], finding: Finding) -> None:
    """Claim, status and objective; saved on the version that was drawn, so that two people lose nothing."""
    key = f"finding:{finding.id}:{finding.version}"
    questions = {NONE: "", **{objective.question: objective.id for objective in objectives}}
    at = list(questions.values()).index(finding.objective) if finding.objective in questions.values() else 0
    with st.form(key, border=False):
        st.text_area(
            "The claim, in one sentence", finding.claim, key=f"{key}:claim", max_chars=findings.LONGEST, height=90
        )
        st.segmented_control("How far it is", STATUSES, default=finding.status, key=f"{key}:status", required=True)
        if objectives:
            st.selectbox("Which objective it speaks to", list(questions), index=at, key=f"{key}:objective")
        st.form_submit_button("Save", key=f"{key}:save", type="primary", on_click=_save, args=(finding, questions, key))


def _save(finding: Finding, questions: Mapping[str, str], key: str) -> None:
    claim = str(session.widget(f"{key}:claim") or "")
    changed = replace(
        finding,
        claim=claim,
        status=session.widget(f"{key}:status") or finding.status,
        objective=questions.get(str(session.widget(f"{key}:objective")), ""),
    )
    ws, study = session.workspace(), session.study_id() or ""
    session.keep(_LOST, None)
    with session.doing(f"The {finding.kind} is saved."):
        if changed.id:
            try:
                findings.save(ws, study, changed)
            except Conflict:
                session.keep(_LOST, claim)
                raise
        else:
            number = findings.add(ws, study, changed)
            session.keep(DRAFT, None)
            session.set_widget(FINDING, str(number))


def _remove(finding: Finding) -> None:
    with session.doing(f"The {finding.kind} was removed."):
        findings.remove(session.workspace(), session.study_id() or "", finding.id)
        session.set_widget(FINDING, "")
