"""What was read of a file, with a person's corrections laid over it: speakers, turns, words, and what is left out.

A pure function of what was read and the correction. A turn is found again by its number and its text; what fits nowhere
in the file any more is said as a warning and changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from dashboard.intake.labels import plain
from dashboard.intake.parsed import ParsedSource
from dashboard.intake.turns import NO_INTERVIEWER, assign, shortened, speakers
from dashboard.study import Correction, Piece, SpeakerCorrection, Turn, TurnCorrection, WordCorrection
from dashboard.study_corrections import clock_of

SPOKEN = ("transcript", "project")
"""Kinds of sources that have speakers."""


@dataclass(frozen=True)
class Corrected:
    """What was read, corrected. origins: for each turn, numbers of the file's turns that it is made of."""

    parsed: ParsedSource
    origins: tuple[tuple[int, ...], ...]


def corrected(parsed: ParsedSource, correction: Correction, *, interviewers: Collection[str] = ()) -> Corrected:
    """What a file holds as a person corrected it. parsed: as the file is read, with nothing of this laid over it.

    interviewers: labels that interview in this study.
    """
    made = [_Made(turn, (turn.index,)) for turn in parsed.turns]
    made, doubts = _with_turns(made, correction.turns)
    made = _with_words(made, correction.words)
    made, left = _without(made, correction.left_out)
    turns: tuple[Turn, ...] = tuple(
        each.turn if each.turn.index == index else replace(each.turn, index=index) for index, each in enumerate(made)
    )
    shown = parsed.speakers
    warnings = list(parsed.warnings)
    if parsed.kind in SPOKEN and turns:
        turns = _renamed(turns, correction.speakers)
        turns = assign(turns, corrections=_by_new_name(correction.speakers), interviewers=interviewers)
        shown = speakers(turns)
        if correction.speakers or any(turn.role == "interviewer" for turn in turns):
            warnings = [warning for warning in warnings if warning != NO_INTERVIEWER]
    found = replace(
        parsed,
        turns=turns,
        speakers=shown if turns else (),
        warnings=(*warnings, *doubts),
        left_out=(*parsed.left_out, *left),
        language=correction.language or parsed.language,
        date=correction.date or parsed.date,
    )
    return Corrected(found, tuple(each.origins for each in made))


def says_something(correction: Correction) -> bool:
    """Whether a correction is more than what a reader takes itself: where a table begins, what its columns are."""
    said = (correction.speakers, correction.turns, correction.words, correction.left_out)
    return any(said) or bool(correction.language or correction.date or correction.recording)


def who_interviews(parsed: ParsedSource, correction: Correction, interviewers: Collection[str]) -> tuple[str, ...]:
    """Of labels that interview in a study, those that this file has, with another role that no person gave them."""
    if parsed.kind not in SPOKEN or not interviewers:
        return ()
    named = {plain(label): label for label in interviewers}
    found = set()
    for speaker in parsed.speakers:
        own = correction.speakers.get(speaker.name or "")
        if speaker.name and speaker.role != "interviewer" and not (own and own.role) and plain(speaker.name) in named:
            found.add(named[plain(speaker.name)])
    return tuple(sorted(found))


@dataclass(frozen=True)
class _Made:
    """A turn, and the file's turns that it is made of."""

    turn: Turn
    origins: tuple[int, ...]


# ---------------------------------------------------------------- turns


def _with_turns(made: Sequence[_Made], corrections: Sequence[TurnCorrection]) -> tuple[list[_Made], list[str]]:
    if not corrections:
        return list(made), []
    by_place, doubts = _placed([each.turn for each in made], corrections)
    found: list[_Made] = []
    for each in made:
        correction = by_place.get(each.turn.index)
        if correction is None:
            found.append(each)
            continue
        pieces = correction.becomes or (Piece(each.turn.text),)
        said = [_piece(each.turn, piece, number, pieces) for number, piece in enumerate(pieces)]
        if correction.joined and found:
            before = found.pop()
            found.append(_joined(before, said.pop(0), each.origins))
        found += [_Made(turn, each.origins) for turn in said]
    return found, shortened(doubts, "corrections that fit nowhere")


