"""A published quote in its conversation: to be read, not coded, and no more of it than was published.

What reaches the browser names nobody: turns are counted from the first that is shown, and neither the source nor, where
pseudonyms are left out, the person can be told from it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from dashboard.errors import NotFound
from dashboard.evidence.tables import Evidence
from dashboard.study import Anchor
from dashboard.ui import cached, citing, deciding, frame, session
from dashboard.ui.quote_list import fit
from dashboard.workspace import coding
from dashboard.workspace import evidence as of_evidence
from dashboard.workspace.evidence import Conversation, SpokenTurn

_COLOURS = 8
_ROLES = {"participant": "Customer", "interviewer": "Interviewer", "observer": "Observer"}


def excerpt(whole: Evidence, passage: str, draw: Callable[[Mapping[str, Any]], None]) -> None:
    """Show a quote with the turns around it. draw: hands it to the browser. Raises NotFound."""
    if deciding.heard("reader"):  # a viewer's form says nothing: what is said all the same, the workspace refuses
        session.workspace()
    told = session.about()
    if told is None:
        raise NotFound("What was published is not open any more; open the link again.")
    try:
        anchor = coding.anchor_of(whole, passage)
        talk = of_evidence.conversation(whole, anchor.source, around=anchor.turn)
    except NotFound as problem:
        raise NotFound(
            "This quote is not in the version that is published now; look for its words on the page Quotes."
        ) from problem
    found = cached.quotes(whole.unfiltered(), ((session.PASSAGE, passage),), "prevalence", "order", 1)
    if len(found.rows):
        frame.say(citing.citation(found.rows.to_dict("records")[0], whole.attributes, told), tone="quiet")
    shown = turns_shown(talk, anchor.turn, whole=told.transcripts)
    draw(data_of(whole, shown, anchor, passage, who=told.links_quotes))
    if len(shown) > 1 and not told.transcripts and talk.source_kind != "survey":
        frame.say("Only what stands around the quote was published, not the whole conversation.", tone="quiet")


def turns_shown(talk: Conversation, at: int, *, whole: bool) -> tuple[SpokenTurn, ...]:
    """The turns of a conversation that a viewer reads with the quote in turn ``at``; of a survey, that answer alone.

    whole: the conversation was published whole; else what stands beyond a turn that was not is another excerpt.
    """
    if talk.source_kind == "survey":
        return tuple(turn for turn in talk.turns if turn.turn == at)
    there = {turn.turn for turn in talk.turns}
    first = last = at
    while not whole and first - 1 in there:
        first -= 1
    while not whole and last + 1 in there:
        last += 1
    return tuple(turn for turn in talk.turns if whole or first <= turn.turn <= last)


def data_of(whole: Evidence, turns: tuple[SpokenTurn, ...], at: Anchor, passage: str, *, who: bool) -> dict[str, Any]:
    """What the component is given; turns are numbered from 0. who: whether pseudonyms are shown."""
    colour = {theme: index % _COLOURS for index, theme in enumerate(whole.study.themes)}
    number = {turn.turn: place for place, turn in enumerate(turns)}
    return {
        "source": passage,
        "label": "The conversation around the quote",
        "place": passage,
        "at": {"turn": number.get(at.turn, 0), "start": at.start, "end": at.end},
        "themes": [{"name": theme, "colour": colour[theme]} for theme in whole.study.themes],
        "stages": list(whole.study.stages),
        "codes": False,
        "reads": True,
        "counted": deciding.counted("reader"),
        "labels": [],
        "turns": [
            {
                "turn": number[turn.turn],
                "speaker": turn.participant if who and turn.role == "participant" else _ROLES.get(turn.role, turn.role),
                "role": turn.role,
                "time": turn.question if turn.role == "participant" and len(turns) == 1 else "",
                "link": "",
                "label": "",
                "text": turn.text,
                "marks": [
                    {
                        "start": mark.start, "end": mark.end, "kind": mark.kind, "value": mark.value,
                        "status": mark.status, "id": 0, "by": "", "colour": colour.get(mark.value, _COLOURS),
                        "fit": fit(mark.confidence) if mark.status == "suggested" else "",
                    }
                    for mark in turn.marks if mark.status != "rejected"
                ],
            }
            for turn in turns
        ],
    }  # fmt: skip
