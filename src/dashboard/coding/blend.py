"""Study, decisions and corpus → a frozen Coder; passages and a Coder → suggestions with their confidence."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.coding.examples import Examples, examples_of
from dashboard.coding.features import Floats, Passages, one_thread, weighted
from dashboard.coding.head import Head, fit_head
from dashboard.coding.learning import Learned, Thing, calibrators, learn, score
from dashboard.coding.meaning import Sentences, Vectors, sentences
from dashboard.coding.needs import NEED_AT, needs
from dashboard.coding.read import Read, read
from dashboard.coding.reasons import Example, reasons
from dashboard.coding.sentiment import sentiment
from dashboard.coding.stages import place
from dashboard.study import GuideQuestion, Study

VERSION = 2
"""Raised whenever the same study, decisions and corpus would be coded differently; part of every coder's digest."""
LEAST_CONFIDENCE = 0.05
"""Suggestions below this are not kept."""
SUGGESTIONS = ("passage", "theme", "confidence", "reason")
PLACED = (
    "passage", "stage", "stage_confidence", "stage_reason", "sentiment", "effort",
    "need", "need_confidence", "need_reason",
)  # fmt: skip

_CORPUS = 20_000  # passages that are learned from; of a larger corpus every so-manieth is taken


@dataclass(frozen=True)
class Coder:
    """All that suggestions depend on: frozen, picklable, named by its digest."""

    digest: str
    themes: Learned
    stages: Learned
    parents: tuple[tuple[int, int], ...]  # (child, parent), children first
    guide: tuple[GuideQuestion, ...]
    need: Head | None
    theme_examples: tuple[tuple[Example, ...], ...]
    stage_examples: tuple[tuple[Example, ...], ...]


@dataclass(frozen=True)
class Codings:
    """What a coder says of a batch.

    suggestions: one row a (passage, theme) of confidence 0.05 or more; columns SUGGESTIONS.
    passages: one row a passage, in the batch's order; columns PLACED. An empty stage is no stage.
    """

    suggestions: pd.DataFrame
    passages: pd.DataFrame


def fit(study: Study, decisions: pd.DataFrame, corpus: pd.DataFrame, *, vectors: Vectors | None = None) -> Coder:
    """The coder of a study, learned from its codebook, what people decided, and all that was said.

    decisions: columns passage ("" where not attached), text, kind (theme, stage, sentiment, need), value, status.
    corpus: columns passage, text, question, codable. vectors: (rows of corpus, width), else they are computed here.
    The same input gives the same coder, with any number of threads.
    """
    model = sentences()
    corpus = corpus.reset_index(drop=True)
    if vectors is None:
        vectors = _embedded(corpus, model)
    used = np.flatnonzero(corpus["codable"].to_numpy(dtype=bool))
    if len(used) > _CORPUS:
        used = used[np.linspace(0, len(used) - 1, _CORPUS).astype(np.int64)]
    texts, questions = corpus["text"].tolist(), _questions(corpus)
    said = read(
        [texts[row] for row in used], vectors[used], questions=[questions[row] for row in used], model=model
    ).passages
    found = examples_of(study, decisions, corpus, vectors, model)
    themes = [Thing(theme.name, theme.definition, theme.cues) for theme in study.codebook]
    stages = [Thing(stage.name, stage.definition, stage.cues) for stage in study.journey]
    learned = learn(themes, said, found.passages, found.themes, model)
    return Coder(
        digest=_digest(study, decisions, corpus, model),
        themes=learned,
        stages=learn(stages, said, found.passages, found.stages, model),
        parents=_parents(study),
        guide=study.guide,
        need=_need_head(found, learned, model),
        theme_examples=_shown(found, found.themes),
        stage_examples=_shown(found, found.stages),
    )


