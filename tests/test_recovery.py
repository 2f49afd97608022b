"""An import that is killed at any moment loses nothing and leaves nothing half; running again goes on."""

from __future__ import annotations

import hashlib
import json
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from small_study import FILES, write

ROOT = Path(__file__).resolve().parents[1]


def dashboard(*arguments: object) -> list[str]:
    """The command line as a shell would call it."""
    return [sys.executable, "-m", "dashboard", *map(str, arguments)]


def lines(command: list[str]) -> list[dict[str, object]]:
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in run.stdout.splitlines()]


def evidence_of(store: Path, *, measure: str) -> list[dict[str, object]]:
    rows = lines(dashboard("analyse", "--study", store, "--measure", measure, "--by", "plan", "--json"))
    assert rows
    return rows


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[float, list[dict[str, object]]]:
    """How long an import takes, and what comes of it."""
    folder = tmp_path_factory.mktemp("undisturbed")
    start = time.monotonic()
    lines(dashboard("--data-dir", folder / "store", "import", write(folder / "study"), "--json"))
    return time.monotonic() - start, evidence_of(folder / "store", measure="prevalence")


@pytest.mark.slow
@pytest.mark.parametrize("point", range(20))
def test_killed_at_any_point_it_goes_on(
    point: int, undisturbed: tuple[float, list[dict[str, object]]], tmp_path: Path
) -> None:
    took, expected = undisturbed
    study, store = write(tmp_path / "study"), tmp_path / "store"
    share = (point + random.Random(point).random()) / 20
    process = subprocess.Popen(
        dashboard("--data-dir", store, "import", study, "--json"),
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        process.wait(timeout=share * took)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.wait()

    for file in (store / "sources").rglob("*") if store.exists() else ():
        if file.is_file() and not file.name.startswith("."):
            assert hashlib.sha256(file.read_bytes()).hexdigest() == file.name, "bytes under a digest are whole"
    for part in (store / "parts").glob("[!.]*.parquet") if store.exists() else ():
        pq.read_table(part)

    studies = lines(dashboard("--data-dir", store, "studies", "--json"))
    if studies:
        paths = [study / name for name in FILES]
        lines(dashboard("--data-dir", store, "import", "--study-id", studies[0]["study"], *paths, "--json"))
    else:
        lines(dashboard("--data-dir", store, "import", study, "--json"))
    assert evidence_of(store, measure="prevalence") == expected
