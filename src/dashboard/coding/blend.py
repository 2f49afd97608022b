"""Codebook, decisions and corpus → a Coder; passages and a Coder → suggestions with their confidence and reason."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np
import pandas as pd

from dashboard.coding.cues import Cues, compile_cues, find, tokens
from dashboard.coding.meaning import sentences
from dashboard.study import Study

LEAST_CONFIDENCE = 0.05
SUGGESTIONS = ("passage", "theme", "confidence", "reason")
PLACED = ("passage", "stage", "stage_confidence", "stage_reason", "sentiment", "effort", "need", "need_confidence", "need_reason")


@dataclass(frozen=True)
class Coder:
    themes: tuple[str, ...]
    stages: tuple[str, ...]
    cues: Cues
    vectors: np.ndarray
    mean: np.ndarray
    deviation: np.ndarray
    digest: str


@dataclass(frozen=True)
class Codings:
    suggestions: pd.DataFrame
    passages: pd.DataFrame


def fit(study: Study, decisions: pd.DataFrame, corpus: pd.DataFrame, *, vectors: np.ndarray | None = None) -> Coder:
    names = [theme.name for theme in study.codebook] + [stage.name for stage in study.journey]
    about = [f"{t.name}: {t.definition}" for t in study.codebook] + [f"{s.name}: {s.definition}" for s in study.journey]
    cues = compile_cues([t.cues for t in study.codebook] + [s.cues for s in study.journey])
    model = sentences()
    own = model.embed_kept(about) if names else np.zeros((0, model.width), np.float32)
    if vectors is None:
        vectors = model.embed(corpus["text"].tolist()) if len(corpus) else np.zeros((0, model.width), np.float32)
    use = vectors[corpus["codable"].to_numpy(dtype=bool)]
    similar = use @ own.T if len(use) else np.zeros((1, len(names)), np.float32)
    mean, deviation = similar.mean(axis=0), similar.std(axis=0) + 0.05
    digest = hashlib.sha256(repr((about, cues.texts, cues.owners)).encode("utf-8", "replace"))
    digest.update(np.round(mean, 5).tobytes() + np.round(deviation, 5).tobytes())
    digest.update(pd.util.hash_pandas_object(decisions, index=False).to_numpy().tobytes())
    return Coder(study.themes, study.stages, cues, own, mean, deviation, digest.hexdigest())


def code(batch: pd.DataFrame, coder: Coder, *, vectors: np.ndarray | None = None) -> Codings:
    batch = batch.reset_index(drop=True)
    texts = batch["text"].tolist()
    if vectors is None:
        vectors = sentences().embed(texts) if texts else np.zeros((0, coder.vectors.shape[1]), np.float32)
    codable = batch["codable"].to_numpy(dtype=bool)
    n, m = len(batch), len(coder.themes) + len(coder.stages)
    score = (vectors @ coder.vectors.T - coder.mean) / coder.deviation if m else np.zeros((n, 0))
    reason = np.full((n, m), "close to the definition", dtype=object)
    for hit in find([tokens(text) for text in texts], coder.cues):
        owner = coder.cues.owners[hit.cue]
        score[hit.text, owner] += 0.5 if hit.negated else 2.5
        reason[hit.text, owner] = f"cue: “{coder.cues.texts[hit.cue]}”"
    confidence = np.round(1 / (1 + np.exp(-(1.2 * score - 3.0))), 4)
    confidence[~codable] = 0
    rows = [
        (batch.at[i, "passage"], coder.themes[j], confidence[i, j], reason[i, j])
        for i, j in zip(*np.nonzero(confidence[:, : len(coder.themes)] >= LEAST_CONFIDENCE), strict=True)
    ]
    placed = []
    of_stage = confidence[:, len(coder.themes) :]
    for i in range(n):
        best = int(of_stage[i].argmax()) if of_stage.shape[1] else -1
        sure = best >= 0 and of_stage[i, best] >= 0.3
        placed.append(
            (
                batch.at[i, "passage"],
                coder.stages[best] if sure else "",
                of_stage[i, best] if sure else 0.0,
                reason[i, len(coder.themes) + best] if sure else "",
                0.0,
                False,
                False,
                0.0,
                "",
            )
        )
    return Codings(pd.DataFrame(rows, columns=list(SUGGESTIONS)), pd.DataFrame(placed, columns=list(PLACED)))