def code(batch: pd.DataFrame, coder: Coder, *, vectors: Vectors | None = None) -> Codings:
    """What the coder says of each passage of the batch, row by row the same whatever the batch.

    batch: columns passage, text, question, codable. vectors: (rows of batch, width), else they are computed here.
    A passage that cannot be coded has no suggestion, no stage, no need, and sentiment 0.
    """
    model = sentences()
    batch = batch.reset_index(drop=True)
    if vectors is None:
        vectors = _embedded(batch, model)
    used = np.flatnonzero(batch["codable"].to_numpy(dtype=bool))
    texts, questions = batch["text"].tolist(), _questions(batch)
    said = read([texts[row] for row in used], vectors[used], questions=[questions[row] for row in used], model=model)
    names = batch["passage"].to_numpy(dtype=object)
    return Codings(_suggestions(names[used], said.passages, coder, model), _placed(names, used, said, coder, model))


def _suggestions(names: npt.NDArray[np.object_], said: Passages, coder: Coder, model: Sentences) -> pd.DataFrame:
    learned = coder.themes
    scored = score(said, learned, model)
    confidence = np.round(1 / (1 + np.exp(-scored.log_odds)), 4)
    own = confidence.copy()
    because: dict[tuple[int, int], int] = {}
    for child, parent in coder.parents:
        for row in np.flatnonzero(confidence[:, child] > confidence[:, parent]).tolist():
            because[row, parent] = child
        confidence[:, parent] = np.maximum(confidence[:, parent], confidence[:, child])
    rows, themes = np.nonzero(confidence >= LEAST_CONFIDENCE)
    why = reasons(rows, themes, said, learned, scored, coder.theme_examples)
    for number, place_of in enumerate(zip(rows.tolist(), themes.tolist(), strict=True)):
        if place_of in because and confidence[place_of] > own[place_of]:
            why[number] = f"as part of {learned.things[because[place_of]].name}"
    titles = np.array([thing.name for thing in learned.things], dtype=object)
    return pd.DataFrame(
        {
            "passage": names[rows],
            "theme": titles[themes] if len(titles) else np.zeros(0, dtype=object),
            "confidence": confidence[rows, themes],
            "reason": np.array(why, dtype=object),
        },
        columns=list(SUGGESTIONS),
    ).astype({"passage": object, "theme": object, "reason": object})


def _placed(
    names: npt.NDArray[np.object_], used: npt.NDArray[np.int64], batch: Read, coder: Coder, model: Sentences
) -> pd.DataFrame:
    count, said = len(names), batch.passages
    titles = [thing.name for thing in coder.stages.things]
    scored = score(said, coder.stages, model)
    placed = place(said, scored.log_odds, stages=titles, guide=coder.guide, model=model)
    feeling, wanted = batch.sentiment, batch.needs
    log_odds = _need_log_odds(said, wanted.log_odds, coder)
    need = np.round(1 / (1 + np.exp(-log_odds)), 4)
    at_stage = np.flatnonzero(placed.choice >= 0)
    why = reasons(at_stage, placed.choice[at_stage], said, coder.stages, scored, coder.stage_examples)
    frame = {
        "stage": np.full(count, "", dtype=object),
        "stage_confidence": np.zeros(count),
        "stage_reason": np.full(count, "", dtype=object),
        "sentiment": np.zeros(count),
        "effort": np.zeros(count, dtype=bool),
        "need": np.zeros(count, dtype=bool),
        "need_confidence": np.zeros(count),
        "need_reason": np.full(count, "", dtype=object),
    }
    for row, reason in zip(at_stage.tolist(), why, strict=True):
        frame["stage"][used[row]] = titles[placed.choice[row]]
        question = said.questions[said.asked[row]]
        frame["stage_reason"][used[row]] = f"in answer to “{question}”" if placed.asked[row] else reason
    frame["stage_confidence"][used] = placed.confidence
    frame["sentiment"][used] = feeling
    frame["effort"][used] = wanted.effort
    frame["need"][used] = need >= NEED_AT
    frame["need_confidence"][used] = need
    for row in np.flatnonzero(need >= LEAST_CONFIDENCE).tolist():
        frame["need_reason"][used[row]] = wanted.reason[row]
    return pd.DataFrame({"passage": names} | frame, columns=list(PLACED))


