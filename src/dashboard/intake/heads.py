"""One line of a transcript → the head of a turn that it may be: label, time and the text behind it.

A line alone cannot say whether ``Note: it rained`` names a speaker; :mod:`~dashboard.intake.dialects` decides over all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from dashboard.intake.labels import MAX_LABEL, can_be_label, is_role_word, name_like
from dashboard.intake.times import STAMP, seconds

Form = Literal["stamped", "prefix", "below", "bold", "bracket", "tab", "alone", "timed", "time", "range", ""]
"""How a head is written.

stamped: ``Name  0:21``, the text below. prefix: ``Name: text``, with or without a time. below: ``Name:`` alone.
bold: ``**Name** text``. bracket: ``[id1] text``. tab: ``Name⇥text``. alone: ``Name`` alone on a line.
timed: ``00:12 Name text``. time: a time with or without text. range: ``start --> end`` alone. "": text.
"""


@dataclass(frozen=True)
class Line:
    """One line of a document.

    number: where it stands (line, or paragraph), from 1. bold: how many of its first characters are bold.
    gap: whether a new paragraph begins here. heading: whether it is styled as one. numbered: whether the
    layout numbers it. broken: whether a hard line break was written at its end (two blanks in Markdown).
    """

    text: str
    number: int
    bold: int = 0
    gap: bool = False
    heading: bool = False
    numbered: bool = False
    broken: bool = False

    @property
    def all_bold(self) -> bool:
        """Whether the whole line is bold."""
        return self.bold >= len(self.text.rstrip()) > 0


@dataclass(frozen=True)
class Head:
    """What one line may begin: a turn of ``label`` at ``start`` with ``text``, written in ``form``."""

    form: Form
    label: str = ""
    text: str = ""
    start: float | None = None
    end: float | None = None


_BRACKETED = (
    rf"(?:\[\s?{STAMP}\s?\]|\(\s?{STAMP}\s?\)|<\s?{STAMP}\s?>|\{{\s?{STAMP}\s?\}}"
    rf"|#\d{{1,2}}:\d{{2}}:\d{{2}}-\d#|{STAMP})"
)
_POINT = rf"(?:{STAMP}|\d{{1,2}}:\d{{1,2}}:\d{{1,2}}\.\d{{1,3}})"
_RANGE = re.compile(rf"[\[(]?\s?({_POINT})\s?(?:-{{1,2}}>|–|—|-|→|to)\s?({_POINT})\s?[\])]?(?=[\s:\-]|$)")
_LEADING = re.compile(rf"({_BRACKETED})(?![\d:])(?:\s?[-–—:]\s|\s|$|(?<=[\])>}}#])|:)")
_TRAILING = re.compile(rf"(?:^|(?<=[\s\])\-–—,]))({_BRACKETED}|[\[(]?:\d{{2}}[\])]?)\s?:?\s*$")
_INNER = re.compile(rf"(\[\s?{STAMP}\s?\]|\(\s?{STAMP}\s?\)|<\s?{STAMP}\s?>|{STAMP})\s?(:|-|–|—)?(?=\s|$|[^\W\d_])")
_F4_END = re.compile(r"\s{0,40}#(\d{1,2}:\d{2}:\d{2}-\d)#\s*$")
_BRACKET_LABEL = re.compile(r"[\[<]([^\]\[<>\n]{1,40})[\]>]\s?:?\s*")
_DASHED = re.compile(r"([^\W\d_][^\n:–—-]{1,28}) [-–—] (?=\S)")
_INVISIBLE = re.compile("[\u200b\u200c\u200d\u200e\u200f\u202a-\u202e\u2060\ufeff\u00ad]")
_DECORATION = re.compile(r"\s{0,9}(?:>\s?){0,3}(?:#{1,6}\s+|[-*•]\s+)?")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!:>])")


def undecorated(line: Line) -> Line:
    """The line without Markdown's marks: quote, heading, list and emphasis; what was bold is counted in ``bold``.

    >>> undecorated(Line("**Ann:** well", 1))
    Line(text='Ann: well', number=1, bold=4, gap=False, heading=False, numbered=False, broken=False)
    """
    text = _INVISIBLE.sub("", line.text).replace("\xa0", " ").rstrip()
    if line.broken:
        text = text.rstrip("\\")
    match = _DECORATION.match(text)
    mark = match.group() if match else ""
    heading = line.heading or "#" in mark
    rest = text[len(mark) :] if mark.strip() else text.strip()
    bold = max(0, line.bold - (len(text) - len(rest))) if line.bold else 0
    if rest.startswith(("**", "__")):
        close = rest.find(rest[:2], 2)
        if close > 2:
            inner = rest[2:close].strip().strip("*_")
            after = rest[close + 2 :]
            return replace(line, text=_unescaped(inner + after), bold=len(inner), heading=heading)
    elif rest.startswith(("*", "_")) and not rest.startswith("* "):
        close = rest.find(rest[0], 1)
        if 1 < close <= MAX_LABEL and (rest[close - 1] == ":" or rest[close + 1 : close + 2] == ":"):
            inner = rest[1:close]
            return replace(line, text=_unescaped(inner + rest[close + 1 :]), bold=len(inner), heading=heading)
    rest = _unescaped(rest)
    if (rest, bold, heading) == (line.text, line.bold, line.heading):
        return line
    return replace(line, text=rest, bold=bold, heading=heading)


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(r"\1", text) if "\\" in text else text


def end_stamp(text: str) -> tuple[str, float | None]:
    """The text without a time in the form ``#00:01:12-3#`` at its end, and that time.

    >>> end_stamp("Yes, often. #00:01:12-3#")
    ('Yes, often.', 72.3)
    """
    if not text.rstrip().endswith("#"):
        return text, None
    match = _F4_END.search(text[-40:])
    if match is None:
        return text, None
    return text[: len(text) - len(text[-40:]) + match.start()], seconds(match.group(1))


def time_alone(line: Line) -> Head:
    """The head of a line in a document without speakers: a time before its text, or text alone.

    >>> time_alone(Line("[00:15] Monday Morning", 1))
    Head(form='time', label='', text='Monday Morning', start=15.0, end=None)
    """
    text = line.text.strip()
    span = _RANGE.match(text)
    if span:
        rest = text[span.end() :].strip(" :-\t")
        return Head("time", text=rest, start=seconds(span.group(1)), end=seconds(span.group(2)))
    lead = _LEADING.match(text)
    if lead:
        return Head("time", text=text[lead.end() :].lstrip(" :\t-–—"), start=seconds(lead.group(1)))
    return Head("", text=text)


def parse(line: Line) -> Head:
    """The head that an undecorated line may be.

    >>> parse(Line("[00:01:02] Ann Lee: I left.", 1))
    Head(form='prefix', label='Ann Lee', text='I left.', start=62.0, end=None)
    >>> parse(Line("Ann Lee  0:21", 1))
    Head(form='stamped', label='Ann Lee', text='', start=21.0, end=None)
    """
    text = line.text.strip()
    if not text:
        return Head("")
    span = _RANGE.match(text)
    if span:
        rest = text[span.end() :].strip(" :-\t")
        start, end = seconds(span.group(1)), seconds(span.group(2))
        inner = _labelled(rest, line.bold)
        return replace(inner, start=start, end=end) if inner.label or rest else Head("range", start=start, end=end)
    lead = _LEADING.match(text)
    if lead:
        rest = text[lead.end() :].lstrip(" :\t-–—")
        start = seconds(lead.group(1))
        if not rest:
            return Head("time", start=start)
        head = _labelled(rest, line.bold - lead.end() if line.bold else 0)
        if head.form == "alone":
            named = name_like(head.label)
            return Head("stamped", head.label, start=start) if named else Head("time", text=rest, start=start)
        if head.label:
            return replace(head, start=start if head.start is None else head.start)
        return Head("time", text=rest, start=start)
    return _labelled(text, line.bold)


def _labelled(text: str, bold: int) -> Head:
    """The head of a text from which a leading time has been taken."""
    if not text:
        return Head("")
    if "\t" in text[: MAX_LABEL + 1]:
        label, _, rest = text.partition("\t")
        label, rest = label.strip(), rest.strip()
        colon = label.endswith(":")
        label = label.rstrip(": ")
        start = seconds(rest)
        if can_be_label(label):
            if start is not None:
                return Head("stamped", label, start=start)
            lead = _LEADING.match(rest)
            if lead:
                return Head("prefix", label, rest[lead.end() :].strip(), seconds(lead.group(1)))
            return Head("prefix" if colon else "tab", label, rest)
    if text[0] in "[<":
        bracket = _BRACKET_LABEL.match(text)
        if bracket and can_be_label(bracket.group(1)):
            rest = text[bracket.end() :]
            start = seconds(rest)
            if start is not None:
                return Head("stamped", bracket.group(1).strip(), start=start)
            return Head("bracket", bracket.group(1).strip(), rest)
    head = _with_inner_time(text, bold)
    if head is not None:
        return head
    place = min(
        (at for at in (text.find(":", 0, MAX_LABEL + 9), text.find("：", 0, MAX_LABEL + 9)) if at >= 0), default=-1
    )
    if place > 0 and text[place + 1 : place + 3] != "//":
        label, rest = text[:place].strip().strip("*_").strip(), text[place + 1 :].lstrip(" \t*_").strip()
        clock = text[place - 1].isdecimal() and text[place + 1 : place + 2].isdecimal()  # 17:30 is no label
        if not clock and can_be_label(label):
            if label.startswith("[") and label.endswith("]"):
                label = label[1:-1].strip()
            if not rest:
                return Head("below", label)
            lead = _LEADING.match(rest)
            start = seconds(lead.group(1)) if lead else None
            return Head("prefix", label, rest[lead.end() :].lstrip() if lead else rest, start)
    dash = _DASHED.match(text)
    if dash and is_role_word(dash.group(1)):
        return Head("prefix", dash.group(1), text[dash.end() :])
    if 0 < bold < len(text) and bold <= MAX_LABEL:
        label, rest = text[:bold].strip(), text[bold:].strip()
        if can_be_label(label) and rest:
            lead = _LEADING.match(rest)
            if lead:
                return Head("prefix", label, rest[lead.end() :].strip(), seconds(lead.group(1)))
            return Head("bold", label, rest)
    if len(text) <= MAX_LABEL and ":" not in text and text[-1] not in ".!?,;…" and can_be_label(text):
        return Head("alone", text)
    return Head("", text=text)


def _with_inner_time(text: str, bold: int) -> Head | None:
    """``Name  0:21``, ``Name (0:21): text``, ``Name [00:01] text``; None where there is no time near the start."""
    start_of = text[: MAX_LABEL + 24]
    if len(text) <= MAX_LABEL + 24:
        trailing = _TRAILING.search(text)
        if trailing and trailing.start() > 0:
            label = text[: trailing.start()].rstrip(" \t-–—|,([").rstrip(":").strip()
            if can_be_label(label):
                return Head("stamped", label, start=seconds(trailing.group(1)))
    for inner in _INNER.finditer(start_of):
        if inner.start() == 0:
            continue
        label = start_of[: inner.start()].strip(" \t-–—|,")
        rest = text[inner.end() :].lstrip(" \t:-–—")
        enclosed = inner.group(1)[0] in "[(<"
        colon_before = label.endswith(":")
        label = label.rstrip(": ")
        is_bold = bold > 0 and abs(bold - inner.start()) <= 3
        if (
            (enclosed or inner.group(2) == ":" or is_bold)
            and can_be_label(label)
            and (colon_before or ":" not in label)
        ):
            return Head("prefix", label, rest, seconds(inner.group(1)))
        break
    return None
