"""Passages that state an unmet need (a wish, a lack, a job done elsewhere) or effort (a struggle, a workaround).

Both are found by turns of phrase; needs also by meaning: a small model on the sentence vectors. Its weights were fitted
(``benchmarks/fit_needs.py``), and those of the turns of phrase set by hand, on passages written for it
(``benchmarks/needs.py`` measures on others); people's decisions correct them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from dashboard.coding.cues import Cues, compile_cues, find, tokens
from dashboard.coding.features import Floats, Passages, one_thread
from dashboard.coding.meaning import Sentences
from dashboard.coding.weights import stored
from dashboard.study import NEGATIVE_AT

WISHES = (
    "wish i could", "wish we could", "wish you could", "wish they", "wish it", "wish there", "wish the", "wish that",
    "wish someone", "wish you would", "wish my app", "just wish", "if only i", "if only we", "if only it",
    "if only they",
    "if only there", "if only you", "if only the", "one wish", "ideally", "in an ideal world", "in a perfect world",
    "would be great if", "would be nice if", "would be good if", "would be helpful if", "would be useful if",
    "would be better if", "would be easier if", "would be handy", "would be ideal", "would be brilliant",
    "would be amazing if", "would be perfect if", "would be lovely if", "would be great to", "would be nice to",
    "would be good to", "would be helpful to", "would be useful to", "would be better to", "would be great to have",
    "it'd be great", "it'd be nice", "it'd be good", "it'd be handy", "it'd be useful", "it'd be helpful",
    "would have been nice", "would have been helpful", "would have helped", "would've been nice", "would've helped",
    "would have liked to", "would help if", "what would help", "would love to see", "would love to have",
    "would love to be able", "would love a", "would love an", "would love it if", "would love if", "i'd love a",
    "i'd love an", "i'd love it if", "i'd love to be able", "i'd love to see", "we'd love a", "we'd love to be able",
    "we'd love to see", "would like to be able", "i'd like to be able", "we'd like to be able", "would like to see",
    "i'd like to see", "we'd like to see", "want to be able", "like to be able to", "what i really want",
    "what we really want", "what we really need", "what i really need", "what i need is", "what we need is",
    "what i want is", "could do with", "could really use", "would pay extra", "i'd pay extra", "i'd pay for",
    "would save me", "would save us", "would make my", "would make our", "would make it easier",
    "would make it so much",
    "wouldn't mind a", "wouldn't mind an", "all i'm asking", "all i ask", "keep hoping", "hoping they will",
    "hoping you will", "hoping there will", "maybe one day", "what's missing", "what is missing",
    "the only thing missing", "please add", "please allow", "please make it", "please let", "why can't i",
    "why can't we",
    "why can't you", "why can't it", "why isn't there", "why is there no", "should be able to", "should be possible to",
    "should be a way", "should be an option", "there should be", "there ought to be", "ought to let", "should let us",
    "should let me", "should let you", "should allow", "needs to have", "really needs a", "it needs a", "app needs",
    "could you add", "could they add", "you should add", "they should add", "should offer", "ought to offer",
    "asked for * for years", "have been asking for", "we've been asking for", "i've been asking for",
    "i miss the option",
    "feature request", "wäre schön wenn", "wäre gut wenn", "wäre toll wenn", "wäre schön , wenn", "wäre gut , wenn",
    "wäre toll , wenn", "wäre hilfreich", "ich wünschte", "ich wünsche mir", "wünschenswert", "ich hätte gern",
    "ich hätte gerne", "hätte gerne eine", "ce serait bien", "ce serait pratique", "j'aimerais pouvoir",
    "j'aimerais bien", "il faudrait", "ojalá", "me gustaría poder", "estaría bien", "sería útil", "sería bueno",
)  # fmt: skip
MISSING = (
    "no way to", "no way of", "there's no option to", "there is no option to", "there's no option for", "no option to",
    "no means of", "no place to", "no place for", "nowhere to", "not possible to", "isn't possible to",
    "isn't capable of", "not capable of", "it doesn't let", "won't let me", "won't let us", "won't let you",
    "doesn't let me", "doesn't let us", "doesn't let you", "doesn't allow", "does not allow me", "does not allow you",
    "won't accept", "doesn't accept", "doesn't support", "does not support", "doesn't offer", "don't offer",
    "doesn't talk to", "don't talk to each", "can't be made", "can't be filtered", "can't be changed",
    "cannot be changed", "can't be sorted", "can't be exported", "only lets you", "only lets me", "only takes",
    "only accepts", "only works with", "has no idea about", "knows nothing about", "says nothing about",
    "nothing in there for", "nothing for people", "there's nothing for", "there is nothing for", "doesn't work without",
    "simply isn't there", "just isn't there", "it isn't there", "isn't an option", "has got no", "biggest gap",
    "fall through the cracks", "lack of a", "lack of an", "lacks", "lacking a", "missing feature", "never been able to",
    "es fehlt", "es gibt keine", "kann man nicht", "lässt sich nicht", "il manque", "aucun moyen", "impossible de",
    "no hay opción", "no hay forma", "no se puede",
)  # fmt: skip
HINDERED = (
    "there isn't a", "there is not a", "there isn't any", "can't even", "is missing", "are missing", "not available",
    "you can't", "you cannot", "we can't", "we cannot", "i can't", "unable to", "not able to", "none of the",
    "not a single", "man kann", "falta",
)  # fmt: skip
ELSEWHERE = (
    "end up *ing", "ended up copying", "ended up typing", "ended up using", "ended up buying", "ended up building",
    "ended up doing", "ends up *ing", "export* to excel", "export* it to", "export* everything", "in excel",
    "in google sheets", "google sheet*", "in a spreadsheet", "own spreadsheet", "our own sheet", "my own sheet",
    "into a spreadsheet", "on a spreadsheet", "copy and paste", "copy paste", "copy it into", "copied over",
    "copies it over", "copy it over", "copy everything", "copy the", "paste it into", "paste them into", "paste the",
    "retype*", "re type*", "re enter*", "reenter*", "type it all", "types it all", "typed it all", "type it in again",
    "key it in again", "enter it twice", "enter everything twice", "by hand", "manually", "workaround*", "work around",
    "work it around", "way round it", "way around it", "my trick", "our trick", "the trick is",
    "we trick it", "instead we use", "we use * instead", "i use * instead", "so i just use",
    "so we just use", "so we just", "so i just", "another tool", "a different tool", "separate tool", "another app",
    "a different app", "another program", "a separate app", "another site", "own chat group", "whatsapp", "google maps",
    "in outlook", "in notion", "in powerpoint", "in trello", "in word", "usb stick", "keep a list", "keep my own",
    "keep our own", "keep a second", "keep a separate", "keep mine in", "my own list", "our own list", "on paper",
    "paper diary", "paper list", "paper chart", "in a notebook", "in my notebook", "on a whiteboard",
    "on the whiteboard",
    "sticky note*", "post it", "back of an envelope", "shoebox", "write it down", "write them down", "wrote it down",
    "write it all down", "take* screenshot*", "picture of the screen", "photo of the screen", "calculator",
    "i have to * every", "we have to * every", "had to build our own", "built our own", "built a little",
    "private mail", "private email", "rather than file", "skip the form", "two windows", "umweg", "von hand",
    "händisch", "auf papier", "à la main", "dans un cahier", "un tableau à nous", "a mano", "en una libreta",
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

WEIGHTS = "needs.npz"
# A stranger's passages state a need far less often than every other time, as those do that the model was fitted on.
_CONSTANT, _MEANING = -1.5, 1.2
_WORTH = np.array([3.4, 2.6, 2.4, 1.2])  # of a wish, a lack, a job done elsewhere, a hindrance, in log-odds
_CLOSE = 0.5  # log-odds by meaning alone that a reason may name
_DENIABLE = frozenset({"is missing", "are missing", "lacks", "what's missing", "what is missing", "falta", "manually"})
NEED_AT = 0.5
"""Confidence at which a passage counts as a need."""


@dataclass(frozen=True)
class Needs:
    """log_odds (n,): of a need, before people's decisions; reason: in words; effort (n,): effort or a workaround."""

    log_odds: Floats
    reason: list[str]
    effort: npt.NDArray[np.bool_]


