"""How well suggestions, stages and sentiment agree with what careful readers said.

    PYTHONPATH=src:. python -m benchmarks.coding                                   # the sample study against its keys
    PYTHONPATH=src:. python -m benchmarks.coding LABELLED.csv CODEBOOK.yaml …      # any labelled sets, in pairs

A labelled set has the columns id, text, themes (joined by |) and, where it has a split of its own, split; only rows of
the test split are scored. The corpus is every text; with --confirm K, K texts a theme of the other split are decided.
"""

from __future__ import annotations

import argparse
import csv
import tempfile
import time
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.labelled import Labelled, average_precision, calibration_error, macro_average_precision, read_labelled
from benchmarks.timing import table
from dashboard.analysis.quotes import quotes
from dashboard.coding import code, fit
from dashboard.coding.cues import compile_cues, find, tokens
from dashboard.coding.meaning import sentences
from dashboard.evidence.tables import Evidence
from dashboard.settings import Settings
from dashboard.study import NEGATIVE_AT, POSITIVE_AT, Study, Theme
from dashboard.workspace.directory import opened
from dashboard.workspace.evidence import evidence as evidence_of
from dashboard.workspace.studies import SAMPLE

KEYS = ("key.csv", "key-survey.csv")
SURE = 0.8
LOWER = (0.35, 0.25, 0.15)
"""Thresholds shown beside the study's own."""
DECISIONS = ["passage", "text", "kind", "value", "status"]


@dataclass
class Said:
    """One passage as the product coded it, and what the key says of it; ``keyed`` where the key speaks of it at all."""

    participant: str
    kind: str
    accepted: set[str]
    confidence: dict[str, float]
    stage: str
    sentiment: float
    keyed: bool = False
    themes: set[str] = field(default_factory=set)
    stages: set[str] = field(default_factory=set)
    signs: set[int] = field(default_factory=set)


# ---------------------------------------------------------------- the sample study


def measure_sample(folder: Path = SAMPLE) -> None:
    """Print the figures of the sample study against its keys."""
    with (
        tempfile.TemporaryDirectory() as store,
        opened(
            Settings(data_dir=Path(store)),
            folder,
        ) as (ws, study_id, _),
    ):
        evidence = evidence_of(ws, study_id)
        assert evidence is not None, "the study was just built"
        said, unmatched, rows = matched(evidence, folder)
        study = evidence.study
    parents = {theme.parent for theme in study.codebook}
    leaves = [theme.name for theme in study.codebook if theme.name not in parents]
    keyed = [each for each in said if each.keyed]
    table("Key", [
        ("what", "count", ""),
        ("rows of the key", str(rows), ""),
        ("rows whose text is in no passage", str(unmatched), ""),
        ("passages that the key speaks of", str(len(keyed)), f"of {len(said)} that can be coded"),
    ])  # fmt: skip
    for kind in ("interview", "survey"):
        _print_themes(kind, [each for each in said if each.kind == kind], leaves)
    lines = [("what", "interview", "survey")]
    lines += _placed_lines([[each for each in keyed if each.kind == kind] for kind in ("interview", "survey")])
    table("Stages and sentiment, where the key gives one", lines)


def matched(evidence: Evidence, folder: Path) -> tuple[list[Said], int, int]:
    """Every codable passage with what the key says of it; rows of the key that stand in no passage; rows of the key.

    A row of the key speaks of each passage whose overlap covers at least half of the shorter of the two texts.
    """
    rows = quotes(evidence, {}).rows
    by_source: dict[str, list[tuple[str, Said]]] = defaultdict(list)
    for row in rows.to_dict("records"):
        if row["codable"]:
            accepted = {each["theme"] for each in row["themes"] if each["accepted"]}
            sure = {each["theme"]: each["confidence"] or 0.0 for each in row["themes"] if each["by"] == "machine"}
            stage = row["stage"] if row["stage"] in evidence.study.stages else ""
            one = Said(row["participant"], row["source_kind"], accepted, sure, stage, float(row["sentiment"]))
            by_source[row["source_name"]].append((_plain(row["text"]), one))
    unmatched = count = 0
    for name in KEYS:
        with (folder / name).open(encoding="utf-8") as file:
            for row in csv.DictReader(file):
                count += 1
                found = _overlapping(_plain(row["text"]), row["participant"], by_source[row["source"]])
                unmatched += not found
                for one in found:
                    one.keyed = True
                    one.themes |= {row["theme"]} - {""}
                    one.stages |= {row["stage"]} - {""}
                    one.signs.add(int(row["sign"]))
    return [one for of_source in by_source.values() for _, one in of_source], unmatched, count


def _plain(text: str) -> str:
    return " ".join(text.split())


