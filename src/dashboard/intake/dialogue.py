"""Lines of any document → who said what: which of the ways to write a dialogue this document uses.

Text, DOCX, ODT, RTF, PDF and HTML all become :class:`Line` values and pass through :func:`utterances`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from dashboard.intake import layout
from dashboard.intake.dialects import counts, dialect_of
from dashboard.intake.heads import Head, Line, end_stamp, parse, undecorated
from dashboard.intake.labels import is_interviewer, is_role_word, name_like, plain
from dashboard.intake.times import found_date
from dashboard.intake.turns import Utterance
from dashboard.study import Role

_FOOTER = re.compile(
    r"(?:transcribed|transcription|transcript|recorded|subtitles?|captions?)"
    r" (?:by|provided|was|is|generated|created|ended)\b.{0,200}"
    r"|\W{0,3}(?:end of (?:the )?(?:transcript|transcription|interview|recording|audio)"
    r"|recording (?:ends|ended|stopped)|interview ends)\b.{0,40}",
    re.IGNORECASE,
)
_STARTED = re.compile(r".{0,80}\b(?:started|stopped) transcription\b.{0,20}", re.IGNORECASE)
_KEY_VALUE = re.compile(r"[^:\n]{1,40}:\s+\S|[^:\n]{1,40}:$")
_WHO = re.compile(r"\b(?:interviewers?|interviewed by|moderators?|moderated by|hosts?|hosted by)\b", re.IGNORECASE)
_LINE_NUMBER = re.compile(r"(\d{1,5})[.:)]?\s+(?=\S)")
_LETTER = re.compile(r"([QA])\.\s+(?=\S)")
_SENTENCE_END = tuple(".!?…:;”\"')]。！？؟-–—")


@dataclass(frozen=True)
class Dialogue:
    """What was found in a document's lines.

    dialect: the way it is written, in a few words; "" where no speaker was found. heads: turns that a label begins.
    """

    utterances: tuple[Utterance, ...]
    dialect: str = ""
    heads: int = 0
    warnings: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    date: str = ""


def utterances(lines: Sequence[Line], *, place: str = "line") -> Dialogue:
    """The dialogue in the lines: utterances with labels as written, or paragraphs without any.

    place: what a line is called in warnings (line, paragraph, page line).
    """
    kept = [clean for clean in (undecorated(line) for line in lines) if clean.text.strip()]
    kept = [line for line in kept if not _STARTED.fullmatch(line.text.strip())]
    kept = _with_colons(_without_line_numbers(kept))
    ends: list[float | None] = []
    bare: list[Line] = []
    for line in kept:
        text, end = end_stamp(line.text)
        ends.append(end)
        bare.append(replace(line, text=text) if end is not None else line)
    kept = bare
    heads = [parse(line) for line in kept]
    dialect, labels, heads = dialect_of(kept, heads)
    if not labels:
        said = layout.unlabelled(kept, place=place)
        return Dialogue(said, date=found_date(" ".join(line.text[:200] for line in kept[:8])))
    begins = [head.label in labels and counts(head, dialect) for head in heads]
    begins, hints = _without_metadata(kept, heads, begins, labels)
    if not any(begins):
        return Dialogue(layout.unlabelled(kept, place=place))
    return _assembled(kept, heads, begins, ends, dialect=dialect, place=place, hints=hints)


def _without_line_numbers(lines: list[Line]) -> list[Line]:
    """The lines without the numbers that an editor put before (nearly) each of them."""
    matches = [_LINE_NUMBER.match(line.text) for line in lines]
    numbers = [int(match.group(1)) for match in matches if match]
    if len(numbers) < max(5, 0.9 * len(lines)):
        return lines
    if sum(b == a + 1 for a, b in pairwise(numbers)) < 0.9 * (len(numbers) - 1):
        return lines
    return [
        replace(line, text=line.text[match.end() :]) if match else line
        for line, match in zip(lines, matches, strict=True)
    ]


def _with_colons(lines: list[Line]) -> list[Line]:
    """The lines with ``Q.`` and ``A.`` written as ``Q:`` and ``A:``, where both begin lines; a list has no Q."""
    matches = [_LETTER.match(line.text) for line in lines]
    if Counter(match.group(1) for match in matches if match).keys() < {"Q", "A"}:
        return lines
    return [
        replace(line, text=f"{match.group(1)}: {line.text[match.end() :]}") if match else line
        for line, match in zip(lines, matches, strict=True)
    ]


# ---------------------------------------------------------------- what is no turn


def _without_metadata(
    lines: Sequence[Line], heads: Sequence[Head], begins: Sequence[bool], labels: frozenset[str]
) -> tuple[list[bool], frozenset[str]]:
    """Which heads begin a turn, without titles and lists of details at the top; and labels that those say interview."""
    keep = list(begins)
    counts = Counter(head.label for head, begin in zip(heads, begins, strict=True) if begin)
    top = 0
    while top < min(15, len(lines)) and _is_detail(lines[top].text):
        top += 1
    plain_details = any(not keep[at] and _KEY_VALUE.match(lines[at].text) for at in range(top))
    repeated = sum(n >= 2 for n in counts.values()) >= 1 and len(counts) > 1
    interviewers: set[str] = set()
    for at in range(min(15, len(lines))):
        head = heads[at]
        if not keep[at]:
            if _WHO.search(lines[at].text[:200]):
                interviewers.update(_named(lines[at].text, labels))
            continue
        detail = at < top and plain_details
        short = len(head.text.split()) <= 4 and (not head.text or name_like(head.text)) and head.start is None
        title = (
            counts[head.label] == 1
            and repeated
            and short
            and is_role_word(head.label)
            and head.form in ("prefix", "below")
        )
        others_below = sum(h.form == "below" and keep[i] for i, h in enumerate(heads)) > 1
        if detail or (title and not (head.form == "below" and others_below)):
            keep[at] = False
            if is_interviewer(head.label):
                interviewers.update(_named(head.text, labels))
            continue
        break
    return keep, frozenset(interviewers)


def _is_detail(text: str) -> bool:
    value = text.strip()
    return bool(_KEY_VALUE.match(value)) and len(value.split()) <= 12 and not value.endswith((".", "?", "!"))


def _named(text: str, labels: frozenset[str]) -> set[str]:
    """Labels whose name, or whose initials, stand in a line of details."""
    match = _WHO.search(text[:200])
    said = plain(text[match.end() :] if match else text)
    words = said.replace(",", " ").replace(".", " ").split()
    initials = "".join(word[0] for word in words[:3])
    return {label for label in labels if len(plain(label)) > 1 and (plain(label) in said or plain(label) == initials)}


# ---------------------------------------------------------------- putting it together


def _assembled(
    lines: Sequence[Line],
    heads: Sequence[Head],
    begins: Sequence[bool],
    ends: Sequence[float | None],
    *,
    dialect: str,
    place: str,
    hints: frozenset[str],
) -> Dialogue:
    first = begins.index(True)
    labels = {head.label for head, begin in zip(heads, begins, strict=True) if begin}
    known = {plain(label) for label in labels}
    sparse = all(is_interviewer(label, beside=known) for label in labels)
    if sparse and sum(begins) < 0.4 * len(lines):
        said = layout.think_aloud(lines, heads, begins, place=place)
        return Dialogue(said, "only the interviewer is labelled", heads=sum(begins))
    own_time = first > 0 and heads[first - 1].form == "time" and not heads[first - 1].text
    top = first - own_time  # the lines before the first turn and its time
    before = sum(len(line.text) for line in lines[:top])
    total = sum(len(line.text) for line in lines)
    found: list[Utterance] = []
    left_out: list[str] = []
    warnings: list[str] = []
    if top and before > 0.3 * total and before > 1_000:
        found.extend(layout.unlabelled(lines[:top], place=place))
    elif top:
        left_out.append(_left_out(lines, 0, top, place, "stand before the first turn: title and details"))
    last = len(lines)
    while last > first + 1 and not begins[last - 1] and _FOOTER.fullmatch(lines[last - 1].text.strip()):
        last -= 1
    if last < len(lines):
        left_out.append(_left_out(lines, last, len(lines), place, "stand after the last turn"))
    times = sum(head.form == "time" for head in heads)
    pending = heads[first - 1].start if own_time else None
    f4_start: float | None = 0.0 if any(end is not None for end in ends) else None
    headings = 0
    at = first
    while at < last:
        head = heads[at]
        if not begins[at]:
            pending = head.start if head.form == "time" else None
            headings += lines[at].heading
            at += 1
            continue
        body = [Line(head.text, lines[at].number, gap=lines[at].gap)] if head.text else []
        end = ends[at] if ends[at] is not None else head.end
        number = lines[at].number
        following = at + 1
        while following < last and not begins[following]:
            part = heads[following]
            alone = part.form == "time" and not part.text
            if (alone and following + 1 < last and begins[following + 1]) or lines[following].heading:
                break
            if part.form == "time" and (times >= 3 or not part.text):
                if part.text:
                    body.append(replace(lines[following], text=part.text))
            else:
                body.append(lines[following])
            if ends[following] is not None:
                end = ends[following]
            following += 1
        start = head.start if head.start is not None else pending
        if f4_start is not None and start is None:
            start = f4_start
        if f4_start is not None and end is not None:
            f4_start = end
        pending = None
        role: Role | None = "interviewer" if head.label in hints else None
        found.append(Utterance(head.label, joined(body), start, end, f"{place} {number}", role))
        at = following
    if headings:
        left_out.append(
            "1 heading between turns was not taken."
            if headings == 1
            else f"{headings} headings between turns were not taken."
        )
    intro = " ".join(line.text[:200] for line in lines[: min(first, 20)])
    return Dialogue(tuple(found), dialect, sum(begins), tuple(warnings), tuple(left_out), found_date(intro))


def _left_out(lines: Sequence[Line], start: int, stop: int, place: str, why: str) -> str:
    a, b = lines[start].number, lines[stop - 1].number
    return (
        f"{place.capitalize()} {a} {why.replace('stand ', 'stands ')}."
        if a == b
        else f"{place.capitalize()}s {a}–{b} {why}."
    )


def joined(lines: Sequence[Line]) -> str:
    """One text of the lines of a turn: a line that was only wrapped goes on after a space, others stand below each other.

    >>> joined([Line("This line was broken by the width of a page, and it", 1), Line("goes on.", 2), Line("New.", 3, gap=True)])
    'This line was broken by the width of a page, and it goes on.\\nNew.'
    """  # noqa: E501
    parts: list[str] = []
    for line in lines:
        text = line.text.strip()
        if not text:
            continue
        if parts:
            before = parts[-1]
            wrapped = not line.gap and len(before) >= 45 and not before.endswith(_SENTENCE_END[:4])
            parts.append(" " if wrapped else "\n")
        parts.append(text)
    return "".join(parts)