def _placed(
    turns: Sequence[Turn], corrections: Sequence[TurnCorrection]
) -> tuple[dict[int, TurnCorrection], list[str]]:
    """Number of a turn → what was made of it, and a sentence for each correction that fits nowhere."""
    places: dict[str, list[int]] = {}
    for turn in turns:
        places.setdefault(_plain(turn.text), []).append(turn.index)
    found: dict[int, TurnCorrection] = {}
    doubts = []
    for correction in corrections:
        there = places.get(_plain(correction.text), [])
        if correction.turn in there:
            found[correction.turn] = correction
        elif len(there) == 1:
            found.setdefault(there[0], correction)
        else:
            shown = correction.text if len(correction.text) <= 60 else correction.text[:60].rstrip() + " …"
            doubts.append(
                f"A correction of turn {correction.turn + 1} (“{shown}”) fits nowhere in the file any more; "
                "it is kept, but changes nothing: make it again where it belongs."
            )
    return found, doubts


def _plain(text: str) -> str:
    return " ".join(text.split())


def _piece(turn: Turn, piece: Piece, number: int, pieces: Sequence[Piece]) -> Turn:
    """One piece as a turn. Its time is the turn's own, shared out by length, where the turn has a beginning and an end.

    A piece that another label says loses the role that the layout gave the turn.
    """
    start, end = turn.start, turn.end
    if len(pieces) > 1:
        lengths = [len(each.text) for each in pieces]
        before, whole = sum(lengths[:number]), max(1, sum(lengths))
        if turn.start is not None and turn.end is not None:
            span = turn.end - turn.start
            start = round(turn.start + span * before / whole, 3)
            end = round(turn.start + span * (before + lengths[number]) / whole, 3)
    speaker = piece.speaker or turn.speaker
    role = turn.role if speaker == turn.speaker else "participant"
    return replace(turn, text=piece.text, speaker=speaker, role=role, start=start, end=end)


def _joined(before: _Made, after: Turn, origins: tuple[int, ...]) -> _Made:
    text = f"{before.turn.text.rstrip()} {after.text.lstrip()}"
    turn = replace(before.turn, text=text, end=after.end if after.end is not None else before.turn.end)
    return _Made(turn, tuple(dict.fromkeys((*before.origins, *origins))))


# ---------------------------------------------------------------- words


def pattern_of(heard: str) -> re.Pattern[str]:
    """What finds a misheard word or phrase: whole words, upper and lower case alike, any white space between them.

    >>> pattern_of("team's chat").findall("Team's  chat, teams chat, my team's chats")
    ["Team's  chat"]
    """
    words = heard.split()
    inner = r"\s+".join(re.escape(word) for word in words)
    first = r"(?<!\w)" if words and re.match(r"\w", words[0]) else ""
    last = r"(?!\w)" if words and re.search(r"\w\Z", words[-1]) else ""
    return re.compile(f"{first}{inner}{last}" if words else r"(?!)", re.IGNORECASE)


def _with_words(made: Sequence[_Made], words: Sequence[WordCorrection]) -> list[_Made]:
    if not words:
        return list(made)
    patterns = [(pattern_of(each.heard), each.meant) for each in words]
    found = []
    for each in made:
        text = each.turn.text
        for pattern, meant in patterns:
            text = pattern.sub(lambda _, meant=meant: meant, text)  # type: ignore[misc]  # a literal, never a template
        text = text if text.strip() else each.turn.text  # a turn does not vanish with its only word
        found.append(each if text == each.turn.text else _Made(replace(each.turn, text=text), each.origins))
    return found


# ---------------------------------------------------------------- what is left out


def _without(made: Sequence[_Made], stretches: Sequence[tuple[float, float]]) -> tuple[list[_Made], list[str]]:
    kept, said = list(made), []
    for first, last in stretches:
        before = len(kept)
        kept = [each for each in kept if each.turn.start is None or not first <= each.turn.start < last]
        gone = before - len(kept)
        turns = "1 turn" if gone == 1 else f"{gone} turns"
        said.append(f"From {clock_of(first)} to {clock_of(last)}: {turns} left out, as a person asked.")
    return kept, said


# ---------------------------------------------------------------- speakers


def _renamed(turns: tuple[Turn, ...], corrections: Mapping[str, SpeakerCorrection]) -> tuple[Turn, ...]:
    """Two labels with one name are one speaker, with the role of the label that bore the name already."""
    names = {label: each.name for label, each in corrections.items() if each.name and each.name != label}
    if not names:
        return turns
    roles = {turn.speaker: turn.role for turn in turns}
    return tuple(
        replace(turn, speaker=name, role=roles.get(name, turn.role))
        if (name := names.get(turn.speaker or ""))
        else turn
        for turn in turns
    )


def _by_new_name(corrections: Mapping[str, SpeakerCorrection]) -> dict[str, SpeakerCorrection]:
    """What was said of labels under the names they go by: of a name itself before that of labels that bear it."""
    found = {each.name: each for each in corrections.values() if each.name and each.role}
    return {**found, **{label: each for label, each in corrections.items() if each.role or label not in found}}
