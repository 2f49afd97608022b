"""Themes or stages → what is learned for them from codebook, examples and corpus, and the score of passages.

1. The codebook's score: cues found and meaning, standardised per theme over the corpus, then centred per passage over
   the themes; a logistic calibrator makes it log-odds.
2. A head (``head.py``) corrects it by the examples that people decided.
3. What steps 1 and 2 say of the whole corpus is smoothed: a ridge regression on sentence vectors and word weights as in
   naive Bayes are fitted to it, so that passages alike are judged alike, cue or not.
4. A second calibrator blends 2 and 3, and a curve bends its log-odds to how often such suggestions are right.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy import sparse

from dashboard.coding.cues import Cues, Hit, compile_cues, find, tokens
from dashboard.coding.features import BUCKETS, Floats, Passages, inverse_frequency, one_thread, weighted
from dashboard.coding.head import ANCHOR, Head, fit_head
from dashboard.coding.meaning import Sentences
from dashboard.coding.smoothing import ridge, standardising, word_weights

CUE = 2.0
"""A cue is worth this many standard deviations of meaning."""
NEGATED = 0.5
"""What is left of a cue after a negation, or of the question's own words in a denial."""
QUESTION = 0.8
"""Weight of the question beside the answer, for answers of up to 30 words; less for longer ones."""
_QUESTION_WORDS = 30
_OTHERS = 2  # pseudo-themes at zero when a passage is centred, so that a codebook of one theme keeps its score
_FEW = 10  # pseudo-passages with the usual similarity, so that a corpus of a few passages is standardised sensibly
_USUAL = ((0.12, 0.10), (0.0, 0.12))  # mean and deviation of similarity, raw and centred, over measured corpora
_ENOUGH = 150  # passages of a corpus at which smoothing is trusted by half
_ANCHORS = 100
KNOTS = (-2.94, -1.5, -0.5, 1.0)  # log-odds where the last curve may bend; the first is a confidence of 0.05
_LIMIT = 12.0  # log-odds beyond this mean nothing


@dataclass(frozen=True)
class Thing:
    """A theme, a stage: a name, what it means, the cues that point at it."""

    name: str
    definition: str = ""
    cues: tuple[str, ...] = ()


@dataclass(frozen=True)
class Calibrator:
    """Weights of a logistic model: feature → weight, and ``constant``."""

    weights: Mapping[str, float]

    def log_odds(self, features: Mapping[str, Floats]) -> Floats:
        """The log-odds, in the shape of the features."""
        found = sum((self.weights.get(name, 0.0) * value for name, value in features.items()), np.float64(0))
        return np.asarray(np.clip(found + self.weights.get("constant", 0.0), -_LIMIT, _LIMIT))


@dataclass(frozen=True)
class Learned:
    """What is learned for a list of things; every array has one column, or entry, a thing."""

    things: tuple[Thing, ...]
    cues: Cues
    rarity: Floats  # of each cue: −log of its share of passages
    vectors: Floats  # (things, width)
    middle: Floats  # (width,): mean vector of the corpus
    similar: tuple[Floats, Floats, Floats, Floats]  # mean and deviation of similarity, raw and centred
    share: Floats  # log-odds of the share of passages with a cue
    questions: Mapping[str, Floats]  # question → how far it asks for each thing
    asked: Floats  # the mean of that over the corpus
    grams: Floats  # (BUCKETS,): weight of each gram
    standard: tuple[Floats, Floats]  # mean and deviation of the codebook's log-odds
    head: Head
    smooth: tuple[Floats, Floats, Floats]  # weights (width, things), mean and deviation of what they give
    words: tuple[Floats, Floats, Floats]  # weights (BUCKETS, things), mean and deviation of what they give
    trust: float  # 0 … 1: how far the corpus is large enough to smooth over
    taught: Floats  # 0 … 1: how many confirmed examples there are


@dataclass(frozen=True)
class Scored:
    """Passages scored: log_odds is the blend, the others are what its reason is found in."""

    log_odds: Floats
    codebook: Floats
    meaning: Floats
    hits: list[Hit]
    question: Floats


