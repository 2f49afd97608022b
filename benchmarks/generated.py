"""A generated study of any size, as parts: what a build would have written, without reading a million files."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pyarrow as pa

from dashboard.evidence.decided import Decided
from dashboard.evidence.engines import open as open_evidence
from dashboard.evidence.parts import PartName, Parts
from dashboard.evidence.reading import ROWS, TURNS
from dashboard.evidence.tables import Evidence
from dashboard.records.rows import Revision
from dashboard.study import AttributeRule, Segment, Stage, Study, Theme

THEMES = 20
STAGES = 7
PLANS, REGIONS, STATUSES = ("free", "pro", "team"), ("North", "South", "West", "Ireland"), ("new", "loyal", "churned")
WORDS = [
    "the",
    "invoice",
    "came",
    "late",
    "and",
    "nobody",
    "could",
    "say",
    "why",
    "but",
    "the",
    "app",
    "is",
    "fine",
    "with",
    "my",
    "bank",
    "most",
    "days",
    "of",
    "the",
    "week",
]


def study() -> Study:
    """The frame of the generated study."""
    return Study(
        name="Generated",
        codebook=tuple(Theme(f"Theme {i:02}") for i in range(THEMES)),
        journey=tuple(Stage(f"Stage {i}") for i in range(STAGES)),
        attributes=(AttributeRule("plan", order=PLANS), AttributeRule("status", order=STATUSES)),
        segments=(Segment("Left", "status = 'churned'"),),
    )


def write(folder: Path, *, passages: int, people: int, seed: int = 1) -> Revision:
    """Parts of one survey with this many answers of this many people; 1.3 suggestions a passage."""
    rng = np.random.default_rng(seed)
    parts = Parts(folder)
    turn = np.arange(passages, dtype=np.int32)
    person = np.sort(rng.integers(0, people, passages)) + 1
    lengths = rng.integers(6, 30, passages)
    pool = [" ".join(rng.choice(WORDS, size=n)) for n in range(6, 30) for _ in range(200)]
    texts = [
        pool[(length - 6) * 200 + pick] for length, pick in zip(lengths, rng.integers(0, 200, passages), strict=True)
    ]
    note = {
        "name": "generated.csv", "kind": "survey", "format": "generated", "speakers": [], "respondents": people,
        "columns": [], "score_kinds": {"nps": "nps"}, "themes": [], "journey": [], "codings": [],
        "documents": [], "warnings": [], "left_out": [], "language": "en", "date": "", "recording": "",
        "answers": passages, "people": people, "ends": [],
    }  # fmt: skip
    zeros, blank = np.zeros(passages), [""] * passages
    turns = [turn, blank, person.astype(str), ["participant"] * passages, texts, zeros, zeros, ["Why?"] * passages]
    parts.write("turns-1.parquet", pa.table(turns, schema=TURNS), note=note)
    attributes = [
        json.dumps({"plan": PLANS[a], "region": REGIONS[b], "status": STATUSES[c]})
        for a, b, c in zip(*(rng.integers(0, n, people) for n in (3, 4, 3)), strict=True)
    ]
    numbers = np.arange(1, people + 1, dtype=np.int32)
    empty = [""] * people
    scores = [json.dumps({"nps": int(score)}) for score in rng.integers(0, 11, people)]
    rows = [numbers, [f"R{n}" for n in numbers], empty, empty, ["2026-05-01"] * people, attributes, scores]
    parts.write("rows-1.parquet", pa.table(rows, schema=ROWS))
    parts.write(
        "passages-1.parquet",
        pa.table(
            {
                "turn": turn,
                "start": np.zeros(passages, dtype=np.int32),
                "end": lengths.astype(np.int32),
                "text": texts,
                "question": ["Why?"] * passages,
                "codable": np.ones(passages, dtype=bool),
                "words": lengths.astype(np.int32),
            }
        ),
    )
    stage = [f"Stage {i}" for i in rng.integers(0, STAGES, passages)]
    parts.write(
        "placed-1.parquet",
        pa.table(
            {
                "stage": stage,
                "stage_confidence": zeros,
                "stage_reason": blank,
                "sentiment": np.round(rng.uniform(-1, 1, passages), 3),
                "effort": rng.random(passages) < 0.1,
                "need": rng.random(passages) < 0.05,
                "need_confidence": zeros,
                "need_reason": blank,
                "n": turn,
            }
        ),
    )
    count = int(passages * 1.3)
    parts.write(
        "suggestions-1.parquet",
        pa.table(
            {
                "theme": [f"Theme {i:02}" for i in rng.integers(0, THEMES, count)],
                "confidence": np.round(rng.uniform(0.3, 1, count), 4),
                "reason": ["cue: “invoice”"] * count,
                "n": rng.integers(0, passages, count).astype(np.int32),
            }
        ),
    )
    names = [
        PartName("g", step, f"{step}-1.parquet") for step in ("turns", "rows", "passages", "placed", "suggestions")
    ]
    return revision_of(names)


def revision_of(names: list[PartName]) -> Revision:
    """A revision that lists these parts."""
    from datetime import UTC, datetime

    now = datetime(2026, 1, 1, tzinfo=UTC)
    return Revision("generated", "g", 1, tuple(str(name) for name in names), "", "", now)


def opened(folder: Path, revision: Revision) -> Evidence:
    """The evidence of a generated study."""
    return open_evidence(revision, Decided(0), study(), parts=Parts(folder))
