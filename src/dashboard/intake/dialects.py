"""Which of the ways to write a dialogue a document uses, judged over all of its lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

from dashboard.intake.heads import Form, Head, Line
from dashboard.intake.labels import accepted, can_be_label, is_backchannel, is_interviewer, is_role_word, name_like

_QUESTION = re.compile(r"(?:q|a|question|answer|frage|antwort) ?\d{1,3}", re.IGNORECASE)
LABELLED: frozenset[Form] = frozenset({"stamped", "prefix", "below", "bold", "bracket", "tab"})


def counts(head: Head, dialect: str) -> bool:
    """Whether a head of this form begins a turn in this dialect."""
    if dialect == "names alone":
        return head.form in LABELLED or head.form == "alone"
    if dialect == "labels in brackets":
        return head.form == "bracket"
    return head.form in LABELLED or head.form == "timed"


def dialect_of(lines: Sequence[Line], heads: list[Head]) -> tuple[str, frozenset[str], list[Head]]:
    """The dialect that explains most lines, its labels, and the heads as it reads them."""
    timed = _timed_names(heads)
    gaps = sum(line.gap for line in lines)
    begun = gaps if gaps > 1 else len(lines)  # paragraphs, where blank lines part them
    options: list[tuple[int, str, frozenset[str], list[Head]]] = []

    def offer(dialect: str, labels: frozenset[str], weight: int, read: list[Head] = heads) -> None:
        if labels and weight > 0:
            options.append((weight, dialect, labels, read))

    stamped = _stamped_labels(lines, heads)
    offer("name and time above the text", stamped, sum(h.form == "stamped" and h.label in stamped for h in heads))
    above = _times_below(heads)
    named = _stamped_labels(lines, above)
    offer("name and time above the text", named, sum(h.form == "stamped" and h.label in named for h in above), above)
    prefix = _prefix_labels(lines, heads)
    offer(
        "labels before the text",
        prefix,
        sum(h.form in ("prefix", "below", "bold") and h.label in prefix for h in heads),
    )
    bracket = accepted([h.label for h in heads if h.form == "bracket" and not is_backchannel(h.label)])
    found = sum(h.form == "bracket" and h.label in bracket for h in heads)
    sure = sum(h.form == "bracket" and h.label in bracket and is_role_word(h.label.rstrip("0123456789")) for h in heads)
    numbered = sum(h.form == "bracket" and h.label[-1:].isdecimal() for h in heads)
    # Sounds stand in brackets, too ("[Applause]"), but they have no number and are no role.
    offer("labels in brackets", bracket, found if found >= 0.4 * begun or sure + numbered >= 0.7 * found else 0)
    tabs = accepted([h.label for h in heads if h.form in ("tab", "prefix")])
    found = sum(h.form == "tab" and h.label in tabs for h in heads)
    offer("labels before a tab", tabs, found if found >= 0.4 * begun else 0)
    if timed is not None:
        names = accepted([h.label for h in timed if h.form == "timed"])
        offer("time and name before the text", names, sum(h.form == "timed" and h.label in names for h in timed), timed)
    alone, read = _alone(lines, heads)
    found = sum(h.form == "alone" and h.label in alone for h in read)
    if found > 2 * max((weight for weight, *_ in options), default=0):
        offer("names alone", alone, found, read)
    if not options:
        return "", frozenset(), heads
    _, dialect, labels, read = max(options, key=lambda option: option[0])  # the first of equals
    return dialect, labels, read


def _times_below(heads: list[Head]) -> list[Head]:
    """The heads with a name alone on a line and its time alone on the next read as one head."""
    read = list(heads)
    for at, (head, below) in enumerate(pairwise(heads)):
        if head.form == "alone" and name_like(head.label) and below.form == "time" and not below.text:
            read[at] = Head("stamped", head.label, start=below.start)
    return read


def _stamped_labels(lines: Sequence[Line], heads: Sequence[Head]) -> frozenset[str]:
    named = [head.label for head in heads if head.form == "stamped" and not is_backchannel(head.label)]
    counts = Counter(named)
    sure = {label for label, n in counts.items() if (n >= 2 and name_like(label)) or is_role_word(label)}
    covered = sum(counts[label] for label in sure)
    if not sure or covered < 0.5 * len(named):
        # Two names that come once each, each with text below, are a dialogue, too.
        twice = [label for label in counts if name_like(label)]
        if not (len(named) == len(twice) == 2 and len(lines) >= 4):
            return frozenset()
        sure = set(twice)
    return frozenset(sure | {label for label in counts if name_like(label)})


def _prefix_labels(lines: Sequence[Line], heads: Sequence[Head]) -> frozenset[str]:
    pairs = [(line, head) for line, head in zip(lines, heads, strict=True) if head.form in ("prefix", "below", "bold")]
    # "Q1:", "Q2:", "Q3:" number questions; nobody is called so.
    numbered = Counter(head.label for _, head in pairs if _QUESTION.fullmatch(head.label))
    if len(numbered) >= 3 and max(numbered.values()) == 1:
        pairs = [(line, head) for line, head in pairs if not _QUESTION.fullmatch(head.label)]
    # "**word** and so on" in running text is emphasis unless such starts are common.
    bold = [head for _, head in pairs if head.form == "bold"]
    if len(bold) < 0.2 * len(lines):
        pairs = [(line, head) for line, head in pairs if head.form != "bold"]
    dense = len(pairs) >= 0.6 * max(1, sum(line.gap for line in lines), len(lines) // 3)
    labels = accepted([head.label for _, head in pairs], dense=dense)
    if len([head for _, head in pairs if head.label in labels]) == 1:
        # One labelled line is a dialogue only if somebody asks in it ("Participant: P3" is a detail).
        only = next(head for _, head in pairs if head.label in labels)
        if not is_interviewer(only.label) or len(only.text.split()) < 3:
            return frozenset()
    counts = Counter(head.label for _, head in pairs)
    sure = [
        (line, head)
        for line, head in pairs
        if head.label in labels and (counts[head.label] > 1 or is_role_word(head.label))
    ]
    if len(sure) < 4:
        return labels
    # What comes once must look like the rest: bold, timed, at the start of a paragraph, where nearly all others are.
    looks: tuple[Callable[[Line, Head], bool], ...] = (
        lambda line, head: line.bold > 0,
        lambda line, head: head.start is not None,
        lambda line, head: line.gap,
    )
    for look in looks:
        if sum(look(line, head) for line, head in sure) >= 0.9 * len(sure):
            like = {head.label for line, head in pairs if look(line, head)}
            labels = frozenset(label for label in labels if label in like or is_role_word(label))
    return labels


def _alone(lines: Sequence[Line], heads: list[Head]) -> tuple[frozenset[str], list[Head]]:
    """Names alone on a line, with text below them: they repeat, alternate with text and cover much of the document.

    Also the heads as this dialect reads them: where nearly all names end in a hard break, one without it is text.
    """
    named = [
        at
        for at, head in enumerate(heads)
        if head.form == "alone"
        and name_like(head.label)
        and not is_backchannel(head.label)
        and len(head.label.split()) <= 5
        and not lines[at].numbered
        and at + 1 < len(heads)
        and heads[at + 1].form != "alone"
    ]
    counts = Counter(heads[at].label for at in named)
    labels = {label for label, n in counts.items() if n >= 2}
    covered = sum(counts[label] for label in labels)
    if covered < 4 or len(labels) < 2 or covered < 0.15 * len(lines):
        return frozenset(), heads
    style = [lines[at] for at in named if heads[at].label in labels]
    gaps = sum(line.gap for line in style) >= 0.9 * len(style)
    once = {
        heads[at].label
        for at in named
        if (lines[at].gap or not gaps) and (len(heads[at].label.split()) >= 2 or is_role_word(heads[at].label))
    }
    read = heads
    if sum(line.broken for line in style) >= 0.95 * len(style):
        read = [
            Head("", text=line.text) if head.form == "alone" and not line.broken else head
            for line, head in zip(lines, heads, strict=True)
        ]
    return frozenset(labels | once), read


def _timed_names(heads: Sequence[Head]) -> list[Head] | None:
    """The heads with ``00:12 Ann Lee text`` read as names, where names begin most of the lines with a time."""
    timed = [(at, head.text.split(maxsplit=4)) for at, head in enumerate(heads) if head.form == "time" and head.text]
    groups: dict[str, list[tuple[int, list[str]]]] = {}
    for at, words in timed:
        groups.setdefault(words[0], []).append((at, words))
    names: dict[int, str] = {}
    for first, lines in groups.items():
        if name_like(first) and can_be_label(first) and not is_backchannel(first):
            names |= _common_names(first, lines)
    long = {at: name for at, name in names.items() if " " in name}
    # One word before a text is a name only if such words begin nearly all lines and are few.
    if len(names) >= max(6, 0.9 * len(timed)) and len(set(names.values())) <= 8:
        long = names
    if len(set(long.values())) < 2 or len(long) < 0.5 * len(timed):
        return None
    read = list(heads)
    for at, name in long.items():
        rest = heads[at].text.split(maxsplit=len(name.split()))[len(name.split()) :]
        read[at] = replace(heads[at], form="timed", label=name, text=rest[0].lstrip(" :-–") if rest else "")
    return read


def _common_names(first: str, lines: Sequence[tuple[int, list[str]]]) -> dict[int, str]:
    """The name at the start of each line that begins with one word: as many words as these lines share."""
    numbered = {at: " ".join(words[:2]) for at, words in lines if len(words) > 1 and words[1].rstrip(":").isdecimal()}
    if numbered:
        return {at: name.rstrip(":") for at, name in numbered.items()}
    if len(lines) == 1:
        at, words = lines[0]
        pair = " ".join(words[:2])
        return {at: pair} if is_role_word(pair) else {}
    name = [first]
    while len(name) < 3:
        following = {words[len(name)] if len(words) > len(name) else "" for _, words in lines}
        word = following.pop()
        if following or not word[:1].isupper():
            break
        name.append(word)
    return {at: " ".join(name) for at, _ in lines}