@cache
def calibrators() -> dict[str, Calibrator]:
    """The calibrators that come with this version, by name."""
    read = json.loads((Path(__file__).parent / "model" / "calibrators.json").read_text(encoding="utf-8"))
    return {name: Calibrator(weights) for name, weights in read.items() if isinstance(weights, dict)}


def codebook_features(passages: Passages, learned: Learned, model: Sentences) -> tuple[dict[str, Floats], Scored]:
    """Features of the first calibrator, each (n, things), and what they were found in."""
    count, things = len(passages), len(learned.things)
    strength, rarity = np.zeros((count, things)), np.zeros((count, things))
    hits = passages.hits(learned.cues)
    own_words = _own_words(passages, learned)
    for text, cue, is_negated in hits:
        owner = learned.cues.owners[cue]
        worth = NEGATED if is_negated or (text, cue) in own_words else 1.0
        if worth > strength[text, owner]:
            strength[text, owner] = worth
        rarity[text, owner] = max(rarity[text, owner], worth * learned.rarity[cue])
    meaning = _meaning(passages.vectors, learned)
    question = _question(passages, learned, model)
    combined = _centred(meaning + CUE * strength) + question
    features = {
        "combined": combined,
        "beyond": np.maximum(combined - 2.0, 0.0),
        "rarity": rarity,
        "share": np.broadcast_to(learned.share, combined.shape),
    }
    return features, Scored(combined, combined, meaning, hits, question)


def blend_features(
    passages: Passages, learned: Learned, model: Sentences, *, codebook: Calibrator
) -> tuple[dict[str, Floats], Scored]:
    """Features of the second calibrator, each (n, things), and what they were found in."""
    of_codebook, found = codebook_features(passages, learned, model)
    start = codebook.log_odds(of_codebook)
    words = weighted(passages.grams, learned.grams)
    centred = passages.vectors - learned.middle
    corrected = _corrected(start, learned, centred, words)
    smooth = (centred @ learned.smooth[0] - learned.smooth[1]) / learned.smooth[2]
    worded = (words @ learned.words[0] - learned.words[1]) / learned.words[2]
    level, deviation = learned.standard
    standard = (corrected - level) / deviation
    blended = standard + learned.trust * (smooth + 0.5 * worded)
    features = {
        "blended": blended,
        "untrusted": standard * (1 - learned.trust),
        "level": np.broadcast_to(level, standard.shape),
        "blended taught": blended * learned.taught,
        "taught": np.broadcast_to(learned.taught, standard.shape),
    }
    return features, Scored(corrected, start, found.meaning, found.hits, found.question)


def curve_features(log_odds: Floats) -> dict[str, Floats]:
    """How far log-odds reach into each stretch between the knots of the curve, in the shape of the log-odds.

    >>> {name: float(value) for name, value in curve_features(np.array(-1.0)).items()}
    {'below': 0.0, 'first': 1.44, 'second': 0.5, 'third': 0.0, 'above': 0.0}
    """
    inner = {
        name: np.clip(log_odds - low, 0.0, high - low)
        for name, low, high in zip(("first", "second", "third"), KNOTS, KNOTS[1:], strict=False)
    }
    return {"below": np.minimum(log_odds - KNOTS[0], 0.0), **inner, "above": np.maximum(log_odds - KNOTS[-1], 0.0)}


def score(passages: Passages, learned: Learned, model: Sentences) -> Scored:
    """The log-odds of every thing for every passage, (n, things), row by row the same whatever the batch."""
    if not learned.things or not len(passages):
        none = np.zeros((len(passages), len(learned.things)))
        return Scored(none, none, none, [], none)
    by_name = calibrators()
    with one_thread():
        features, found = blend_features(passages, learned, model, codebook=by_name["codebook"])
    log_odds = by_name["curve"].log_odds(curve_features(by_name["blend"].log_odds(features)))
    return Scored(log_odds, found.codebook, found.meaning, found.hits, found.question)


def learn(
    things: Sequence[Thing],
    corpus: Passages,
    examples: Passages,
    labels: npt.NDArray[np.int8],
    model: Sentences,
    *,
    codebook: Calibrator | None = None,
) -> Learned:
    """What is learned for the things: corpus holds the passages that can be coded, labels is (examples, things).

    labels: 1 confirmed, 0 rejected, −1 not decided. codebook: another first calibrator than the one shipped.
    """
    with one_thread():
        return _learn(things, corpus, examples, labels, model, codebook=codebook or calibrators()["codebook"])


