import json
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyreadstat
import pytest

from dashboard.intake import isolated, statfile
from dashboard.intake.isolated import Stopped


def test_it_runs_alone_and_writes_values_and_labels(tmp_path: Path) -> None:
    path = tmp_path / "x.sav"
    frame = pd.DataFrame({"a": [1.0, None], "day": [pd.Timestamp("2026-05-04"), None]})
    pyreadstat.write_sav(frame, path, column_labels=["First", ""], variable_value_labels={"a": {1: "one"}})
    arrow, about = tmp_path / "v.arrow", tmp_path / "a.json"
    command = [sys.executable, "-I", statfile.__file__, "read_sav", path, arrow, about, str(path.stat().st_size)]
    assert subprocess.run(command, check=False).returncode == 0
    with pa.OSFile(str(arrow)) as source:
        values = pa.ipc.open_file(source).read_all().to_pydict()
    assert values == {"0": [1.0, None], "1": ["2026-05-04", None]}
    said = json.loads(about.read_text())
    assert said["names"] == ["a", "day"]
    assert said["values"] == {"a": [[1.0, "one"]]}


def test_it_says_that_a_file_is_unreadable(tmp_path: Path) -> None:
    path = tmp_path / "x.sav"
    path.write_bytes(b"$FL2 and nothing else")
    assert statfile.main("read_sav", str(path), str(tmp_path / "v"), str(tmp_path / "a"), "21") == statfile.UNREADABLE


def test_it_never_allows_itself_more_memory_than_it_was_allowed() -> None:
    asked = (
        "import resource, sys; sys.path.insert(0, sys.argv[1]); import statfile\n"
        "_, hard = resource.getrlimit(resource.RLIMIT_AS)\n"
        "for allowed in (3_000_000_000, resource.RLIM_INFINITY):\n"
        "    resource.setrlimit(resource.RLIMIT_AS, (allowed, hard)); statfile._limit_memory()\n"
        "    print(resource.getrlimit(resource.RLIMIT_AS)[0])\n"
    )
    command = [sys.executable, "-c", asked, str(Path(statfile.__file__).parent)]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["3000000000", str(statfile._MOST_MEMORY)]


def test_what_memory_does_not_suffice_for_names_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "x.sav"
    pyreadstat.write_sav(pd.DataFrame({"a": [1.0, 2.0]}), path)
    isolated._POOL.close()  # what another process has read already may leave it room enough
    with pytest.raises(Stopped, match="DASHBOARD_READ_MEMORY_MB"):
        isolated.read(path.read_bytes(), "x.sav", limits=isolated.Limits(memory_mb=1))
