"""The reader: a whole conversation, the quote marked in it, and a pen to code any stretch of it.

A viewer has no pen, and reads as much around the quote as was published: :mod:`dashboard.ui.excerpt`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from dashboard.errors import NotFound
from dashboard.evidence.tables import Evidence
from dashboard.study import Piece
from dashboard.ui import deciding, excerpt, frame, job_progress, session, source_fields
from dashboard.ui.quote_list import fit
from dashboard.workspace import coding, turns
from dashboard.workspace import evidence as of_evidence
from dashboard.workspace.evidence import Conversation, Mark
from dashboard.workspace.turns import Behind

_COMPONENT = st.components.v2.component(
    "dashboard.reader",
    html='<div class="dr-reader"></div>',
    css=frame.asset("reader.css"),
    js="".join(map(frame.asset, ("dom.js", "outbox.js", "palette.js", "turn_form.js", "reader.js"))),
    isolate_styles=False,  # a selection inside a shadow root cannot be read in every browser
)
KEY = "reader"
_COLOURS = 8
HELP = (
    "Select any stretch of what a participant says, then press a theme's number or type its name; − 0 + mark it as "
    "negative, neutral or positive. Without a mouse: ↑ ↓ from turn to turn, → sentence by sentence, Shift → to extend. "
    "Ctrl+Z undoes, N and P step through the quotes. E edits a turn: who says it, its words, where it is cut."
)


def reader() -> bool:
    """Draw the conversation around the quote that the address names; False where it names none."""
    passage = str(session.widget(session.PASSAGE, "") or "")
    whole = session.evidence()
    if not passage or whole is None:
        return False
    with session.catching():
        if session.share():
            _bar(passage)
            excerpt.excerpt(whole, passage, draw)
            return True
        source, turn, start, end = place_of(whole, passage)
        _bar(passage)
        _conversation(source, (turn, start, end), passage)
    return True


def draw(data: Mapping[str, Any]) -> None:
    """The conversation as the browser draws it."""
    _COMPONENT(key=KEY, data=data, on_said_change=lambda: None)


def place_of(whole: Evidence, passage: str) -> tuple[str, int, int, int]:
    """Source, turn, start and end of a passage, or of an address of the form ``source/turn``. Raises NotFound."""
    source, slash, turn = passage.rpartition("/")
    if slash and turn.isdecimal():
        return source, int(turn), 0, 0
    anchor = coding.anchor_of(whole, passage)
    return anchor.source, anchor.turn, anchor.start, anchor.end


def _bar(passage: str) -> None:
    """The way back, and to the next and the previous quote of the same list."""
    reading = session.reading()
    among = reading.passages
    at = among.index(passage) if passage in among else -1
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button("Back", key="reader:back", icon=":material/arrow_back:", on_click=session.stop_reading)
        if at >= 0:
            st.button("Previous", key="reader:previous", disabled=at == 0, on_click=_step, args=(-1,))
            st.button("Next", key="reader:next", disabled=at == len(among) - 1, on_click=_step, args=(1,))
            place = f"Quote {reading.first + at + 1:,} of {reading.total:,}"
            frame.say(f"{place}: {reading.title}" if reading.title else place, tone="quiet")


def _step(by: int) -> None:
    among = session.reading().passages
    passage = str(session.widget(session.PASSAGE, ""))
    if passage in among:
        session.go(**{session.PASSAGE: among[max(0, min(len(among) - 1, among.index(passage) + by))]})


@st.fragment
def _conversation(source: str, at: tuple[int, int, int], passage: str) -> None:
    """The conversation; a fragment, so that a mark made with the pen redraws nothing else."""
    if _answer(source):
        st.rerun()
    session.show_notices()
    whole = session.evidence()
    if whole is None:
        return
    with session.catching():
        talk = of_evidence.conversation(whole, source, around=at[0])
        about = " · ".join(
            filter(None, (talk.name, talk.date, "survey answers" if talk.source_kind == "survey" else ""))
        )
        frame.say(about, tone="quiet")
        shown = frozenset(spoken.turn for spoken in talk.turns)
        there = turns.behind(session.workspace(), whole.study.id, source, only=shown)
        if there is None:
            said = "Its file was replaced since the pages were built: bring them up to date to correct its turns."
            frame.say(said, tone="caution")
        elif there.waiting:
            source_fields.undo_line(whole.study.id)
            job_progress.job_progress(whole.study.id)
        data = data_of(whole, talk, at, passage, there)
        draw(data)
        frame.say(
            HELP if whole.study.codebook else "Selecting text codes it once the study has a codebook.", tone="quiet"
        )


def data_of(
    whole: Evidence, talk: Conversation, at: tuple[int, int, int], passage: str, there: Behind | None = None
) -> dict[str, Any]:
    """What the component is given. at: turn, start and end of the quote, in characters of the turn's text.

    there: what stands behind the turns, for those who may correct them.
    """
    colour = {theme: index % _COLOURS for index, theme in enumerate(whole.study.themes)}
    turn, start, end = at
    return {
        "source": talk.source,
        "label": f"Conversation {talk.name}",
        "place": passage,
        "at": {"turn": turn, "start": start, "end": end},
        "themes": [{"name": theme, "colour": colour[theme]} for theme in whole.study.themes],
        "stages": list(whole.study.stages),
        "codes": bool(whole.study.codebook or whole.study.journey),
        "counted": deciding.counted(KEY),
        "labels": list(there.labels) if there else [],
        "turns": [
            {
                "turn": spoken.turn,
                "speaker": spoken.participant if spoken.role == "participant" else spoken.speaker or spoken.role,
                "role": spoken.role,
                "time": spoken.question if talk.source_kind == "survey" else clock(spoken.start),
                "link": at_second(talk.recording, spoken.start),
                "label": spoken.speaker,
                **(_behind(spoken.turn, spoken.text, spoken.speaker, there) if there else {}),
                "text": spoken.text,
                "marks": [_mark(mark, colour) for mark in spoken.marks if mark.status != "rejected"],
            }
            for spoken in talk.turns
        ],
    }


def clock(seconds: float | None) -> str:
    """Seconds as a clock reads them.

    >>> clock(3725.2), clock(65), clock(None)
    ('1:02:05', '1:05', '')
    """
    if seconds is None:
        return ""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def at_second(recording: str, seconds: float | None) -> str:
    """The address that opens a recording at a second; "" where there is none, or it is no web address.

    >>> at_second("https://example.com/r/1", 65.4), at_second("javascript:alert(1)", 3)
    ('https://example.com/r/1#t=65', '')
    >>> at_second("https://example.com/app#/r/1", 65)
    'https://example.com/app#/r/1&t=65'
    """
    if seconds is None or not recording.lower().startswith(("https://", "http://")):
        return ""
    return f"{recording}{'&' if '#' in recording else '#'}t={int(seconds)}"


def _behind(turn: int, text: str, speaker: str, there: Behind) -> dict[str, Any]:
    """The file's turns behind one on the page; what they have in common with it is left out."""
    file = []
    for each in there.of.get(turn, ()):
        own: dict[str, Any] = {"turn": each.turn, "joined": each.joined, "corrected": each.corrected}
        if each.corrected or each.text != text or each.speaker != speaker:
            pieces = [{"speaker": piece.speaker or "", "text": piece.text} for piece in each.pieces]
            own |= {"text": each.text, "speaker": each.speaker, "pieces": pieces}
        file.append(own)
    return {"file": file, "waiting": turn in there.waiting}


