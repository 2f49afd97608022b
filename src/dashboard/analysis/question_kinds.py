"""How an interviewer's questions are put: open or closed, leading, double-barrelled, hypothetical.

The rules look at wording alone, so a flag says "check this" and never "this was wrong". They follow what the literature
on asking questions agrees on: S. Payne, *The Art of Asking Questions* (1951); F. Fowler, *Improving Survey Questions*
(1995); D. Dillman, J. Smyth and L. Christian, *Internet, Phone, Mail, and Mixed-Mode Surveys* (2014); J. Krosnick and
S. Presser, "Question and Questionnaire Design" (2010); M. Q. Patton, *Qualitative Research and Evaluation Methods*
(2015); E. Loftus, "Leading questions and the eyewitness report" (1975), for presuppositions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from dashboard.analysis.question_clauses import ASKING, Clause, clauses_of
from dashboard.analysis.question_double import counted, several_questions, two_things
from dashboard.analysis.question_leading import signs
from dashboard.analysis.question_wordings import (
    HYPOTHETICAL,
    better_closed,
    better_leading,
    each_apart,
    one_at_a_time,
)
from dashboard.analysis.question_words import Words, vocabulary, words_of

FlagKind = Literal["closed", "leading", "loaded", "double-barrelled", "hypothetical"]
LEADING: frozenset[FlagKind] = frozenset({"leading", "loaded"})


@dataclass(frozen=True)
class Flag:
    """One thing to check in a question.

    start, end: characters of the question that it rests on. reason: one sentence. better: another way to ask.
    """

    kind: FlagKind
    start: int
    end: int
    reason: str
    better: str


@dataclass(frozen=True)
class Judgement:
    """How one question is put.

    kind: open or closed. flags: what to check, in the order of the text. A closed question that asks for a number, a
    date or consent is of kind closed without a flag, for there is no better way to ask it.
    """

    kind: Literal["open", "closed"]
    flags: tuple[Flag, ...] = ()

    @property
    def leading(self) -> bool:
        """Whether it suggests an answer or carries a verdict."""
        return any(flag.kind in LEADING for flag in self.flags)

    @property
    def double_barrelled(self) -> bool:
        """Whether it asks more than one thing."""
        return any(flag.kind == "double-barrelled" for flag in self.flags)

    @property
    def hypothetical(self) -> bool:
        """Whether it asks what somebody would do."""
        return any(flag.kind == "hypothetical" for flag in self.flags)


@dataclass(frozen=True)
class Asked:
    """One question where it stands in a turn, and its judgement with flags counted from the turn's start."""

    start: int
    end: int
    judgement: Judgement


# ---------------------------------------------------------------- where the questions are

_SENTENCE_END = re.compile(r"(?<![.?!…？؟])[.?!…？؟]++[\"”’')\]]*+(?=\s|$)|\n")
_ABBREVIATIONS = vocabulary("mr mrs ms dr prof e.g i.e etc vs no approx st")
_PUT = re.compile(
    r"^(?:what|how|why|when|where|which|who)(?:'s|'re|'d|'ve)? (?:(?:many|much|long|often|far|kind of|sort of"
    r"|else|about|the) "
    r"|\w+ )?(?:do|does|did|is|are|was|were|have|has|had|can|could|would|will|should|made|makes|happened|happens)\b"
    r"|^(?:what|who|how|where)'s (?:the|your|it|that|been|going)\b|^(?:what|who) (?:made|makes|happened|happens)\b"
    r"|^(?:do|does|did|is|are|was|were|have|has|had|can|could|would|will|should) (?:you|they|he|she|it|we|there"
    r"|that)\b"
)


def questions_in(turn: str) -> list[tuple[int, int]]:
    """Where the questions of an interviewer's turn stand: starts and ends, in characters.

    A question ends in a question mark, or is put like one where the transcript has none, or invites to tell.

    >>> turn = "Thanks, that helps. Tell me about the set-up. And how long did it take?"
    >>> [turn[start:end] for start, end in questions_in(turn)]
    ['Tell me about the set-up.', 'And how long did it take?']
    """
    return [(start + put, end) for start, end in _sentences(turn) if (put := _question(turn[start:end])) is not None]


