"""How long a decision takes to be felt: fit and code again over passages that are embedded already.

    PYTHONPATH=src:. python -m benchmarks.refit [--passages 10000] [--themes 40] [--decided 60]

Passages are pairs of sentences of the sample study, under themes of the codebooks that come with the product.
A pair's vector is the mean of its sentences', since how it was embedded does not matter to what is measured. The first
line is a process that reads the passages for the first time; the next are decisions after that.
"""

from __future__ import annotations

import argparse
import csv
import io
import statistics
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa

from benchmarks.timing import table
from dashboard.coding import Codings, code, fit
from dashboard.coding.codable import is_codable
from dashboard.coding.meaning import Vectors, sentences
from dashboard.coding.passages import cut
from dashboard.evidence import vectors as of_passages
from dashboard.settings import Settings
from dashboard.study import Decision, Study, Theme
from dashboard.study_file import codebook_from_yaml
from dashboard.workspace import User, Workspace, coding, jobs, learning, open_workspace, sources, studies
from dashboard.workspace.coding import Suggestion
from dashboard.workspace.evidence import evidence
from dashboard.workspace.studies import DATA, SAMPLE

COLUMNS = ["passage", "text", "kind", "value", "status"]
RUNS = 5


def themes(count: int) -> tuple[Theme, ...]:
    """The first ``count`` themes of the codebooks that come with the product, each name once."""
    found: dict[str, Theme] = {}
    for path in sorted((DATA / "codebooks").glob("*.yaml")):
        for theme in codebook_from_yaml(path.read_text(encoding="utf-8")).codebook:
            found.setdefault(theme.name, replace(theme, parent=""))
    return tuple(found.values())[:count]


def corpus(count: int, *, seed: int = 1) -> tuple[pd.DataFrame, Vectors]:
    """``count`` passages and their vectors."""
    rng = np.random.default_rng(seed)
    whole = "\n".join(
        path.read_text(encoding="utf-8") for path in sorted(SAMPLE.glob("*.txt")) + sorted(SAMPLE.glob("*.vtt"))
    )
    lines = [line.strip() for line in whole.splitlines() if len(line.split()) > 4 and "-->" not in line]
    said = sorted({line[start:end] for line in lines for start, end in cut(line)})
    vectors = sentences().embed(said)
    one, other = rng.integers(0, len(said), (2, count))
    mixed = vectors[one] + vectors[other]
    mixed /= np.maximum(np.linalg.norm(mixed, axis=1, keepdims=True), 1e-9)
    texts = [f"{said[a]} {said[b]}" for a, b in zip(one, other, strict=True)]
    frame = pd.DataFrame(
        {"passage": [f"p.{n}.0" for n in range(count)], "text": texts, "question": "", "codable": True}
    )
    return frame, mixed.astype(np.float32)


def decisions(frame: pd.DataFrame, study: Study, count: int, *, seed: int = 2) -> pd.DataFrame:
    """``count`` decisions, two of three of them confirmed."""
    rng = np.random.default_rng(seed)
    rows = rng.choice(len(frame), size=count, replace=False)
    return pd.DataFrame(
        [
            (frame["passage"][row], frame["text"][row], "theme", study.themes[n % len(study.themes)], word)
            for n, (row, word) in enumerate(zip(rows, ("confirmed", "confirmed", "rejected") * count, strict=False))
        ],
        columns=COLUMNS,
    )


def alone(passages: int, count: int, decided: int) -> None:
    """Print how long fit and code take alone."""
    study = Study("Benchmark", codebook=themes(count))
    frame, vectors = corpus(passages)
    every = decisions(frame, study, decided + RUNS)

    def once(known: int) -> tuple[float, float, Codings]:
        start = time.perf_counter()
        coder = fit(study, every.iloc[:known], frame, vectors=vectors)
        fitted = time.perf_counter()
        found = code(frame, coder, vectors=vectors)
        return fitted - start, time.perf_counter() - fitted, found

    first = once(decided)
    rest = [once(decided + run + 1) for run in range(RUNS)]
    fitting, coded = statistics.median(each[0] for each in rest), statistics.median(each[1] for each in rest)
    lines = [("what", "seconds", "beside it")]
    lines.append(("fit and code, the first time in a process", f"{first[0] + first[1]:.2f}", ""))
    lines.append(("fit after one more decision", f"{fitting:.2f}", ""))
    lines.append(("code every passage again", f"{coded:.2f}", f"{len(rest[-1][2].suggestions)} suggestions"))
    table(f"{passages} passages, {len(study.codebook)} themes, {decided} decisions", lines)