def _learn(
    things: Sequence[Thing],
    corpus: Passages,
    examples: Passages,
    labels: npt.NDArray[np.int8],
    model: Sentences,
    *,
    codebook: Calibrator,
) -> Learned:
    learned = _before_examples(things, corpus, model)
    if not things:
        return learned
    start = codebook.log_odds(codebook_features(corpus, learned, model)[0])
    mean, deviation = standardising(start, usual=(-2.5, 1.5))
    learned = replace(learned, standard=(mean, deviation))
    grams = weighted(corpus.grams, learned.grams)
    centred = corpus.vectors - learned.middle
    example_start = codebook.log_odds(codebook_features(examples, learned, model)[0])
    example_grams = weighted(examples.grams, learned.grams)
    example_centred = examples.vectors - learned.middle
    if len(examples):
        anchors = np.unique(np.linspace(0, len(corpus) - 1, min(_ANCHORS, len(corpus))).astype(np.int64))
        every = np.concatenate([example_start, start[anchors]])
        head = fit_head(
            every,
            (every - mean) / deviation,
            np.concatenate([example_centred, centred[anchors]]),
            sparse.csr_matrix(sparse.vstack([example_grams, grams[anchors]])),
            np.concatenate([labels, np.full((len(anchors), len(things)), ANCHOR, dtype=np.int8)]),
        )
        learned = replace(learned, head=head, taught=_taught(labels))
    # A theme whose every example was rejected is smoothed as if it had none: it may fall, never rise.
    believed = np.where(learned.head.only_lowers, start, _corrected(start, learned, centred, grams))
    used = np.where(learned.head.only_lowers, np.int8(-1), labels)
    target = 1 / (1 + np.exp(-1.5 * (believed - 1.5)))
    smooth = ridge(centred, target, example_centred, used)
    words = word_weights(grams, target, example_grams, used)
    return replace(
        learned,
        smooth=(smooth, *standardising(centred @ smooth, usual=(0.0, 0.05))),
        words=(words, *standardising(np.asarray(grams @ words), usual=(-1.0, 1.0))),
    )


def _before_examples(things: Sequence[Thing], corpus: Passages, model: Sentences) -> Learned:
    """What codebook and corpus say."""
    count, width = len(things), model.width
    cues = compile_cues([thing.cues for thing in things])
    vectors = _vectors_of(things, model)
    middle = corpus.vectors.sum(axis=0) / (len(corpus) + _FEW) if len(corpus) else np.zeros(width)
    raw, apart = _similarities(corpus.vectors, vectors, middle)
    found = corpus.hits(cues)
    cue_of_hit = np.array([hit.cue for hit in found], dtype=np.int64)
    cue_count = np.bincount(cue_of_hit, minlength=len(cues.texts)).astype(float)
    pairs = {(hit.text, cues.owners[hit.cue]) for hit in found}
    owner_of_pair = np.array([owner for _, owner in pairs], dtype=np.int64)
    with_cue = np.bincount(owner_of_pair, minlength=count).astype(float)
    share = (with_cue + 1.0) / (len(corpus) + 15.0)
    none = np.zeros(count)
    learned = Learned(
        things=tuple(things),
        cues=cues,
        rarity=-np.log((cue_count + 1.0) / (len(corpus) + 50.0)),
        vectors=vectors,
        middle=middle,
        similar=(*standardising(raw, usual=_USUAL[0]), *standardising(apart, usual=_USUAL[1])),
        share=np.log(share / (1 - share)),
        asked=none,
        questions={},
        grams=inverse_frequency(corpus.grams),
        standard=(none, none + 1),
        head=Head(none, np.zeros((width, count)), np.zeros((BUCKETS, count)), none, np.zeros(count, dtype=bool)),
        smooth=(np.zeros((width, count)), none, none + 1),
        words=(np.zeros((BUCKETS, count)), none, none + 1),
        trust=len(corpus) / (len(corpus) + _ENOUGH),
        taught=none,
    )
    if not count or not len(corpus):
        return learned
    of_question = _of_questions(corpus.questions, learned, model)
    learned = replace(learned, questions=dict(zip(corpus.questions, of_question, strict=True)))
    return replace(learned, asked=of_question[corpus.asked].mean(axis=0))


