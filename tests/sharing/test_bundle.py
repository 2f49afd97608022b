from __future__ import annotations

import io
import zipfile

import pytest

from dashboard.errors import UnreadableFile
from dashboard.sharing import bundle

FILES = (("a.zip/b.vtt", b"one"), ("../../etc/passwd", b"two"), ("passwd", b"three"), ("study.yaml", b"four"))


def test_files_come_back_under_their_names_and_lie_within_the_folder() -> None:
    data = bundle.write("name: A\n", FILES, {"decision": []})
    found = bundle.read(data, "a.zip", max_mb=10, max_files=10)
    assert found.files[:2] == FILES[:2]
    assert sorted(found.files) == sorted(FILES)
    assert (found.study.name, found.decided) == ("A", {"decision": []})
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
    assert len(set(names)) == len(names)
    assert not [name for name in names if name.startswith("/") or ".." in name.split("/")]


@pytest.mark.parametrize(("mb", "files"), [(0, 10), (10, 1)])
def test_what_would_unpack_to_too_much_is_refused(mb: int, files: int) -> None:
    with pytest.raises(UnreadableFile, match="would unpack to more than"):
        bundle.read(bundle.write("name: A\n", FILES, {}), "a.zip", max_mb=mb, max_files=files)


def test_another_zip_is_refused_in_one_sentence() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("a.vtt", b"WEBVTT")
    with pytest.raises(UnreadableFile, match="is no study that was taken away here"):
        bundle.read(made.getvalue(), "a.zip", max_mb=10, max_files=10)
    with pytest.raises(UnreadableFile, match="damaged ZIP"):
        bundle.read(b"nothing", "a.zip", max_mb=10, max_files=10)