def whole_way(passages: int, count: int, decided: int) -> None:
    """Print how long a decision takes until the evidence shows what was learned from it, in a store of its own."""
    frame, vectors = corpus(passages)
    with tempfile.TemporaryDirectory() as folder:
        ws = open_workspace(Settings(data_dir=Path(folder)), User("Benchmark"))
        study = studies.create(ws, "Benchmark")
        studies.save(ws, replace(studies.get(ws, study), codebook=themes(count)), version=studies.version(ws, study))
        target = io.StringIO()
        writer = csv.writer(target)
        writer.writerows([("Respondent ID", "What would you tell a friend about us?")])
        writer.writerows([(f"R{n}", text) for n, text in enumerate(frame["text"], 1)])
        sources.add(ws, study, [("answers.csv", target.getvalue().encode())])
        _given_vectors(ws, frame["text"].tolist(), vectors)
        jobs.build_now(ws, study)
        whole = evidence(ws, study)
        assert whole is not None
        items = coding.queue(whole, limit=decided + RUNS + 1)
        _decide(ws, study, items[:decided])
        found = []
        for item in items[decided:]:
            start = time.perf_counter()
            _decide(ws, study, [item])
            kept = time.perf_counter()
            learning.learn_now(ws, study)
            learned = time.perf_counter()
            shown = evidence(ws, study)
            assert shown is not None
            coding.queue(shown)
            found.append((kept - start, learned - kept, time.perf_counter() - learned))
            said = learning.said(learning.brought(ws, study))
        lines = [("what", "seconds, median", "the first time")]
        for place, what in enumerate(
            ("the decision is kept", "learned from: fitted, coded, written", "evidence and queue opened anew")
        ):
            lines.append(
                (what, f"{statistics.median(each[place] for each in found[1:]):.2f}", f"{found[0][place]:.2f}")
            )
        table(f"The whole way, {passages} passages, {count} themes, {decided} decisions", lines)
        print(f"said of the last: {said or 'nothing changed'}")
        ws.records.close()


def _decide(ws: Workspace, study: str, items: Sequence[Suggestion]) -> None:
    """Confirm two of three."""
    whole = evidence(ws, study)
    assert whole is not None
    made = []
    for number, item in enumerate(items):
        anchor = coding.anchor(whole, item.source, item.turn, item.start, item.end)
        made.append(Decision(anchor, "theme", item.theme, "rejected" if number % 3 == 2 else "confirmed", ""))
    coding.decide(ws, study, made)


def _given_vectors(ws: Workspace, texts: Sequence[str], vectors: Vectors) -> None:
    """Write the part that embedding these answers would write, with the vectors at hand."""
    rows = [(text[a:b], is_codable(text[a:b]), n) for n, text in enumerate(texts) for a, b in cut(text)]
    passages = pd.DataFrame(rows, columns=["text", "codable", "answer"])
    chosen = vectors[passages.loc[passages["codable"], "answer"].to_numpy()]
    column = pa.FixedSizeListArray.from_arrays(pa.array(chosen.reshape(-1)), vectors.shape[1])
    ws.parts.write(of_passages.name(passages), pa.table({"vector": column}))


def main(arguments: Iterable[str] | None = None) -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--passages", type=int, default=10_000)
    parser.add_argument("--themes", type=int, default=40)
    parser.add_argument("--decided", type=int, default=60)
    given = parser.parse_args(None if arguments is None else list(arguments))
    alone(given.passages, given.themes, given.decided)
    whole_way(given.passages, given.themes, given.decided)


if __name__ == "__main__":
    main()
