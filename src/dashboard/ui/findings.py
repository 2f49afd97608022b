"""The page Findings: what was learned by objective, what became of the assumptions, opportunities, memos."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.evidence.tables import Evidence
from dashboard.ui import cached, frame, session
from dashboard.ui.findings_assumptions import assumptions
from dashboard.ui.findings_detail import detail, figure_beside, new, now_of
from dashboard.ui.findings_export import csv_of
from dashboard.ui.findings_memos import memos
from dashboard.ui.findings_opportunities import opportunities
from dashboard.ui.keeping import DRAFT, FINDING
from dashboard.ui.rows import Event, Row, Tag, Tone, rows
from dashboard.workspace import findings as learning
from dashboard.workspace.findings import Finding, Learned, Now

TAB = "findings:tab"
FINDINGS, ASSUMPTIONS, OPPORTUNITIES, MEMOS = "Findings", "Assumptions", "Opportunities", "Memos and starred"
SORTS = ("as they were written", "by status", "most people first", "most friction first")
_STATUS_ORDER = ("ready", "draft", "set aside")
_TONES: dict[str, Tone] = {"ready": "good", "draft": "caution", "set aside": "quiet"}
_NONE = "Speaks to no objective"
_HOW = "Open the quotes behind any number on any page and press “Make this a finding”, or write one yourself."


def findings(of: Evidence) -> None:
    """Draw the page over the whole evidence of the study; a finding's figure has filters of its own."""
    whole = of.unfiltered()
    learned = learning.learned(session.workspace(), whole.study.id)
    frame.say(summary(learned, len(whole.study.assumptions)), tone="lead")
    opened = learned.finding(chosen())
    if session.widget(TAB) is None and opened and opened.kind == "opportunity":
        session.set_widget(TAB, OPPORTUNITIES)
    tabs = st.tabs([FINDINGS, ASSUMPTIONS, OPPORTUNITIES, MEMOS], key=TAB, on_change="rerun")
    for tab, draw in zip(tabs, (_findings, assumptions, opportunities, memos), strict=True):
        with tab:
            if tab.open:
                draw(whole, learned)


def summary(learned: Learned, assumptions: int) -> str:
    """What there is, in one sentence.

    >>> summary(Learned(), 0)
    'Nothing was written down yet.'
    """
    written = [finding for finding in learned.findings if finding.kind == "finding"]
    if not learned.findings and not learned.verdicts and not learned.actions:
        return "Nothing was written down yet."
    made = len(learned.findings) - len(written)
    acted = sum(1 for finding in written if learned.actions_of(finding.id))
    one = len(written) == 1
    said = [
        f"{len(written):,} finding{'' if one else 's'}, {acted:,} with something to do about {'it' if one else 'them'}"
    ]
    if made:
        said.append(f"{made:,} opportunit{'y' if made == 1 else 'ies'}")
    if assumptions:
        judged = len({verdict.assumption for verdict in learned.verdicts})
        said.append(f"{judged} of {assumptions} assumption{'' if assumptions == 1 else 's'} judged")
    planned = [action for action in learned.actions if action.finding is None or learned.finding(action.finding)]
    left = sum(action.status in ("open", "doing") for action in planned)
    if planned:
        said.append(f"{left} of {len(planned)} action{'' if len(planned) == 1 else 's'} still to do")
    return "; ".join(said) + "."


def chosen() -> int:
    """The number of the finding that is open; 0 for none."""
    said = str(session.widget(FINDING, "") or "")
    return int(said) if said.isdecimal() and len(said) < 10 else 0


