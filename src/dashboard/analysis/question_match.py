"""Which question of a guide a question as asked is: by what it means, the words they share, and the guide's order.

Interviewers say a guide's questions in their own words and mostly in its order. The wording's score says how much of
the guide's question is in what was asked, and how much of what was asked is in it (Tversky, "Features of similarity",
1977); words that many of the guide's questions hold weigh little (Spärck Jones, "A statistical interpretation of term
specificity", 1972). What stands behind is a guess, so pages say "as far as we can tell".
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from dashboard.analysis.question_words import vocabulary
from dashboard.analysis.statistics import Floats

AT = 0.38
"""From this score on a question is the guide's. Of twelve interviews that were labelled by hand and rarely keep to the
guide's words, two in three of the matches are right, and most others are of a question close to it."""

_MEANING = 0.6  # weight of the meaning, against the wording's
_FIRST = 0.2  # added to the guide's first question where an interview's first question is asked
_NEXT = 0.03  # added to the next two questions of the guide
_BACK = 0.08  # taken from those before the one asked last
_AWAY, _SLACK = 0.4, 0.25  # taken for standing elsewhere in the guide than in the interview, beyond a quarter of either
_SAME = 0.5  # a survey's question, which stands by itself, must be this alike

_GUIDE_WEIGHT = 0.6  # of what the guide's question holds, against 0.4 of what the asked question holds besides
_PART = 0.94  # a part of a guide's question that is asked alone counts nearly as the whole
_RARE = 0.6  # a word that the guide does not hold, against the rarest that it does
_LIGHTER = 0.35  # what a light word weighs, against another as rare
_COMMON = 0.3  # a word in more than this share of a longer guide is the name of the thing itself
_LETTERS = 0.72  # words with this much of their letters in common are one (“invoicing”, “invoice”)

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?|\d+")
_PARTS = re.compile(r"[?.;!:]+\s|,? (?:and|or|but) (?=how|what|when|where|who|why|did|do|does|is|was|were|would|could)")
_STOPS = vocabulary(
    "a about all also am an and any are aren't as at be because been but by can can't could couldn't did didn't "
    "do does doesn't doing don't else ever for from go going gone got had has hasn't have haven't having he her "
    "here him his how i i'd i'll i'm i've if in into is isn't it it'd it's its just let let's little lot many me "
    "might more most much my myself no nor not now of off oh ok okay on one only or other our out over own please "
    "quite rather really right s say see shall she should so some somebody somehow someone something sort still "
    "such t than thank thanks that that's the their them then there there's these they they're thing things this "
    "those though through to too us use used using very was wasn't way we we'd we'll we're we've well were "
    "weren't what what's when where whether which while who whom whose why will with won't would wouldn't yes yet "
    "you you'd you'll you're you've your yours yourself tell talk walk describe explain share bit kind mean again "
    "back down up around maybe perhaps"
)
_LIGHT = vocabulary(
    "know think make made moment like liked start started begin beginning end finish happen happens happened feel felt "
    "look looking come came take took give gave want wanted today last question questions example remember imagine "
    "suppose part people today time need thing first work works worked working new different"
)
"""Words that say little of what a question is about, and still something."""
_IRREGULAR = {
    "paid": "pay", "left": "leave", "leaving": "leave", "heard": "hear", "bought": "buy", "told": "tell",
    "knew": "know", "known": "know", "found": "find", "chose": "choose", "chosen": "choose",
    "sent": "send", "spent": "spend", "cost": "price", "costs": "price", "pricing": "price", "prices": "price",
    "payment": "pay", "payments": "pay", "cancelled": "cancel", "canceled": "cancel", "went": "go", "began": "begin",
    "switched": "switch", "stop": "leave", "quit": "leave", "thought": "think",
    "setup": "set", "signup": "sign", "months": "week", "month": "week", "days": "week", "day": "week",
    "support": "help", "supported": "help", "company": "business", "money": "pay", "improve": "change",
}  # fmt: skip
"""Forms and near-synonyms of what interviews are about, to one word."""


@dataclass(frozen=True)
class Matcher:
    """A guide, made ready: for each question its parts, each as stem → weight; and the weight of any stem."""

    parts: tuple[tuple[Mapping[str, float], ...], ...]
    weights: Mapping[str, float]

    def score(self, text: str) -> list[float]:
        """For each question of the guide, how much what was asked is that question: 0 … 1."""
        best = [0.0] * len(self.parts)
        for part in [text, *_PARTS.split(text)] if _PARTS.search(text) else [text]:
            said = self._weighed(part)
            for at, wholes in enumerate(self.parts):
                for place, whole in enumerate(wholes):
                    best[at] = max(best[at], (_PART if place else 1.0) * _alike(whole, said))
        return best

    def _weighed(self, text: str) -> dict[str, float]:
        rare = self.weights[""]
        return {name: self.weights.get(name, rare * _share(name)) for name in stems(text)}


