"""Tables: keys out and in, and plain values."""

from __future__ import annotations

import json
from dataclasses import replace

import pandas as pd

from dashboard.analysis.table import Table

TABLE = Table(
    "prevalence",
    pd.DataFrame({"theme": ["Pricing", "Login"], "attr:n": ["1", "2"], "k": [3, 0], "share": [0.5, float("nan")]}),
    ("theme", "attr:n"),
    "k",
    "participants",
)


def test_keys_lead_out_and_back() -> None:
    assert TABLE.keys_of(1) == {"theme": "Login", "attr:n": "2"}
    assert TABLE.find(TABLE.keys_of(1)) == 1
    assert TABLE.find({"theme": "Login", "attr:n": "1"}) is None


def test_rows_of_a_source_kind_stand_together() -> None:
    assert list(TABLE.by_kind()) == [None]
    rows = TABLE.rows.assign(source_kind=["survey", "interview"])
    apart = replace(TABLE, rows=rows, keys=(*TABLE.keys, "source_kind"))
    assert {kind: [row["theme"] for row in of] for kind, of in apart.by_kind().items()} == {
        "survey": ["Pricing"], "interview": ["Login"]
    }  # fmt: skip


def test_records_can_be_written_as_json() -> None:
    assert json.loads(json.dumps(TABLE.records()))[1] == {"theme": "Login", "attr:n": "2", "k": 0, "share": None}
