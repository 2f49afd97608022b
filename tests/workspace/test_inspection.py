"""Files inspected without being stored: one report each, whatever they are."""

from __future__ import annotations

import zipfile
from pathlib import Path

from dashboard.settings import Settings
from dashboard.workspace.inspection import in_words, inspect

TALK = "Ada Byron: Why did you leave?\nMara Lind: It was slow.\nAda Byron: When?\nMara Lind: In May.\n"


def test_a_folder_a_zip_and_what_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TALK, encoding="utf-8")
    (tmp_path / "empty.vtt").write_bytes(b"")
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        archive.writestr("in/c.txt", TALK)
    reports = inspect([tmp_path, tmp_path / "none.txt"], settings=Settings(data_dir=tmp_path / "data"))
    by_name = {str(Path(report["file"]).relative_to(tmp_path)): report for report in reports}
    assert by_name.keys() == {"a.txt", "empty.vtt", "b.zip/in/c.txt", "none.txt"}
    assert by_name["a.txt"]["turns"] == by_name["b.zip/in/c.txt"]["turns"] == 4
    assert "empty" in by_name["empty.vtt"]["error"]
    assert "cannot be opened" in by_name["none.txt"]["error"]
    assert "4 turns" in in_words(by_name["a.txt"])


def test_the_limits_of_the_settings_hold(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"id,why\n" + b"1,It was late and nobody knew why.\n" * 400_000)
    (report,) = inspect([tmp_path / "a.csv"], settings=Settings(data_dir=tmp_path, read_memory_mb=20))
    assert "20 MB of memory" in report["error"]


def test_a_label_of_many_files_interviews_in_all_of_them(tmp_path: Path) -> None:
    for n in range(4):
        turns = f"Ada Byron: {'So.' if n == 3 else 'Why?'}\nPerson {n}: It was slow.\n" * 4
        (tmp_path / f"{n}.txt").write_text(turns, encoding="utf-8")
    reports = inspect([tmp_path], settings=Settings(data_dir=tmp_path / "data"))
    roles = [{speaker["name"]: speaker["role"] for speaker in report["speakers"]}["Ada Byron"] for report in reports]
    assert roles == ["interviewer"] * 4