def _sentences(turn: str) -> Iterator[tuple[int, int]]:
    start = 0
    for mark in _SENTENCE_END.finditer(turn):
        end = mark.end()
        following = turn[end : end + 40].lstrip()
        if mark.group()[0] in ".…" and mark.group() != "\n":
            word = turn[max(start, mark.start() - 8) : mark.start()].split()
            pause = len(mark.group()) > 1 or mark.group() == "…"
            if (word and word[-1].lower() in _ABBREVIATIONS) or (pause and following[:1].islower()):
                continue
        elif mark.group()[-1] in "\"”’')]" and following[:1].islower():
            continue
        yield from _trimmed(turn, start, end)
        start = end
    yield from _trimmed(turn, start, len(turn))


def _trimmed(turn: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    text = turn[start:end]
    if any(letter.isalnum() for letter in text):
        yield start + len(text) - len(text.lstrip()), start + len(text.rstrip())


def _question(sentence: str) -> int | None:
    """Where a question begins in a sentence; None where it holds none."""
    if sentence.rstrip("\"”’')]").endswith(("?", "？", "؟")):
        return 0
    words = words_of(sentence)
    for clause in clauses_of(words):
        told = clause.asks == "told" and clause.words[:4] != ("tell", "me", "about", "it")
        if told or (clause.asks in ASKING and _PUT.match(clause.text)):
            return words.at[clause.first][0]
    return None


def asked(turn: str) -> tuple[Asked, ...]:
    """The questions of a turn, each judged; one that follows another in the same turn is flagged as double-barrelled.

    People answer the last of several questions, or the easiest (Patton 2015, on asking one thing at a time). A word
    taken up ("Expensive? In what way?") is no question of its own.
    """
    found: list[Asked] = []
    earlier: tuple[int, int] | None = None
    for start, end in questions_in(turn):
        judgement = judge(turn[start:end])
        flags = [replace(flag, start=flag.start + start, end=flag.end + start) for flag in judgement.flags]
        clauses = clauses_of(words_of(turn[start:end]))
        asks = bool(counted(clauses))
        if asks and earlier is not None and not judgement.double_barrelled:
            better = one_at_a_time([turn[earlier[0] : earlier[1]], turn[start:end]])
            flags.append(
                Flag(
                    "double-barrelled",
                    start,
                    end,
                    "It follows another question in the same breath, and people answer one of them.",
                    better,
                )
            )
        found.append(Asked(start, end, Judgement(judgement.kind, tuple(sorted(flags, key=lambda flag: flag.start)))))
        earlier = (start, end) if asks else earlier
    return tuple(found)


# ---------------------------------------------------------------- what one question is


def judge(question: str) -> Judgement:
    """How one question is put: open or closed, and what to check in it.

    >>> judge("Can you tell me how you chose it?")
    Judgement(kind='open', flags=())
    >>> [flag.kind for flag in judge("Don't you think it was quick and easy?").flags]
    ['closed', 'leading', 'double-barrelled']
    """
    words = words_of(question)
    clauses = clauses_of(words)
    if not clauses:
        return Judgement("open")
    kind = _kind(clauses)
    flags = [*_leading(words, clauses), *_double(words, clauses), *_hypothetical(words, clauses)]
    others = [flag.better for flag in flags if flag.kind != "double-barrelled"] or [flag.better for flag in flags]
    if kind == "closed" and not _needs_no_story(clauses, led=bool(flags)):
        whole = words.span(clauses[0].first, clauses[-1].last)
        reason = "It can be answered with yes, no or one of the words it offers."
        flags.insert(
            0, Flag("closed", *whole, reason, (others or [better_closed([clause.text for clause in clauses])])[0])
        )
    return Judgement(kind, tuple(sorted(flags, key=lambda flag: flag.start)))


_OFFERED = re.compile(r"\w or (?!so\b|something|anything|whatever|not\b)\w")


def _kind(clauses: tuple[Clause, ...]) -> Literal["open", "closed"]:
    """Open if any clause leaves the answer to the person (Payne 1951, ch. 3; Patton 2015, ch. 7).

    One word taken up again ("Expensive?") is a probe, and open; a whole statement put as a question is closed.
    """
    asks = {clause.asks for clause in clauses}
    own = [clause for clause in clauses if clause.asks in ASKING]
    offered = clauses[-1].asks == "fragment" and _OFFERED.search(clauses[-1].text)
    if len(own) == 1 and own[0].asks == "open" and offered and clauses[-1].first > own[0].first:
        return "closed"  # "How did you pay, by card or in cash?"
    if asks & {"open", "told"}:
        return "open"
    return "closed" if asks & {"yes-no", "fact", "statement", "tag"} else "open"


_FORMALITY = re.compile(
    r"^(?:is it (?:ok|okay|all right|alright|fine) (?:if|for|to)|are you (?:ok|okay|happy|comfortable) (?:if"
    r"|for|with|to)"
    r"|(?:can|could|may) (?:i|we) (?:just )?(?:record|check|start|stop)|do you mind if|would you like"
    r"|any(?:thing|one|body)?\b"
    r"|can you (?:see|hear)"
    r"|is there anything (?:else )?(?:you|that|we|i)|should (?:i|we))"
)


def _needs_no_story(clauses: tuple[Clause, ...], *, led: bool) -> bool:
    """Whether a closed form is what it takes: a number or date, a formality, or a check of what was said before."""
    asking = [clause for clause in clauses if clause.asks in ASKING]
    if led and any(clause.asks != "fact" for clause in asking):
        return False
    return bool(asking or not led) and all(clause.asks == "fact" or _FORMALITY.match(clause.text) for clause in asking)


def _leading(words: Words, clauses: tuple[Clause, ...]) -> Iterator[Flag]:
    better = better_leading([(clause.text, clause.asks) for clause in clauses])
    for sign in signs(clauses):
        yield Flag("loaded" if sign.loaded else "leading", *words.span(sign.first, sign.last), sign.reason, better)


_MOST_QUOTED = 3


def _double(words: Words, clauses: tuple[Clause, ...]) -> Iterator[Flag]:
    several = several_questions(clauses)
    if several:
        whole = words.span(several[0].first, several[-1].last)
        reason = "It asks more than one question, and people answer one of them."
        yield Flag(
            "double-barrelled", *whole, reason, one_at_a_time([clause.text for clause in several[:_MOST_QUOTED]])
        )
        return
    asking = [clause for clause in clauses if clause.asks in ASKING]
    for clause in asking or clauses:
        pair = two_things(clause)
        if pair is not None:
            first, last, one, other = pair
            reason = "It asks about two things at once, so one answer cannot be told from the other."
            yield Flag("double-barrelled", *words.span(first, last), reason, each_apart(one, other))
            return


_WOULD = re.compile(
    r"^(?:how |what |where |when |which \w+ )?(?:would|will) you (?:ever |still |also |actually |really "
    r"|have )?(?!(?:say|mind|like|be able|agree|describe|call|care|rather"
    r"|want|explain|tell|rate|score|prefer|expect|change|put|define|compare|give|think)\b)\w+"
    r"|^(?:could|can|do) you (?:\w+ )?(?:see|imagine|picture) (?:yourself|your)\b|^(?:are|is) (?:you|he|she"
    r"|they) (?:ever )?(?:going to|likely to)\b"
    r"|^do you think (?:you|they|people)(?:'ll|'d| will| would| might| could)\b"
)
_IF = re.compile(r"^(?:if|suppose|supposing|imagine|say) (?:we|you|it|there|they|somebody|someone|the|that|this)\b")
_THEN = re.compile(r"\b(?:would|could|might|you'd|will)\b")
_TELLING = re.compile(r"^(?:what|how) would you (?:tell|say|describe|explain|recommend|advise)\b")


def _hypothetical(words: Words, clauses: tuple[Clause, ...]) -> Iterator[Flag]:
    """What people say they would do predicts poorly what they do (Fowler 1995, ch. 3; Dillman et al. 2014, ch. 4)."""
    if_said = False
    for clause in clauses:
        supposed = if_said and _THEN.search(clause.text)
        if_said = if_said or bool(_IF.match(clause.text))
        if clause.asks in ASKING and not _TELLING.match(clause.text) and (supposed or _WOULD.match(clause.text)):
            reason = "It asks what the person would do, which tells little of what they do."
            yield Flag("hypothetical", *words.span(clause.first, clause.last), reason, HYPOTHETICAL)
            return