def _correct(study: str, source: str, event: Mapping[str, Any]) -> None:
    """Keep what was made of the file's turns behind one on the page, as one step that can be undone."""
    ws = session.workspace()
    first = last = None
    for edit in event.get("edits", ()):
        pieces = [Piece(str(each.get("text", "")), str(each.get("speaker", "")) or None) for each in edit["pieces"]]
        before, last = turns.correct_turn(
            ws, study, source, int(edit["turn"]), pieces=pieces, joined=bool(edit.get("joined"))
        )
        first = first or before
    if first is not None and last is not None:
        source_fields.kept(study, [(source, first, last)], said="The turn was corrected.")


def _mark(mark: Mark, colour: Mapping[str, int]) -> dict[str, Any]:
    return {
        "start": mark.start,
        "end": mark.end,
        "kind": mark.kind,
        "value": mark.value,
        "status": mark.status,
        "id": mark.decision,
        "by": mark.by,
        "colour": colour.get(mark.value, _COLOURS),
        "fit": fit(mark.confidence) if mark.status == "suggested" else "",
    }


def _answer(source: str) -> bool:
    """Do what was done in the conversation since the last run; True where the page must change."""
    moved = False
    for event in deciding.heard(KEY):
        event["source"] = source
        with session.doing():
            whole = session.evidence()
            if whole is None:
                raise NotFound("The study has nothing to read any more; open it again.")
            match event.get("do"):
                case "code":
                    deciding.mark(whole, event)
                case "drop":
                    deciding.unmark(whole, event)
                case "undo":
                    deciding.undo()
                case "correct":
                    _correct(whole.study.id, source, event)
                case "step":
                    _step(int(event.get("by", 1)))
                    moved = True
    return moved
