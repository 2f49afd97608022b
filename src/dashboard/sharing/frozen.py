"""Frozen evidence: the redacted tables of one version in a folder, opened as evidence like any other."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from dashboard.errors import NotFound
from dashboard.evidence.engines import open_frozen
from dashboard.evidence.tables import TABLES, Evidence
from dashboard.records.findings import Figure, figure_from_mapping, figure_to_mapping
from dashboard.study import Study
from dashboard.study_mapping import from_mapping, to_mapping

ABOUT = "about.json"
PRIVATE = "private.parquet"
"""Who is in which group, by keyed digests; read only where a further version is checked, never for a viewer."""


@dataclass(frozen=True)
class PublishedFinding:
    """A finding as it was published. objective: in words. figure: its live number, said "" where none can be shown.

    quotes: passages of the frozen evidence, pinned to it.
    """

    id: int
    claim: str
    kind: str = "finding"
    objective: str = ""
    figure: Figure | None = None
    said: str = ""
    quotes: tuple[str, ...] = ()


@dataclass(frozen=True)
class PublishedView:
    """A saved view that was pinned: a page and the query string that brings its choices back."""

    name: str
    page: str
    query: str


@dataclass(frozen=True)
class About:
    """What is said of a version. published: ISO date. method: sentences. changed: since the version before, or "".

    attributes_left_out: in the study's words, redacted. people: source kind → how many can be counted. quotes: how many
    passages are shown word for word. links_quotes: whether a viewer may learn which quotes are one person's.
    """

    title: str
    headline: str = ""
    method: tuple[str, ...] = ()
    k: int = 5
    published: str = ""
    number: int = 1
    changed: str = ""
    persons: bool = False
    pseudonyms: bool = False
    transcripts: bool = False
    attributes_left_out: tuple[str, ...] = ()
    findings: tuple[PublishedFinding, ...] = ()
    views: tuple[PublishedView, ...] = ()
    people: Mapping[str, int] = field(default_factory=dict)
    quotes: int = 0
    links_quotes: bool = False
    scores: bool = False
    months: bool = False


@dataclass(frozen=True)
class Frozen:
    """All that a version holds. tables: by name, those of TABLES. private: columns person (a keyed digest), class, id.

    warnings: what its publisher must know, for nobody else.
    """

    tables: Mapping[str, pd.DataFrame]
    study: Study
    attributes: tuple[str, ...]
    values: tuple[tuple[str, tuple[str, ...]], ...]
    about: About
    private: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=["person", "class", "id"]))
    warnings: tuple[str, ...] = ()


def write(frozen: Frozen, folder: Path) -> None:
    """The version as a folder of files that only this installation may read; all of it or nothing."""
    folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    made = folder.with_name(f".{folder.name}-{uuid4().hex}")
    made.mkdir(mode=0o700)
    try:
        for name in TABLES:
            _parquet(frozen.tables[name], made / f"{name}.parquet")
        _parquet(frozen.private, made / PRIVATE)
        (made / ABOUT).write_text(json.dumps(_mapping(frozen), ensure_ascii=False), encoding="utf-8")
        for file in made.iterdir():
            file.chmod(0o600)
        made.rename(folder)
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise


def open(folder: Path, *, id: str, threads: int = 0) -> Evidence:
    """The evidence of a version; its revision is the version's id. Raises NotFound where the folder is gone."""
    said = _read(folder)
    return open_frozen(
        {name: folder / f"{name}.parquet" for name in TABLES},
        revision=id,
        study=replace(from_mapping(said["study"]), id=id),
        attributes=tuple(said["attributes"]),
        values=tuple((name, tuple(values)) for name, values in said["values"]),
        threads=threads,
    )


def opened(frozen: Frozen, *, id: str) -> Evidence:
    """The same evidence, straight from the tables, before anything is written."""
    return open_frozen(
        frozen.tables, revision=id, study=replace(frozen.study, id=id), attributes=frozen.attributes,
        values=frozen.values,
    )  # fmt: skip


def about(folder: Path) -> About:
    """What is said of a version. Raises NotFound where the folder is gone."""
    said = dict(_read(folder)["about"])
    return About(
        **{
            **said,
            "method": tuple(said["method"]),
            "attributes_left_out": tuple(said["attributes_left_out"]),
            "views": tuple(PublishedView(**view) for view in said["views"]),
            "findings": tuple(
                PublishedFinding(
                    **{
                        **finding,
                        "figure": finding["figure"] and figure_from_mapping(finding["figure"]),
                        "quotes": tuple(finding["quotes"]),
                    }
                )
                for finding in said["findings"]
            ),
        }
    )


def private(folder: Path) -> pd.DataFrame:
    """Who is in which group: columns person (a keyed digest), class, id; no rows where the folder is gone."""
    if not (folder / PRIVATE).is_file():
        return pd.DataFrame({"person": [], "class": [], "id": []})
    found: pd.DataFrame = pq.read_table(folder / PRIVATE).to_pandas()
    return found


def remove(folder: Path) -> None:
    """Take a version's files away, in an order that leaves nothing to be opened."""
    (folder / ABOUT).unlink(missing_ok=True)
    shutil.rmtree(folder, ignore_errors=True)


def _mapping(frozen: Frozen) -> dict[str, Any]:
    said = asdict(replace(frozen.about, findings=()))
    said["findings"] = [
        {**asdict(replace(each, figure=None)), "figure": each.figure and figure_to_mapping(each.figure)}
        for each in frozen.about.findings
    ]
    values = [[name, list(of)] for name, of in frozen.values]
    study = to_mapping(frozen.study)
    return {"about": said, "study": study, "attributes": list(frozen.attributes), "values": values}


def _read(folder: Path) -> dict[str, Any]:
    try:
        said: dict[str, Any] = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
    except OSError as problem:
        raise NotFound("This page is not shared any more; ask whoever sent you the link for a new one.") from problem
    return said


def _parquet(frame: pd.DataFrame, file: Path) -> None:
    """Rows as Parquet without the notes that pandas adds."""
    table = pa.Table.from_pandas(frame, preserve_index=False).replace_schema_metadata(None)
    # whoever made the folder alone may look into it; the file is never wider than that
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as sink:
        pq.write_table(table, sink)
