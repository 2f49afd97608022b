"""An import that is killed at any moment loses nothing and leaves nothing half; running again goes on."""

from __future__ import annotations

import hashlib
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from shell import rows
from small_study import FILES, write

ROOT = Path(__file__).resolve().parents[1]


def importing(store: Path, study: Path) -> list[str]:
    """An import as a shell would start it."""
    return [sys.executable, "-m", "dashboard", "--data-dir", str(store), "import", str(study), "--json"]


def evidence_of(store: Path, *, measure: str) -> list[dict[str, object]]:
    found = rows("analyse", "--study", store, "--measure", measure, "--by", "plan")
    assert found
    return found


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[float, list[dict[str, object]]]:
    """How long an import takes, and what comes of it."""
    folder = tmp_path_factory.mktemp("undisturbed")
    start = time.monotonic()
    subprocess.run(importing(folder / "store", write(folder / "study")), cwd=ROOT, capture_output=True, check=True)
    return time.monotonic() - start, evidence_of(folder / "store", measure="prevalence")


@pytest.mark.slow
@pytest.mark.parametrize("point", range(20))
def test_killed_at_any_point_it_goes_on(
    point: int, undisturbed: tuple[float, list[dict[str, object]]], tmp_path: Path
) -> None:
    took, expected = undisturbed
    study, store = write(tmp_path / "study"), tmp_path / "store"
    share = (point + random.Random(point).random()) / 20
    process = subprocess.Popen(importing(store, study), cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
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

    studies = rows("--data-dir", store, "studies")
    if studies:
        paths = [study / name for name in FILES]
        rows("--data-dir", store, "import", "--study-id", studies[0]["study"], *paths)
    else:
        rows("--data-dir", store, "import", study)
    assert evidence_of(store, measure="prevalence") == expected
