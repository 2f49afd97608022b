"""What was answered to each question: the questions of guide and surveys, and beside them what each person said."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

import streamlit as st

from dashboard.analysis.guide import Question, coverage, questions_of
from dashboard.analysis.in_words import count
from dashboard.evidence.tables import Evidence
from dashboard.ui import cached, choosing, frame, session
from dashboard.ui.interviews import shortened
from dashboard.ui.quote_list import about
from dashboard.ui.rows import Event, Row, Tag, rows

PAGE = "answers"
_PER_PAGE = 12
_SHOWN = 320
_ASKED_SHOWN = 140
_MOST_THEMES = 6
_MOST_ATTRIBUTES = 3


def answers(of: Evidence) -> None:
    """Draw the questions, and beside them the answers to the one that the address names."""
    asked = questions_of(of)
    if not any(each.of_guide for each in asked) and session.may_change():
        _no_guide(some=bool(asked))
    if not asked:
        if not session.may_change():
            frame.say("Nothing that was published answers a question of its own.")
        return
    figures = {
        str(row["id"]): {str(name): value for name, value in row.items()} for row in coverage(of).to_dict("records")
    }
    chosen = next((each for each in asked if each.id == choosing.question()), None) or _first(asked, figures)
    frame.say(lead(chosen, figures[chosen.id]), tone="lead")
    left, right = st.columns([2, 3], gap="large")
    with left:
        rows(
            [_row(each, figures[each.id]) for each in asked],
            lambda event: session.go(**{choosing.QUESTION: str(event["id"])}),
            key="answers:questions",
            label="Questions",
            opens="choose",
            current=chosen.id,
            bounded=True,
        )
    with right:
        _answers(of, chosen)


def lead(question: Question, figures: Mapping[str, Any]) -> str:
    """In how many interviews it was asked, and how many people answered."""
    people = count(figures["people"], "person", "people") + " answered"
    if not question.of_guide:
        return f"{people} in the survey: “{question.text}”"
    if not figures["interviews"]:
        return f"{people}: “{question.text}”"
    asked = f"asked in {figures['asked']} of {count(figures['interviews'], 'interview')}"
    return f"“{question.text}” was {asked}; {people}." if figures["asked"] else f"“{question.text}” was not asked."


def _first(asked: tuple[Question, ...], figures: Mapping[str, Mapping[str, Any]]) -> Question:
    return next((each for each in asked if figures[each.id]["people"]), asked[0])


def _row(question: Question, figures: Mapping[str, Any]) -> Row:
    people = count(figures["people"], "person", "people") + " answered"
    asked = f"asked in {figures['asked']} of {figures['interviews']}, " if question.of_guide else ""
    tags = () if question.of_guide and not question.columns else (Tag("survey"),)
    where = (question.stage,) if question.stage else ()
    return Row(question.id, question.text, (" · ".join((asked + people, *where)),), tags)


def _answers(of: Evidence, question: Question) -> None:
    found = cached.answers(of, question.id)
    if not len(found):
        frame.say("Nobody answered this here.")
        return
    pages = -(-len(found) // _PER_PAGE)
    pager = f"answers:page:{question.id}:{pages}"
    at = min(max(1, int(session.widget(pager, 1) or 1)), pages)
    people = cast("dict[str, dict[str, Any]]", cached.people(of).set_index("participant").to_dict("index"))
    passages = tuple(found["passage"])
    page = found.iloc[(at - 1) * _PER_PAGE : at * _PER_PAGE]
    rows(
        [
            answer_row(row, about(people.get(row["participant"], {}), of.attributes[:_MOST_ATTRIBUTES]))
            for row in page.to_dict("records")
        ],
        lambda event: _open(event, passages, question),
        key="answers:people",
        label="Answers",
        opens="open",
    )
    if pages > 1:
        st.pagination(pages, key=pager, max_visible_pages=5)
    frame.say(
        "An answer opens in its conversation. A theme is “asked” where the question brings it up by its own words, "
        "else “volunteered”. What follows a question of the guide, until the next one, is taken for its answer.",
        tone="quiet",
    )


def answer_row(row: Mapping[Any, Any], who: str) -> Row:
    """One person's answer: who it is, what they said in short, how they were asked, and its themes."""
    quotes = f" ({count(row['passages'], 'quote')})" if row["passages"] > 1 else ""
    put = row["asked"] if row["source_kind"] == "interview" else ""
    lines = (
        *([who] if who else []),
        *([f"Asked: {_end(put)}"] if put else []),
    )
    themes = [Tag(f"{name}, {how}", "good" if how == "volunteered" else "quiet") for name, how in row["themes"].items()]
    said = shortened(row["text"], most=_SHOWN)
    return Row(row["passage"], f"{row['participant']}{quotes}", lines, tuple(themes[:_MOST_THEMES]), said=said)


def _end(put: str) -> str:
    """The end of a long turn, where its question stands."""
    return put if len(put) <= _ASKED_SHOWN else "… " + put[-_ASKED_SHOWN + 2 :].split(" ", 1)[-1]


def _open(event: Event, passages: tuple[str, ...], question: Question) -> None:
    title = f"answers to “{question.text}”"
    session.read(str(event["id"]), session.Reading(passages, title, PAGE, 0, len(passages)))


def _no_guide(*, some: bool) -> None:
    text = (
        "This study has no guide, so the questions of its surveys stand here alone. With a guide you see what each "
        "interview answered to it."
        if some
        else "This study has no guide and no survey, so there is no question to read by. Give its guide."
    )
    frame.empty(text, action="Give the guide", key="guide", on_click=lambda: session.go("interviews"))
