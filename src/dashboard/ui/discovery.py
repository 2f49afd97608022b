"""What the codebook does not cover: groups of quotes to make themes of, to put into one, or to dismiss."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from dashboard.analysis.in_words import count
from dashboard.ui import frame, session
from dashboard.ui.quote_list import quote_list
from dashboard.ui.rows import Event, Row, rows
from dashboard.workspace import discovery, studies
from dashboard.workspace.discovery import Found, Uncovered

_CHOSEN = "discovery:chosen"


def discovered(study: str) -> None:
    """Draw the groups with the form of the one that is chosen, and which themes may be one."""
    whole = session.evidence()
    if whole is None:
        frame.empty(
            "Nothing was built yet, so there is nothing to look through. Drop the sources and build first.",
            action="Go to the sources", key="undiscovered", on_click=lambda: session.go("sources"),
        )  # fmt: skip
        return
    found = discovery.uncovered(session.workspace(), study, whole)
    frame.say(_lead(found), tone="quiet")
    _near_duplicates(study)
    if found.dismissed:
        st.button(
            f"Show {count(found.dismissed, 'dismissed group')} again", key="discovery:back", type="tertiary",
            on_click=_bring_back, args=(study,),
        )  # fmt: skip
    if not found.groups:
        return
    chosen = next((group for group in found.groups if group.passages[0] == session.kept(_CHOSEN)), found.groups[0])
    left, right = st.columns([2, 3], gap="large")
    with left:
        rows(
            [_row(group) for group in found.groups], _choose, key="discovery:rows", label="Groups of quotes",
            opens="choose", current=chosen.passages[0], bounded=True,
        )  # fmt: skip
    with right:
        frame.section(chosen.label)
        _form(study, chosen)
        # the figures of a group are of everything that was said, whatever the filters of other pages are
        quote_list(
            whole, {"passage": chosen.passages}, key="discovery:quotes", measure="quotes", title=chosen.label,
            page="coding", per_page=5,
        )  # fmt: skip


def _lead(found: Uncovered) -> str:
    if not found.passages:
        return "Every quote that could be coded has a theme, or a suggestion that comes near."
    said = f"{count(found.passages, 'quote')} that no theme covers"
    said += f", of which some stand together in {count(len(found.groups), 'group')}." if found.groups else (
        "; too few of them are alike to stand together."
    )  # fmt: skip
    if found.boilerplate:
        said += f" Answers such as “n/a” are left out: {found.boilerplate}."
    return said


def _near_duplicates(study: str) -> None:
    pairs = discovery.near_duplicates(session.workspace(), study)
    if pairs:
        named = "; ".join(f"“{one}” and “{other}”" for one, other, _ in pairs[:3])
        frame.say(f"These themes mean nearly the same, and may be one: {named}.", tone="caution")


def _row(group: Found) -> Row:
    said = f"{count(group.people, 'person', 'people')}, {count(len(group.passages), 'quote')}"
    return Row(group.passages[0], group.label, (said, f"“{group.quotes[0][:120]}”"))


def _form(study: str, group: Found) -> None:
    draft = discovery.drafted(group)
    name = group.passages[0]
    with st.form(f"discovery:form:{name}", border=False):
        title = st.text_input("Name of the theme", value=draft.name, key=f"discovery:name:{name}")
        definition = st.text_area(
            "What belongs to it", value=draft.definition, key=f"discovery:means:{name}", height=70
        )
        cues = st.text_input("Cues, parted by commas", value=", ".join(draft.cues), key=f"discovery:cues:{name}")
        if st.form_submit_button("Add to the codebook", type="primary"):
            written = tuple(dict.fromkeys(cue.strip() for cue in cues.split(",") if cue.strip()))
            with session.doing(f"“{title.strip()}” is in the codebook; its quotes are suggested at the next build."):
                theme = replace(discovery.drafted(group, title), definition=definition.strip(), cues=written)
                discovery.accept(session.workspace(), study, theme)
            st.rerun()
    themes = studies.get(session.workspace(), study).themes
    with st.container(horizontal=True, vertical_alignment="bottom", key="discovery-else"):
        into = st.selectbox(
            "Or put it into a theme", themes, key=f"discovery:into:{name}", index=None, placeholder="a theme", width=260
        )
        st.button(
            "Put into it", key=f"discovery:put:{name}", disabled=into is None, on_click=_put, args=(study, group, into)
        )
        st.button("Dismiss for good", key=f"discovery:dismiss:{name}", on_click=_dismiss, args=(study, group))


def _choose(event: Event) -> None:
    session.keep(_CHOSEN, str(event["id"]))


def _put(study: str, group: Found, into: str) -> None:
    with session.doing(f"“{into}” now has the words and examples of this group."):
        discovery.put_into(session.workspace(), study, group, into)


def _dismiss(study: str, group: Found) -> None:
    with session.doing(f"“{group.label}” is not shown again."):
        discovery.dismiss(session.workspace(), study, group)


def _bring_back(study: str) -> None:
    with session.doing():
        discovery.bring_back(session.workspace(), study)
