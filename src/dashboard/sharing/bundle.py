"""A whole study as one ZIP: ``study.yaml``, the files as they were given, and what people decided."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from dashboard.errors import UnreadableFile
from dashboard.intake.unpack import DAMAGED
from dashboard.study import Study
from dashboard.study_file import from_yaml

STUDY = "study.yaml"
DECIDED = "dashboard-decisions.json"
FORMAT = "customer research study, 1"
_FIXED = (1980, 1, 1, 0, 0, 0)
_LONGEST = 150


@dataclass(frozen=True)
class Bundle:
    """What such a ZIP holds. files: (name, bytes) in the order they were added to the study. decided: JSON values."""

    study: Study
    files: tuple[tuple[str, bytes], ...]
    decided: Mapping[str, Any]


def write(study_yaml: str, files: Iterable[tuple[str, bytes]], decided: Mapping[str, Any]) -> bytes:
    """The ZIP as bytes. Unpacked, it is a directory that the command line analyses like any other."""
    written = io.BytesIO()
    manifest: list[dict[str, str]] = []
    taken = {STUDY, DECIDED}
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        _put(archive, STUDY, study_yaml.encode("utf-8", "replace"))
        for name, data in files:
            member = _member(name, taken)
            taken.add(member.casefold())
            manifest.append({"name": name, "file": member})
            _put(archive, member, data)
        content = {"format": FORMAT, "sources": manifest, "decided": decided}
        _put(archive, DECIDED, json.dumps(content, ensure_ascii=True, indent=1, default=str).encode())
    return written.getvalue()


def read(data: bytes, name: str, *, max_mb: int, max_files: int) -> Bundle:
    """What the ZIP holds. Raises UnreadableFile, and InvalidStudy for its study.yaml; nothing is unpacked to a disk."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if sum(entry.file_size for entry in entries) > max_mb * 1_000_000 or len(entries) > max_files + 2:
                raise UnreadableFile(
                    f"“{name}” would unpack to more than {max_mb} MB or {max_files} files; raise "
                    "DASHBOARD_MAX_UNPACKED_MB or DASHBOARD_MAX_FILES, or bring in its parts."
                )
            there = set(archive.namelist())
            if not {STUDY, DECIDED} <= there:
                raise UnreadableFile(
                    f"“{name}” is no study that was taken away here: it lacks {STUDY} or {DECIDED}; "
                    "add its files on the page Sources instead."
                )
            study = from_yaml(archive.read(STUDY).decode("utf-8-sig"), name=f"{name}/{STUDY}")
            sources, decided = listed(archive.read(DECIDED), f"{name}/{DECIDED}")
            files = tuple((each, archive.read(file)) for each, file in sources if file in there)
    except (*DAMAGED, UnicodeDecodeError) as problem:
        raise UnreadableFile(f"“{name}” is a damaged ZIP; take the study away again.") from problem
    return Bundle(study, files, decided)


def listed(content: bytes, name: str) -> tuple[list[tuple[str, str]], dict[str, Any]]:
    """(name of a source, its file) in order, and what people decided. Raises UnreadableFile."""
    try:
        found = json.loads(content)
        if found["format"] != FORMAT:
            raise ValueError(found["format"])
        return [(str(each["name"]), str(each["file"])) for each in found["sources"]], dict(found["decided"])
    except (ValueError, KeyError, TypeError, RecursionError) as problem:
        raise UnreadableFile(
            f"“{name}” was changed or comes from another version; take the study away again."
        ) from problem


def _member(name: str, taken: set[str]) -> str:
    """The name of a file within the ZIP: its own where that leads nowhere else and is free.

    >>> _member("a.zip/b.vtt", set()), _member("../b.vtt", set()), _member("b.vtt", {"b.vtt"})
    ('a.zip/b.vtt', 'b.vtt', '2-b.vtt')
    """
    text = name.encode("utf-8", "replace").decode().replace("\\", "/")
    parts = [part for part in text.split("/") if part not in ("", ".", "..")]
    plain = "/".join("".join("_" if c < " " or c in '<>:"|?*' else c for c in part) for part in parts)[-_LONGEST:]
    plain = plain.lstrip("/") or "unnamed"
    found, number = plain, 1
    while found.casefold() in taken:
        number += 1
        path = PurePosixPath(plain)
        found = str(path.with_name(f"{number}-{path.name}"))
    return found


def _put(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    info = zipfile.ZipInfo(name, _FIXED)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    archive.writestr(info, data)
