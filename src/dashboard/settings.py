"""Settings: the environment, read once, as one frozen value.

Only ``app.py``, ``serve.py`` and ``cli`` call :func:`from_environment`; everything else is handed the value.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dashboard.errors import ConfigurationError

READ_SECONDS = 120
READ_MEMORY_MB = 2_000
"""What reading one file may take unless the environment says otherwise."""


@dataclass(frozen=True)
class Settings:
    """How this installation runs.

    data_dir: folder of the store: bytes of sources, parts, and the SQLite file when there is no ``database_url``.
    database_url: an SQLAlchemy address of the records; empty means SQLite in ``data_dir``.
    mode: ``local``, the only one there is: one researcher on this machine, no sign-in.
    max_file_mb: largest single file that is taken in, in megabytes.
    max_unpacked_mb: largest total size of the files inside one ZIP, in megabytes.
    max_files: most files in one drop or one ZIP.
    read_seconds: longest that reading one file may take, in seconds.
    read_memory_mb: most memory that reading one file may take, in megabytes.
    threads: threads for the sentence model and the engine; 0 means as many as there are cores.
    """

    data_dir: Path
    database_url: str = ""
    mode: str = "local"
    max_file_mb: int = 100
    max_unpacked_mb: int = 500
    max_files: int = 1_000
    read_seconds: int = READ_SECONDS
    read_memory_mb: int = READ_MEMORY_MB
    threads: int = 0

    @property
    def records_url(self) -> str:
        """The SQLAlchemy address of the records."""
        return self.database_url or f"sqlite:///{(self.data_dir / 'records.sqlite').as_posix()}"

    @property
    def sources_dir(self) -> Path:
        """Folder of the bytes that were given, named by digest."""
        return self.data_dir / "sources"

    @property
    def parts_dir(self) -> Path:
        """Folder of the computed, immutable parts."""
        return self.data_dir / "parts"


# setting → (environment variable, what it takes); docs and tests read this table.
VARIABLES: dict[str, tuple[str, str]] = {
    "data_dir": ("DASHBOARD_DATA_DIR", "folder of the store (default: data/local)"),
    "database_url": ("DATABASE_URL", "SQLAlchemy address of the records (default: SQLite in the data folder)"),
    "mode": ("DASHBOARD_MODE", "local: one researcher on this machine, without sign-in (default: local)"),
    "max_file_mb": ("DASHBOARD_MAX_FILE_MB", "largest single file in megabytes (default: 100)"),
    "max_unpacked_mb": ("DASHBOARD_MAX_UNPACKED_MB", "largest total of one ZIP, unpacked, in megabytes (default: 500)"),
    "max_files": ("DASHBOARD_MAX_FILES", "most files in one drop or ZIP (default: 1000)"),
    "read_seconds": ("DASHBOARD_READ_SECONDS", "longest that reading one file may take, in seconds (default: 120)"),
    "read_memory_mb": ("DASHBOARD_READ_MEMORY_MB", "most memory for reading one file, in megabytes (default: 2000)"),
    "threads": ("DASHBOARD_THREADS", "threads for model and engine, 0 for all cores (default: 0)"),
}


def from_environment(environment: Mapping[str, str], *, data_dir: Path | None = None) -> Settings:
    """The settings that the environment asks for.

    Raises ConfigurationError where a value cannot be used.

    >>> from_environment({"DASHBOARD_MAX_FILES": "20"}).max_files
    20
    """

    def number(name: str, default: int, *, least: int = 1) -> int:
        variable = VARIABLES[name][0]
        given = environment.get(variable, "").strip()
        if not given:
            return default
        if not given.isdecimal():
            raise ConfigurationError(
                f"{variable} is “{given}”, but it must be a whole number; correct it and start again."
            )
        if int(given) < least:
            raise ConfigurationError(
                f"{variable} is {given}, but it must be {least} or more; correct it and start again."
            )
        return int(given)

    mode = environment.get(VARIABLES["mode"][0], "local").strip() or "local"
    if mode != "local":
        raise ConfigurationError(
            f"DASHBOARD_MODE is “{mode}”, but this version has no sign-in and runs as local alone; "
            "unset it and start again."
        )
    return Settings(
        data_dir=data_dir or Path(environment.get(VARIABLES["data_dir"][0], "").strip() or "data/local"),
        database_url=environment.get(VARIABLES["database_url"][0], "").strip(),
        mode=mode,
        max_file_mb=number("max_file_mb", 100),
        max_unpacked_mb=number("max_unpacked_mb", 500),
        max_files=number("max_files", 1_000),
        read_seconds=number("read_seconds", READ_SECONDS),
        read_memory_mb=number("read_memory_mb", READ_MEMORY_MB),
        threads=number("threads", 0, least=0),
    )
