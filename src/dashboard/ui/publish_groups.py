"""The first step of publishing: what viewers can tell people apart by, at groups of at least 3, 5 and 10."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from dashboard.evidence.tables import Evidence
from dashboard.sharing.groups import TOGETHER
from dashboard.sharing.policy import Policy
from dashboard.ui import frame, session
from dashboard.ui.publish_draft import choose, chooses, depends_on
from dashboard.workspace import sharing
from dashboard.workspace.sharing import Consequence, SharedLink

SIZES = (3, 5, 10)
_HELD = "publish:groups"  # kept: what the sizes come to, and what that depends on
_ANOTHER = 0
_LARGEST = 100


def groups(of: Evidence, policy: Policy, links: Sequence[SharedLink]) -> None:
    """Draw the sizes side by side, the choice of one, and the choice of attributes."""
    study, ws = of.study.id, session.workspace()
    least = sharing.least_k(ws)
    frame.say(
        "Whoever opens the link can choose groups of people by what describes them. A small group can be one person, "
        "so rare values become “other”, or a description is left out, until every group and every difference between "
        "two groups has enough people."
    )
    if of.attributes:
        _attributes(study, of.attributes, policy)
    shown = _consequences(of, policy, links)
    st.html(table(shown, policy.k))
    if any(TOGETHER in values for each in shown for values in each.kept.values()):
        frame.say(
            "Interviews and surveys are grouped each by itself. Where one of them has too few people to tell apart by "
            "a description, it says so there and keeps it in the other.",
            tone="quiet",
        )
    _size(study, policy, least)
    for said in warnings(shown, policy):
        frame.say(said, tone="caution")


def _consequences(of: Evidence, policy: Policy, links: Sequence[SharedLink]) -> tuple[Consequence, ...]:
    ks = tuple(sorted({*SIZES, policy.k}))
    asked = (ks, *depends_on(of, replace(policy, k=ks[0]), links))  # which of the sizes is chosen changes none of them
    held = session.kept(_HELD)
    if held is None or held[0] != asked:
        held = (asked, sharing.consequences(session.workspace(), of.study.id, policy, ks=ks))
        session.keep(_HELD, held)
    shown: tuple[Consequence, ...] = held[1]
    return shown


def _attributes(study: str, names: Sequence[str], policy: Policy) -> None:
    st.multiselect(
        "What may describe people",
        names,
        default=[name for name in names if policy.attributes is None or name in policy.attributes],
        key="publish:attributes",
        placeholder="nothing: everyone together",
        on_change=chooses(
            study,
            "attributes",
            key="publish:attributes",
            read=lambda value: None if set(value) == set(names) else tuple(name for name in names if name in value),
        ),
    )


def _size(study: str, policy: Policy, least: int) -> None:
    listed = policy.k if policy.k in SIZES else _ANOTHER
    with st.container(horizontal=True, vertical_alignment="bottom", key="publish-size"):
        st.radio(
            "Smallest group that viewers can choose",
            [*SIZES, _ANOTHER],
            index=[*SIZES, _ANOTHER].index(listed),
            format_func=lambda size: "another size" if size == _ANOTHER else f"{size} people",
            horizontal=True,
            key="publish:k",
            on_change=_sized,
            args=(study, policy.k),
        )
        if listed == _ANOTHER:
            st.number_input(
                "People", min_value=2, max_value=_LARGEST, value=policy.k, step=1, key="publish:k-other", width=130,
                on_change=chooses(study, "k", key="publish:k-other", read=int),
            )  # fmt: skip
    if policy.k >= least:
        if least > 1:
            frame.say(f"The least here is {least}, unless there is a reason that is written down.", tone="quiet")
        return
    st.text_input(
        f"Why fewer than {least}? The reason is kept with the version.",
        value=policy.reason,
        max_chars=300,
        key="publish:reason",
        placeholder="For example: all ten are employees, and agreed to it in writing",
        on_change=chooses(study, "reason", key="publish:reason", read=lambda value: str(value).strip()),
    )
    if not policy.reason:
        frame.say(
            f"Groups of {policy.k} are fewer than the {least} that hold here: write the reason, or choose a larger "
            "size; until then nothing can be published.",
            tone="caution",
        )


def _sized(study: str, before: int) -> None:
    chosen = session.widget("publish:k")
    choose(study, k=(before + 1 if before in SIZES else before) if chosen == _ANOTHER else int(chosen))


def table(shown: Sequence[Consequence], chosen: int) -> str:
    """The sizes side by side as markup; everything from outside is escaped."""
    head = "".join(
        f'<th scope="col"{_mark(each.k, chosen)}>at least {each.k}{" (chosen)" if each.k == chosen else ""}</th>'
        for each in shown
    )
    lines = [
        ("Told apart by", [_kept(each) for each in shown]),
        ("Becomes “other”", [_others(each) for each in shown]),
        ("Left out", [_listed(each.left_out, "nothing") for each in shown]),
        ("People hidden", [_hidden(each) for each in shown]),
    ]
    body = "".join(
        f'<tr><th scope="row">{html.escape(name)}</th>'
        + "".join(f"<td{_mark(each.k, chosen)}>{cell}</td>" for each, cell in zip(shown, cells, strict=True))
        + "</tr>"
        for name, cells in lines
    )
    return (
        f'<table class="dr-sizes"><caption>What viewers keep, by the smallest group</caption>'
        f"<thead><tr><td></td>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def warnings(shown: Sequence[Consequence], policy: Policy) -> list[str]:
    """What the chosen size costs, where it costs much."""
    chosen = policy.k
    now = next((each for each in shown if each.k == chosen), None)
    if now is None:
        return []
    said = []
    heard = now.people + now.hidden
    if heard and not now.people:
        said.append(f"At groups of {chosen} nobody can be shown at all: there are {heard} in all.")
    elif now.hidden:
        said.append(f"{now.hidden} of {heard} people would be left out, because their group is too small.")
    if not now.kept and now.left_out and policy.attributes != ():
        said.append("Viewers could filter by nothing. A smaller size, or fewer descriptions, would leave them some.")
    return said


def _mark(k: int, chosen: int) -> str:
    return ' class="chosen"' if k == chosen else ""


def _listed(names: Sequence[str], none: str) -> str:
    return html.escape(", ".join(names)) if names else f"<i>{none}</i>"


def _kept(each: Consequence) -> str:
    if not each.kept:
        return "<i>nothing</i>"
    return "<br>".join(
        f"<b>{html.escape(name)}</b>: {html.escape(_short([value for value in of if value != TOGETHER]))}"
        for name, of in each.kept.items()
    )


def _others(each: Consequence) -> str:
    if not each.other:
        return "<i>nothing</i>"
    return "<br>".join(
        f"<b>{html.escape(name)}</b>: {html.escape(_short(values))}" for name, values in each.other.items()
    )


def _short(values: Sequence[str], most: int = 6) -> str:
    """The first few of them, and how many more.

    >>> _short(["a", "b", "c"], most=2)
    'a, b and 1 more'
    """
    more = len(values) - most
    return ", ".join(values[:most]) + (f" and {more} more" if more > 0 else "")


def _hidden(each: Consequence) -> str:
    return f"{each.hidden:,} of {each.people + each.hidden:,}" if each.hidden else "<i>nobody</i>"