def matcher(questions: Sequence[str]) -> Matcher:
    """A guide's questions, ready to be matched against."""
    held = [frozenset(stems(question)) for question in questions]
    number: dict[str, int] = {}
    for each in held:
        for stem in each:
            number[stem] = number.get(stem, 0) + 1
    weights = {name: math.log(1 + len(held) / of) * _share(name) for name, of in number.items()}
    if len(held) >= 5:
        weights |= {name: 0.0 for name, of in number.items() if of > _COMMON * len(held)}
    weights[""] = _RARE * math.log(1 + max(1, len(held)))
    parts = []
    for question in questions:
        cut = [part for part in _PARTS.split(question) if stems(part)]
        wholes = [question, *(cut if len(cut) > 1 else ())]
        parts.append(tuple({stem: weights[stem] for stem in stems(whole)} for whole in wholes))
    return Matcher(tuple(parts), weights)


def worded(questions: Sequence[str], texts: Sequence[str]) -> Floats:
    """How alike each text is to each question by its words alone: shape (texts, questions), 0 … 1."""
    guide = matcher(questions)
    return np.array([guide.score(text) for text in texts], dtype=np.float64).reshape(len(texts), len(questions))


def blended(meaning: Floats | None, wording: Floats) -> Floats:
    """Meaning and wording in one score; the wording alone where no meaning is given."""
    return wording if meaning is None else _MEANING * meaning + (1 - _MEANING) * wording


def follow(scores: Floats, asks: Sequence[bool]) -> list[int | None]:
    """For each turn of an interviewer, in the order of one interview, the place in the guide of what it asks.

    scores: (turns, questions of the guide). asks: whether a turn asks anything; one that does not is no question's.
    None: none of the guide's, so a follow-up of the one before.

    >>> follow(np.array([[0.9, 0.1], [0.2, 0.1], [0.1, 0.8]]), [True, True, True])
    [0, None, 1]
    """
    number = scores.shape[1] if scores.ndim == 2 else 0
    found: list[int | None] = []
    last, first = -1, True
    guide_places = np.arange(number) / max(1, number - 1)
    for at, asking in enumerate(asks):
        if not asking or not number:
            found.append(None)
            continue
        score = scores[at] - _AWAY * np.maximum(0.0, np.abs(at / max(1, len(asks) - 1) - guide_places) - _SLACK)
        score[last + 1 : last + 3] += _NEXT
        score[: max(0, last)] -= _BACK
        if first:
            score[0] += _FIRST
        first = False
        best = int(np.argmax(score))
        found.append(best if score[best] >= AT else None)
        last = best if score[best] >= AT else last
    return found


def same(scores: Floats) -> list[int | None]:
    """For each row of scores, the place of the guide's question that it is, whatever the order; None for none."""
    return [int(np.argmax(row)) if len(row) and row.max() >= _SAME else None for row in scores]


def _share(name: str) -> float:
    return _LIGHTER if name in _LIGHT_STEMS else 1.0


@lru_cache(maxsize=20_000)
def stems(text: str) -> tuple[str, ...]:
    """The stems of the content words, each once, in order.

    >>> stems("How was signing up, and what happens when somebody is late?")
    ('sign', 'happen', 'lat')
    """
    words = (match.group().lower() for match in _WORD.finditer(text.replace("’", "'")))
    return tuple(dict.fromkeys(stem(word) for word in words if word not in _STOPS))


def stem(word: str) -> str:
    """A word without its ending.

    >>> stem("setting"), stem("invoices"), stem("invoicing"), stem("companies")
    ('set', 'invoic', 'invoic', 'business')
    """
    word = word.removesuffix("'s")
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word.endswith("ies") and len(word) > 4:
        word = word[:-3] + "y"
    elif word.endswith("s") and not word.endswith("ss") and len(word) > 3:
        word = word[:-1]
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    for ending in ("ing", "ed", "ly"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word.removesuffix(ending)
            if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsz":
                word = word[:-1]
            break
    return word[:-1] if word.endswith("e") and len(word) > 3 else word


_LIGHT_STEMS = frozenset(map(stem, _LIGHT))


def says_something(question: str) -> bool:
    """Whether a question holds a word that says what it is about.

    >>> says_something("And what happened then?"), says_something("How was signing up?")
    (False, True)
    """
    return any(name not in _LIGHT_STEMS for name in stems(question))


def _alike(whole: Mapping[str, float], said: Mapping[str, float]) -> float:
    """What a guide's question and a question as asked share, by weight: 0 … 1."""
    total = sum(whole.values())
    if not total or not said:
        return 0.0
    shared, met = 0.0, 0.0
    for name, weight in said.items():
        if name in whole:
            shared += whole[name]
            met += weight
            continue
        near = max(((_letters(name, other), other) for other in whole if other not in said), default=(0.0, ""))
        if near[0] >= _LETTERS:
            shared += near[0] * whole[near[1]]
            met += near[0] * weight
    missing, besides = max(0.0, total - shared), max(0.0, sum(said.values()) - met)
    return shared / (shared + _GUIDE_WEIGHT * missing + (1 - _GUIDE_WEIGHT) * besides) if shared else 0.0


@lru_cache(maxsize=50_000)
def _letters(one: str, other: str) -> float:
    """Dice's share of the letter pairs that two words have in common."""
    if len(one) < 4 or len(other) < 4 or one[0] != other[0]:
        return 0.0
    first, second = ({word[at : at + 2] for at in range(len(word) - 1)} for word in (one, other))
    return 2 * len(first & second) / (len(first) + len(second))
