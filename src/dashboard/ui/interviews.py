"""How well we asked: what is said first of it, the questions to check in their place, and the guide as it was asked."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.analysis import guide
from dashboard.analysis.in_words import count, percent
from dashboard.analysis.interviews import LONG, long_stretches
from dashboard.analysis.question_kinds import LEADING
from dashboard.analysis.questions import CHECK, Flagged, flagged
from dashboard.evidence.tables import Evidence
from dashboard.ui import cached, frame, session
from dashboard.ui.lines import Group, Line, lines
from dashboard.ui.rows import Event, Row, Tag, rows

PAGE = "interviews"
_PER_PAGE = 8
_SHOWN = 160

EVERY = "All of these"
SIGNS = {
    "Leading": ("leading",),
    "Two at once": ("double-barrelled",),
    "What they would do": ("hypothetical",),
    "Closed": ("closed",),
}
"""What can be looked at → the flags it shows; a closed question is often meant, and is not among “all”."""
_NAMES = {
    "leading": "leading", "loaded": "leading", "double-barrelled": "two at once", "hypothetical": "what they would do",
    "closed": "closed",
}  # fmt: skip


def there_are(of: Evidence) -> bool:
    """Whether there is an interview to look at; where there is none, says so."""
    if len(cached.table(of, "interviews").rows):
        return True
    if of.filters and len(cached.table(of.unfiltered(), "interviews").rows):
        frame.empty(
            "No interview is left under these filters. Take one of them away.",
            action="Clear the filters", key="interviews", on_click=session.clear_filters,
        )  # fmt: skip
    else:
        frame.empty(
            "This study holds survey answers only, so there is no interviewer to look at. Add transcripts of "
            "interviews to see who spoke how much and how the questions were put.",
            action="Go to the sources", key="interviews", on_click=lambda: session.go("sources"),
        )  # fmt: skip
    return False


def lead(of: Evidence) -> str:
    """The sentence said first: ``Interviewers spoke 22 % of the words; 9 of 61 questions lead.``"""
    led, put = cached.table(of, "interviews").rows, cached.table(of, "questions").rows
    each = led.drop_duplicates("interview")
    words, own = int(each["words"].sum()), int(each["interviewer_words"].sum())
    leading = put[put["kind"] == "leading"]
    if not own:
        return "No interviewer was found in these interviews; say who interviews on Sources."
    said = f"Interviewers spoke {percent(own / words)} of the words"
    if not len(leading):
        return f"{said}."
    k, n = int(leading["k"].iloc[0]), int(leading["n"].iloc[0])
    return f"{said}; {k} of {count(n, 'question')} {'leads' if k == 1 else 'lead'}."


def to_check(of: Evidence) -> None:
    """Draw the questions that are flagged, each with its reason and a better wording; one opens in its conversation."""
    frame.section("Which questions are worth a second look?")
    chosen = st.segmented_control(
        "Look at", (EVERY, *SIGNS), default=EVERY, required=True, key="interviews:signs", label_visibility="collapsed"
    )
    kinds = SIGNS.get(str(chosen), ("leading", "double-barrelled", "hypothetical"))
    found = sorted(flagged(of, kinds=kinds), key=lambda each: each.flag.kind not in LEADING)
    if not found:
        frame.say("Nothing in the wording of the questions calls for it.")
        return
    pages = -(-len(found) // _PER_PAGE)
    pager = f"interviews:page:{chosen}:{pages}"
    at = min(max(1, int(session.widget(pager, 1) or 1)), pages)
    first = (at - 1) * _PER_PAGE
    rows(
        [_row(place, found[place]) for place in range(first, min(first + _PER_PAGE, len(found)))],
        lambda event: _open(event, found),
        key="interviews:flags",
        label="Questions to check",
        opens="open",
    )
    if pages > 1:
        st.pagination(pages, key=pager, max_visible_pages=5)
    frame.say(f"{count(len(found), 'place')} to check. {CHECK} A question opens where it was asked.", tone="quiet")


def _row(place: int, found: Flagged) -> Row:
    flag = found.flag
    because = flag.reason[:1].lower() + flag.reason[1:]
    return Row(
        str(place),
        found.question[:1].upper() + found.question[1:],
        (f"Check this: {because}", f"Better: {flag.better}", found.interview),
        (Tag(_NAMES[flag.kind], "caution" if flag.kind in LEADING else "quiet"),),
    )


def _open(event: Event, found: Sequence[Flagged]) -> None:
    places = [f"{each.source}/{each.turn}" for each in found]
    place = int(event["id"])
    if place < len(places):
        _read(places[place], tuple(dict.fromkeys(places)), "questions to check")


def _read(place: str, among: tuple[str, ...], title: str) -> None:
    session.read(place, session.Reading(among, title, PAGE, 0, len(among)))


def stretches(of: Evidence) -> None:
    """Draw the interviewers' longest turns, where there are long ones."""
    found = long_stretches(of)
    frame.section("Where did the interviewer speak at length?")
    if not len(found):
        frame.say(f"Nowhere: no turn of an interviewer has {LONG} words or more.")
        return
    places = tuple(f"{source}/{turn}" for source, turn in zip(found["source"], found["turn"], strict=True))
    rows(
        [
            Row(place, shortened(text, most=_SHOWN), (f"{words:,} words, in {interview}",))
            for place, text, words, interview in zip(
                places, found["text"], found["words"], found["interview"], strict=True
            )
        ],
        lambda event: _read(str(event["id"]), places, "long stretches"),
        key="interviews:long",
        label="Long stretches of the interviewer",
        opens="open",
    )


def guide_asked(of: Evidence) -> None:
    """Draw what of the guide was asked, in how many interviews; a question opens what was answered to it."""
    questions = {each.id: each for each in guide.questions_of(of) if each.of_guide}
    if not questions:
        return
    silent = guide.never_asked(of)
    rest = [row for row in guide.coverage(of).to_dict("records") if row["id"] in questions]
    note = "As far as we can tell from what was asked: matched by meaning, wording and order."
    if silent:
        named = "; ".join(f"“{each.text}”" for each in silent)
        frame.say(f"Nobody was asked: {named}", tone="caution")
    group = Group(
        "Which questions of the guide were asked?",
        tuple(
            Line(
                questions[row["id"]].text,
                "answers",
                {guide.QUESTION: row["id"]},
                f"asked in {row['asked']} of {count(row['interviews'], 'interview')}; "
                f"{count(row['people'], 'person', 'people')} answered",
                row["asked"] / row["interviews"] if row["interviews"] else None,
            )
            for row in rest
        ),
        note,
    )
    lines(of, [group], key="interviews:guide", page=PAGE)


def shortened(text: str, *, most: int) -> str:
    """The beginning of a text, cut between words.

    >>> shortened("one two three", most=8)
    'one two …'
    """
    return text if len(text) <= most else text[: most + 1].rsplit(" ", 1)[0].rstrip(" ,;:") + " …"
