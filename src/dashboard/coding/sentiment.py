"""Passages → sentiment, −1 … +1: the mean of two small models, one on meaning and one on words, both beside a lexicon.

The lexicon and its rules for negation, degree and “but” are VADER's (Hutto and Gilbert 2014, “VADER: A Parsimonious
Rule-based Model for Sentiment Analysis of Social Media Text”). The models' weights were fitted on openly licensed sets;
``model/README.md`` names them.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np

from dashboard.coding.cues import Cues, compile_cues, find, tokens
from dashboard.coding.features import Floats, Passages, one_thread, weighted
from dashboard.coding.weights import stored
from dashboard.errors import ConfigurationError

WEIGHTS = "sentiment.npz"
LEXICON_FEATURES = 4

_NEGATED, _DEGREE, _FADING = -0.74, 0.293, (1.0, 0.95, 0.9)
_BEFORE_BUT, _AFTER_BUT = 0.5, 1.5
_FAULT_LEAN, _PRAISE_LEAN = -0.35, 0.25
_FAULTS = (
    "do better", "be better", "improve*", "dislike*", "don't like", "like least", "liked least", "frustrat*",
    "annoy*", "difficult*", "struggle*", "problem*", "complain*", "pain point*", "worst", "missing", "wrong",
    "go wrong", "went wrong", "disappoint*", "stop* you", "make you leave", "made you leave", "cancel*", "unhappy",
    "hardest", "challeng*", "verbessern", "besser machen", "améliorer", "mejorar", "migliorare", "beter",
)  # fmt: skip
_PRAISE = (
    "like most", "liked most", "like best", "liked best", "like about", "love about", "enjoy*", "favourite",
    "favorite", "do well", "done well", "works well", "work well", "went well", "going well", "best thing",
    "delight*", "gut gefallen",
)  # fmt: skip
_ALPHA = 15.0  # VADER's normalisation: sum / sqrt(sum² + 15)
_NOT_TEXT = """
    aint arent cannot cant couldnt didnt doesnt dont hadnt hasnt havent isnt neither never none nope nor not nothing
    nowhere shouldnt wasnt werent without wont wouldnt rarely seldom despite no
"""
_NOT = frozenset(_NOT_TEXT.split())
_MORE_TEXT = """
    absolutely amazingly awfully completely considerably decidedly deeply enormously entirely especially
    exceptionally extremely fabulously fully greatly highly hugely incredibly intensely majorly more most
    particularly purely quite really remarkably so substantially thoroughly totally tremendously unbelievably
    unusually utterly very
"""
_MORE = frozenset(_MORE_TEXT.split())
_LESS_TEXT = """
    almost barely hardly kinda less little marginally occasionally partly scarcely slightly somewhat sorta
"""
_LESS = frozenset(_LESS_TEXT.split())


def sentiment(passages: Passages) -> Floats:
    """Sentiment of each passage, (n,), rounded to four digits: chance of positive minus chance of negative.

    Where these say little, the question's own leaning is added.
    """
    if not len(passages):
        return np.zeros(0)
    model = stored(WEIGHTS)
    with one_thread():
        lexicon = lexicon_features(passages.tokens)
        words = weighted(passages.grams, model["frequency"])
        of_meaning = (
            passages.vectors @ model["vector"] + lexicon @ model["lexicon beside vector"] + model["constant of vector"]
        )
        of_words = words @ model["words"] + lexicon @ model["lexicon beside words"] + model["constant of words"]
        chance = 0.5 * _softmax(of_meaning) + 0.5 * _softmax(of_words)
    felt = chance[:, 2] - chance[:, 0]
    # Where the words say little, an answer to “What should we do better?” is a complaint, however politely put.
    lean = _lean(passages.questions)[passages.asked]
    return np.asarray(np.round(felt + lean * (1 - np.abs(felt)), 4))


def _lean(questions: Sequence[str]) -> Floats:
    """How far each question by itself asks for a fault (below 0) or for praise (above), (questions,)."""
    cues = _asking()
    found = np.zeros((len(questions), 2), dtype=bool)
    for hit in find([tokens(question) for question in questions], cues):
        found[hit.text, cues.owners[hit.cue]] = True
    return np.asarray(_PRAISE_LEAN * (found[:, 1] & ~found[:, 0]) + _FAULT_LEAN * (found[:, 0] & ~found[:, 1]))


def lexicon_features(texts: Sequence[Sequence[str]]) -> Floats:
    """What the lexicon says of each text (given as tokens), (n, 4): overall, its good and its bad words, “!”.

    >>> lexicon_features([["not", "good"], ["very", "good"]])[:, 0].round(2).tolist()
    [-0.34, 0.49]
    """
    valence_of = _lexicon()
    found = np.zeros((len(texts), LEXICON_FEATURES))
    for row, text in enumerate(texts):
        values: list[float] = []
        turn = -1
        for position, token in enumerate(text):
            if token == "but":
                turn = len(values)
            value = valence_of.get(token, 0.0)
            if value:
                values.append(_in_context(text, position, value))
        if not values:
            found[row, 3] = min(text.count("!"), 3) / 3
            continue
        if turn >= 0:
            values = [v * (_BEFORE_BUT if n < turn else _AFTER_BUT) for n, v in enumerate(values)]
        total = sum(values)
        found[row] = (
            total / np.sqrt(total * total + _ALPHA),
            _squashed(sum(v for v in values if v > 0)),
            _squashed(sum(v for v in values if v < 0)),
            min(text.count("!"), 3) / 3,
        )
    return found


def _in_context(text: Sequence[str], position: int, value: float) -> float:
    """The word's valence after words of degree and negation up to three words before it."""
    for distance in range(1, min(3, position) + 1):
        before = text[position - distance].replace("'", "")
        if before in _MORE or before in _LESS:
            degree = _DEGREE * _FADING[distance - 1] * (1 if before in _MORE else -1)
            value += degree if value > 0 else -degree
    if any(text[position - distance].replace("'", "") in _NOT for distance in range(1, min(3, position) + 1)):
        value *= _NEGATED
    return value


def _squashed(total: float) -> float:
    return float(total / np.sqrt(total * total + _ALPHA))


def _softmax(scores: Floats) -> Floats:
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True))


@cache
def _asking() -> Cues:
    return compile_cues([_FAULTS, _PRAISE])


@cache
def _lexicon() -> dict[str, float]:
    """Word → valence, −4 … +4."""
    spec = importlib.util.find_spec("vaderSentiment")
    if spec is None or not spec.submodule_search_locations:
        raise ConfigurationError("The sentiment lexicon is not installed; install the package vaderSentiment 3.3.2.")
    path = Path(spec.submodule_search_locations[0]) / "vader_lexicon.txt"
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as problem:
        raise ConfigurationError(f"{path} cannot be read; install the package vaderSentiment again.") from problem
    pairs = (line.split("\t")[:2] for line in lines if "\t" in line)
    return {word: float(valence) for word, valence in pairs}