def _overlapping(text: str, participant: str, passages: Sequence[tuple[str, Said]]) -> list[Said]:
    """The passages that this text of the key speaks of; where it stands in several places, the participant's own."""
    starts, position = [], 0
    for passage, _ in passages:
        starts.append(position)
        position += len(passage) + 1
    whole = " ".join(passage for passage, _ in passages)
    places, at = [], whole.find(text)
    while at >= 0:
        places.append(at)
        at = whole.find(text, at + 1)
    best: list[Said] = []
    for start in places:
        end, found = start + len(text), []
        for number in range(max(0, bisect_right(starts, start) - 1), bisect_left(starts, end)):
            passage, one = passages[number]
            shared = min(end, starts[number] + len(passage)) - max(start, starts[number])
            if 2 * shared >= min(len(text), len(passage)):
                found.append(one)
        if found and (not best or found[0].participant == participant):
            best = found
            if found[0].participant == participant:
                break
    return best


def _print_themes(kind: str, said: Sequence[Said], themes: Sequence[str]) -> None:
    """F1 by theme over the keyed passages, and the share of people by product and key."""
    keyed = [each for each in said if each.keyed]
    people = sorted({each.participant for each in keyed})
    right, flagged, wanted, scores, errors = 0, 0, 0, [], []
    lines = [("theme", "F1 (precision, recall)", "people: suggested / key")]
    for theme in themes:
        both = sum(theme in each.accepted and theme in each.themes for each in keyed)
        ours = sum(theme in each.accepted for each in keyed)
        truth = sum(theme in each.themes for each in keyed)
        right, flagged, wanted = right + both, flagged + ours, wanted + truth
        scores.append(2 * both / max(1, ours + truth))
        voiced = {each.participant for each in said if theme in each.accepted} & set(people)
        true = {each.participant for each in keyed if theme in each.themes}
        errors.append(100 * (len(voiced) - len(true)) / max(1, len(people)))
        precise = f"{both / max(1, ours):.2f}, {both / max(1, truth):.2f}"
        lines.append((theme, f"{scores[-1]:.3f} ({precise})", f"{len(voiced)} / {len(true)} of {len(people)}"))
    lines.append(("F1 micro, all themes", f"{2 * right / max(1, flagged + wanted):.3f}", ""))
    lines.append(("F1 macro, all themes", f"{np.mean(scores):.3f}", ""))
    lines.append(("precision, recall, all themes", f"{right / max(1, flagged):.3f}, {right / max(1, wanted):.3f}", ""))
    for threshold in LOWER:
        pairs = [(theme in each.themes, each.confidence.get(theme, 0.0)) for each in keyed for theme in themes]
        truth_of, sure_of = np.array([a for a, _ in pairs], dtype=bool), np.array([b for _, b in pairs])
        lines.append((f"F1 micro, were the threshold {threshold}", f"{f1(truth_of, sure_of >= threshold):.3f}", ""))
    lines.append(("prevalence error, points, mean", f"{np.mean(np.abs(errors)):.1f}", f"signed {np.mean(errors):+.1f}"))
    lines.append(("prevalence error, points, largest", f"{np.max(np.abs(errors)):.1f}", ""))
    table(f"Themes, {kind}", lines)


def _placed_lines(by_kind: Sequence[Sequence[Said]]) -> list[tuple[str, str, str]]:
    figures: list[list[str]] = []
    for said in by_kind:
        staged = [each for each in said if each.stages]
        placed = [each for each in staged if each.stage]
        right = sum(each.stage in each.stages for each in placed)
        one = [(next(iter(each.signs)), each.sentiment) for each in said if len(each.signs) == 1]
        ours = [(sign, -1 if value <= NEGATIVE_AT else 1 if value >= POSITIVE_AT else 0) for sign, value in one]
        signed = [(sign, value) for sign, value in one if sign]
        figures.append([
            f"{right / max(1, len(staged)):.3f} of {len(staged)}",
            f"{right / max(1, len(placed)):.3f} of {len(placed)}",
            f"{sum(a == b for a, b in ours) / max(1, len(ours)):.3f} of {len(ours)}",
            f"{sum(a * b > 0 for a, b in signed) / max(1, len(signed)):.3f} of {len(signed)}",
            f"{sum(a * b < 0 for a, b in ours) / max(1, len(signed)):.3f}",
        ])  # fmt: skip
    names = (
        "stage is right, none counts as wrong", "stage is right, where one is placed",
        "negative, neutral or positive alike", "side of zero alike, key not neutral", "called the opposite",
    )  # fmt: skip
    return [(name, *pair) for name, pair in zip(names, zip(*figures, strict=True), strict=True)]


# ---------------------------------------------------------------- labelled sets


