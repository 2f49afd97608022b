"""Interview guides: a document, or lines that a person wrote → the questions in it, and back to lines.

A question is a line that ends in a question mark, begins like one, or stands in a list; headings are sections, and the
section that bears the name of a journey's stage places its questions there. Probes and follow-ups, which stand below a
question, are left to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from dashboard.errors import UnreadableFile
from dashboard.intake import container, encoding, opendocument, pdf, refusals, rtf, webpage, word
from dashboard.intake.heads import Line
from dashboard.intake.text import lines_of
from dashboard.study import GuideQuestion

FORMATS = ("docx", "odt", "rtf", "pdf", "html", "txt", "md")
"""Kinds of documents a guide may be."""

MOST_QUESTIONS = 300
_LONGEST = 600  # characters of a question
_ALIKE = 0.85  # a question that was changed by less keeps its id

_MARK = re.compile(
    r"\s{0,9}(?:[-–—•*·◦▪‣○●□☐➢]|\(?(?:[Qq](?:uestion)?\s?)?\d{1,3}(?:\.\d{1,2}){0,3}[.):]|[Qq]\d{1,3}\b[.):]?"
    r"|\d{1,2}(?:\.\d{1,2}){1,3}|\(?[a-zA-Z][.)])\s+"
)
_HEADING = re.compile(r"\s{0,9}#{1,6}\s+")
_TIME = re.compile(
    r"\s{0,9}[\[(](?:ca\.?|about|approx\.?|~|≈)?\s?\d{1,3}(?:\s?[-–]\s?\d{1,3})?\s?(?:min|mins|minutes|')[\])]", re.I
)
_PROBE = re.compile(
    r"(?:probes?|prompts?|follow[- ]?ups?|if (?:so|yes|no|not|needed|time)|optional|notes?|listen for|interviewer)\b"
    r"[^?]{0,40}[:,–—]",
    re.I,
)
_INVITES = re.compile(
    r"(?:please )?(?:tell|walk|talk (?:me|us)|take (?:me|us)|describe|explain|show|think|imagine|picture|share|help me"
    r"|can you|could you|would you|what|how|why|when|where|who|which|to what|in what|on a scale|looking back)\b",
    re.I,
)
_DECORATION = "*_ \t\u00a0"
_FEW_WORDS = 7  # a longer line in a list is no section


def read(data: bytes, name: str, *, stages: Sequence[str] = ()) -> tuple[GuideQuestion, ...]:
    """The questions of a guide in a document, in order, with ids q1, q2 …

    stages: of the study's journey. Raises UnreadableFile, and nothing else, with one sentence.
    """
    refusals.empty(data, name)
    refusals.known(data, name)
    found = _questions(_lines(data, name), stages)
    if not found:
        raise UnreadableFile(
            f"“{name}” holds no line that reads like a question; write one question a line, each with its question "
            "mark or in a list, and give it again."
        )
    if len(found) > MOST_QUESTIONS:
        raise UnreadableFile(
            f"“{name}” holds {len(found)} lines that read like questions, more than a guide of {MOST_QUESTIONS}; "
            "leave the transcripts out and give the guide alone."
        )
    return numbered(found)


def from_lines(
    text: str, *, stages: Sequence[str] = (), before: Sequence[GuideQuestion] = ()
) -> tuple[GuideQuestion, ...]:
    """The guide that a person wrote, one question a line; a line ``# Stage`` places what follows at that stage.

    before: the guide as it was; a question that stayed the same, or nearly, keeps its id.

    >>> from_lines("# Sign up\\nHow was signing up?\\n#\\nAnything else?", stages=["Sign up"])
    (GuideQuestion(id='q1', question='How was signing up?', stage='Sign up'), GuideQuestion(id='q2', question='Anything else?', stage=None))
    """  # noqa: E501
    found: list[GuideQuestion] = []
    stage: str | None = None
    for line in text.splitlines():
        written = " ".join(line.split())
        if written.startswith("#"):
            stage = _stage(written.lstrip("# "), stages)
        elif written:
            found.append(GuideQuestion("", _bare(written)[:_LONGEST], stage))
    return numbered([each for each in found if each.question], before=before)


def to_lines(guide: Iterable[GuideQuestion]) -> str:
    """The guide as the text of a field, which ``from_lines`` reads back."""
    lines: list[str] = []
    stage: str | None = None
    for each in guide:
        if each.stage != stage:
            lines.append(f"# {each.stage}" if each.stage else "#")
            stage = each.stage
        lines.append(each.question)
    return "\n".join(lines)


def numbered(questions: Sequence[GuideQuestion], *, before: Sequence[GuideQuestion] = ()) -> tuple[GuideQuestion, ...]:
    """The same questions, each once, with ids of their own; one that stood in the guide before keeps its id."""
    distinct = list({each.question.casefold(): each for each in reversed(questions)}.values())[::-1]
    ids: dict[int, str] = {}
    free = {each.id: each.question for each in before}
    for exactly in (True, False):
        for at, each in enumerate(distinct):
            kept = next(
                (id for id, text in free.items() if at not in ids and _is_same(text, each.question, exactly)), None
            )
            if kept is not None:
                ids[at] = kept
                del free[kept]
    taken = {each.id for each in before}
    number = 0
    for at in range(len(distinct)):
        while at not in ids:
            number += 1
            if f"q{number}" not in taken:
                ids[at] = f"q{number}"
    return tuple(replace(each, id=ids[at]) for at, each in enumerate(distinct))


def _is_same(one: str, other: str, exactly: bool) -> bool:
    if exactly or abs(len(one) - len(other)) > 0.4 * len(one):
        return one == other
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= _ALIKE


# ---------------------------------------------------------------- reading


def _lines(data: bytes, name: str) -> list[Line]:
    inside = container.names(data)
    if "word/document.xml" in inside:
        return word.lines(data, name)
    if "content.xml" in inside and b"opendocument.text" in data[:200]:
        return opendocument.lines(data, name)
    if b"%PDF-" in data[:1_024]:
        return pdf.lines(data, name)
    given = encoding.given(data, name)
    if given.text is None:
        raise UnreadableFile(f"“{name}” is no document that a guide can be read from; save it as DOCX, PDF or text.")
    if rtf.is_rtf(given.text):
        return rtf.lines(given.text)
    if webpage.is_html(given.text) > 0.5:
        return webpage.lines(given.text)
    return lines_of(given.text)


def _questions(lines: Sequence[Line], stages: Sequence[str]) -> list[GuideQuestion]:
    joined = _whole(lines)
    indents = [_indent(line.text) for line in joined if _is_listed(line) and _ends_asking(line.text)]
    base = min(indents, default=0)
    found: list[GuideQuestion] = []
    stage: str | None = None
    for line in joined:
        text = _bare(line.text)
        if not text:
            continue
        if _is_section(line, text):
            stage = _stage(text, stages)
            continue
        below = found and _is_listed(line) and _indent(line.text) >= base + 2
        if below or _PROBE.match(text):
            continue
        if _asks(line, text):
            found.append(GuideQuestion("", text[:_LONGEST], stage))
    return found


def _whole(lines: Sequence[Line]) -> list[Line]:
    """Lines with those behind them that only carry a sentence on."""
    whole: list[Line] = []
    for line in lines:
        before = whole[-1] if whole else None
        carries_on = (
            before is not None
            and not line.gap
            and not line.heading
            and not before.heading
            and not _is_listed(line)
            and line.text.lstrip()[:1].islower()
            and before.text.rstrip()[-1:] not in ".?!:;"
        )
        if carries_on and before is not None:
            whole[-1] = replace(before, text=f"{before.text.rstrip()} {line.text.strip()}")
        else:
            whole.append(line)
    return whole


def _indent(text: str) -> int:
    wide = text.expandtabs(4)
    return len(wide) - len(wide.lstrip())


def _is_listed(line: Line) -> bool:
    return line.numbered or bool(_MARK.match(line.text))


def _is_section(line: Line, text: str) -> bool:
    """A heading, by its style, its marks, or by being a few words that ask nothing."""
    if _ends_asking(text):
        return False
    if line.heading or _HEADING.match(line.text):
        return True
    short = len(text.split()) <= _FEW_WORDS and not _INVITES.match(text)
    bold = line.all_bold or (line.text.strip().startswith("**") and line.text.strip().rstrip(":").endswith("**"))
    return short and (bold or _is_listed(line) or text.endswith(":") or text.isupper() or line.gap)


def _asks(line: Line, text: str) -> bool:
    if _ends_asking(text):
        return True
    ends = _is_listed(line) or text.endswith((".", "…")) or text[-1].isalnum()
    return len(text.split()) >= 3 and bool(_INVITES.match(text)) and ends


def _ends_asking(text: str) -> bool:
    return text.rstrip(_DECORATION + "”\"')]").endswith(("?", "？", "؟"))


def _bare(text: str) -> str:
    """The words of a line, without its number, its bullet, marks of Markdown and the time it is given."""
    text = _HEADING.sub("", text, count=1)
    for _ in range(2):  # "- 3. How …"
        text = _MARK.sub("", text, count=1) if _MARK.match(text) else text
    text = _TIME.sub("", text)
    return " ".join(encoding.mended(text).strip(_DECORATION).replace("**", "").split())


def _stage(title: str, stages: Sequence[str]) -> str | None:
    """The stage of the journey that a section is about: by its name, or where its name is in the title."""
    folded = " ".join(re.sub(r"[^\w ]", " ", title).split()).casefold()
    for stage in stages:
        if stage.casefold() == folded:
            return stage
    inside = [stage for stage in stages if f" {stage.casefold()} " in f" {folded} "]
    return max(inside, key=len) if inside else None
