"""What can be a speaker's label, and what a label's words say about who speaks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache

from rapidfuzz import fuzz

from dashboard.intake.vocabulary import (
    BACKCHANNELS,
    INTERVIEWERS,
    NOT_LABEL_STARTS,
    NOT_LABELS,
    OBSERVERS,
    PARTICIPANTS,
    PARTICLES,
)

MAX_LABEL = 60
"""Characters of the longest label."""

_BESIDE_P = frozenset({"r", "res"})  # "R:" beside "P:" is the researcher, beside "I:" the respondent


_NUMBERED = re.compile(r"[^\W\d_][\w.'’ -]{0,39}?[ ._#-]?\d{1,4}[a-z]?", re.IGNORECASE)
_CODE = re.compile(r"[A-ZÄÖÜ]{1,5}[-_. ]?\d{0,5}[A-Za-z]?")
_ASIDE = re.compile(r"\([^()]{0,40}\)")
_SPACES = re.compile(r"\s+")


@lru_cache(maxsize=4_096)
def plain(label: str) -> str:
    """A label for comparison: lower case, single spaces, without brackets, colon and full stop at its ends.

    >>> plain("[Interviewer  1]:")
    'interviewer 1'
    """
    return _SPACES.sub(" ", label).strip(" \t[](){}<>*_:.").casefold()


@lru_cache(maxsize=4_096)
def _stem(label: str) -> str:
    """The word of a role without its number: ``Interviewer 2`` → ``interviewer``."""
    return plain(label).rstrip("0123456789").rstrip(" ._-#")


def is_interviewer(label: str, *, beside: Collection[str] = ()) -> bool:
    """Whether the label's word says that this person asks; ``beside`` are the file's labels, in plain form.

    >>> is_interviewer("I"), is_interviewer("Moderator 2"), is_interviewer("P7"), is_interviewer("R", beside={"r", "p"})
    (True, True, False, True)
    """
    stem = _stem(label)
    if stem in _BESIDE_P:
        stems = {_stem(other) for other in beside}
        return bool(stems & {"p", "participant"}) and not stems & (INTERVIEWERS - {"question"})
    if stem in INTERVIEWERS:
        return True
    words = [word for word in re.findall(r"[^\W\d_]+", stem) if len(word) > 2]
    asks = any(word in INTERVIEWERS for word in words)
    return asks and len(words) <= 4 and not any(word in PARTICIPANTS for word in words)


@lru_cache(maxsize=4_096)
def is_participant(label: str) -> bool:
    """Whether the label's word says that this person answers."""
    return _stem(label) in PARTICIPANTS - {"speaker"}


@lru_cache(maxsize=4_096)
def is_observer(label: str) -> bool:
    """Whether the label's word says that this person only watches."""
    return _stem(label) in OBSERVERS or _stem(label).replace(" ", "") in OBSERVERS


@lru_cache(maxsize=4_096)
def is_role_word(label: str) -> bool:
    """Whether the label is a role, with or without a number, so that one occurrence is enough to trust it."""
    return (
        is_interviewer(label) or _stem(label) in PARTICIPANTS or is_observer(label) or _stem(label) == "unknown speaker"
    )


@lru_cache(maxsize=4_096)
def can_be_label(text: str) -> bool:
    """Whether the text has the shape of a label at all: short, no sentence, no address, no heading word.

    >>> [can_be_label(t) for t in ("Dr. Ada Byron", "P3", "17", "Note", "https", "He said, no", "Byron, Ada (IT)")]
    [True, True, True, False, False, False, True]
    """
    label = text.strip()
    if not label or len(label) > MAX_LABEL or "\n" in label:
        return False
    simple = plain(label)
    if not simple or simple in NOT_LABELS or (simple.startswith(NOT_LABEL_STARTS) and not is_role_word(label)):
        return False
    if any(mark in label for mark in '?!？！"“”„«»;|=/\\@{}…') and not is_role_word(label):
        return "/" in label and name_like(label.replace("/", " "))
    words = label.split()
    if len(words) > 8 or not any(character.isalnum() for character in label):
        return False
    if label.count(",") > 2 or (len(words) > 1 and words[-1].endswith((".", ",")) and len(words[-1]) > 4):
        return False
    return name_like(label) or len(words) <= 3


