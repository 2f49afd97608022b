"""A backup of everything as one file, made while others work; and a store made of one again."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from dashboard.errors import ConfigurationError, Conflict, NotFound
from dashboard.records import copying_out, opening, schema
from dashboard.records.rows import User
from dashboard.records.store import open_records
from dashboard.settings import Settings
from dashboard.workspace import backups, ledger, people_and_roles, replaying
from dashboard.workspace.access import Workspace

FORM = "customer research dashboard, backup 1"
_MANIFEST = "manifest.json"
_MEMBERS = re.compile(
    r"tables/[a-z_]{1,40}\.jsonl|sources/([0-9a-f]{2})/(\1[0-9a-f]{62})|snapshots/[\w-]{1,80}/[\w-]{1,80}\.(?:parquet|json)"
    r"|parts/[a-z_]{1,40}-[0-9a-f]{32}\.parquet"
)
_CHUNK = 1 << 20
Progress = Callable[[float, str], None]


@dataclass(frozen=True)
class Made:
    """A backup that was made. parts: whether computed files are in it; they can be left out, since a build makes them.

    missing: digests of sources whose bytes were not there.
    """

    path: Path
    size: int
    studies: int
    sources: int
    until: date | None
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Restored:
    """A store that was made of a backup. again: what was done again, such as "1 person forgotten"."""

    folder: Path
    made: datetime
    studies: int
    sources: int
    again: tuple[str, ...]


def backup(
    ws: Workspace,
    path: Path,
    *,
    parts: bool = False,
    keep_days: int = backups.KEPT_DAYS,
    progress: Progress = lambda share, step: None,
) -> Made:
    """Write everything into one file, readable by its owner alone: one state of the records, and the bytes they name.

    parts: computed files too. Raises NotAllowed, Conflict where somebody was forgotten meanwhile, and
    ConfigurationError where the file cannot be written.
    """
    people_and_roles.check(ws)
    entries = ledger.keep(ws)
    made = ws.records.now()
    try:
        handle, temporary = tempfile.mkstemp(dir=path.resolve().parent, prefix=".backup-")  # mode 0600
    except OSError as problem:
        raise _unwritable(path, problem) from problem
    try:
        with os.fdopen(handle, "wb") as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as out:
            digests = _Digests(out)
            counts, named, folders = _tables(ws, digests, progress)
            missing = _files(ws, digests, named, folders, parts=parts, progress=progress)
            about = {
                "form": FORM, "made": made.isoformat(), "records": schema.HEAD, "rows": counts,
                "missing": missing, "ledger": entries, "members": digests.found,
            }  # fmt: skip
            out.writestr(_MANIFEST, json.dumps(about))
        with open(temporary, "rb") as written:
            os.fsync(written.fileno())
        if _forgotten(ledger.keep(ws)) != _forgotten(entries):
            raise Conflict("Somebody was forgotten while the backup was made, so it was thrown away; make it again.")
        os.replace(temporary, path)
    except OSError as problem:
        raise _unwritable(path, problem) from problem
    finally:
        Path(temporary).unlink(missing_ok=True)
    until = made.date() + timedelta(days=keep_days) if keep_days > 0 else None
    size = path.stat().st_size
    backups.note(ws, path, made, until, size)
    progress(1.0, "done")
    return Made(path, size, counts["study"], len(named) - len(missing), until, tuple(missing))


def backup_here(ws: Workspace, *, keep_days: int = backups.KEPT_DAYS) -> Made:
    """A backup in the folder ``backups`` of the data folder, named by the moment."""
    folder = ws.settings.data_dir / "backups"
    folder.mkdir(mode=0o700, exist_ok=True)
    return backup(ws, folder / f"{ws.records.now():%Y-%m-%d %H%M%S}.backup", keep_days=keep_days)


def restore(
    settings: Settings, path: Path, *, replace_store: bool = False, progress: Progress = lambda share, step: None
) -> Restored:
    """Make the store that these settings name of a backup; then forget, revoke and end again what was since.

    replace_store: a store that is there goes. Raises NotFound, ConfigurationError for a file that is none or damaged,
    and Conflict where there is a store already. Nothing serves from the new store before all of it is done.
    """
    folder = settings.data_dir
    entries = [*ledger.of_folder(folder), *_of_store(settings)]
    if not replace_store and not _is_empty(settings):
        raise Conflict(f"There is a store in “{folder}” already; restore into an empty folder, or say --replace.")
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.resolve().parent, prefix=".restoring-") as temporary:
        fresh = Path(temporary) / "store"
        fresh.mkdir(mode=0o700)
        about = _unpacked(path, fresh, progress)
        made = datetime.fromisoformat(about["made"])
        there = about.get("ledger", [])
        known = ledger.write(fresh, [*entries, *there])
        progress(0.6, "doing again what was forgotten, revoked and ended since")
        own = _workspace(replace(settings, data_dir=fresh, database_url=""))
        try:
            again = replaying.replay(own, ledger.missing(known, there))
            counts = (len(own.records.studies()), sum(len(own.records.sources(s.id)) for s in own.records.studies()))
            with own.records.begin(by=own.user) as transaction:
                transaction.audit("restore backup", "", made.isoformat(timespec="seconds"))
            ledger.keep(own)
            if settings.database_url and not settings.database_url.startswith("sqlite"):
                _into_database(own, settings)
        finally:
            own.records.close()
        _take_place(fresh, folder, settings)
    progress(1.0, "done")
    return Restored(folder, made, *counts, again)


def _workspace(settings: Settings) -> Workspace:
    """The store that a restore works on, in the hands of the machine itself."""
    from dashboard.evidence.parts import Parts
    from dashboard.records.files import Files

    alone = replace(settings, mode="local")
    records = open_records(alone.records_url)
    by = User("shell", role="admin")
    return Workspace(alone, by, records, Files(alone.sources_dir), Parts(alone.parts_dir))


# ---------------------------------------------------------------- out


class _Digests:
    """Members of the archive as they are written, with their digests and sizes."""

    def __init__(self, out: zipfile.ZipFile) -> None:
        self.out = out
        self.found: dict[str, list[Any]] = {}

    def add(self, name: str, pieces: Iterator[bytes]) -> None:
        digest, size = hashlib.sha256(), 0
        with self.out.open(name, "w", force_zip64=True) as member:
            for piece in pieces:
                digest.update(piece)
                size += len(piece)
                member.write(piece)
        self.found[name] = [digest.hexdigest(), size]


def _tables(ws: Workspace, digests: _Digests, progress: Progress) -> tuple[dict[str, int], list[str], list[str]]:
    """Rows by table, and the digests of sources and ids of versions that this one state of the records names."""
    counts: dict[str, int] = {}
    named: dict[str, None] = {}
    folders: list[str] = []

    def lines(name: str, rows: Iterator[dict[str, Any]]) -> Iterator[bytes]:
        counts[name] = 0
        for row in rows:
            counts[name] += 1
            if name in ("source", "source_version"):
                named[row["digest"]] = None
            if name == "share_version" and row["removed_at"] is None:
                folders.append(row["id"])
            yield json.dumps(row, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n"

    with ws.records.read() as connection:
        for at, (name, rows) in enumerate(copying_out.tables(connection)):
            progress(0.3 * at / len(schema.metadata.tables), f"records: {name}")
            digests.add(f"tables/{name}.jsonl", lines(name, rows))
    return counts, list(named), folders


def _files(
    ws: Workspace, digests: _Digests, named: list[str], folders: list[str], *, parts: bool, progress: Progress
) -> list[str]:
    """Add the bytes; digests that are not there."""
    missing = []
    for at, digest in enumerate(named):
        progress(0.3 + 0.5 * at / len(named), "files that were given")
        path = ws.settings.sources_dir / digest[:2] / digest
        if path.is_file():
            digests.add(f"sources/{digest[:2]}/{digest}", _pieces(path))
        else:
            missing.append(digest)
    progress(0.8, "what is shared and computed")
    for folder in folders:
        for path in sorted((ws.settings.data_dir / "snapshots" / folder).glob("*")):
            if path.is_file() and _MEMBERS.fullmatch(name := f"snapshots/{folder}/{path.name}"):
                digests.add(name, _pieces(path))
    for path in sorted(ws.parts.folder.glob("*.parquet")) if parts else ():
        digests.add(f"parts/{path.name}", _pieces(path))
    return missing


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(_CHUNK):
            yield piece


def _forgotten(entries: list[ledger.Entry]) -> int:
    return sum(each["kind"] in ("person", "study") for each in entries)


def _unwritable(path: Path, problem: OSError) -> ConfigurationError:
    return ConfigurationError(
        f"“{path}” cannot be written ({problem.strerror}); choose another place, or make room on the disk."
    )


# ---------------------------------------------------------------- in


def _of_store(settings: Settings) -> list[ledger.Entry]:
    """What the store that is there says, where it can be opened: it may know more than its file."""
    if _is_empty(settings):
        return []
    try:
        records = open_records(settings.records_url)
    except ConfigurationError:
        return []
    try:
        return ledger.of_records(records)
    finally:
        records.close()


def _is_empty(settings: Settings) -> bool:
    there = any((settings.data_dir / name).exists() for name in ("records.sqlite", "sources", "snapshots"))
    if not settings.database_url:
        return not there
    engine = opening.engine_of(settings.database_url)
    try:
        return not there and copying_out.is_empty(engine)
    finally:
        engine.dispose()


def _unpacked(path: Path, folder: Path, progress: Progress) -> dict[str, Any]:
    """What a backup says of itself, its files now in the folder, each checked. Raises ConfigurationError, NotFound."""
    if not path.is_file():
        raise NotFound(f"There is no backup at “{path}”; correct the path.")
    try:
        with zipfile.ZipFile(path) as archive:
            about = json.loads(archive.read(_MANIFEST))
            if about.get("form") != FORM:
                raise _damaged(path, "it is of a form that is not known here")
            members: dict[str, list[Any]] = about["members"]
            names = [info.filename for info in archive.infolist()]
            if sorted(names) != sorted([*members, _MANIFEST]):
                raise _damaged(path, "what it holds is not what it lists")
            for at, name in enumerate(members):
                progress(0.5 * at / len(members), "unpacking")
                if not _MEMBERS.fullmatch(name):
                    raise _damaged(path, "it holds a file that belongs to no store")
                _unpack(archive, name, members[name], folder, path)
        rows = {table: folder / "tables" / f"{table}.jsonl" for table in about["rows"]}
        copying_out.fill(folder / "records.sqlite", about["records"], lambda table: _lines(rows.get(table)))
    except (
        zipfile.BadZipFile,
        zlib.error,
        KeyError,
        ValueError,
        TypeError,
        EOFError,
        NotImplementedError,
        OSError,
    ) as problem:
        raise _damaged(path, "it cannot be read") from problem
    shutil.rmtree(folder / "tables", ignore_errors=True)
    found: dict[str, Any] = about
    return found


def _unpack(archive: zipfile.ZipFile, name: str, listed: list[Any], folder: Path, path: Path) -> None:
    target = folder / name
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file, archive.open(name) as member:
        while piece := member.read(_CHUNK):
            size += len(piece)
            if size > listed[1]:
                break
            digest.update(piece)
            file.write(piece)
    if [digest.hexdigest(), size] != listed:
        raise _damaged(path, f"“{name}” in it is not what was written")


def _lines(path: Path | None) -> Iterator[dict[str, Any]] | None:
    if path is None or not path.exists():
        return None

    def rows() -> Iterator[dict[str, Any]]:
        with path.open(encoding="utf-8", errors="surrogatepass") as file:
            for line in file:
                yield json.loads(line)

    return rows()


def _damaged(path: Path, why: str) -> ConfigurationError:
    return ConfigurationError(f"“{path}” is no whole backup: {why}; restore from another one.")


def _into_database(own: Workspace, settings: Settings) -> None:
    engine = opening.engine_of(settings.database_url)
    try:
        with own.records.read() as connection:
            rows = {name: list(listed) for name, listed in copying_out.tables(connection)}
        copying_out.into_postgresql(engine, rows.get)
    finally:
        engine.dispose()


def _take_place(fresh: Path, folder: Path, settings: Settings) -> None:
    """Let the new store stand where the old one stood; what else is in the folder stays."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    for name in ("records.sqlite-wal", "records.sqlite-shm", "records.sqlite", "sources", "parts", "snapshots"):
        old = folder / name
        if old.is_dir():
            shutil.rmtree(old)
        else:
            old.unlink(missing_ok=True)
    in_database = bool(settings.database_url)
    for path in sorted(fresh.iterdir()):
        if not (in_database and path.name.startswith("records.sqlite")):
            os.replace(path, folder / path.name)
