"""A second coder's blind round: one quote and one theme at a time, nothing of what others say until it is over."""

from __future__ import annotations

from dataclasses import dataclass, replace

import streamlit as st

from dashboard.analysis.in_words import count
from dashboard.study import Decision
from dashboard.ui import frame, review_cards, session
from dashboard.ui.review import CARD
from dashboard.workspace import coding, second, studies
from dashboard.workspace.second import Agreed, Asked

_JUDGED, _RANDOM = "What another person judged", "A random sample"
_DRAWN: dict[str, second.Drawn] = {_JUDGED: "judged", _RANDOM: "random"}


@dataclass(frozen=True)
class _Blind:
    """A round: what is asked, and position → (what was said, the decisions to withdraw to undo it)."""

    coder: str
    items: tuple[Asked, ...]
    turns: dict[tuple[str, int], str]
    said: dict[int, tuple[str, tuple[int, ...]]]
    at: int = 0


def second_coder(study: str) -> bool:
    """Draw a blind round, or what begins one; whether one is under way, so that what others said must not be shown."""
    held: _Blind | None = session.kept(_name(study))
    if held is None:
        _to_begin(study)
        return False
    if len(held.said) >= len(held.items) or held.at >= len(held.items):
        return _end(study, held)
    _card(study, held)
    return True


def _name(study: str) -> str:
    return f"second:round:{study}"


def _to_begin(study: str) -> None:
    if session.evidence() is None or not session.may_change():
        return
    frame.section("Second coder")
    frame.say(
        "Go through quotes without seeing what the machine or anybody else says of them; how far you agree is shown "
        "after the last.",
        tone="quiet",
    )
    ws = session.workspace()
    with st.form("second:form", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input("Who codes", ws.user.name, key="second:coder", disabled=ws.settings.shared, width=220)
        st.selectbox("Which quotes", list(_DRAWN), key="second:drawn", width=260)
        themes = studies.get(ws, study).themes
        st.multiselect("Themes", themes, key="second:themes", placeholder="All themes", width=300)
        st.number_input("At most", 5, 500, 30, key="second:count", width=120)
        st.form_submit_button("Begin", key="second:begin", type="primary", on_click=_begin, args=(study,))


def _begin(study: str) -> None:
    with session.doing():
        whole = session.evidence()
        if whole is None:
            return
        ws = second.as_coder(session.workspace(), str(session.widget("second:coder") or session.workspace().user.name))
        items = second.ask(
            whole,
            ws.user.name,
            drawn=_DRAWN[str(session.widget("second:drawn") or _JUDGED)],
            themes=tuple(session.widget("second:themes") or ()),
            count=int(session.widget("second:count") or 30),
        )
        if not items:
            session.notice(
                "There is nothing to ask: nobody else judged anything that you have not. Choose a random sample, or "
                "give the name of the other coder.",
                tone="caution",
            )
            return
        session.keep(_name(study), _Blind(ws.user.name, items, review_cards.turns_of(whole, items), {}))


def _card(study: str, held: _Blind) -> None:
    item = held.items[held.at]
    said = held.said.get(held.at, ("", ()))[0]
    before, after = review_cards.around(held.turns.get((item.source, item.turn), item.text), item.start, item.end)
    frame.section(f"{held.coder} codes, blind")
    data = {
        "theme": item.theme,
        "question": f"answering “{item.question}”" if item.question else "",
        "before": before,
        "text": item.text,
        "after": after,
        "who": item.participant,
        "why": _definition(study, item.theme),
        "status": said,
        "verdict": {"confirmed": "you said it is", "rejected": "you said it is not"}.get(said, ""),
    }
    CARD(key="second:card", data=data)
    with st.container(horizontal=True, key="second-decide"):
        for label, status, shortcut in (("It is the theme", "confirmed", "y"), ("It is not", "rejected", "n")):
            st.button(
                label,
                key=f"second:{shortcut}:{held.at}",  # the card's own: pressed twice, it never decides the next
                shortcut=shortcut,
                on_click=_say,
                args=(study, held.at, status),
            )
        st.button("Undo", key="second:undo", shortcut="u", disabled=not held.said, on_click=_undo, args=(study,))
        st.button("Stop here", key="second:stop", type="tertiary", on_click=_stop, args=(study,))
        frame.say(f"{held.at + 1} of {len(held.items)}", tone="quiet")


def _definition(study: str, name: str) -> str:
    found = [theme for theme in studies.get(session.workspace(), study).codebook if theme.name == name]
    return found[0].definition if found else ""


def _say(study: str, at: int, status: str) -> None:
    held: _Blind | None = session.kept(_name(study))
    whole = session.evidence()
    if held is None or whole is None or at != held.at:
        return
    item = held.items[at]
    with session.doing():
        ws = second.as_coder(session.workspace(), held.coder)
        anchor = coding.anchor(whole, item.source, item.turn, item.start, item.end)
        decision = Decision(anchor, "theme", item.theme, "confirmed" if status == "confirmed" else "rejected", "")
        ids = tuple(coding.decide(ws, study, [decision]))
        session.keep(_name(study), replace(held, said={**held.said, at: (status, ids)}, at=at + 1))


def _undo(study: str) -> None:
    held: _Blind | None = session.kept(_name(study))
    if held is None or not held.said:
        return
    last = max(held.said)
    with session.doing():
        coding.withdraw(second.as_coder(session.workspace(), held.coder), study, held.said[last][1])
        left = {at: said for at, said in held.said.items() if at != last}
        session.keep(_name(study), replace(held, said=left, at=last))


def _stop(study: str) -> None:
    """End the round where it is; what was decided is kept."""
    held: _Blind | None = session.kept(_name(study))
    if held is not None:
        session.keep(_name(study), replace(held, at=len(held.items)))


def _end(study: str, held: _Blind) -> bool:
    whole = session.evidence()
    if whole is None:
        return False
    frame.section("Second coder")
    frame.say(f"{held.coder} judged {count(len(held.said), 'quote')}.", tone="done")
    found = second.compared(whole, held.coder)
    if found:
        frame.say(second.said(found))
        for each in found[:8]:
            frame.say(_line(each), tone="quiet")
        frame.say("Where you differ stands below, under “In dispute”: open each, and settle it.", tone="quiet")
    else:
        frame.say(
            "Nobody else has judged these quotes yet: let another coder begin with a random sample.", tone="quiet"
        )
    with st.container(horizontal=True, key="second-end"):
        st.button("Another round", key="second:again", on_click=session.keep, args=(_name(study), None))
        st.button("Undo", key="second:undo", shortcut="u", disabled=not held.said, on_click=_undo, args=(study,))
    return False


def _line(each: Agreed) -> str:
    """One theme's agreement in words.

    >>> _line(Agreed("Pricing", "Ada", 2, 10, 0.58, 0.6))
    'Pricing, with Ada: alike on 8 of 10 (80 %), alpha 0.60, kappa 0.58'
    """
    alike = each.judged - each.apart
    said = f"{each.theme}, with {each.other}: alike on {alike} of {each.judged} ({round(100 * alike / each.judged)} %)"
    if each.alpha is None or each.kappa is None:
        return f"{said}; no alpha or kappa, since neither answer varies"
    return f"{said}, alpha {each.alpha:.2f}, kappa {each.kappa:.2f}"