def _findings(whole: Evidence, learned: Learned) -> None:
    written = [finding for finding in learned.findings if finding.kind == "finding"]
    figures = {finding.id: now_of(whole, finding.figure) for finding in learned.findings}
    with st.container(horizontal=True, vertical_alignment="bottom", key="findings-bar"):
        sort = SORTS[0]
        if len(written) > 1:
            sort = st.selectbox("Sorted", SORTS, key="findings:sort", label_visibility="collapsed", width=210)
        st.button("New finding", key="findings:new", icon=":material/add:", on_click=_new)
        if learned.findings:
            _download(whole, learned, figures)
    left, right = st.columns([1, 1], gap="medium")
    with left:
        ordered = in_order(written, str(sort), figures, _friction(whole, written))
        for question, group in by_objective(whole, ordered):
            frame.section(question)
            if group:
                _list(group, learned, figures, key=f"findings:{group[0].objective}")
            else:
                frame.say("No finding speaks to this yet.", tone="quiet")
    with right:
        opened = learned.finding(chosen())
        if session.kept(DRAFT) is not None:
            new(whole)
        elif opened is not None:
            detail(whole, learned, opened)
        elif written:
            frame.say("Open a finding to see its quotes, its number as it is now, and what will be done.", tone="quiet")
        else:
            frame.say(_HOW)


def _list(group: Sequence[Finding], learned: Learned, figures: dict[int, Now | None], *, key: str) -> None:
    rows(
        [row_of(finding, learned, figures.get(finding.id)) for finding in group],
        open_finding, key=key, label="Findings", opens="open", current=str(chosen()),
    )  # fmt: skip


def open_finding(event: Event) -> None:
    """Open the finding that a row names, at the next run."""
    session.keep(DRAFT, None)
    session.go(**{FINDING: str(event["id"])})


def row_of(finding: Finding, learned: Learned, now: Now | None) -> Row:
    """One finding as a row: its claim, its number as it is now, what belongs to it."""
    pins, following = len(learned.pinned_to(finding.id)), len(learned.actions_of(finding.id))
    counted = [f"{n} {name}{'' if n == 1 else 's'}" for n, name in ((pins, "pinned quote"), (following, "action")) if n]
    figure = figure_beside(finding, now)
    return Row(
        str(finding.id),
        finding.claim,
        tuple(filter(None, (figure, ", ".join(counted)))),
        tags=(Tag(finding.status, _TONES.get(finding.status, "quiet")),),
    )


def by_objective(whole: Evidence, ordered: Sequence[Finding]) -> list[tuple[str, list[Finding]]]:
    """(the objective's question, findings that speak to it), in the study's order; those that speak to none last."""
    known = {objective.id for objective in whole.study.objectives}
    groups = [
        (objective.question, [finding for finding in ordered if finding.objective == objective.id])
        for objective in whole.study.objectives
    ]
    others = [finding for finding in ordered if finding.objective not in known]
    return [*groups, *([(_NONE if groups else "What we learned", others)] if others else [])]


def in_order(
    written: Sequence[Finding], sort: str, figures: dict[int, Now | None], friction: dict[int, float]
) -> list[Finding]:
    """The findings in one of the orders of SORTS; among equals the latest first."""
    latest = sorted(written, key=lambda finding: -finding.id)
    if sort == SORTS[1]:
        return sorted(latest, key=lambda finding: _STATUS_ORDER.index(finding.status))
    if sort == SORTS[2]:
        return sorted(latest, key=lambda finding: -(_share(figures.get(finding.id)) or 0.0))
    if sort == SORTS[3]:
        return sorted(latest, key=lambda finding: -friction.get(finding.id, 0.0))
    return latest


def _share(now: Now | None) -> float | None:
    return now.share if now else None


def _friction(whole: Evidence, written: Sequence[Finding]) -> dict[int, float]:
    """Number of a finding → the friction at what its figure names."""
    if not whole.study.stages or not any(finding.figure for finding in written):
        return {}
    by = "theme" if whole.study.themes else None
    table = cached.table(whole, "friction", by, (("pool", True),))
    return {finding.id: learning.friction_of(table, finding.figure) for finding in written}


def _download(whole: Evidence, learned: Learned, figures: dict[int, Now | None]) -> None:
    said = {number: now.said for number, now in figures.items() if now}
    address = str(st.context.url or "")
    st.download_button(
        "Download for an issue tracker", data=lambda: csv_of(learned, said, address=address, study=whole.study.id),
        file_name="findings.csv", mime="text/csv", key="findings:csv", icon=":material/download:", type="tertiary",
        on_click="ignore",
    )  # fmt: skip


def _new() -> None:
    session.keep(DRAFT, {})
    session.set_widget(FINDING, "")
