"""Questions that ask more than one thing: several questions in one, or one question about several things.

Payne (1951, ch. 6), Dillman et al. (2014, ch. 4), Fowler (1995): one answer cannot be told apart from the other.
"""

from __future__ import annotations

import re

from dashboard.analysis.question_clauses import ASKING, Clause
from dashboard.analysis.question_words import (
    AUXILIARIES,
    BE,
    IDIOMS,
    PLAIN_DESCRIPTIONS,
    PRONOUNS,
    SUBJECTS,
    TOGETHER,
    VERDICTS,
    vocabulary,
)

_SETTING = re.compile(
    r"^(?:let's|(?:can |could )?(?:you )?(?:think|imagine|picture)\b|you (?:were|said|mentioned)|i(?:'m"
    r"| am) \w+$|i wonder$|tell me$"
    r"|tell me(?: a (?:bit|little))? about yourself|(?:walk|talk|take) me through (?:it|that|them)$"
    r"|tell me (?:about|more about) (?:it|that)$"
    r"|(?:can|could|may) i ask$|go on$|carry on$|(?:can|could|would) you tell me(?: more)?$|say (?:a (?:bit"
    r"|little) )?more$|help me understand$)"
)
_OPINION = re.compile(
    r"\b(?:find|(?:are|were) you with|think(?:ing)? (?:of|about)|feel(?:ing)? (?:about|towards)|say about"
    r"|hear about|views? (?:on|of|about)|opinions? (?:on|of|about)"
    r"|thoughts (?:on|about)|make of|happy with|unhappy with|satisfied with|pleased with|comfortable with"
    r"|likes?|liked|love|loved"
    r"|hate|trust|prefer|rate|recommend|use|used|enjoy|explain|describe|check|value|need|want|tell (?:me"
    r"|us)(?: a (?:bit|little))?(?: more)? about|impressions? of"
    r"|experience (?:of|with)|how (?:is|are|was|were)|what (?:is|are|was|were))\b"
)
_DETERMINERS = vocabulary("the a an your our their its my his her this that these those about of in with how what")
_ARTICLES = vocabulary("the a an your our their its my his her")
_STOPS = (
    SUBJECTS
    | AUXILIARIES
    | vocabulary(
        "of for in on at with before after when which about to from enough because like liked think feel use used trust"
    )
)
_REACH = 25
"""Words before “and” that are looked at."""
_SECOND_VERBS = vocabulary(
    "save win add remove reduce improve recommend like dislike love hate trust understand make raise lower cut "
    "increase pay use "
    "buy read enjoy grow avoid prevent share feel want need help send get find keep"
)
_DO = vocabulary("do does did should would could can will has have")
_HARMLESS_OR = vocabulary("something anything so not similar whatever more less two three none neither otherwise")
_TWO_WH = re.compile(
    r"\b(?:how|why|what|when|where|who) and (?:how|why|what|when|where|who)\b|\b(?:and|or) (?:why|how|when|where)$"
)
_IF_SO = re.compile(
    r"\bif (?:so|not|yes|no)$|\bif (?:so|yes|not) (?:what|who|how|why|when|where|which|did|do|was|is)\b"
)


def counted(clauses: tuple[Clause, ...]) -> list[Clause]:
    """The clauses that ask something of their own: no scene-setting, no second half of a choice."""
    return [
        clause
        for clause in clauses
        if clause.asks in ASKING
        and not _SETTING.match(clause.text)
        and not (clause.joined == "or" and clause.asks == "yes-no")
    ]


def several_questions(clauses: tuple[Clause, ...]) -> list[Clause]:
    """The questions of a question, where there are two or more; else nothing."""
    own = counted(clauses)
    follows = any(_IF_SO.search(clause.text) for clause in clauses[1:])
    bare = [clause for clause in clauses if _TWO_WH.search(clause.text)]
    if len(own) >= 2:
        return own
    return [*own, *bare][:2] if own and (bare or follows) else []


def two_things(clause: Clause) -> tuple[int, int, str, str] | None:
    """Where one question asks about two things: positions of the words around “and”, and the two things.

    Two qualities (“quick and easy”), two objects of an opinion (“the price and the support”), two deeds (“save time and
    win customers”), or two cases of “ever” (“a late delivery or a damaged item”). Pairs that name one thing (“pros and
    cons”), the two ends of a span (“between sign-up and invoice”) and two people who do one thing are no fault.
    """
    said = clause.words
    if clause.asks not in ASKING | {"statement"}:
        return None
    for i in range(1, len(said) - 1):
        if said[i] not in {"and", "or"}:
            continue
        near = said[max(0, i - _REACH) : i]
        if f"{near[-1]}_{said[i + 1]}" in IDIOMS or TOGETHER & set(near) or "from" in near:
            continue
        if _is_pair(said, i, near):
            first, last = _bounds(said, i)
            return clause.first + first, clause.first + last, " ".join(said[first:i]), " ".join(said[i + 1 : last])
    return None


def _bounds(said: tuple[str, ...], i: int) -> tuple[int, int]:
    """Where the two things around “and” begin and end, at most three words to the left and four to the right."""
    first = i - 1
    while first > max(0, i - 3) and said[first] not in _DETERMINERS and said[first - 1] not in _STOPS:
        first -= 1
    if said[i - 1] in PLAIN_DESCRIPTIONS:
        first = i - 1
    if first > 0 and said[first - 1] in _ARTICLES:
        first -= 1
    last = i + 2
    while last < min(len(said), i + 5) and (said[last] not in _STOPS or said[last - 1] in _STOPS):
        last += 1
    return first, last


def _is_pair(said: tuple[str, ...], i: int, near: tuple[str, ...]) -> bool:
    left, right = near[-1], said[i + 1]
    before = " ".join(near)
    if said[i] == "or":
        cases = "ever" in near and right not in _HARMLESS_OR
        return cases and said[0] in {"have", "do", "did", "has", "does", "had"}
    if left in PLAIN_DESCRIPTIONS and (right in PLAIN_DESCRIPTIONS or _another_quality(said[i + 1 : i + 7])):
        return True
    if left in PRONOUNS | {"yourself", "me", "him", "her", "them", "us"} or i < 3:
        return False
    if right in _SECOND_VERBS and (said[0] in _DO or left in _SECOND_VERBS) and left not in _DETERMINERS:
        return True
    opinions = list(_OPINION.finditer(before))
    if not opinions:
        return False
    between = before[opinions[-1].end() :].split()
    is_subject = opinions[-1].group().split()[0] in {"how", "what"} and len(between) > 6
    return (
        bool(between)
        and len(between) <= 9
        and not is_subject
        and right not in {"then", "so", "everything", "all", "others", "just"}
    )


def _another_quality(following: tuple[str, ...]) -> bool:
    """“the support is slow”, “it's cheap”: a second statement of the same build."""
    be = any(word in BE or word.endswith("'s") for word in following)
    return be and any(word in VERDICTS for word in following)
