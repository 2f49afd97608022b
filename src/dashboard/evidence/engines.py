"""Opens a revision with its decisions laid over it, on an engine, as the tables that measures read.

DuckDB in memory. What a revision holds is loaded and joined once; a new decisions version lays a few small tables over
it in a schema of its own, which goes when nobody holds that evidence any more.
"""

from __future__ import annotations

import threading
import weakref
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import narwhals as nw
import pandas as pd

from dashboard.errors import EngineError
from dashboard.evidence.decided import Decided, attached_decisions
from dashboard.evidence.laying import Laid
from dashboard.evidence.loading import Loaded
from dashboard.evidence.parts import PartName, Parts
from dashboard.evidence.people import People, WhoIsWho, people_of
from dashboard.evidence.reading import Reading
from dashboard.evidence.tables import Evidence, Frame
from dashboard.records.rows import Revision
from dashboard.study import Study

ENGINES = ("duckdb",)
MOST_LOADED = 3
"""Revisions kept loaded at once; one more in use only costs loading it again."""


@dataclass(frozen=True)
class _Base:
    """A loaded revision, and what it was loaded for: another study frame or another who-is-who needs another."""

    study: Study
    who: WhoIsWho
    readings: tuple[Reading, ...]
    people: People
    loaded: Loaded


_bases: OrderedDict[tuple[str, str], _Base] = OrderedDict()
_lock = threading.RLock()


def open(
    revision: Revision, decided: Decided, study: Study, *, parts: Parts, engine: str = "duckdb", threads: int = 0
) -> Evidence:
    """The evidence of one revision and one decisions version.

    Raises EngineError where the engine is not known or a part is missing.
    """
    if engine not in ENGINES:
        raise EngineError(f"The engine “{engine}” is not available here; use one of: {', '.join(ENGINES)}.")
    with _lock:  # one loading and one laying at a time: those who ask at once wait instead of doing it twice
        base = _base(revision, decided.who, study, parts=parts, threads=threads)
        attached = attached_decisions(
            study,
            decided,
            base.readings,
            texts_at=base.loaded.texts_at,
            passages_at=base.loaded.passages_at,
            parts=parts,
            people=base.people,
        )
        laid = Laid(base.loaded, attached, study, cards=decided.cards, coder=revision.coder)
    frames = _Frames(base.loaded.connection, laid.schema)
    weakref.finalize(frames, laid.drop)
    return Evidence(
        revision=revision.id,
        decisions=decided.version,
        study=study,
        attributes=base.people.attributes,
        values=base.people.values,
        open_table=frames.frame,
    )


def open_frozen(
    tables: Mapping[str, Path | pd.DataFrame],
    *,
    revision: str,
    study: Study,
    attributes: tuple[str, ...],
    values: tuple[tuple[str, tuple[str, ...]], ...],
    threads: int = 0,
) -> Evidence:
    """Evidence of tables that were frozen, each a Parquet file or a frame: nothing is laid over them any more."""
    connection = duckdb.connect(":memory:", config={"threads": threads} if threads else {})
    for name, given in tables.items():
        if isinstance(given, Path):
            rows = connection.read_parquet(str(given))
            rows.create(name)
        else:
            connection.register("_loading", given)
            connection.execute(f'CREATE TABLE "{name}" AS SELECT * FROM _loading')
            connection.unregister("_loading")
    return Evidence(
        revision=revision,
        decisions=0,
        study=study,
        attributes=attributes,
        values=values,
        open_table=_Frames(connection, "main").frame,
    )


def _base(revision: Revision, who: WhoIsWho, study: Study, *, parts: Parts, threads: int) -> _Base:
    key = (str(parts.folder), revision.id)
    known = _bases.get(key)
    if known and known.study == study and known.who == who:
        _bases.move_to_end(key)
        return known
    names = [PartName.of(text) for text in revision.parts]
    readings = tuple(readings_of(names, parts))
    # learning brings another revision over the same people: they are worked out once
    same = (b.people for (folder, _), b in _bases.items() if folder == key[0] and _alike(b, study, who, readings))
    people = next(same, None) or people_of(study, who, readings, parts)
    connection = duckdb.connect(":memory:", config={"threads": threads} if threads else {})
    base = _Base(study, who, readings, people, Loaded(connection, parts, names, readings, people, study))
    _bases[key] = base
    _bases.move_to_end(key)
    while len(_bases) > MOST_LOADED:
        _bases.popitem(last=False)
    return base


def _alike(base: _Base, study: Study, who: WhoIsWho, readings: tuple[Reading, ...]) -> bool:
    return base.readings == readings and base.who == who and base.study == study


def readings_of(names: Sequence[PartName], parts: Parts) -> list[Reading]:
    """The readings that a revision lists, in its order."""
    rows = {name.source: name.file for name in names if name.step == "rows"}
    turns = [(name.source, name.file) for name in names if name.step == "turns"]
    return [Reading(source, parts.note(file)["name"], file, rows[source]) for source, file in turns]


class _Frames:
    """The tables of one schema; each thread reads them through a cursor of its own, kept for all its frames.

    Frames of two cursors cannot be joined, and a cursor must not be shared between threads.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, schema: str) -> None:
        self._connection = connection
        self._schema = schema
        self._of_thread = threading.local()

    def frame(self, table: str) -> Frame:
        """A table, lazily."""
        cursor = getattr(self._of_thread, "cursor", None)
        if cursor is None:
            cursor = self._of_thread.cursor = self._connection.cursor()
        return nw.from_native(cursor.table(f'"{self._schema}"."{table}"')).lazy()
