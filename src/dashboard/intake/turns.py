"""What was said, in order → turns: neighbours of one label merged, who interviews, what each answer answers.

Readers make :class:`Utterance` values and hand them to :func:`transcript`; ``registry.read`` then calls
:func:`assign`, and ``corrected`` once more, with what a person corrected.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from dashboard.intake.labels import is_interviewer, is_observer, is_participant, misspelt, plain
from dashboard.intake.parsed import ParsedSource, Speaker
from dashboard.intake.times import clock
from dashboard.study import Role, SpeakerCorrection, Turn

QUESTION_LIMIT = 500
"""Characters of the interviewer's turn that are kept as the question."""

NO_SPEAKERS = (
    "No speakers were found in this file; every turn counts as the participant's until someone says who speaks."
)
NO_INTERVIEWER = (
    "Nobody in this file was recognised as the interviewer; say who interviews, or every speaker is counted."
)

_WARNINGS_OF_A_KIND = 5
_ASKS = re.compile(
    r"(?:so |and |okay |ok |um |und |also |et |y )?"
    r"(?:what|how|why|when|where|who|which|can you|could you|would you|do you|did you|have you|are you|were you|tell me"
    r"|was|wie|warum|wann|wo|wer|welche|können sie|könnten sie|haben sie|erzählen sie|pourquoi|comment|quel|quelle"
    r"|est-ce|qu'est-ce|pouvez-vous|avez-vous|qué|cómo|por qué|cuándo|cuál|puede|puedes"
    r"|come|perché|quando|quale|hur|varför)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Utterance:
    """One paragraph or cue, as it stands: label as written (None: none), seconds, and where it stands ("line 214").

    role: only where the layout itself says it (a bold question, a task heading), else None.
    """

    speaker: str | None
    text: str
    start: float | None = None
    end: float | None = None
    place: str = ""
    role: Role | None = None
    document: str = ""


def merge(utterances: Iterable[Utterance], *, joiner: str = "\n") -> tuple[Turn, ...]:
    """Turns: neighbouring utterances of one label joined, empty ones left out, numbered from 0.

    Utterances without a label are never joined here: nothing says that one person spoke both.

    >>> [t.text for t in merge([Utterance("A", "Hi"), Utterance("A", "there"), Utterance("B", "Yes")], joiner=" ")]
    ['Hi there', 'Yes']
    """
    groups: list[list[Utterance]] = []
    for said in utterances:
        if not said.text.strip():
            continue
        last = groups[-1][-1] if groups else None
        if last and said.speaker is not None and (last.speaker, last.document) == (said.speaker, said.document):
            groups[-1].append(said)
        else:
            groups.append([said])
    return tuple(
        Turn(
            index=index,
            speaker=group[0].speaker,
            text=joiner.join(said.text.strip() for said in group),
            role=group[0].role or "participant",
            start=next((said.start for said in group if said.start is not None), None),
            end=next((said.end for said in reversed(group) if said.end is not None), None),
            document=group[0].document,
        )
        for index, group in enumerate(groups)
    )


def transcript(
    utterances: Sequence[Utterance],
    *,
    format: str,
    joiner: str = "\n",
    warnings: Sequence[str] = (),
    left_out: Sequence[str] = (),
    documents: tuple[str, ...] = (),
    date: str = "",
) -> ParsedSource:
    """A parsed transcript: turns, speakers, proposed roles, and warnings on times and missing labels."""
    said = [utterance for utterance in utterances if utterance.text.strip()]
    doubts = [*warnings, *backward_times(said)]
    labelled = sum(utterance.speaker is not None for utterance in said)
    if not said:
        doubts.append("The file holds no text that was said.")
    elif not labelled:
        doubts.append(NO_SPEAKERS)
    elif labelled < len(said):
        unlabelled = [utterance for utterance in said if utterance.speaker is None]
        first = f", the first at {unlabelled[0].place}" if unlabelled[0].place else ""
        few = len(unlabelled) == 1
        doubts.append(
            f"{len(unlabelled)} part{'' if few else 's'} of the text {'has' if few else 'have'} no speaker{first}."
        )
    counts = Counter(utterance.speaker for utterance in said if utterance.speaker is not None)
    doubts.extend(
        f"“{rare}” may be “{common}” written in another way; give it that name if so."
        for rare, common in misspelt(counts)[:5]
    )
    turns = assign(merge(said, joiner=joiner))
    return ParsedSource(
        kind="transcript",
        format=format,
        turns=turns,
        speakers=speakers(turns),
        documents=documents,
        warnings=tuple(doubts),
        left_out=tuple(left_out),
        date=date,
    )


def backward_times(said: Sequence[Utterance]) -> list[str]:
    """One warning for each time that runs backwards by more than a second, with its place; the rest are counted."""
    found = []
    latest: float | None = None
    document = ""
    for utterance in said:
        if utterance.document != document:
            latest, document = None, utterance.document
        if utterance.start is None:
            continue
        if latest is not None and utterance.start < latest - 1:
            found.append(
                f"{utterance.place or 'a turn'}: a time that runs backwards "
                f"({clock(utterance.start)} after {clock(latest)})."
            )
        latest = utterance.start
    return shortened(found, "times that run backwards")


def shortened(warnings: Sequence[str], what: str) -> list[str]:
    """The first few warnings of one kind, and how many more there are."""
    few = list(warnings[:_WARNINGS_OF_A_KIND])
    if len(warnings) > len(few):
        few.append(f"… and {len(warnings) - len(few)} more {what}.")
    return few


# ---------------------------------------------------------------- who interviews


def assign(
    turns: Sequence[Turn],
    *,
    corrections: Mapping[str, SpeakerCorrection] | None = None,
    interviewers: Collection[str] = (),
) -> tuple[Turn, ...]:
    """The turns with their roles, and with the question that each answer answers.

    A turn without a label keeps the role that its layout gave it.
    """
    found = roles(turns, corrections=corrections, interviewers=interviewers)
    result = []
    question, document = "", ""
    for turn in turns:
        role = turn.role if turn.speaker is None else found[turn.speaker]
        if turn.document != document:
            question, document = "", turn.document
        if role == "interviewer":
            question = turn.text[:QUESTION_LIMIT]
        answered = question if role == "participant" else ""
        same = (turn.role, turn.question) == (role, answered)
        if not same:
            turn = Turn(turn.index, turn.speaker, turn.text, role, turn.start, turn.end, answered, turn.document)
        result.append(turn)
    return tuple(result)


def roles(
    turns: Sequence[Turn],
    *,
    corrections: Mapping[str, SpeakerCorrection] | None = None,
    interviewers: Collection[str] = (),
) -> dict[str, Role]:
    """Role of each label, proposed: corrections, then ``interviewers``, what the layout says, words such as
    *Interviewer*, *I* or *Q*; where none of these finds anybody, who asks most and says less.

    >>> said = merge([Utterance("Q", "Why?"), Utterance("A", "Because it was late.")])
    >>> roles(said)
    {'Q': 'interviewer', 'A': 'participant'}
    """
    labels = list(dict.fromkeys(turn.speaker for turn in turns if turn.speaker is not None))
    named = {plain(label) for label in interviewers}
    by_layout = {turn.speaker for turn in turns if turn.role == "interviewer"}
    observers = {turn.speaker for turn in turns if turn.role == "observer"}
    known = {plain(label) for label in labels}
    found: dict[str, Role] = {}
    for label in labels:
        if plain(label) in named or label in by_layout or is_interviewer(label, beside=known):
            found[label] = "interviewer"
        elif label in observers or is_observer(label):
            found[label] = "observer"
        else:
            found[label] = "participant"
    if "interviewer" not in found.values() and len(labels) > 1:
        asks = _who_asks([turn for turn in turns if turn.speaker is not None and found[turn.speaker] == "participant"])
        if asks is not None:
            found[asks] = "interviewer"
    for label, correction in (corrections or {}).items():
        if label in found and correction.role is not None:
            found[label] = correction.role
    return found


def _who_asks(turns: Sequence[Turn]) -> str | None:
    """The label that asks clearly more of its turns than the others and says less than whoever says most."""
    count: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    words: Counter[str] = Counter()
    for turn in turns:
        label = turn.speaker or ""
        count[label] += 1
        words[label] += len(turn.text.split())
        asked[label] += _asks(turn.text)
    candidates = [label for label in count if len(plain(label)) == 1 or not is_participant(label)]
    if not candidates or len(count) < 2:
        return None
    best = max(candidates, key=lambda label: (asked[label], -words[label]))
    others = sum(count.values()) - count[best]
    rate = asked[best] / count[best]
    rest = (sum(asked.values()) - asked[best]) / others
    if asked[best] < 2 or rate < 0.2 or rate < 1.5 * rest or words[best] >= max(words.values()):
        return None
    return best


def _asks(text: str) -> bool:
    return any(mark in text for mark in "?？؟") or _ASKS.match(text) is not None


def speakers(turns: Sequence[Turn]) -> tuple[Speaker, ...]:
    """The labels in order of appearance, with turns and words; what has no label is one Speaker whose name is None."""
    shown: dict[str | None, list[Turn]] = {}
    for turn in turns:
        shown.setdefault(turn.speaker, []).append(turn)
    return tuple(
        Speaker(
            name=name,
            role=Counter(turn.role for turn in said).most_common(1)[0][0],
            turns=len(said),
            words=sum(len(turn.text.split()) for turn in said),
        )
        for name, said in shown.items()
    )
