"""Passages that state an unmet need (a wish, a lack, a job done elsewhere) or effort (a struggle, a workaround).

Both are found by turns of phrase; needs also by nearness of meaning to a few sentences of the kind. The weights were
set by hand on sentences written for it, and people's decisions correct them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from dashboard.coding.cues import Cues, compile_cues, find
from dashboard.coding.features import Floats, Passages
from dashboard.coding.meaning import Sentences
from dashboard.study import NEGATIVE_AT

WISHES = (
    "i wish", "we wish", "just wish", "if only", "would be great if", "would be nice if", "would be good if",
    "would be helpful if", "would be useful if", "would be better if", "would be easier if", "would be great to",
    "would be nice to", "would be good to", "would be helpful to", "would be useful to", "would be better to",
    "would have been nice", "would have been helpful", "would have helped", "would've been nice", "would love to",
    "would love a", "would love if", "i'd love", "we'd love", "i would like to be able", "i'd like to be able",
    "we'd like to be able", "would like to see", "i'd like to see", "like to be able to", "what i really want",
    "what we really need", "what i need is", "what we need is", "what's missing", "what is missing",
    "the only thing missing", "please add", "please allow", "please make it", "why can't i", "why can't we",
    "why can't you", "why isn't there", "why is there no", "should be able to", "should be possible to",
    "should let us", "should let me", "needs to have", "needs a", "could you add", "you should add", "they should add",
    "hoping for", "i miss the", "wäre schön wenn", "wäre gut wenn", "ich wünschte", "ich wünsche mir", "ce serait bien",
    "j'aimerais pouvoir", "ojalá", "me gustaría poder", "estaría bien",
)  # fmt: skip
MISSING = (
    "no way to", "no way of", "there's no option", "there is no option", "no option to", "not possible to",
    "isn't possible to", "it doesn't let", "won't let me", "won't let us", "doesn't let me", "doesn't let us",
    "doesn't allow", "does not allow", "doesn't support", "does not support", "lack of", "lacks", "lacking",
    "missing feature", "never been able to", "es fehlt", "es gibt keine", "il manque",
)  # fmt: skip
HINDERED = (
    "there isn't a", "there is not a", "there isn't any", "can't even", "is missing", "are missing", "not available",
    "you can't", "we can't", "i can't", "unable to", "not able to", "falta",
)  # fmt: skip
ELSEWHERE = (
    "end up *ing", "ended up *ing", "ends up *ing", "export* to excel", "export* it to", "export* everything",
    "in excel", "in a spreadsheet", "own spreadsheet", "spreadsheet*", "copy and paste", "copy paste", "copy it into",
    "by hand", "manually", "workaround*", "work around", "work it around", "instead we use", "we use * instead",
    "i use * instead", "so i just use", "so we just use", "another tool", "a different tool", "separate tool",
    "keep a list", "keep my own", "keep our own", "on paper", "sticky note*", "write it down", "wrote it down",
    "write it all down", "take* screenshot*", "i have to * every", "we have to * every", "had to build our own",
    "built our own", "umweg", "von hand", "händisch", "à la main", "a mano",
)  # fmt: skip
EFFORT = (
    "struggl*", "confus*", "frustrat*", "difficult", "complicated", "cumbersome", "tedious", "clunky", "painful",
    "a pain", "a nightmare", "a hassle", "hassle", "hard to", "so hard", "too hard", "took forever", "takes forever",
    "took ages", "takes ages", "took hours", "takes hours", "took days", "takes days", "took weeks", "took me * hours",
    "took us * weeks", "took me a while", "took a while", "takes too long", "took too long", "hours of",
    "time consuming", "gave up", "give up", "giving up", "got stuck", "get stuck", "stuck on", "got lost",
    "couldn't find", "could not find", "can't find", "couldn't figure", "can't figure", "couldn't work out",
    "had no idea how", "don't know how to", "didn't know how to", "didn't know where", "had to call", "had to ring",
    "had to phone", "had to email", "had to ask", "had to chase", "had to wait", "had to redo", "had to start again",
    "had to start over", "start all over", "have to keep", "had to keep", "kept having to", "keep having to",
    "kept *ing", "over and over", "again and again", "back and forth", "every single time", "several times",
    "three times", "multiple times", "more than once", "twice before", "chasing", "jump through", "too many steps",
    "too many clicks", "didn't work", "doesn't work", "not working", "doesn't sync", "broken", "kompliziert",
    "umständlich", "mühsam", "schwierig", "compliqué", "difícil", "complicado", "difficile",
)  # fmt: skip
_KINDS = (WISHES, MISSING, ELSEWHERE, HINDERED, EFFORT)
_EFFORT_KIND = 4

_SENTENCES = (
    "I wish it could do this for me.",
    "It would be great if there were an option for that.",
    "What is missing is a way to see everything in one place.",
    "There is no way to change it afterwards.",
    "We end up exporting it all and doing the rest in a spreadsheet.",
    "I have to do this by hand every week because the product cannot.",
    "We use another tool for that part, because here it is not possible.",
    "I would like to be able to share it with my colleagues.",
    "Please add support for this.",
    "I need something that reminds me.",
)
_OTHER = (
    "It works well and I am happy with it.",
    "The staff were friendly and helpful.",
    "I am the head of a small team.",
    "We have been a customer for three years.",
    "It was too expensive for us.",
    "How can I do that?",
    "The first thing I did was to look around.",
    "It was slow and it broke down twice.",
)

_CONSTANT, _NEAR = -3.2, 6.0
_WORTH = np.array([4.0, 2.8, 2.2, 1.4])  # of a wish, a lack, a job done elsewhere, a hindrance, in log-odds
NEED_AT = 0.5
"""Confidence at which a passage counts as a need."""


@dataclass(frozen=True)
class Needs:
    """log_odds (n,): of a need, before people's decisions; reason: in words; effort (n,): effort or a workaround."""

    log_odds: Floats
    reason: list[str]
    effort: npt.NDArray[np.bool_]


