"""Parts are whole or absent, and named by what they were computed from."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.errors import EngineError
from dashboard.evidence.parts import PartName, Parts, name_of

ROWS = pa.table({"n": [1, 2, 3]})


def test_a_part_is_read_back_with_its_note(tmp_path: Path) -> None:
    parts = Parts(tmp_path / "parts")
    parts.write("turns-1.parquet", ROWS, note={"name": "Ünal.vtt", "ends": []})
    assert parts.has("turns-1.parquet")
    assert parts.read("turns-1.parquet").column("n").to_pylist() == [1, 2, 3]
    assert parts.note("turns-1.parquet") == {"name": "Ünal.vtt", "ends": []}
    assert [path.name for path in (tmp_path / "parts").iterdir()] == ["turns-1.parquet"], "nothing unfinished is left"


def test_a_missing_part_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="build the study again"):
        Parts(tmp_path).read("gone.parquet")


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(EngineError, match="could not be written"):
        Parts(tmp_path / "file" / "parts").write("turns-1.parquet", ROWS)


@given(st.lists(st.text()), st.lists(st.text()))
def test_the_name_depends_on_the_inputs_alone(one: list[str], other: list[str]) -> None:
    assert (name_of("turns", one) == name_of("turns", other)) == (one == other)
    assert name_of("turns", one) != name_of("rows", one)


@given(st.from_regex(r"[a-z0-9]{1,12}", fullmatch=True), st.from_regex(r"[a-z]{1,9}", fullmatch=True), st.text())
def test_an_entry_of_a_revision_reads_back(source: str, step: str, file: str) -> None:
    assert PartName.of(str(PartName(source, step, file))) == PartName(source, step, file)