def _vectors_of(things: Sequence[Thing], model: Sentences) -> Floats:
    """One vector a thing: of its name, of its name with its definition, and of its cues."""
    if not things:
        return np.zeros((0, model.width))
    texts = []
    for thing in things:
        cues = ", ".join(cue.replace("*", "") for cue in thing.cues)
        texts += [thing.name, f"{thing.name}: {thing.definition}".rstrip(": "), cues or thing.name]
    return _unit(model.embed_kept(texts).astype(float).reshape(len(things), 3, -1).sum(axis=1))


def _unit(vectors: Floats) -> Floats:
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9))


def _similarities(vectors: Floats, things: Floats, middle: Floats) -> tuple[Floats, Floats]:
    """Cosines as they are, and with the corpus' mean vector taken away from both."""
    return vectors @ things.T, _unit(vectors - middle) @ _unit(things - middle).T


def _meaning(vectors: Floats, learned: Learned) -> Floats:
    raw, apart = _similarities(vectors, learned.vectors, learned.middle)
    mean, deviation, mean_apart, deviation_apart = learned.similar
    return 0.5 * ((raw - mean) / deviation + (apart - mean_apart) / deviation_apart)


def _centred(values: Floats) -> Floats:
    """Each row without its mean over the things."""
    return np.asarray(values - values.sum(axis=1, keepdims=True) / (values.shape[1] + _OTHERS))


def _of_questions(questions: Sequence[str], learned: Learned, model: Sentences) -> Floats:
    """How far each question asks for each thing, (questions, things), 0 or more; 0 for an unknown question."""
    known = [text for text in questions if text.strip()]
    found = np.zeros((len(questions), len(learned.things)))
    if not known:
        return found
    strength = np.zeros((len(known), len(learned.things)))
    for hit in find([tokens(text) for text in known], learned.cues):
        strength[hit.text, learned.cues.owners[hit.cue]] = 1.0
    meaning = _meaning(model.embed_kept(known).astype(float), learned)
    of_known = np.clip(_centred(meaning + CUE * strength), 0.0, 4.0)
    where = {text: position for position, text in enumerate(known)}
    for position, text in enumerate(questions):
        if text in where:
            found[position] = of_known[where[text]]
    return found


def _question(passages: Passages, learned: Learned, model: Sentences) -> Floats:
    """What the question adds to each thing, (n, things): nothing where all answer one question or deny it."""
    missing = [text for text in passages.questions if text not in learned.questions]
    extra = dict(zip(missing, _of_questions(missing, learned, model), strict=True))
    each = np.array([learned.questions.get(text, extra.get(text)) for text in passages.questions], dtype=float)
    if not len(passages):
        return np.zeros((0, len(learned.things)))
    weight = QUESTION * np.minimum(1.0, _QUESTION_WORDS / np.maximum(passages.words, 1.0))
    weight = np.where(passages.denial, 0.0, weight)
    apart = each.reshape(len(passages.questions), -1) - learned.asked
    return np.asarray(apart[passages.asked] * weight[:, None])


def _own_words(passages: Passages, learned: Learned) -> set[tuple[int, int]]:
    """(passage, cue) where the cue stands in the question and the answer denies it: the question's word, not theirs."""
    denied = np.flatnonzero(passages.denial)
    if not len(denied):
        return set()
    asked = sorted({int(passages.asked[row]) for row in denied})
    in_question: dict[int, list[int]] = {}
    for hit in find([tokens(passages.questions[number]) for number in asked], learned.cues):
        in_question.setdefault(asked[hit.text], []).append(hit.cue)
    return {(int(row), cue) for row in denied for cue in in_question.get(int(passages.asked[row]), ())}


def _corrected(start: Floats, learned: Learned, centred: Floats, words: sparse.csr_matrix) -> Floats:
    mean, deviation = learned.standard
    return np.clip(learned.head.apply(start, (start - mean) / deviation, centred, words), -_LIMIT, _LIMIT)


def _taught(labels: npt.NDArray[np.int8]) -> Floats:
    confirmed = (labels == 1).sum(axis=0).astype(float)
    return np.asarray(confirmed / (confirmed + 10.0))
