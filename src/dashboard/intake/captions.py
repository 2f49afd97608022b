"""WebVTT, SubRip (SRT), SBV and the old text of Microsoft Teams: cues with times → turns.

WebVTT by its specification (https://www.w3.org/TR/webvtt1/): header, NOTE, STYLE and REGION blocks, cue identifiers,
settings, voice tags, character references; and tolerant of what tools write beside it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from html import unescape
from itertools import pairwise

from dashboard.intake.given import Given, Reader
from dashboard.intake.heads import Line, parse
from dashboard.intake.labels import accepted, is_role_word, name_like
from dashboard.intake.parsed import ParsedSource
from dashboard.intake.times import found_date
from dashboard.intake.turns import Utterance, shortened, transcript
from dashboard.study import Correction

_CLOCK = r"(?:\d{1,4}:)?\d{1,3}:\d{1,3}(?:[.,]\d{1,3})?"
_TIMING = re.compile(rf"\s*({_CLOCK})\s*-{{1,2}}>\s*({_CLOCK})(?:\s.*)?$")
_PART = re.compile(r"\d{1,4}(?:\.\d{1,3})?")
_SBV = re.compile(r"\s*(\d{1,2}:\d{2}:\d{2}\.\d{3}),(\d{1,2}:\d{2}:\d{2}\.\d{3})\s*$")
_NUMBER = re.compile(r"\s*\d{1,6}\s*$")
_VOICE = re.compile(r"<v(?:\.[^\s<>]{0,80})?(?:[ \t]{1,40}([^<>]{0,200}))?>", re.IGNORECASE)
_TAG = re.compile(r"</?(?:v|c|i|b|u|ruby|rt|lang|font|span|em|strong)(?:[.\s][^<>]{0,200})?>|<\d{1,3}:[\d:.]{2,12}>|\{\\[^{}]{1,40}\}", re.IGNORECASE)  # fmt: skip  # noqa: E501
_CHEVRONS = re.compile(r"^\s*(?:>>+|»)\s*")
_BRACKETED = re.compile(r"\s*\[[^\[\]]{1,60}\]\s?:\s*")
_DASH = re.compile(r"^\s*[-–—]\s+")
_HEADER = re.compile(r"WEBVTT(?:[ \t].*)?$")
_PAUSE = 2.5
_LONGEST = 600
_ENDS = (".", "!", "?", "…", "。", "！", "？", '."', '?"', '!"', "]", ")")


Timing = tuple[float, float]
"""Start and end in seconds."""


@dataclass(frozen=True)
class Cue:
    """One cue: its lines as written, seconds, the number of its first line of text, and the voice it names."""

    lines: tuple[str, ...]
    start: float | None
    end: float | None
    number: int


def is_timing(line: str) -> tuple[float, float] | None:
    """Start and end of a timing line in WebVTT, SRT or SBV; None where it is none.

    >>> is_timing("01:02.500 --> 01:04.000 align:start"), is_timing("we go --> there")
    ((62.5, 64.0), None)
    """
    if len(line) > 400:
        return None
    if "->" not in line and not line.lstrip()[:1].isdecimal():
        return None
    match = _TIMING.match(line) if "->" in line else _SBV.match(line)
    if match is None:
        return None
    start, end = seconds_of(match.group(1)), seconds_of(match.group(2))
    return None if start is None or end is None else (start, end)


def seconds_of(stamp: str) -> float | None:
    """Seconds of a cue time; one-digit parts and seconds above 59 are taken as they stand."""
    parts = stamp.replace(",", ".").split(":")
    if len(parts) not in (2, 3):
        return None
    total = 0.0
    for part in parts:
        if not _PART.fullmatch(part):
            return None
        total = total * 60 + float(part)
    return round(total, 3)


def cues(text: str) -> tuple[list[Cue], list[str]]:
    """The cues of a text in order, and warnings about what was broken."""
    lines = text.split("\n")
    timings = [is_timing(line) for line in lines]
    at = _after_header(lines, timings)
    found: list[Cue] = []
    warnings: list[str] = []
    while at < len(lines):
        line = lines[at]
        if not line.strip():
            at += 1
            continue
        if _is_block(line, "NOTE", "STYLE", "REGION") and timings[at] is None:
            at = _blank_after(lines, at)
            continue
        timing = timings[at]
        if timing is None:
            following = at + 1
            if following < len(lines) and timings[following]:
                at = following  # the line was the cue's identifier
                continue
            stop = _block_end(lines, timings, at)
            block = lines[at:stop]
            body = block[1:] if len(block) > 1 and _NUMBER.match(block[0]) else block
            if found and "-->" in line:
                warnings.append(f"line {at + 1}: a time that cannot be read.")
                body = body[1:]
            elif found and lines[at - 1].strip() == "" and not _NUMBER.match(line) and found[-1].lines:
                # A blank line inside a cue's text: the text goes on.
                warnings.append(f"line {at + 1}: text without a time of its own, taken with the cue before it.")
                found[-1] = replace(found[-1], lines=(*found[-1].lines, *body))
                body = []
            elif body and not (len(body) == 1 and _NUMBER.match(body[0])):
                warnings.append(f"line {at + 1}: a cue without a time.")
            if any(part.strip() for part in body):
                found.append(Cue(tuple(body), None, None, at + 1))
            at = stop
            continue
        stop = _block_end(lines, timings, at + 1)
        body = lines[at + 1 : stop]
        found.append(Cue(tuple(body), *timing, at + 2))
        at = stop
    return found, shortened(warnings, "broken cues")


def _is_block(line: str, *names: str) -> bool:
    return any(line == name or line.startswith((f"{name} ", f"{name}\t")) for name in names)


def _blank_after(lines: Sequence[str], at: int) -> int:
    while at < len(lines) and lines[at].strip():
        at += 1
    return at


def _block_end(lines: Sequence[str], timings: Sequence[Timing | None], at: int) -> int:
    """The first line at or after ``at`` that is blank or begins the next cue."""
    while at < len(lines) and lines[at].strip():
        if timings[at]:
            break
        last = at + 1 < len(lines) and timings[at + 1]
        if last and (
            _NUMBER.match(lines[at]) or ("-" in lines[at] and " " not in lines[at].strip() and "/" in lines[at])
        ):
            break  # an identifier of the next cue with no blank line before it
        at += 1
    return at


def _after_header(lines: Sequence[str], timings: Sequence[Timing | None]) -> int:
    if not lines or not _HEADER.match(lines[0].lstrip("\ufeff")):
        return 0
    at = 1
    while at < len(lines) and lines[at].strip() and timings[at] is None:
        at += 1
    return at


# ---------------------------------------------------------------- cues → utterances


def utterances(found: Sequence[Cue]) -> tuple[list[Utterance], str]:
    """What the cues say, with the label of each, and how labels are written ("" where there are none)."""
    cleaned = [_spoken(cue) for cue in found]
    if any(voice is not None for _, parts in cleaned for voice, _ in parts):
        return _inherited(_voiced(cleaned)), "voice tags"
    cleaned = _without_rolling(cleaned)
    above = _names_above(cleaned)
    if above:
        return _inherited(_below_names(cleaned, above)), "names above the text"
    labels = _prefix_labels(cleaned)
    if labels:
        return _inherited(_prefixed(cleaned, labels)), "names before the text"
    return _sentences(cleaned), ""


Spoken = tuple[Cue, list[tuple[str | None, str]]]
"""A cue and its lines, each with the voice tag it stands under (None: none)."""


def _spoken(cue: Cue) -> Spoken:
    """The lines of a cue without tags; each part under its own voice tag."""
    parts: list[tuple[str | None, str]] = []
    voice: str | None = None
    for line in cue.lines:
        position = 0
        for match in _VOICE.finditer(line) if "<" in line else ():
            parts.append((voice, line[position : match.start()]))
            voice = unescape((match.group(1) or "").strip()) or None
            position = match.end()
        parts.append((voice, line[position:]))
        if line.rstrip().endswith("</v>"):
            voice = None
    cleaned = [(voice, _plain(text)) for voice, text in parts]
    return cue, [(voice, text) for voice, text in cleaned if text]


def _plain(text: str) -> str:
    """The text without tags and character references."""
    if "<" in text or "{" in text:
        text = _TAG.sub("", text)
    if "&" in text:
        text = unescape(text)
    return text.replace("\u200b", "").replace("\xa0", " ").strip()


def _without_rolling(spoken: list[Spoken]) -> list[Spoken]:
    """The cues without the lines that stand in two of them, as rolling captions write them."""
    texts = [[text for _, text in parts] for _, parts in spoken]
    rolls = sum(bool(a) and len(b) > 1 and a[-1] == b[0] for a, b in pairwise(texts))
    if rolls < 3 or rolls < 0.2 * len(texts):
        return spoken
    result: list[Spoken] = []
    before: list[str] = []
    for (cue, parts), lines in zip(spoken, texts, strict=True):
        repeated = 0
        for length in range(min(len(before), len(lines)), 0, -1):
            if before[-length:] == lines[:length]:
                repeated = length
                break
        if lines:
            before = lines
        result.append((cue, parts[repeated:]))
    return result


def _voiced(spoken: Iterable[Spoken]) -> Iterable[Utterance]:
    for cue, parts in spoken:
        for voice, text in parts:
            yield Utterance(voice, text, cue.start, cue.end, f"line {cue.number}")


def _names_above(spoken: Sequence[Spoken]) -> frozenset[str]:
    """Names that stand alone on the first line of most cues (the old text of Teams)."""
    firsts = [parts[0][1] for _, parts in spoken if len(parts) >= 2 and parse(Line(parts[0][1], 1)).form == "alone"]
    if len(firsts) < 2 or len(firsts) < 0.6 * len(spoken):
        return frozenset()
    counts = Counter(firsts)
    if not all(name_like(name) for name in counts) or len(counts) > max(12, 0.3 * len(firsts)):
        return frozenset()
    return frozenset(counts)


def _below_names(spoken: Iterable[Spoken], names: frozenset[str]) -> Iterable[Utterance]:
    for cue, parts in spoken:
        label = parts[0][1] if len(parts) >= 2 and parts[0][1] in names else None
        text = " ".join(text for _, text in (parts[1:] if label else parts))
        yield Utterance(label, text, cue.start, cue.end, f"line {cue.number}")


def _label_of(text: str) -> tuple[str, str] | None:
    """Label and text of a caption line ``Name: text`` (a dash or ``>>`` may stand before it)."""
    bare = _DASH.sub("", _CHEVRONS.sub("", text))
    head = parse(Line(bare, 1))
    if head.form == "prefix" and head.start is None and bare.find(":") < 70:
        return head.label, head.text
    if head.form == "bracket" and (named := _BRACKETED.match(bare)):  # "[laughs] so" names nobody, "[Ann]: so" does
        return head.label, bare[named.end() :]
    return (head.label, "") if head.form == "below" else None


def _prefix_labels(spoken: Sequence[Spoken]) -> frozenset[str]:
    # A label opens a cue, or a line with a dash or ">>"; elsewhere a colon is the text's own.
    candidates = [
        found[0]
        for _, parts in spoken
        for at, (_, text) in enumerate(parts)
        if (at == 0 or _DASH.match(text) or _CHEVRONS.match(text)) and (found := _label_of(text))
    ]
    labels = accepted(candidates, dense=len(candidates) >= 0.5 * len(spoken))
    counts = Counter(candidates)
    often = sum(counts[label] for label in labels)
    strong = any(counts[label] >= 2 or is_role_word(label) for label in labels)
    # In captions without speakers a colon comes now and then; speakers come often.
    return labels if strong and often >= max(2, 0.03 * len(spoken)) else frozenset()


def _prefixed(spoken: Iterable[Spoken], labels: frozenset[str]) -> Iterable[Utterance]:
    for cue, parts in spoken:
        for _, text in parts:
            found = _label_of(text)
            changed = _CHEVRONS.match(text) is not None
            if found and found[0] in labels:
                yield Utterance(found[0], found[1] or " ", cue.start, cue.end, f"line {cue.number}")
            else:
                body = _CHEVRONS.sub("", text)
                # ">>" alone says that somebody else speaks, not who.
                yield Utterance("" if changed else None, body, cue.start, cue.end, f"line {cue.number}")


def _inherited(said: Iterable[Utterance]) -> list[Utterance]:
    """A cue without a label goes on with the speaker before it; "" marks a change to somebody unknown."""
    result: list[Utterance] = []
    current: str | None = None
    for utterance in said:
        if utterance.speaker == "":
            current = None
        elif utterance.speaker is not None:
            current = utterance.speaker
        result.append(utterance if utterance.speaker == current else replace(utterance, speaker=current))
    return result


def _sentences(spoken: Sequence[Spoken]) -> list[Utterance]:
    """Cues without any speaker, joined until a sentence ends or somebody pauses: a cue cuts sentences anywhere."""
    result: list[Utterance] = []
    for cue, parts in spoken:
        changed = any(_CHEVRONS.match(text) for _, text in parts)
        text = " ".join(_CHEVRONS.sub("", text) for _, text in parts).strip()
        if not text:
            continue
        last = result[-1] if result else None
        joins = (
            last is not None
            and not changed
            and not last.text.endswith(_ENDS)
            and len(last.text) + len(text) < _LONGEST
            and last.end is not None
            and cue.start is not None
            and cue.start - last.end < _PAUSE
        )
        if joins and last is not None:
            result[-1] = replace(last, text=f"{last.text} {text}", end=cue.end)
        else:
            result.append(Utterance(None, text, cue.start, cue.end, f"line {cue.number}"))
    return result


# ---------------------------------------------------------------- the readers


def sniff(given: Given) -> float:
    """High where the file begins with WEBVTT or has timing lines."""
    if given.text is None:
        return 0.0
    head = given.text[:40_000]
    if _HEADER.match(head.split("\n", 1)[0]):
        return 0.98
    lines = [line for line in head.split("\n") if line.strip()]
    timings = sum(is_timing(line) is not None for line in lines)
    if not timings:
        return 0.0
    if is_timing(lines[0]) or (len(lines) > 1 and is_timing(lines[1])):
        return 0.95
    return 0.9 if timings >= 2 and timings >= 0.1 * len(lines) else 0.0


def read(given: Given, correction: Correction) -> ParsedSource:
    """The transcript that a caption file holds."""
    return parsed(given.text or "")


def parsed(text: str, *, form: str = "") -> ParsedSource:
    """The transcript that the text of a caption file holds; ``form`` names the document it stands in."""
    found, warnings = cues(text)
    said, how = utterances(found)
    first = text.split("\n", 1)[0]
    if _HEADER.match(first):
        form = form or "WebVTT"
    elif form:
        form = f"{form} of captions"
    elif any(_SBV.match(line) for line in text[:2_000].split("\n")):
        form = "SBV"
    else:
        form = "SRT" if re.search(r"\d,\d{3} -->", text[:20_000]) else "captions"
    if form == "WebVTT" and not found:
        warnings = [
            *warnings,
            "The file is a WebVTT header without a cue: the recording had no speech, or its export failed.",
        ]
    header = text[:2_000].split("\n\n", 1)[0]
    return transcript(
        said,
        format=f"{form}, {how}" if how else f"{form}, no speakers",
        joiner=" ",
        warnings=warnings,
        date=found_date(header) if form == "WebVTT" else "",
    )


READERS: tuple[Reader, ...] = (Reader("captions", sniff, read),)
