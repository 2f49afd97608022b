"""The second step of publishing: what viewers see of what people said, and what stands first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import narwhals as nw
import streamlit as st

from dashboard.evidence.tables import Evidence
from dashboard.sharing.policy import MOST_AROUND, Policy
from dashboard.ui import cached, frame, session
from dashboard.ui.publish_draft import chooses
from dashboard.workspace import findings as learning
from dashboard.workspace import views as saved


@dataclass(frozen=True)
class _Switch:
    """One thing that viewers see or not. on, off: what it means, in a sentence."""

    name: str
    label: str
    on: str
    off: str


_SWITCHES = (
    _Switch(
        "transcripts",
        "Whole conversations",
        "Viewers read each quote in its whole conversation, so all of it must hold no name.",
        "Viewers read each quote with a few turns around it, and nothing else of the conversation.",
    ),
    _Switch(
        "persons",
        "Pages by person",
        "Viewers open each person by a made-up name, with all their quotes and their answer to each question.",
        "There are no pages by person.",
    ),
    _Switch(
        "pseudonyms",
        "Which quotes are one person's",
        "Quotes carry a made-up name: whoever recognises one quote has all quotes of that person.",
        "Nobody can see which quotes are one person's.",
    ),
    _Switch(
        "months",
        "Months",
        "The month counts as one more description of people, so that trends can be shown.",
        "Nothing says when anything was said.",
    ),
    _Switch(
        "scores",
        "Scores in bands",
        "Scores count as one more description of people, in bands such as promoter, passive and detractor.",
        "No score is shown.",
    ),
)
_KINDS = {"interview": "Interviews", "survey": "Survey"}
_IMPLIED = "Comes with whole conversations and with pages by person."


def contents(of: Evidence, policy: Policy) -> None:
    """Draw the choices of what viewers see, each with what it means."""
    study = of.study.id
    left, right = st.columns([1, 1], gap="large")
    with left:
        frame.section("Of what was said")
        for switch in _SWITCHES:
            _switch(study, policy, switch)
        frame.section("Whose words may be shown")
        for said, caution in consents(of):
            frame.say(said, tone="caution" if caution else "plain")
    with right:
        frame.section("What stands first")
        _words(study, policy)
        _pinned(study, policy)


def _switch(study: str, policy: Policy, switch: _Switch) -> None:
    implied = switch.name == "pseudonyms" and (policy.transcripts or policy.persons)
    on = bool(getattr(policy, switch.name))
    with st.container(gap="xxsmall"):
        key = f"publish:{switch.name}"
        if implied:
            st.toggle(switch.label, value=True, key=f"{key}:implied", disabled=True)
        else:
            st.toggle(switch.label, value=on, key=key, on_change=chooses(study, switch.name, key=key))
        frame.say(switch.on if on or implied else switch.off, tone="quiet")
        if implied:
            frame.say(_IMPLIED, tone="quiet")
        if switch.name == "transcripts" and not on:
            st.number_input(
                "Turns before and after a quote", min_value=0, max_value=MOST_AROUND, value=policy.around, step=1,
                key="publish:around", width=220, on_change=chooses(study, "around", key="publish:around", read=int),
            )  # fmt: skip


def _words(study: str, policy: Policy) -> None:
    st.text_area(
        "What you would say first",
        value=policy.headline, max_chars=600, height=110, key="publish:headline",
        placeholder="People leave in the first month because connecting their bank takes days.",
        on_change=chooses(study, "headline", key="publish:headline", read=lambda value: str(value).strip()),
    )  # fmt: skip
    st.text_input(
        "How people were recruited",
        value=policy.recruited, max_chars=300, key="publish:recruited",
        placeholder="Customers of the last year, invited by e-mail; 1 in 9 took part",
        on_change=chooses(study, "recruited", key="publish:recruited", read=lambda value: str(value).strip()),
    )  # fmt: skip
    frame.say("Both are shown as you write them, with names replaced like everywhere else.", tone="quiet")


def _pinned(study: str, policy: Policy) -> None:
    ws = session.workspace()
    claims = {
        finding.id: finding.claim for finding in learning.learned(ws, study).findings if finding.status != "set aside"
    }
    names = {view.id: view.name for view in saved.views(ws, study)}
    _numbers(study, "findings", "Findings", claims, policy.findings, "none written down yet: see Findings")
    _numbers(study, "views", "Saved views", names, policy.views, "none saved yet: see Views beside the filters")


def _numbers(study: str, name: str, label: str, offered: Mapping[int, str], chosen: Sequence[int], none: str) -> None:
    key = f"publish:{name}"
    st.multiselect(
        f"{label}, in this order",
        list(offered),
        default=[number for number in chosen if number in offered],
        format_func=lambda number: offered[number],
        key=key,
        disabled=not offered,
        placeholder="none" if offered else none,
        on_change=chooses(study, name, key=key, read=tuple),
    )


def consents(of: Evidence) -> list[tuple[str, bool]]:
    """What the consent of those who were heard allows: (sentence, whether it needs a second look)."""
    people = cached.people(of)
    consent = dict(zip(people["participant"], people["consent"].fillna("").astype(str), strict=True))
    said = of.said().filter(nw.col("passages") > 0).select("participant", "source_kind").collect("pandas")
    given: dict[str, Counter[str]] = {}
    for participant, kind in said.iter_rows():
        given.setdefault(str(kind), Counter())[consent.get(str(participant), "")] += 1
    lines: list[tuple[str, bool]] = []
    for kind, name in _KINDS.items():
        if counted := given.get(kind):
            lines += said_of(name, counted["quote"], counted["paraphrase"], counted["nothing"], counted[""])
    return lines


def said_of(kind: str, quote: int, paraphrase: int, nothing: int, unknown: int) -> list[tuple[str, bool]]:
    """The same of counts of people of one source kind.

    >>> for said, _ in said_of("Interviews", 9, 2, 0, 1): print(said)
    Interviews: 9 of 12 people agreed to be quoted.
    2 may be paraphrased only: they count, and no quote of theirs is shown.
    Of 1 no consent is recorded: they count, and no quote of theirs is shown.
    """
    total = quote + paraphrase + nothing + unknown
    if total == unknown:
        return [
            (
                f"{kind}: no consent is recorded of any of the {total:,} people, so all of them are quoted. Where some "
                "did not agree, say so in a column “consent” of the sheet of participants before you publish.",
                True,
            )
        ]
    said = [(f"{kind}: {quote:,} of {total:,} people agreed to be quoted.", False)]
    no = "they count, and no quote of theirs is shown."
    if paraphrase:
        said.append((f"{paraphrase:,} may be paraphrased only: {no}", False))
    if nothing:
        said.append((f"{nothing:,} agreed to neither: {no}", False))
    if unknown:
        said.append((f"Of {unknown:,} no consent is recorded: {no}", True))
    return said