@lru_cache(maxsize=4_096)
def name_like(text: str) -> bool:
    """Whether the text is written as names, codes and roles are: each word capitalised, or a code, or a role.

    >>> [name_like(t) for t in ("Ada van Byron", "P7", "and I said", "spk_0", "דנה")]
    [True, True, False, True, True]
    """
    label = text.strip()
    if not label:
        return False
    if is_role_word(label) or _CODE.fullmatch(label) or (_NUMBERED.fullmatch(label) and len(label.split()) <= 3):
        return True
    if label.isdecimal():
        return len(label) <= 3
    bare = _ASIDE.sub(" ", label) if "(" in label else label  # (she/her), (Ext), (IT)
    words = [word.strip("().,'’\"-[]&#*") for word in (bare if bare.strip() else label).split()]
    words = [word for word in words if word]
    if not words or len(words) > 7:
        return False
    big = [word for word in words if word not in PARTICLES]
    if len(label) > 14 and " " not in label and label.upper() == label.lower():
        return False  # a clause of a script without capitals and spaces
    return bool(big) and all(_starts_big(word) for word in big)


def _starts_big(word: str) -> bool:
    first = word[0]
    return first.isupper() or first.isdigit() or (first.isalpha() and first.upper() == first.lower())


def is_backchannel(text: str) -> bool:
    """Whether a short line is a bit of talk (*Yeah*, *Okay right*) and so no name."""
    words = plain(text).split()
    return bool(words) and all(word.strip(".,") in BACKCHANNELS for word in words)


def accepted(candidates: Sequence[str], *, dense: bool = False) -> frozenset[str]:
    """The candidates (one an occurrence, as written) that are labels.

    A role or a numbered label counts at its first occurrence, a name when it comes twice; beside labels that count,
    a full name or what differs from one of them by a typing error counts, too. dense: most lines begin with a
    candidate, so that any that comes twice, and any name, is believed.

    >>> sorted(accepted(["Interviewer", "Participant", "Interviewer", "Paticipant", "Monday", "I swear"]))
    ['Interviewer', 'Participant', 'Paticipant']
    """
    counts = Counter(label for label in candidates if can_be_label(label))
    sure = set()
    for label, count in counts.items():
        if is_role_word(label) or (count >= 2 and (dense or name_like(label))):
            sure.add(label)
    # A word in small letters is a label only if it comes all the time ("anna: … ben: …").
    total = sum(counts.values())
    if not sure:
        often = [label for label, count in counts.items() if count >= 3 and count >= 0.2 * total]
        if len(often) >= 2:
            sure.update(often)
    if not sure:
        return frozenset()
    trusted_plain = [plain(label) for label in sure if len(plain(label)) > 3]
    codes = any(_CODE.fullmatch(label) for label in sure)
    first_names = sum(
        counts[label] for label in sure if " " not in label and not is_role_word(label) and not _CODE.fullmatch(label)
    )
    for label in counts:
        if label in sure:
            continue
        simple = plain(label)
        near = any(
            abs(len(other) - len(simple)) <= 2 and fuzz.ratio(simple, other) >= 80 for other in trusted_plain
        ) and len(simple) > 3  # fmt: skip
        full_name = name_like(label) and 2 <= len(label.split()) <= 4 and label.count(",") <= 1
        code = codes and _CODE.fullmatch(label) is not None
        first_name = (dense or first_names >= 4) and name_like(label) and " " not in label
        numbered = _NUMBERED.fullmatch(label) is not None and name_like(label)
        if near or full_name or code or first_name or numbered:
            sure.add(label)
    return frozenset(label for label in sure if label in counts)


def misspelt(counts: Mapping[str, int]) -> list[tuple[str, str]]:
    """Pairs of labels (rarer, commoner) that seem to be one, written in two ways; numbers must agree.

    >>> misspelt({"Participant": 40, "Paticipant": 2, "Speaker 1": 9, "Interviewer1": 5, "Interviewer 1": 6})
    [('Paticipant', 'Participant'), ('Interviewer1', 'Interviewer 1')]
    """
    found = []
    labels = sorted(counts, key=lambda label: -counts[label])
    for at, common in enumerate(labels[:60]):
        for rare in labels[at + 1 : 200]:
            a, b = plain(common), plain(rare)
            digits = [character for character in a if character.isdigit()] == [
                character for character in b if character.isdigit()
            ]
            letters_a, letters_b = (re.sub(r"[\W\d_]+", "", text) for text in (a, b))
            same = letters_a == letters_b
            close = (
                min(len(letters_a), len(letters_b)) >= 5
                and fuzz.ratio(letters_a, letters_b) >= 88
                and counts[rare] * 3 <= counts[common]
            )
            if digits and letters_a and (same or close):
                found.append((rare, common))
    return sorted(found, key=lambda pair: list(counts).index(pair[0]))
