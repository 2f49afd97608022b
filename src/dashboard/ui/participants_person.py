"""Everybody we know of, to be searched; and one person's own view: who they are, what they say, in whose words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.evidence.tables import Evidence, attribute_column
from dashboard.study import NOT_GIVEN
from dashboard.ui import cached, choosing, frame, rows, session
from dashboard.ui.quote_list import quote_list
from dashboard.workspace import notes
from dashboard.workspace.participants import Person, Score

_MOST = 300
"""People in the list at once; a search finds the others."""

LIST, FIND, THEMES = "participants:list", "participants:find", "participants:themes"
_CHOSEN = "participants:theme"


def people(of: Evidence) -> None:
    """Draw the person that is chosen, else the list of everybody the filters leave."""
    everybody = cached.everybody(of)
    chosen = choosing.person()
    if not chosen:
        _list(of, everybody)
        return
    found = cached.person(of, chosen)
    if found is None:
        there = "these filters leave nobody of the id" if of.filters else "the study knows nobody of the id"
        frame.empty(
            f"Of all people, {there} “{chosen}”.", action="Show all people", key="nobody", on_click=_leave,
        )  # fmt: skip
        return
    _steps(everybody, chosen)
    _person(of, found)


# ---------------------------------------------------------------- everybody


def _list(of: Evidence, everybody: pd.DataFrame) -> None:
    text = st.text_input(
        "Find a person", key=FIND, placeholder="Find by id or attribute", label_visibility="collapsed", max_chars=100,
        width=320,
    ).strip()  # fmt: skip
    found = matching(everybody, of.attributes, text)
    interviewed = int((everybody["interview"] > 0).sum())
    silent = int((everybody["quotes"] == 0).sum())
    said = [f"{len(everybody):,} {_people(len(everybody))}", f"{interviewed:,} interviewed"]
    said += [f"{silent:,} not heard"] if silent else []
    said += [f"{len(found):,} found"] if text else []
    frame.say(", ".join(said) + ".", tone="quiet")
    if not len(found):
        frame.say("Nobody matches; try fewer letters.")
        return
    items = [_row(row, of.attributes) for row in found.head(_MOST).to_dict("records")]
    rows.rows(items, _heard, key=LIST, label="People", opens="open", bounded=True)
    if len(found) > _MOST:
        frame.say(f"The first {_MOST} of {len(found):,} are shown; search to find the others.", tone="quiet")


def matching(everybody: pd.DataFrame, attributes: tuple[str, ...], text: str) -> pd.DataFrame:
    """The rows of people whose id or attributes hold each of these words."""
    searched = everybody["participant"].astype("str")
    for name in attributes:
        searched = searched + "\n" + everybody[attribute_column(name)].astype("str")
    searched = searched.str.casefold()
    for word in text.casefold().split():
        searched = searched[searched.str.contains(word, regex=False)]
    return everybody.loc[searched.index]


def _row(row: Mapping[Any, Any], attributes: tuple[str, ...]) -> rows.Row:
    given = [(name, str(row[attribute_column(name)])) for name in attributes]
    about = " · ".join(f"{name} {value}" for name, value in given if value != NOT_GIVEN)
    kinds = [name for name, kind in (("interview", "interview"), ("survey", "survey")) if row[kind]]
    tags = [rows.Tag(kind) for kind in kinds] or [rows.Tag("not heard", "caution")]
    if row["quotes"]:
        tags.append(rows.Tag(f"{row['quotes']:,} {'quote' if row['quotes'] == 1 else 'quotes'}"))
    return rows.Row(str(row["participant"]), str(row["participant"]), (about,) if about else (), tuple(tags))


def _heard(event: rows.Event) -> None:
    if event.get("do") == "open":
        _go(str(event["id"]))


def _go(participant: str) -> None:
    session.keep(_CHOSEN, None)
    session.go(**{choosing.PERSON: participant})


def _leave() -> None:
    _go("")


# ---------------------------------------------------------------- one person


def _steps(everybody: pd.DataFrame, chosen: str) -> None:
    """Back to everybody, and on to the next."""
    ids = everybody["participant"].astype("str").tolist()
    at = ids.index(chosen) if chosen in ids else 0
    with st.container(horizontal=True, vertical_alignment="center", key="participants-steps"):
        st.button("All people", key="participants:all", icon=":material/arrow_back:", on_click=_leave)
        before, after = ids[at - 1] if at else "", ids[at + 1] if at + 1 < len(ids) else ""
        st.button(
            "Previous", key="participants:before", type="tertiary", disabled=not before, on_click=_go, args=(before,)
        )
        st.button("Next", key="participants:after", type="tertiary", disabled=not after, on_click=_go, args=(after,))
        frame.say(f"{at + 1:,} of {len(ids):,}", tone="quiet")


def _person(of: Evidence, found: Person) -> None:
    left, right = st.columns([3, 2], gap="medium")
    with left, st.container(key="participants-person"):
        frame.section(found.participant)
        frame.say("\n".join(about(found)))
        _themes(of, found)
    with right:
        theme = session.kept(_CHOSEN)
        mine = {each.theme for each in found.themes}
        keys = {"participant": found.participant} | ({"theme": theme} if theme in mine else {})
        title = f"{found.participant} on {theme}" if theme in mine else f"Everything {found.participant} said"
        with st.container(horizontal=True, vertical_alignment="center", key="participants-quotes"):
            frame.section(title)
            if theme in mine:
                st.button(
                    "Everything", key="participants:every", type="tertiary", on_click=session.keep, args=(_CHOSEN, None)
                )
        if found.quotes or found.uncodable:
            quote_list(of, keys, key="participants:quotes", title=title, page="participants", follow=theme in mine)
        else:
            frame.say("Known from a sheet or a score alone: said nothing.", tone="quiet")


def about(found: Person) -> list[str]:
    """Who somebody is, in lines: attributes, segments, where they were heard, scores."""
    lines = [" · ".join(f"{name}: {value}" for name, value in found.attributes)]
    lines.append("Segments: " + ", ".join(found.segments) if found.segments else "")
    heard = "; ".join(f"{name}, {date}" if date else name for name, date in found.sources)
    lines.append(f"Heard in {heard}" if heard.strip(" ;,") else "" if found.sources else "Not heard")
    scores = "; ".join(_score(each) for each in found.scores)
    lines.append(f"Scores: {scores}" if scores else "")
    if found.uncodable:
        answers = "answer" if found.uncodable == 1 else "answers"
        lines.append(f"{found.uncodable} {answers} could not be coded (such as “n/a”)")
    return [line for line in lines if line]


def _score(score: Score) -> str:
    return (
        f"{score.name} {score.value}"
        + (f", {score.group}" if score.group else "")
        + (f" ({score.date})" if score.date else "")
    )


def _themes(of: Evidence, found: Person) -> None:
    """Themes with their quotes, and a line in the researcher's own words beside each."""
    changes = session.may_change()
    written = notes.summaries(session.workspace(), of.study.id) if changes else {}
    mine = {theme: summary.text for (who, theme), summary in written.items() if who == found.participant}
    voiced = {each.theme: each for each in found.themes}
    named = [theme for theme in of.study.themes if theme in voiced or theme in mine]
    if not named:
        frame.say("No theme counts in what this person said." if of.study.codebook else "This study has no themes yet.")
        return
    lines = []
    for theme in named:
        each = voiced.get(theme)
        quotes = f"{each.quotes} {'quote' if each.quotes == 1 else 'quotes'}" if each else ""
        checked = f"{each.checked} checked" if each and each.checked else "unchecked" if each else "no quote here"
        cells = {"theme": theme, "open": quotes, "checked": checked, "summary": mine.get(theme, "")}
        lines.append(rows.Line(theme, theme, cells))
    columns = [
        rows.Column("theme", "Theme"),
        rows.Column("open", "Quotes", kind="button"),
        rows.Column("checked", "Checked", quiet=True),
    ]
    if changes:
        columns.append(rows.Column("summary", "In your words", kind="words", placeholder="one line of your own"))

    def heard(event: rows.Event) -> None:
        theme = str(event.get("id"))
        if event.get("do") == "open":
            session.keep(_CHOSEN, theme)
        elif event.get("do") == "set" and event.get("column") == "summary":
            notes.summarise(session.workspace(), of.study.id, found.participant, theme, str(event.get("value") or ""))

    frame.section("What they talk about")
    rows.fields(lines, columns, heard, key=THEMES, label=f"Themes of {found.participant}")


def _people(number: int) -> str:
    return "person" if number == 1 else "people"
