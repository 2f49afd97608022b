"""Assumptions: what speaks for and against each, in counts and in pinned quotes, and the verdict a person gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from dashboard.analysis.in_words import share_of
from dashboard.evidence.tables import Evidence
from dashboard.study import Assumption
from dashboard.ui import cached, frame, session
from dashboard.ui.findings_detail import pinned
from dashboard.ui.quote_list import quote_list
from dashboard.ui.rows import Event, Row, Tag, Tone, rows
from dashboard.ui.show import in_words
from dashboard.workspace import findings
from dashboard.workspace.findings import Learned, Verdict

WORDS = {"supported": "Supported", "contradicted": "Contradicted", "mixed": "Mixed", "not enough": "Not enough heard"}
_TONES: dict[str, Tone] = {"supported": "good", "contradicted": "caution", "mixed": "quiet", "not enough": "quiet"}
_OPEN, _QUOTES = "findings:assumption", "findings:assumption:quotes"


@dataclass(frozen=True)
class Voice:
    """A theme that speaks for or against an assumption, in one source kind."""

    side: str
    theme: str
    source_kind: str
    said: str

    @property
    def id(self) -> str:
        """What names it from run to run."""
        return "\n".join((self.side, self.theme, self.source_kind))

    @property
    def keys(self) -> dict[str, Any]:
        """The keys of its row, which open its quotes."""
        return {"theme": self.theme, "source_kind": self.source_kind}


def assumptions(whole: Evidence, learned: Learned) -> None:
    """Draw the assumptions of the study, and the one that is open."""
    there = whole.study.assumptions
    if not there:
        frame.say(
            "This study states no assumptions. Write them into its file under “assumptions”, each with the themes that "
            "speak for it and against it.",
            tone="plain",
        )
        return
    current = next((each for each in there if each.id == session.kept(_OPEN)), there[0])
    left, right = st.columns([1, 1], gap="medium")
    with left:
        rows(
            [_row(whole, each, learned.verdict_on(each.id)) for each in there],
            _open, key="assumptions", label="Assumptions", opens="open", current=current.id,
        )  # fmt: skip
        found = voices(whole, current)
        _detail(whole, learned, current, found)
    with right, st.container(key="aside-assumption"):
        chosen = session.kept(_QUOTES)
        _aside(whole, learned, current, next((voice for voice in found if voice.id == chosen), None))


def voices(whole: Evidence, assumption: Assumption) -> list[Voice]:
    """The themes for and against an assumption with how many people voice each now; interviews and survey apart."""
    if not whole.study.themes:
        return []
    table = cached.table(whole.unfiltered(), "prevalence", None, (("pool", False),))
    of_theme: dict[str, list[dict[str, Any]]] = {}
    for row in table.records():
        of_theme.setdefault(row["theme"], []).append(row)
    return [
        Voice(side, theme, row["source_kind"], share_of(row["k"], row["n"], kind=row["source_kind"]))
        for side, themes in (("for", assumption.supports), ("against", assumption.contradicts))
        for theme in themes
        for row in of_theme.get(theme, ())
    ]


def verdict_in_words(verdict: Verdict | None) -> str:
    """What a person concluded, when and why."""
    if verdict is None:
        return "No verdict yet."
    when = f" on {verdict.at:%d %b %Y}" if verdict.at else ""
    return f"{WORDS[verdict.verdict]}, says {verdict.by}{when}: {verdict.why}"


def _row(whole: Evidence, assumption: Assumption, verdict: Verdict | None) -> Row:
    said = []
    for side in ("for", "against"):
        named = assumption.supports if side == "for" else assumption.contradicts
        if named:
            said.append(f"{side.capitalize()}: {', '.join(named)}")
    word = WORDS[verdict.verdict] if verdict else "no verdict yet"
    return Row(
        assumption.id,
        assumption.belief,
        tuple(said),
        tags=(Tag(word, _TONES[verdict.verdict] if verdict else "quiet"),),
    )


def _open(event: Event) -> None:
    session.keep(_OPEN, event["id"])
    session.keep(_QUOTES, None)


def _detail(whole: Evidence, learned: Learned, assumption: Assumption, found: Sequence[Voice]) -> None:
    """What is concluded of an assumption so far, and how many people voice what speaks for it and against it."""
    place = _place(whole, assumption)
    frame.section(assumption.belief)
    frame.say(verdict_in_words(learned.verdict_on(assumption.id)))
    if found:
        frame.say("How many people voice what speaks for and against it, as it stands now:", tone="quiet")
        rows(
            [
                Row(v.id, in_words(v.keys), (v.said,), tags=(Tag(v.side, "good" if v.side == "for" else "caution"),))
                for v in found
            ],
            lambda event: session.keep(_QUOTES, event["id"]),
            key=f"voices:{place}", label="Themes for and against", opens="quotes", current=session.kept(_QUOTES) or "",
        )  # fmt: skip
    _judge(learned, assumption, place)


def _aside(whole: Evidence, learned: Learned, assumption: Assumption, voice: Voice | None) -> None:
    """The quotes of the theme that was pressed; until then the pinned ones."""
    if voice is None:
        frame.section("Pinned quotes")
        pinned(whole, learned.pinned_to(assumption.id), key=f"pins:assumption:{_place(whole, assumption)}")
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        frame.section(f"{in_words(voice.keys)}: {voice.side} it")
        st.button("Close", key="assumption:close", type="tertiary", on_click=session.keep, args=(_QUOTES, None))
    quote_list(whole, voice.keys, key="assumption:quotes", title=voice.theme, page="findings", follow=True)


def _place(whole: Evidence, assumption: Assumption) -> int:
    """A name for its widgets: an id may hold anything."""
    return whole.study.assumptions.index(assumption)


def _judge(learned: Learned, assumption: Assumption, place: int) -> None:
    given = [verdict for verdict in learned.verdicts if verdict.assumption == assumption.id]
    key = f"verdict:{place}:{len(given)}"
    with st.form(key, border=False):
        frame.section("Your verdict")
        st.segmented_control(
            "Verdict", list(WORDS), format_func=WORDS.__getitem__, key=f"{key}:word", label_visibility="collapsed",
            default=given[-1].verdict if given else None,
        )  # fmt: skip
        st.text_area("Why: what it rests on", key=f"{key}:why", max_chars=findings.LONGEST, height=80)
        st.form_submit_button("Give the verdict", key=f"{key}:save", on_click=_save, args=(assumption.id, key))
    if len(given) > 1:
        with st.expander("Earlier verdicts"):
            for verdict in reversed(given[:-1]):
                frame.say(verdict_in_words(verdict), tone="quiet")


def _save(assumption: str, key: str) -> None:
    with session.doing("The verdict is kept; the ones before it are, too."):
        word, why = session.widget(f"{key}:word"), str(session.widget(f"{key}:why") or "")
        findings.judge(session.workspace(), session.study_id() or "", assumption, word or "", why)