def needs(passages: Passages, sentiment: Floats, model: Sentences) -> Needs:
    """Needs and effort of the passages; sentiment, (n,), tells “hard to beat” from “hard to find”."""
    count = len(passages)
    cues = _cues()
    said: list[dict[int, str]] = [{} for _ in range(count)]
    for hit in find(passages.tokens, cues):
        kind = cues.owners[hit.cue]
        # A wish or a lack often has a negation before it; effort that is denied (“not difficult”) is none.
        if not (hit.negated and kind == _EFFORT_KIND):
            said[hit.text].setdefault(kind, cues.texts[hit.cue])
    near = _near(passages.vectors, model)
    found = np.zeros((count, len(_KINDS)), dtype=bool)
    for row, kinds in enumerate(said):
        found[row, list(kinds)] = True
    log_odds = _CONSTANT + found[:, :_EFFORT_KIND] @ _WORTH + _NEAR * np.clip(near, -0.2, 0.4)
    # Effort needs a sign of it and no plain praise; a job done elsewhere is effort by itself.
    effort = found[:, 2] | (found[:, _EFFORT_KIND] & (sentiment < -NEGATIVE_AT))
    reasons = [_reason(kinds, bool(close > 0)) for kinds, close in zip(said, near, strict=True)]
    return Needs(log_odds, reasons, effort)


def _reason(kinds: dict[int, str], close: bool) -> str:
    for kind, word in ((0, "a wish"), (2, "done another way"), (1, "something missing"), (3, "something missing")):
        if kind in kinds:
            return f"{word}: “{kinds[kind]}”"
    return "close to what needs sound like" if close else ""


def _near(vectors: Floats, model: Sentences) -> Floats:
    """How much nearer each passage is to sentences that state a need than to others, cosine."""
    if not len(vectors):
        return np.zeros(0)
    own = model.embed_kept([*_SENTENCES, *_OTHER]).astype(float)
    likeness = vectors @ own.T
    return np.asarray(likeness[:, : len(_SENTENCES)].max(axis=1) - likeness[:, len(_SENTENCES) :].max(axis=1))


@cache
def _cues() -> Cues:
    return compile_cues(_KINDS)
