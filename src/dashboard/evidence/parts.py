"""Parts: computed, immutable Parquet files, named by what they were computed from.

A part is written under a temporary name, flushed to disk and renamed, so a file with a part's name is always whole.
Parts are safe to delete: building again makes those that are missing.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from dashboard.errors import EngineError

_NOTE = b"dashboard"


def name_of(step: str, *inputs: Any) -> str:
    """The file name of a part: the step, and a digest of everything it is computed from (JSON values).

    >>> name_of("turns", "abc", 1) == name_of("turns", "abc", 1) != name_of("turns", "abc", 2)
    True
    """
    text = json.dumps([step, *inputs], sort_keys=True, ensure_ascii=False)
    return f"{step}-{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()[:32]}.parquet"


@dataclass(frozen=True)
class PartName:
    """One entry of a revision: which step over which source stands in which file."""

    source: str
    step: str
    file: str

    def __str__(self) -> str:
        return f"{self.source}:{self.step}:{self.file}"

    @classmethod
    def of(cls, text: str) -> PartName:
        """The entry that ``str`` wrote."""
        return cls(*text.split(":", 2))


@dataclass(frozen=True)
class Parts:
    """The folder of the parts."""

    folder: Path

    def path(self, name: str) -> Path:
        """Where a part stands or will stand."""
        return self.folder / name

    def has(self, name: str) -> bool:
        """Whether the part is there, whole."""
        return self.path(name).exists()

    def write(self, name: str, table: pa.Table, *, note: Any = None) -> None:
        """Write a part with a JSON note in its metadata. Raises EngineError where the disk does not take it."""
        if note is not None:
            text = json.dumps(note, ensure_ascii=True)
            table = table.replace_schema_metadata({**(table.schema.metadata or {}), _NOTE: text.encode()})
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=self.folder, prefix=".unfinished-")
            try:
                with os.fdopen(handle, "wb") as file:
                    pq.write_table(table, file, compression="zstd")
                    file.flush()
                    os.fsync(file.fileno())
                os.replace(temporary, self.path(name))
            except BaseException:
                Path(temporary).unlink(missing_ok=True)
                raise
        except OSError as problem:
            reason = problem.strerror or "the disk refused it"
            raise EngineError(
                f"The folder {self.folder} could not be written ({reason}); "
                "free some space or permit writing, and build again."
            ) from problem

    def note(self, name: str) -> Any:
        """The JSON note of a part."""
        metadata = pq.read_schema(self.there(name)).metadata or {}
        return json.loads(metadata.get(_NOTE, b"null"))

    def read(self, name: str) -> pa.Table:
        """The rows of a part."""
        return pq.read_table(self.there(name))

    def rows(self, name: str) -> int:
        """How many rows a part has, without reading them."""
        return int(pq.read_metadata(self.there(name)).num_rows)

    def there(self, name: str) -> Path:
        """The path of a part that must be there. Raises EngineError where it was deleted."""
        path = self.path(name)
        if not path.exists():
            raise EngineError("A computed file is missing from the data folder; build the study again to restore it.")
        return path