def needs(passages: Passages, sentiment: Floats, model: Sentences) -> Needs:
    """Needs and effort of the passages; sentiment, (n,), tells “hard to beat” from “hard to find”.

    model: what the passages' vectors were made with; the weights on meaning hold for its width alone.
    """
    count = len(passages)
    cues = _cues()
    said: list[dict[int, str]] = [{} for _ in range(count)]
    for hit in find(passages.tokens, cues):
        kind = cues.owners[hit.cue]
        # A wish or a lack often has a negation before it; effort that is denied (“not difficult”) is none, nor is a
        # lack (“nothing is missing”).
        if not (hit.negated and (kind == _EFFORT_KIND or cues.texts[hit.cue] in _DENIABLE)):
            said[hit.text].setdefault(kind, cues.texts[hit.cue])
    close = _by_meaning(passages.vectors, model)
    found = np.zeros((count, len(_KINDS)), dtype=bool)
    for row, kinds in enumerate(said):
        found[row, list(kinds)] = True
    log_odds = _CONSTANT + found[:, :_EFFORT_KIND] @ _WORTH + _MEANING * close
    # Effort needs a sign of it and no plain praise; a job done elsewhere is effort by itself.
    effort = found[:, 2] | (found[:, _EFFORT_KIND] & (sentiment < -NEGATIVE_AT))
    reasons = [_reason(kinds, bool(by_meaning > _CLOSE)) for kinds, by_meaning in zip(said, close, strict=True)]
    return Needs(log_odds, reasons, effort)


def today(texts: Sequence[str]) -> npt.NDArray[np.bool_]:
    """Which of these texts, (n,), tell how a thing is done for want of a better way: by hand, around, or elsewhere.

    >>> today(["We copy it into a spreadsheet by hand.", "I wish it were quicker."]).tolist()
    [True, False]
    """
    found = np.zeros(len(texts), dtype=bool)
    cues = _ways()
    for hit in find([tokens(text) for text in texts], cues):
        found[hit.text] |= not hit.negated
    return found


def _reason(kinds: dict[int, str], close: bool) -> str:
    for kind, word in ((0, "a wish"), (2, "done another way"), (1, "something missing"), (3, "something missing")):
        if kind in kinds:
            return f"{word}: “{kinds[kind]}”"
    return "close to what needs sound like" if close else ""


def _by_meaning(vectors: Floats, model: Sentences) -> Floats:
    """Log-odds of a need by the meaning of each passage, (n,); 0 where the vectors are of another model."""
    weights = stored(WEIGHTS)
    if not len(vectors) or model.width != len(weights["vector"]):
        return np.zeros(len(vectors))
    with one_thread():
        return np.asarray(vectors @ weights["vector"] + weights["constant"])


@cache
def _ways() -> Cues:
    return compile_cues([ELSEWHERE])


@cache
def _cues() -> Cues:
    return compile_cues(_KINDS)
