"""Documents that name no speaker, or the interviewer alone: paragraphs, questions and answers, tasks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dashboard.intake.heads import Head, Line, time_alone
from dashboard.intake.turns import Utterance
from dashboard.study import Role

_NUMBERED = re.compile(r"(?:q(?:uestion)?|frage|pregunta|task|aufgabe|step)?[ .]{0,2}\d{1,3}(?:[.:)]|\.?[a-z][.)]?|(?:\.\d{1,2})+[.)]?)?\s+\S|[a-z][.)]\s?(?:[ivx]{1,4}[.)]?)?\s+\S|[a-z]\.[ivx]{1,4}\s+\S", re.IGNORECASE)  # fmt: skip  # noqa: E501
_WRAPPED = 45
_ENDS = (".", "!", "?", "…", "。", "！", "？", ":")


def unlabelled(lines: Sequence[Line], *, place: str) -> tuple[Utterance, ...]:
    """Paragraphs without a label; where questions and answers alternate, questions are the interviewer's."""
    heads = [time_alone(line) for line in lines]
    timed = sum(head.form == "time" for head in heads)
    if timed < 3 and timed < len(lines):  # a clock in a note, no transcript's times
        heads = [
            Head("", text=line.text.strip()) if head.form else head for line, head in zip(lines, heads, strict=True)
        ]
    asks = questions(lines)
    result: list[Utterance] = []
    for at, start, text in paragraphs(lines, heads, apart=asks):
        role: Role | None = None
        if asks:
            role = "interviewer" if at in asks else "participant"
        result.append(Utterance(None, text, start, heads[at].end, f"{place} {lines[at].number}", role))
    return tuple(result)


def questions(lines: Sequence[Line]) -> frozenset[int]:
    """Positions of the lines that ask, in a document of questions and answers; empty where it is none.

    Bold questions are believed first, then numbered ones, then lines that end with a question mark.

    >>> texts = ["Why did you leave?", "Too slow.", "What now?", "Less mail.", "Would you return?", "No."]
    >>> sorted(questions([Line(text, number) for number, text in enumerate(texts, start=1)]))
    [0, 2, 4]
    """
    if len(lines) < 4:
        return frozenset()
    bold = [at for at, line in enumerate(lines) if line.all_bold or line.heading]
    ask = [at for at, line in enumerate(lines) if line.text.rstrip(' )*"”').endswith(("?", "？", "؟"))]
    numbered = [at for at in ask if lines[at].numbered or _NUMBERED.match(lines[at].text)]
    listed = [at for at, line in enumerate(lines) if line.numbered or _NUMBERED.match(line.text)]
    for chosen, least in ((bold, 0.5), (numbered, 0.0), (listed, 0.3), (ask, 0.0)):
        if not _alternates(chosen, len(lines)):
            continue
        if least and sum(at in set(ask) for at in chosen) < least * len(chosen):
            continue
        # A numbered or marked question list is no interview unless an answer follows each.
        return frozenset(chosen)
    return frozenset()


def _alternates(chosen: Sequence[int], total: int) -> bool:
    """Whether the chosen lines are questions by their places: three or more, each followed by something else."""
    if len(chosen) < 3 or not 0.08 * total <= len(chosen) <= 0.6 * total:
        return False
    answered = sum(
        (chosen[i + 1] if i + 1 < len(chosen) else total) - at > 1 for i, at in enumerate(chosen)
    )  # fmt: skip
    return answered >= 0.7 * len(chosen) and chosen[0] <= max(6, 0.2 * total)


def think_aloud(
    lines: Sequence[Line], heads: Sequence[Head], begins: Sequence[bool], *, place: str
) -> tuple[Utterance, ...]:
    """A session in which the interviewer alone is labelled: what has no label is the participant's, tasks are asked."""
    tasks = _tasks(lines, begins)
    result = []
    for at, (line, head) in enumerate(zip(lines, heads, strict=True)):
        where = f"{place} {line.number}"
        if begins[at]:
            result.append(Utterance(head.label, head.text, head.start, head.end, where))
        elif at in tasks:
            result.append(Utterance(None, line.text.strip(), place=where, role="interviewer"))
        else:
            text = head.text if head.form == "time" else line.text.strip()
            result.append(Utterance(None, text, head.start, place=where, role="participant"))
    return tuple(result)


def _tasks(lines: Sequence[Line], begins: Sequence[bool]) -> frozenset[int]:
    numbered = [
        at
        for at, line in enumerate(lines)
        if not begins[at] and (line.heading or line.numbered or _NUMBERED.match(line.text.strip()))
    ]
    return frozenset(numbered) if len(numbered) >= 2 and len(numbered) <= 0.6 * len(lines) else frozenset()


def paragraphs(
    lines: Sequence[Line], heads: Sequence[Head], *, apart: frozenset[int] = frozenset()
) -> list[tuple[int, float | None, str]]:
    """Paragraphs as (position of the first line, start in seconds, text): lines that were only wrapped are joined.

    apart: positions of lines that stand for themselves.
    """
    result: list[tuple[int, float | None, list[str]]] = []
    latest = -1  # position of the line that was taken last
    pending: float | None = None
    for at, (line, head) in enumerate(zip(lines, heads, strict=True)):
        if head.form in ("time", "range") and not head.text:
            pending = head.start
            continue
        text = head.text.strip()
        before = result[-1][2][-1] if result else ""
        goes_on = (
            bool(result)
            and pending is None
            and head.form != "time"
            and not line.gap
            and at not in apart
            and latest not in apart
            and len(before) >= _WRAPPED
            and not before.endswith(_ENDS[:-1])
        )
        if goes_on:
            result[-1][2].append(text)
        else:
            result.append((at, head.start if head.start is not None else pending, [text]))
        latest, pending = at, None
    return [(at, start, " ".join(parts)) for at, start, parts in result]