def measure_labelled(labelled: Labelled, *, confirm: int) -> None:
    """Print what the product says of one labelled set, beside cues alone and similarity alone, from one run."""
    test = np.flatnonzero(labelled.test)
    truth = labelled.truth[test]
    start = time.perf_counter()
    confidence = suggested(labelled, confirm=confirm)[test]
    took = time.perf_counter() - start
    ways = {
        "product": confidence,
        "cues alone": cues_alone(labelled)[test],
        "similarity alone": similarity(labelled)[test],
    }
    first = macro_average_precision(truth, confidence)
    lines = [("what", "macro average precision", "as a ratio")]
    for way, score in ways.items():
        found = macro_average_precision(truth, score)
        lines.append((way, f"{found:.3f}", f"{found / max(first, 1e-9):.2f}"))
    sure, accepted = confidence >= SURE, confidence >= Study("").threshold
    per_theme = [f1(truth[:, n], accepted[:, n]) for n in range(truth.shape[1]) if truth[:, n].sum() >= 5]
    lines += [
        ("product: F1 micro", f"{f1(truth, accepted):.3f}", ""),
        ("product: F1 macro", f"{np.mean(per_theme) if per_theme else 0.0:.3f}", ""),
        ("cues alone: F1 micro", f"{f1(truth, ways['cues alone'] > 0):.3f}", ""),
        ("product: expected calibration error", f"{calibration_error(truth, confidence):.3f}", ""),
        (f"product: precision at ≥ {SURE}", f"{truth[sure].mean() if sure.any() else 1.0:.3f}", f"of {sure.sum()}"),
        ("fit and code, seconds (vectors given)", f"{took:.2f}", f"{len(labelled.texts)} texts"),
    ]
    worst = min(range(truth.shape[1]), key=lambda n: average_precision(truth[:, n], confidence[:, n]))
    lines.append(("weakest theme", labelled.things[worst].name, ""))
    table(f"{labelled.name}: {len(test)} texts, {len(labelled.things)} themes, {confirm} confirmed a theme", lines)


def suggested(labelled: Labelled, *, confirm: int) -> np.ndarray:
    """Confidence (texts, themes) by the product's own calls; 0 where nothing was suggested."""
    names = [thing.name for thing in labelled.things]
    study = Study("labelled", codebook=tuple(Theme(each.name, each.definition, each.cues) for each in labelled.things))
    count = len(labelled.texts)
    passages = [str(number) for number in range(count)]
    corpus = pd.DataFrame({"passage": passages, "text": labelled.texts, "question": "", "codable": True})
    picked = labelled.picked(confirm) if confirm else ()
    decided = [
        (passages[row], labelled.texts[row], "theme", name, "confirmed" if labelled.truth[row, n] else "rejected")
        for row in picked
        for n, name in enumerate(names)
    ]
    coder = fit(study, pd.DataFrame(decided, columns=DECISIONS), corpus, vectors=labelled.vectors)
    found = code(corpus, coder, vectors=labelled.vectors).suggestions
    confidence = np.zeros((count, len(names)))
    column = {name: n for n, name in enumerate(names)}
    confidence[found["passage"].astype(int), found["theme"].map(column)] = found["confidence"]
    return confidence


def cues_alone(labelled: Labelled) -> np.ndarray:
    """How many of each theme's cues stand in each text."""
    cues = compile_cues([thing.cues for thing in labelled.things])
    found = np.zeros((len(labelled.texts), len(labelled.things)))
    for hit in find([tokens(text) for text in labelled.texts], cues):
        found[hit.text, cues.owners[hit.cue]] += 1.0
    return found


def similarity(labelled: Labelled) -> np.ndarray:
    """Cosine of each text to each theme's name and definition."""
    own = sentences().embed([f"{thing.name}: {thing.definition}" for thing in labelled.things])
    return np.asarray(labelled.vectors @ own.T, dtype=float)


def f1(truth: np.ndarray, accepted: np.ndarray) -> float:
    """F1 over all cells."""
    return float(2 * (truth & accepted).sum() / max(1, truth.sum() + accepted.sum()))


def main(arguments: Iterable[str] | None = None) -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, metavar="LABELLED.csv CODEBOOK.yaml")
    parser.add_argument("--confirm", nargs="+", type=int, default=[0], help="texts a theme that are decided")
    parser.add_argument("--kept", type=Path, help="a folder where vectors stay, so that a second run is quick")
    given = parser.parse_args(None if arguments is None else list(arguments))
    if len(given.files) % 2:
        parser.error("give a codebook after each labelled set")
    if not given.files:
        measure_sample()
    for labelled_at, codebook_at in zip(given.files[::2], given.files[1::2], strict=True):
        labelled = read_labelled(labelled_at, codebook_at, kept=given.kept)
        for confirm in given.confirm:
            measure_labelled(labelled, confirm=confirm)


if __name__ == "__main__":
    main()
