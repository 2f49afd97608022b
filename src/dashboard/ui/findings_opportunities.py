"""Opportunities: what people miss, counted in people, and what was made of it."""

from __future__ import annotations

from typing import Any

import streamlit as st

from dashboard.analysis.in_words import row_in_words
from dashboard.analysis.needs import NO_THEME
from dashboard.charts.measures import MEASURES
from dashboard.evidence.tables import NO_STAGE, Evidence
from dashboard.ui import cached, frame, session
from dashboard.ui.findings_detail import detail, figure_in_words, new, now_of
from dashboard.ui.keeping import DRAFT, FINDING
from dashboard.ui.quote_list import quote_list
from dashboard.ui.rows import Action, Event, Row, Tag, rows
from dashboard.workspace import findings
from dashboard.workspace.findings import Finding, Learned

MEASURE = "needs"
MOST = 12
"""Groups of unmet needs that are offered, those of most people first; the page Needs has all of them."""
_QUOTES = "findings:need"


def opportunities(whole: Evidence, learned: Learned) -> None:
    """Draw what people miss and the opportunities made of it, and the one that is open."""
    made = [finding for finding in learned.findings if finding.kind == "opportunity"]
    left, right = st.columns([1, 1], gap="medium")
    with left:
        if made:
            frame.section("What we could do about it")
            rows(
                [_row(whole, finding) for finding in made],
                _open, key="opportunities", label="Opportunities", opens="open",
                current="" if session.kept(_QUOTES) else _chosen(),
            )  # fmt: skip
        frame.section("What people miss")
        found = groups(whole)
        if found:
            _needs(whole, found, made)
        else:
            frame.say("Nobody here states an unmet need, as far as it was found.", tone="quiet")
    with right:
        opened = learned.finding(int(_chosen() or 0))
        need = session.kept(_QUOTES)
        if session.kept(DRAFT) is not None:
            new(whole)
        elif need is not None and need in {name for name, _, _ in found}:
            with st.container(horizontal=True, vertical_alignment="center"):
                frame.section(need)
                st.button("Close", key="need:close", type="tertiary", on_click=session.keep, args=(_QUOTES, None))
            keys = next(keys for name, keys, _ in found if name == need)
            quote_list(whole, keys, key="need:quotes", measure=MEASURE, title=need, page="findings")
        elif opened is not None and opened.kind == "opportunity":
            detail(whole, learned, opened)
        elif found:
            frame.say("Press a need to read who misses it, or make an opportunity of it.", tone="quiet")


def groups(whole: Evidence) -> list[tuple[str, dict[str, Any], str]]:
    """(name, keys, how many people) of the groups of unmet needs that most people state."""
    if MEASURE not in MEASURES:
        return []
    table = cached.table(whole.unfiltered(), MEASURE, None, (("pool", False),))
    positions = sorted(range(len(table.rows)), key=lambda at: (-int(table.rows["k"].iloc[at]), at))[:MOST]
    kinds = {"interview": "interviews", "survey": "survey"}
    found = []
    for at in positions:
        keys = table.keys_of(at)
        where = kinds.get(str(keys.get("source_kind")), "")
        name = ", ".join(filter(None, (_named(str(keys["theme"]), str(keys["stage"])), where)))
        found.append((name, keys, row_in_words(table, at)))
    return found


def _named(theme: str, stage: str) -> str:
    """What a group of needs is called.

    >>> _named("Reports", NO_STAGE), _named(NO_THEME, "Set up")
    ('Reports', 'Other needs at Set up')
    """
    about = "Other needs" if theme == NO_THEME else theme
    return about if stage == NO_STAGE else f"{about} at {stage}"


def _needs(whole: Evidence, found: list[tuple[str, dict[str, Any], str]], made: list[Finding]) -> None:
    taken = {tuple(sorted(finding.figure.keys)) for finding in made if finding.figure}

    def heard(event: Event) -> None:
        name, keys, said = next(each for each in found if each[0] == event["id"])
        making = event["do"] == "make"
        session.keep(DRAFT, None)
        session.keep(_QUOTES, None if making else name)  # what was made stays open once it is saved
        if making:
            table = cached.table(whole.unfiltered(), MEASURE, None, (("pool", False),))
            figure = findings.figure_of(whole.unfiltered(), table, keys)
            session.keep(
                DRAFT, {"claim": f"{name}: {said} miss something here", "kind": "opportunity", "figure": figure}
            )

    rows(
        [
            Row(
                name,
                name,
                (said,),
                tags=(Tag("opportunity", "good"),) if tuple(sorted(keys.items())) in taken else (),
                actions=(Action("make", "Make this an opportunity"),),
            )
            for name, keys, said in found
        ],
        heard,
        key="needs:groups",
        label="Unmet needs",
        opens="quotes",
        current=session.kept(_QUOTES) or next((name for name, keys, _ in found if _is_drafted(keys)), ""),
    )


def _is_drafted(keys: dict[str, Any]) -> bool:
    """Whether an opportunity is being written on the group with these keys."""
    figure = (session.kept(DRAFT) or {}).get("figure")
    return figure is not None and dict(figure.keys) == keys


def _row(whole: Evidence, finding: Finding) -> Row:
    now = now_of(whole, finding.figure)
    said = figure_in_words(finding.figure, now) if finding.figure and now else ""
    return Row(str(finding.id), finding.claim, (said,) if said else (), tags=(Tag(finding.status),))


def _chosen() -> str:
    said = str(session.widget(FINDING, "") or "")
    return said if said.isdecimal() and len(said) < 10 else ""


def _open(event: Event) -> None:
    session.keep(DRAFT, None)
    session.keep(_QUOTES, None)
    session.go(**{FINDING: str(event["id"])})