def _embedded(frame: pd.DataFrame, model: Sentences) -> Vectors:
    """Vectors of the passages that can be coded; zero for the others."""
    found = np.zeros((len(frame), model.width), dtype=np.float32)
    used = frame["codable"].to_numpy(dtype=bool)
    if used.any():
        found[used] = model.embed(frame.loc[used, "text"].tolist())
    return found


def _questions(frame: pd.DataFrame) -> list[str]:
    return frame["question"].fillna("").astype(str).tolist() if "question" in frame else [""] * len(frame)


def _parents(study: Study) -> tuple[tuple[int, int], ...]:
    """(child, parent) positions, deepest children first, so that one pass carries a coding to every ancestor."""
    where = {theme.name: position for position, theme in enumerate(study.codebook)}
    parent_of = {
        position: where[theme.parent]
        for position, theme in enumerate(study.codebook)
        if theme.parent in where and theme.parent != theme.name
    }

    def depth(position: int) -> int:
        steps, seen = 0, set()
        while position in parent_of and position not in seen:
            seen.add(position)
            position = parent_of[position]
            steps += 1
        return steps

    return tuple(sorted(parent_of.items(), key=lambda pair: (-depth(pair[0]), pair)))


def _need_head(found: Examples, learned: Learned, model: Sentences) -> Head | None:
    """The correction of needs by what people decided; None where nobody decided on one."""
    rows = np.flatnonzero(found.need >= 0)
    if not len(rows):
        return None
    passages = found.passages
    start = needs(passages, sentiment(passages), model).log_odds[rows, None]
    with one_thread():
        words = weighted(passages.grams, learned.grams)[rows]
        return fit_head(
            start, np.zeros_like(start), passages.vectors[rows] - learned.middle, words, found.need[rows, None]
        )


def _need_log_odds(said: Passages, start: Floats, coder: Coder) -> Floats:
    if coder.need is None or not len(said):
        return start
    words = weighted(said.grams, coder.themes.grams)
    with one_thread():
        column = start[:, None]
        moved = coder.need.apply(column, np.zeros_like(column), said.vectors - coder.themes.middle, words)
    return np.asarray(moved[:, 0])


def _shown(found: Examples, labels: npt.NDArray[np.int8]) -> tuple[tuple[Example, ...], ...]:
    """The confirmed examples of each theme that a reason may quote."""
    return tuple(
        tuple(
            Example(found.texts[row], found.passages.vectors[row].astype(np.float32))
            for row in np.flatnonzero(labels[:, column] == 1)[:20]
        )
        for column in range(labels.shape[1])
    )


def _digest(study: Study, decisions: pd.DataFrame, corpus: pd.DataFrame, model: Sentences) -> str:
    """A digest of everything that the coder is learned from, the order of decisions aside."""
    columns = ["passage", "text", "kind", "value", "status"]
    decided = sorted(map(list, decisions[columns].astype(str).itertuples(index=False, name=None)))
    said: Sequence[Sequence[str]] = [corpus["text"].tolist(), _questions(corpus)]
    about = [
        [asdict(theme) for theme in study.codebook],
        [asdict(stage) for stage in study.journey],
        [asdict(question) for question in study.guide],
        decided,
        {name: dict(calibrator.weights) for name, calibrator in calibrators().items()},
        [VERSION, model.name],
    ]
    digest = hashlib.sha256(json.dumps(about, sort_keys=True).encode("utf-8", "surrogatepass"))
    for texts in said:
        digest.update(json.dumps(texts).encode("utf-8", "surrogatepass"))
    digest.update(np.packbits(corpus["codable"].to_numpy(dtype=bool)).tobytes())
    return digest.hexdigest()
