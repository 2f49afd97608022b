"""One file of SPSS or Stata, read in a process of its own: the C library behind it can crash on a damaged file.

Run as ``python -I statfile.py READER FILE ARROW JSON``; it writes the values as an Arrow file and what the file says of
them as JSON, and exits with status 3 where the file cannot be read, 4 where memory does not suffice. It imports nothing
of the dashboard.
"""

from __future__ import annotations

import json
import sys
from typing import Any

UNREADABLE, TOO_LARGE = 3, 4
_MOST_CELLS = 60_000_000
_MOST_MEMORY = 6_000_000_000


def main(reader: str, path: str, arrow: str, about: str, size: str) -> int:
    """Read, write, and say how it went. size: bytes of the file."""
    try:
        import pyarrow as pa
        import pyreadstat
    except (ImportError, MemoryError):  # both are installed with the product: there is no room to load them
        return TOO_LARGE
    _limit_memory()
    read = getattr(pyreadstat, reader)
    broken = (pyreadstat.ReadstatError, pyreadstat.PyreadstatError, OSError, ValueError, OverflowError)
    try:
        _, meta = read(path, metadataonly=True)
        rows, columns = meta.number_rows or 0, meta.number_columns or 0
        # Even packed, a row takes a byte; .zsav is packed once more. More rows than that are a lie.
        if rows * columns > _MOST_CELLS or (not path.endswith(".zsav") and rows > int(size)):
            return UNREADABLE
        frame, meta = _values(read, path)
        table = pa.table({str(at): _column(frame.iloc[:, at]) for at in range(len(frame.columns))})
    except MemoryError:
        return TOO_LARGE
    except broken:
        return UNREADABLE
    with pa.OSFile(arrow, "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)
    with open(about, "w", encoding="utf-8") as file:
        json.dump(_about(meta), file)
    return 0


def _limit_memory() -> None:
    """Allow this process at most so much memory, and never more than whoever started it may have."""
    try:
        import resource
    except ImportError:  # not on Windows
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = _MOST_MEMORY if soft == resource.RLIM_INFINITY else min(soft, _MOST_MEMORY)
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))


def _values(read: Any, path: str) -> tuple[Any, Any]:
    """The values and their metadata; dates that no calendar holds are left as numbers."""
    options = {} if path.endswith(".por") else {"user_missing": True}
    try:
        frame, meta = read(path, **options)
    except (OverflowError, ValueError, TypeError):
        frame, meta = read(path, disable_datetime_conversion=True, **options)
    return frame, meta


def _column(column: Any) -> Any:
    """Numbers as they are; everything else as text, dates and times in ISO form."""
    import pyarrow as pa

    if column.dtype.kind in "fiub":
        return pa.array(column.astype(float), from_pandas=True)

    def text(value: Any) -> str | None:
        if value is None or value != value:
            return None
        if hasattr(value, "isoformat"):
            written = str(value.isoformat())
            return written.removesuffix("T00:00:00").replace("T", " ")
        return str(value)

    return pa.array([text(value) for value in column.tolist()], type=pa.string())


def _about(meta: Any) -> dict[str, Any]:
    def listed(values: Any) -> list[Any]:
        return [
            [value if isinstance(value, float | int | str) else str(value), str(label)]
            for value, label in values.items()
        ]

    return {
        "names": [str(name) for name in meta.column_names],
        "labels": [str(label or "") for label in meta.column_labels],
        "values": {str(name): listed(values) for name, values in (meta.variable_value_labels or {}).items()},
        "ranges": {
            str(name): [[each["lo"], each["hi"]] for each in ranges]
            for name, ranges in (meta.missing_ranges or {}).items()
        },
        "missing": {str(name): list(values) for name, values in (meta.missing_user_values or {}).items()},
    }


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:6]))
